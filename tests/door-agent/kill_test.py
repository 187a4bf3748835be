"""SIGKILL at every write, send and sync of the agent: no door stays open, no told event is lost."""

import os
import signal
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))
from door_case import DoorCase, Timeout, wait_for  # noqa: E402

UNLOCK = 1.0
SLACK = 1.0


class KillPoints:
    """What kills an agent and looks at the lock; the board is the class's."""

    # Every step of the grant is a kill point; 1 tries each, 2 every second one.
    step = 1
    longest_on = UNLOCK + SLACK

    def setUp(self):
        super().setUp()
        self.unlock_ms = int(UNLOCK * 1000)
        self.put_policy()

    def survives(self, calls, number, digits):
        """One life that shows a code and is killed at the number-th of these calls, if ever."""
        self.start_agent(prefix=("strace", "-f", "-qq", "-o", "/dev/null", "-e",
                                 f"trace={calls}", "-e",
                                 f"inject={calls}:signal=KILL:when={number}"), ready=False)
        try:
            self.agent.ready_line("agent ready", 60)
            before = len(self.board.changes())
            self.scan(digits)
            wait_for(lambda: not self.agent.alive() or len(self.board.changes()) >= before + 2, 60,
                     "the end of the grant")
        except Timeout as late:
            self.was_killed(10, late)
        if self.agent.alive():
            self.stop_agent()
            return True
        self.was_killed(0, "the agent ended by itself")
        self.kill_agent()
        return False

    def was_killed(self, seconds, why):
        """Fails, with what the agent said and wrote, unless it ended by the tracer's SIGKILL."""
        try:
            wait_for(lambda: not self.agent.alive(), seconds, "the kill")
        except Timeout:
            pass
        if self.agent.child.poll() != -signal.SIGKILL:
            self.fail(f"{why}; exit {self.agent.child.poll()}; {self.story()}")

    def lock_changes(self):
        """[(monotonic seconds, on)] of what holds the door."""
        return [(at, on) for at, on, _ in self.board.changes()]

    def ended_by_hardware(self):
        """How often the hardware, and not the agent, let the lock go."""
        return sum(cause in ("pulse end", "watchdog") for _, _, cause in self.board.changes())

    def lock_went_off_in_time(self):
        wait_for(lambda: not any(on for _, on in self.lock_changes()[-1:]), self.longest_on + 5,
                 "lock off after the kill")
        changes = self.lock_changes()
        for (on_at, on), (off_at, _) in zip(changes, changes[1:]):
            if on:
                self.assertLess(off_at - on_at, self.longest_on)

    def kill_points(self, calls, digits_of, after_kill=lambda digits, opened: None):
        """Kills at the first call, then later and later, until a run survives. -> how many."""
        number = killed = 0
        while True:
            number += self.step if killed else 1
            digits = digits_of(number)
            opened = self.board.times_on()
            if self.survives(calls, number, digits):
                break
            killed += 1
            self.lock_went_off_in_time()
            if (self.folder / "state/journal.db").exists():
                self.assertNotIn("BROKEN", self.chain())
            after_kill(digits, self.board.times_on() > opened)
        self.start_agent()
        self.opens(self.digits(1))
        self.assertEqual(self.stop_agent(), 0)
        self.assertIn("chain: intact", self.chain())
        return killed

    def test_of_a_grant_at_each_send_to_the_board(self):
        killed = self.kill_points("sendto", lambda _: self.digits(1))
        self.assertGreater(killed, 3)
        self.assertGreater(self.ended_by_hardware(), 0, "never killed while energised")


class PulseBoard(KillPoints, DoorCase):
    """Waveshare: the board ends the pulse."""

    step = int(os.environ.get("CRENEAU_KILL_STEP", "2"))

    def test_of_a_once_only_grant_opens_never_twice(self):
        passes = iter(range(100, 1000))

        def mark_is_on_disk(digits, opened):
            if opened:
                self.start_agent()
                self.refuses(digits, "already_used")
                self.assertEqual(self.stop_agent(), 0)

        for calls in ("fdatasync", "sendto"):
            killed = self.kill_points(
                calls, lambda _: self.digits(next(passes), use="once"), mark_is_on_disk)
            self.assertGreater(killed, 2, calls)

    def test_of_a_policy_switch_at_each_step_leaves_a_good_policy(self):
        for calls in ("write", "fsync", "rename"):
            self.kill_during_switches(calls)

    def kill_during_switches(self, calls):
        number = 0
        while True:
            number += 1
            self.start_agent()
            self.stop_agent()
            slots = sorted((self.folder / "state").glob("policy-?.cose"))
            self.assertTrue(slots)
            self.put_policy()
            if self.survives(calls, number, self.digits(1)):
                break
            (self.folder / "policy.cose").rename(self.folder / "aside")
            self.start_agent()
            self.opens(self.digits(1))
            self.stop_agent()
            (self.folder / "aside").rename(self.folder / "policy.cose")
        self.assertGreater(number, 1)


class WatchdogBoard(KillPoints, DoorCase):
    """The agent ends the hold; without it the board's communication watchdog does."""

    kind = "watchdog"
    board_options = ("--watchdog-register", "8")
    lock = ('board = "generic-coil"\n'
            "watchdog = { register = 8, value = 1, seconds = 1 }")
    longest_on = UNLOCK + 1.0 + SLACK


class TimerBoard(KillPoints, DoorCase):
    """A bare board keeps its relay on; the declared timer relay cuts the lock."""

    kind = "generic"
    board_options = ("--timer-relay", "2")
    lock = 'board = "generic-coil"\nexternal_timer_s = 2'
    longest_on = 2.0 + SLACK

    def lock_changes(self):
        return self.board.lock_changes()

    def ended_by_hardware(self):
        released = sum(not on for _, on, _ in self.board.changes())
        return sum(not on for _, on in self.board.lock_changes()) - released


if __name__ == "__main__":
    unittest.main(verbosity=2)
