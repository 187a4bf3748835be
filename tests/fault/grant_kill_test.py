"""SIGKILL of the agent at every system call of a grant, from the code that is read until its row is
on disk: nobody gets in twice, no lock stays open, no row is half written."""

import signal
import sys
import unittest
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "support"), str(TESTS / "door-agent/support")]
from door_case import DoorCase, wait_for  # noqa: E402
from kill_points import survives, sweep  # noqa: E402

UNLOCK = 0.5
SLACK = 1.0


class Grant(DoorCase):
    """A pass that opens once; the board ends the pulse."""

    def setUp(self):
        super().setUp()
        self.unlock_ms = int(UNLOCK * 1000)
        self.put_policy()
        self.spent = None
        self.opened_and_killed = 0

    def test_at_any_call_it_opens_at_most_once_and_closes_by_itself(self):
        killed = sweep(self.life)
        print(f"killed {killed} times, {self.opened_and_killed} of them when the relay was on")
        self.assertGreater(killed, 20)
        self.assertGreater(self.opened_and_killed, 0, "never killed while energised")
        self.start_agent()
        self.opens(self.digits(1))
        self.assertEqual(self.stop_agent(), 0)
        self.assertIn("chain: intact", self.chain())

    def life(self, number):
        self.start_agent()
        if self.spent:
            self.refuses(self.spent, "already_used")
            self.spent = None
        digits = self.digits(1000 + number, use="once")
        opened, granted = self.board.times_on(), self.count("granted_booking")
        done = survives(self.agent, number, "all", lambda: self.scan(digits),
                        lambda: self.board.times_on() > opened
                        and self.count("granted_booking") > granted)
        if done:
            self.refuses(digits, "already_used")
            self.stop_agent()
            return True
        self.assertEqual(self.agent.child.poll(), -signal.SIGKILL, self.story())
        self.kill_agent()
        self.closed_by_itself()
        self.assertNotIn("BROKEN", self.chain())
        if self.board.times_on() > opened:
            self.opened_and_killed += 1
            self.spent = digits
        return False

    def closed_by_itself(self):
        wait_for(lambda: not self.board.is_on(), UNLOCK + SLACK + 5, "a relay that is off")
        changes = self.board.changes()
        for (on_at, on, _), (off_at, _, _) in zip(changes, changes[1:]):
            if on:
                self.assertLess(off_at - on_at, UNLOCK + SLACK)


if __name__ == "__main__":
    unittest.main(verbosity=2)
