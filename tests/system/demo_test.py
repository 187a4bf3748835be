"""`make demo-once` as somebody runs who looks at the project for the first time."""

import os
import re
import signal
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

import nacl.exceptions
import nacl.signing

from system_case import BUILD, PYTHON, ROOT
from received_mail import maildir_mails, read_with_zbar

LABEL = b"RDQ1\0door-credential"
TOWN = 1
STEP = re.compile(r" *([0-9]+\.[0-9]{2}) s  \S.*")


def verifies(key, digits):
    """Whether the pass was signed by this public key, by qr/FORMAT.md alone."""
    code = int(digits).to_bytes(83, "big")
    try:
        nacl.signing.VerifyKey(key).verify(LABEL + TOWN.to_bytes(4, "big") + code[:19], code[19:])
    except nacl.exceptions.BadSignatureError:
        return False
    return True


class Demo(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="creneau-demo-")))
        self.out = self.folder / "out"

    def start(self, build=BUILD):
        demo = subprocess.Popen(
            [PYTHON, ROOT / "examples/demo.py", "--build", build, "--out", self.out, "--once"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.addCleanup(demo.stdout.close)
        self.addCleanup(lambda: demo.poll() is None and (demo.terminate(), demo.wait()))
        return demo

    def rows(self, file, query):
        database = sqlite3.connect(f"file:{self.out / file}?mode=ro", uri=True)
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()

    def test_once_tells_each_step_and_leaves_what_it_says(self):
        demo = self.start()
        told = demo.communicate()[0]
        self.assertEqual(demo.returncode, 0, told)
        *steps, last = told.splitlines()
        times = [float(STEP.fullmatch(line).group(1)) for line in steps]
        self.assertEqual(times, sorted(times))
        self.assertEqual(sum("the DOOR OPENS" in line for line in steps), 1, told)
        self.assertTrue(last.startswith("left behind: "), last)
        mail = next(mail for mail in maildir_mails(self.out / "mail") if mail.attached_picture())
        self.assertIn("BEGIN:VEVENT", mail.calendars()[0])
        picture = self.folder / "cut.png"
        picture.write_bytes(mail.attached_picture())
        digits = read_with_zbar(picture)
        policy = (self.out / "agent/policy.cose").read_bytes()
        windows = {policy[at:at + 32] for at in range(len(policy) - 31)}
        self.assertEqual(len([key for key in windows if verifies(key, digits)]), 1)
        self.assertEqual(self.rows("town.db", "SELECT status FROM bookings"), [("cancelled",)])
        journal = dict(self.rows("agent/journal.db",
                                 "SELECT reason, sum(count) FROM events GROUP BY reason"))
        self.assertEqual((journal["granted_booking"], journal["revoked"],
                          journal["bad_signature"]), (1, 1, 1))

    def test_once_fails_when_interrupted_and_leaves_nothing_running(self):
        demo = self.start()
        told = ""
        while "door agent is up" not in told:
            line = demo.stdout.readline()
            self.assertTrue(line, told)
            told += line
        os.kill(demo.pid, signal.SIGINT)
        told += demo.communicate()[0]
        self.assertEqual(demo.returncode, 130, told)
        self.assertIn("stopped: agent 0, board 0, api 0, signer 0", told)

    def test_once_fails_when_a_program_stops_badly(self):
        build = self.folder / "build"
        for program in ("api/creneau-api", "api/breached-passwords.bin",
                        "door-agent/creneau-door-agent"):
            (build / program).parent.mkdir(parents=True, exist_ok=True)
            (build / program).symlink_to(Path(BUILD).resolve() / program)
        signer = build / "api/creneau-signer"
        signer.write_text(f"""#!/bin/sh
trap 'wait $child; exit 3' TERM
'{Path(BUILD).resolve()}/api/creneau-signer' "$@" &
child=$!
wait $child
""")
        signer.chmod(0o755)
        demo = self.start(build)
        told = demo.communicate()[0]
        self.assertIn("the DOOR OPENS", told)
        self.assertIn("signer 3", told)
        self.assertEqual(demo.returncode, 1, told)


if __name__ == "__main__":
    unittest.main()
