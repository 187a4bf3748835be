"""SIGKILL at every write, send and sync of the agent: no door stays open, no told event is lost."""

import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))
from door_case import DoorCase, wait_for  # noqa: E402

KILL_AT = int(os.environ.get("CRENEAU_KILL_STEP", "1"))
LONGEST_ON = 6.5


class Kill(DoorCase):
    def setUp(self):
        super().setUp()
        self.put_policy()

    def killed_run(self, calls, number, digits):
        """One life that shows a code and is killed at the number-th call. -> survived?"""
        self.start_agent(prefix=("strace", "-f", "-qq", "-o", "/dev/null", "-e", "signal=none", "-e",
                                 f"inject={calls}:signal=KILL:when={number}"), ready=False)
        try:
            self.agent.ready_line("agent ready", 60)
        except AssertionError:
            return False
        before = len(self.board.changes())
        self.scan(digits)
        wait_for(lambda: not self.agent.alive() or len(self.board.changes()) >= before + 2, 60,
                 "the end of the grant")
        if not self.agent.alive():
            return False
        return True

    def all_relays_go_off(self):
        wait_for(lambda: not self.board.is_on(), LONGEST_ON + 5, "relay off after the kill")
        changes = self.board.changes()
        for (on_at, on, _), (off_at, _, _) in zip(changes, changes[1:]):
            if on:
                self.assertLess(off_at - on_at, LONGEST_ON)

    def kill_points(self, calls, digits_of):
        number = 1
        while True:
            digits = digits_of(number)
            survived = self.killed_run(calls, number, digits)
            if survived:
                self.assertEqual(self.stop_agent(), 0)
                break
            self.agent.kill()
            self.all_relays_go_off()
            self.assertNotIn("BROKEN", self.chain())
            self.after_kill(digits)
            number += KILL_AT
        self.start_agent()
        self.opens(self.digits(1))
        self.assertEqual(self.stop_agent(), 0)
        self.assertIn("chain: intact", self.chain())
        return number

    def after_kill(self, digits):
        """What must hold between two lives."""

    def test_of_a_grant_at_each_send_to_the_board(self):
        self.assertGreater(self.kill_points("sendto", lambda _: self.digits(1)), 3)

    def test_of_a_once_only_grant_at_each_sync(self):
        used = []

        def once(number):
            return self.digits(100 + number, use="once")

        def after(digits):
            # A door that opened has its mark on disk: the next life refuses the same code.
            if self.board.times_on() > len(used):
                used.append(digits)
                self.start_agent()
                self.refuses(digits, "already_used")
                self.stop_agent()

        self.after_kill = after
        self.assertGreater(self.kill_points("fdatasync", once), 2)

    def test_of_a_policy_switch_at_each_step(self):
        for calls in ("fsync", "rename"):
            number = 1
            while True:
                self.version += 1
                from door_case import KIT, run
                run([KIT, "policy", self.folder / "policy.cose", self.version, self.now])
                survived = self.killed_run(calls, number, self.digits(1))
                if survived:
                    self.stop_agent()
                    break
                self.agent.kill()
                (self.folder / "policy.cose").unlink()
                if self.version > 1 and (self.folder / "state/policy-0.cose").exists():
                    self.start_agent()
                    self.opens(self.digits(1))
                    self.stop_agent()
                number += 1
            self.assertGreater(number, 1, calls)


if __name__ == "__main__":
    unittest.main(verbosity=2)
