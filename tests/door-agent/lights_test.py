"""What a read is answered with: green and a short tone, or red and a long one, beside the lock."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))
from door_case import HALL, DoorCase, wait_for  # noqa: E402

LOCK, GREEN, RED, TONE = 0, 4, 5, 6


class Lights(DoorCase):
    lock = ('board = "waveshare-relay-8"\n'
            f"green = {{ channel = {GREEN} }}\n"
            f"red = {{ channel = {RED} }}\n"
            f"tone = {{ channel = {TONE} }}")

    def setUp(self):
        super().setUp()
        self.put_policy()
        self.start_agent()

    def ons(self, coil):
        """Seconds for which a relay was on each time, once it is off again."""
        lasted, began = [], None
        for at, on, _ in self.board.changes(coil):
            if on and began is None:
                began = at
            elif not on and began is not None:
                lasted.append(at - began)
                began = None
        return lasted

    def wait_for_ons(self, coil, times):
        wait_for(lambda: len(self.ons(coil)) >= times, 30, f"coil {coil} on and off")
        return self.ons(coil)[times - 1]

    def test_green_and_a_short_tone_or_red_and_a_long_one(self):
        self.scan(self.digits(1))
        wait_for(lambda: self.board.times_on(LOCK) == 1, 30, "the lock")
        self.wait_for_ons(GREEN, 1)
        short = self.wait_for_ons(TONE, 1)
        self.assertEqual(self.board.times_on(RED), 0)
        self.scan(self.digits(2, scope=HALL))
        self.wait_for_ons(RED, 1)
        self.assertGreater(self.wait_for_ons(TONE, 2), short)
        self.assertEqual(self.board.times_on(GREEN), 1)
        self.assertEqual(self.board.times_on(LOCK), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
