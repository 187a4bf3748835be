"""A Maildir delivery killed at every step leaves no half mail, and its repeat leaves one."""

import json
import mailbox
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from probe import PROBE, compose, mail, order

CALLS = ("openat", "write", "fsync", "rename")
MOST_STEPS = 100
NAME = "1795300000.outbox-1.le-pre@le-pre.example.org"
ENV = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}  # no leak check under a tracer


class KilledDelivery(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.message = compose(mail())

    def deliver(self, folder, kill=()):
        done = subprocess.run([*kill, PROBE, "send"], capture_output=True, timeout=60, check=False,
                              input=order({"maildir": str(folder)}, self.message.decode("ascii")),
                              env=ENV)
        return done.returncode == 0 and json.loads(done.stdout)["result"] == "sent"

    def assert_whole(self, folder):
        """The number of mails, each of them whole."""
        files = list((Path(folder) / "new").glob("*")) if (Path(folder) / "new").exists() else []
        for file in files:
            self.assertEqual(file.read_bytes(), self.message.replace(b"\r\n", b"\n"))
        return len(files)

    def test_never_shows_half_a_mail_and_is_repeated_into_one(self):
        for call in CALLS:
            kills = 0
            for step in range(1, MOST_STEPS):
                with tempfile.TemporaryDirectory(prefix="creneau-maildir-") as folder:
                    target = Path(folder) / "mail"
                    survived = self.deliver(target, (
                        "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
                        "-P", str(target / "tmp" / NAME), "-P", str(target / "new"),
                        "-e", f"inject={call}:signal=KILL:when={step}"))
                    kills += not survived
                    self.assertLessEqual(self.assert_whole(target), 1)
                    self.assertTrue(self.deliver(target))
                    self.assertEqual(self.assert_whole(target), 1)
                    self.assertTrue((target / "new" / NAME).exists())
                    self.assertEqual(list((target / "tmp").iterdir()), [])
                    found = list(mailbox.Maildir(target))
                    self.assertEqual(len(found), 1)
                    self.assertEqual(found[0]["Message-ID"], "<outbox-41.le-pre@le-pre.example.org>")
                if survived:
                    break
            self.assertTrue(survived, call)
            with self.subTest(call=call):
                self.assertGreater(kills, 0)


if __name__ == "__main__":
    unittest.main()
