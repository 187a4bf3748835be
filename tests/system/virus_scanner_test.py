"""Files of papers pass ClamAV before they are kept: the real clamd, with signatures of our own making
(the network has no part in it), stopped and started again under the running server."""

import hashlib
import os
import signal
import tempfile
import time
import unittest
import zlib
from pathlib import Path

from system_case import BOOKER, BUILD
from processes import Process, wait_for
from stack import Stack

CLAMD = "/usr/sbin/clamd"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
INFECTED = PDF.replace(b"<<>>", b"<</Title(Harmless but listed)>>")
HIDDEN = b"harmless words that a signature of the test looks for"


def pdf_that_packs(text):
    packed = zlib.compress(text, 9)
    return (b"%PDF-1.7\n1 0 obj\n<< /Length " + str(len(packed)).encode()
            + b" /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n"
            + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n")


class Clamd:
    """ClamAV's daemon with a configuration and a signature database of its own."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.socket = self.folder / "clamd.ctl"
        self.config = self.folder / "clamd.conf"
        signatures = self.folder / "signatures"
        signatures.mkdir(parents=True)
        listed = hashlib.md5(INFECTED, usedforsecurity=False).hexdigest()
        (signatures / "test.hdb").write_text(f"{listed}:{len(INFECTED)}:Creneau.Listed\n")
        (signatures / "test.ndb").write_text(f"Creneau.Hidden:0:*:{HIDDEN.hex()}\n")
        self.config.write_text(f"LocalSocket {self.socket}\nDatabaseDirectory {signatures}\n"
                               f"TemporaryDirectory {self.folder}\nForeground yes\n")
        self.process = None

    def start(self):
        self.process = Process("clamd", [CLAMD, f"--config-file={self.config}"], self.folder)
        wait_for(self.socket.exists, 60, "clamd's socket")

    def stop(self):
        if self.process:
            self.process.stop()
            self.process = None


class ScannedPapers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-scanner-")
        cls.addClassCleanup(temporary.cleanup)
        cls.clamd = Clamd(Path(temporary.name) / "clamd")
        cls.addClassCleanup(cls.clamd.stop)
        cls.clamd.start()
        cls.stack = Stack(BUILD, Path(temporary.name) / "town")
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.scanner = cls.clamd.socket
        cls.stack.prepare([BOOKER])
        cls.stack.start_api()
        cls.booker = cls.stack.client(BOOKER)
        cls.person = cls.booker.expect(200, "GET", "/api/v1/me")["id"]

    def paper(self):
        paper = self.booker.expect(201, "POST", f"/api/v1/people/{self.person}/papers",
                                   {"kind": "insurance", "valid_from": "2026-01-01"})
        return f"/api/v1/papers/{paper['id']}/file"

    def send(self, file, body, language="en"):
        return self.booker.call("PUT", file, body, {"Content-Type": "application/pdf",
                                                    "Accept-Language": language})

    def kept(self):
        return sorted(entry.name for entry in (self.stack.folder / "papers").iterdir())

    def refused(self, file, answer, before):
        """Nothing of it is there: no file, no row, nothing to download."""
        self.assertEqual(self.kept(), before)
        self.assertEqual(self.booker.call("GET", file).status, 404)
        self.assertNotIn(b"Creneau.", answer.body, "the name of the virus is for the log")

    def taken(self, file, body):
        self.assertEqual(self.send(file, body).status, 200)
        self.assertEqual(self.booker.call("GET", file).body, body)
        self.assertIn(hashlib.blake2b(body, digest_size=32).hexdigest(), self.kept())

    def doctor(self):
        done = self.stack.command("doctor", check=False)
        line = [line for line in done.stdout.splitlines() if " virus_scanner " in line]
        return done.returncode, *line

    def test_a_file_with_a_virus_is_not_kept(self):
        for body, virus in ((INFECTED, "Creneau.Listed"),
                            (pdf_that_packs(b"a page\n" + HIDDEN), "Creneau.Hidden")):
            file, before = self.paper(), self.kept()
            for language, word in (("en", "virus"), ("fr", "antivirus")):
                answer = self.send(file, body, language)
                self.assertEqual(answer.status, 422)
                error, = answer.json()["errors"]
                self.assertEqual(error["code"], "file_infected")
                self.assertIn(word, error["detail"])
                self.refused(file, answer, before)
            self.assertIn(virus, (self.stack.folder / "api.log").read_text())
            self.taken(file, pdf_that_packs(b"a page of " + virus.encode()))

    def test_while_the_scanner_is_stopped_no_file_is_kept(self):
        file, before = self.paper(), self.kept()
        body = PDF.replace(b"<<>>", b"<</Title(Sent while it was stopped)>>")
        self.assertEqual(self.doctor(), (0, f"ok virus_scanner {self.clamd.socket} answers"))
        self.clamd.stop()
        self.addCleanup(lambda: self.clamd.process or self.clamd.start())
        answer = self.send(file, body)
        self.assertEqual((answer.status, answer.json()["code"]), (503, "file_not_scanned"))
        self.assertIn("not kept", answer.json()["detail"])
        self.assertGreater(int(answer.headers["retry-after"]), 0)
        self.refused(file, answer, before)
        self.assertEqual(self.doctor(), (1, f"PROBLEM virus_scanner {self.clamd.socket} does not "
                                            "answer; no file of a paper is taken"))
        self.clamd.start()
        self.taken(file, body)

    def test_a_scanner_that_hangs_is_given_up(self):
        file, before = self.paper(), self.kept()
        body = PDF.replace(b"<<>>", b"<</Title(Sent while it hung)>>")
        child = self.clamd.process.child.pid
        os.kill(child, signal.SIGSTOP)
        self.addCleanup(os.kill, child, signal.SIGCONT)
        began = time.monotonic()
        answer = self.send(file, body)
        self.assertEqual((answer.status, answer.json()["code"]), (503, "file_not_scanned"))
        self.assertLess(time.monotonic() - began, 28)
        self.refused(file, answer, before)
        os.kill(child, signal.SIGCONT)
        self.taken(file, body)


class Unscanned(unittest.TestCase):
    def test_doctor_says_that_no_scanner_is_set(self):
        with tempfile.TemporaryDirectory(prefix="creneau-unscanned-") as folder:
            stack = Stack(BUILD, Path(folder) / "town")
            stack.write_config()
            stack.command("migrate")
            said = stack.command("doctor", check=False).stdout
            self.assertIn("ok virus_scanner none is set: files of papers are kept unscanned", said)

    def test_a_scanner_is_named_by_a_whole_path(self):
        with tempfile.TemporaryDirectory(prefix="creneau-unscanned-") as folder:
            stack = Stack(BUILD, Path(folder) / "town")
            for wrong in ("", "clamd.ctl", "/" + "x" * 107):
                stack.scanner = wrong
                stack.write_config()
                done = stack.command("migrate", check=False)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn("papers.scanner", done.stderr)
            stack.scanner = "/" + "x" * 106
            stack.write_config()
            stack.command("migrate")


if __name__ == "__main__":
    unittest.main()
