"""A wall clock that lies, under the real agent: nobody revoked gets in by it, and the door recovers
by itself once the clock is right again."""

import sys
import unittest
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))
from door_case import DoorCase, wait_for  # noqa: E402
from moved_clock import MovedClock  # noqa: E402

TEN_YEARS = timedelta(days=3650)
REVOKED, GOOD = 1, 2


class LyingClock(DoorCase):
    """Two passes, one of them revoked."""

    def setUp(self):
        super().setUp()
        self.revoked = [(REVOKED, 0)]
        self.unlock_ms = 500
        self.put_policy()
        self.clock = MovedClock(self.folder)

    def start(self):
        self.start_agent(env=self.clock.env)

    def moves(self, by, seen):
        """The clock jumps while the agent runs, which notes it."""
        before = self.count(seen)
        self.clock.step(by)
        wait_for(lambda: self.count(seen) > before, 30, f"'{seen}' in the journal")

    def recovers(self, by, seen):
        """The clock is right again: the agent goes on as if nothing had been."""
        self.moves(by, seen)
        self.opens(self.digits(GOOD))
        self.refuses(self.digits(REVOKED), "revoked")
        self.assertEqual(self.stop_agent(), 0)
        self.assertIn("chain: intact", self.chain())

    def test_ten_years_ahead_and_back(self):
        self.start()
        self.refuses(self.digits(REVOKED), "revoked")
        self.moves(TEN_YEARS, "stepped")
        self.refuses(self.digits(GOOD), "clock_untrusted")
        self.refuses(self.digits(REVOKED), "clock_untrusted")
        self.recovers(-TEN_YEARS, "declared")

    def test_a_restart_while_it_is_ten_years_ahead_makes_it_no_more_believed(self):
        self.start()
        self.opens(self.digits(GOOD))
        self.moves(TEN_YEARS, "stepped")
        self.kill_agent()
        self.start()
        self.refuses(self.digits(GOOD), "clock_untrusted")
        self.refuses(self.digits(REVOKED), "clock_untrusted")
        self.recovers(-TEN_YEARS, "declared")

    def test_a_board_that_wakes_in_1970_opens_nothing_until_it_knows_the_time(self):
        self.start()
        self.opens(self.digits(GOOD))
        self.assertEqual(self.stop_agent(), 0)
        since_1970 = timedelta(seconds=self.now - 86_400)
        self.clock.step(-since_1970)
        self.start()
        self.refuses(self.digits(GOOD), "clock_untrusted")
        self.refuses(self.digits(REVOKED), "clock_untrusted")
        self.recovers(since_1970, "declared")


if __name__ == "__main__":
    unittest.main(verbosity=2)
