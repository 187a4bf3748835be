"""Whatever board and whatever end of the agent: the relay goes off within its hardware's time."""

import socket
import struct
import sys
import unittest
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))
from door_case import DoorCase, wait_for  # noqa: E402
from moved_clock import MovedClock  # noqa: E402


class PulseBoard(DoorCase):
    """Waveshare: the board ends the pulse."""

    limit = 6.5  # seconds on after SIGKILL: the unlock time, and the board's own rounding

    def setUp(self):
        super().setUp()
        self.put_policy()
        self.start_agent()

    def test_opens_and_locks_again(self):
        seconds = self.opens(self.digits(1))
        self.assertGreater(seconds, 4.0)
        self.assertLess(seconds, 6.5)

    def test_killed_while_energised_the_hardware_locks(self):
        self.scan(self.digits(1))
        wait_for(self.board.is_on, 30, "relay on")
        self.kill_agent()
        wait_for(lambda: not self.board.is_on(), 30, "relay off")
        (on_at, _, _), (off_at, _, _) = self.board.changes()[-2:]
        self.assertLess(off_at - on_at, self.limit)
        self.start_agent()
        self.opens(self.digits(1))

    def test_stopped_while_energised_it_releases_first(self):
        self.scan(self.digits(1))
        wait_for(self.board.is_on, 30, "relay on")
        self.assertEqual(self.stop_agent(), 0)
        self.assertFalse(self.board.is_on())
        self.assertEqual(self.journal()[-1]["kind"], "agent_stopped")


class WatchdogBoard(PulseBoard):
    """A board without a pulse whose communication watchdog drops the relay."""

    kind = "watchdog"
    board_options = ("--watchdog-register", "8")
    lock = ('board = "generic-coil"\n'
            "watchdog = { register = 8, value = 3, seconds = 3 }")
    limit = 5.5 + 3.5


class SteppedClock(DoorCase):
    """The wall clock jumps while the agent itself counts the seconds of the hold."""

    kind, board_options, lock = WatchdogBoard.kind, WatchdogBoard.board_options, WatchdogBoard.lock

    def setUp(self):
        super().setUp()
        self.put_policy()
        self.clock = MovedClock(self.folder)
        self.start_agent(env=self.clock.env)

    def relocks_in_time_after(self, step, seen):
        self.scan(self.digits(1))
        wait_for(self.board.is_on, 30, "relay on")
        self.clock.step(step)
        wait_for(lambda: self.count(seen) > 0, 30, "the step in the journal")
        self.assertTrue(self.board.is_on(), "noticed too late to tell")
        wait_for(lambda: not self.board.is_on(), 30, "relay off")
        (on_at, _, _), (off_at, _, cause) = self.board.changes()
        self.assertEqual(cause, "write")
        self.assertGreater(off_at - on_at, 4.0)
        self.assertLess(off_at - on_at, 6.5)

    def test_a_day_forward_moves_no_relock(self):
        self.relocks_in_time_after(timedelta(days=1), "stepped")

    def test_a_day_back_moves_no_relock(self):
        self.relocks_in_time_after(timedelta(days=-1), "below_floor")


class TimerBoard(PulseBoard):
    """A bare board behind a declared timer relay: the timer, not the board, ends the lease."""

    kind = "generic"
    board_options = ("--timer-relay", "8")
    lock = 'board = "generic-coil"\nexternal_timer_s = 8'

    def test_killed_while_energised_the_hardware_locks(self):
        self.scan(self.digits(1))
        wait_for(self.board.is_on, 30, "relay on")
        self.kill_agent()
        wait_for(lambda: self.board.lock_changes()[-1][1] is False, 30, "lock cut by the timer")
        (on_at, on), (off_at, still) = self.board.lock_changes()[-2:]
        self.assertEqual((on, still), (True, False))
        self.assertLess(off_at - on_at, 9)
        self.start_agent()
        self.assertFalse(self.board.is_on())
        self.opens(self.digits(1))


class Cable(DoorCase):
    """The cable to the board is cut and plugged in again."""

    def test_nothing_opens_while_the_board_is_gone(self):
        self.put_policy()
        self.start_agent()
        good = self.digits(1)
        self.opens(good)
        self.board.process.kill()
        wait_for(lambda: self.count("bus_lost") > 0, 60, "the loss in the journal")
        self.refuses(good, "lock_not_ready")

    def test_a_cable_plugged_in_again_opens_nothing_by_itself_and_serves_the_next_read(self):
        self.put_policy()
        self.start_agent()
        good = self.digits(1)
        self.opens(good)
        self.board.command("cut")
        wait_for(lambda: self.count("bus_lost") > 0, 60, "the loss in the journal")
        self.refuses(good, "lock_not_ready")
        before = self.board.times_on()
        self.board.command("restore")
        wait_for(lambda: self.in_service("bus_lost"), 60, "the return of the board")
        self.assertEqual(self.board.times_on(), before)
        self.opens(good)

    def test_without_a_board_it_starts_and_refuses(self):
        self.put_policy()
        self.board.process.kill()
        self.start_agent()
        self.refuses(self.digits(1), "lock_not_ready")


class OtherMaster(DoorCase):
    """Another program writes to the board: Modbus asks nobody who they are."""

    def setUp(self):
        super().setUp()
        self.put_policy()
        self.start_agent()

    def other_writes(self, on):
        request = struct.pack(">HHHBBHH", 1, 0, 6, 1, 5, 0, 0xFF00 if on else 0)
        with socket.create_connection(("127.0.0.1", self.board.port), 10) as other:
            other.sendall(request)
            self.assertEqual(other.recv(64), request)

    def test_a_relay_it_switches_on_is_off_after_the_next_read_and_told(self):
        """A read is due every 100 ms; the first may have been answered as the relay was before."""
        self.board.command("fault late 1 times=100000 on=read")
        self.other_writes(True)
        wait_for(lambda: len(self.board.changes()) >= 2, 30, "relay on and off")
        self.board.command("clear")
        (on_at, on, _), (off_at, still, _) = self.board.changes()[:2]
        self.assertEqual((on, still), (True, False))
        reads = [at for at, _ in self.board.requests()]
        self.assertTrue(reads, "the board writes down what it is asked")
        self.assertLessEqual(sum(on_at < at < off_at for at in reads), 2)
        print(f"a foreign write stood for {(off_at - on_at) * 1000:.0f} ms")
        wait_for(lambda: self.count("foreign_write") == 1, 30, "the alarm in the journal")
        wait_for(lambda: self.in_service("foreign_write"), 30, "the door back in service")
        self.opens(self.digits(1))

    def test_a_pulse_it_cuts_short_is_told(self):
        self.scan(self.digits(1))
        wait_for(self.board.is_on, 30, "relay on")
        self.board_is_seen_on()
        self.other_writes(False)
        wait_for(lambda: self.count("foreign_write") == 1, 30, "the alarm in the journal")
        wait_for(lambda: self.in_service("foreign_write"), 30, "the door back in service")
        self.opens(self.digits(1))

    def board_is_seen_on(self):
        """Four reads by the agent."""
        seen = len(self.board.requests())
        self.board.command("fault late 1 times=4 on=read")
        wait_for(lambda: len(self.board.requests()) >= seen + 4, 30, "four polls")
        self.board.command("clear")


if __name__ == "__main__":
    unittest.main(verbosity=2)
