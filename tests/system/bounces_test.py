"""`creneau-api bounces` as a timer runs it over the mailbox that the reports come to."""

import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE
from processes import wait_for
from received_mail import ReceivedMail
from stack import PARIS, Stack, local


def report(returned, action="failed", status="5.1.1"):
    """A delivery status notification about a mail (RFC 3464)."""
    headers = returned.split(b"\n\n", 1)[0].decode()
    return (f"From: MAILER-DAEMON@example.org\nTo: salles@le-pre.example.org\nSubject: Undelivered\n"
            "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;"
            " boundary=cut\n\n--cut\n\nI am sorry.\n\n--cut\nContent-Type: message/delivery-status\n\n"
            "Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; nobody@example.org\n"
            f"Action: {action}\nStatus: {status}\n\n--cut\nContent-Type: text/rfc822-headers\n\n"
            f"{headers}\n\n--cut--\n").encode()


class Bounces(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-bounces-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.stack = Stack(BUILD, cls.folder / "town")
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.start_api()
        cls.office, cls.booker = cls.stack.client(OFFICE), cls.stack.client(BOOKER)

    def mail_of_a_booking(self, days):
        day = datetime.now(PARIS).replace(hour=18, minute=0) + timedelta(days=days)
        booking = self.stack.book(self.booker, local(day), local(day + timedelta(hours=2)))
        path = f"/api/v1/bookings/{booking['id']}/messages"
        wait_for(lambda: self.states(path) == ["sent"], 30, "the acknowledgement")
        mails = [file.read_bytes() for file in (self.stack.mail / "new").iterdir()]
        return path, next(mail for mail in mails
                          if ReceivedMail(mail).booking_id() == booking["id"])

    def states(self, path):
        return [message["state"] for message in self.office.expect(200, "GET", path)["items"]]

    def test_a_report_marks_the_mail_that_it_is_about(self):
        path, mail = self.mail_of_a_booking(8)
        boxes = self.folder / "reports"
        (boxes / "new").mkdir(parents=True)
        (boxes / "cur").mkdir()
        (boxes / "new/1").write_bytes(report(mail, "delayed", "4.0.0"))
        (boxes / "new/2").write_bytes(b"Subject: hello\n\nno report\n")
        (boxes / "new/3").write_bytes(b"\xff\x00")
        identity = ReceivedMail(mail).message_id
        token = identity.split(".", 1)[1].split("@")[0]
        (boxes / "new/4").write_bytes(report(mail.replace(token.encode(), b"0" * 32)))
        said = self.stack.command("bounces", boxes).stdout
        self.assertIn("new/1: passed over, a delivery that has not failed\n", said)
        self.assertIn("new/2: passed over, no report about a delivery\n", said)
        self.assertIn("new/3: passed over, ", said)
        self.assertIn("new/4: passed over, no mail that left has this Message-ID\n", said)
        self.assertEqual(self.states(path), ["sent"])
        (boxes / "cur/5:2,S").write_bytes(report(mail))
        self.assertIn("came back, 5.1.1\n", self.stack.command("bounces", boxes).stdout)
        self.assertEqual(self.states(path), ["bounced"])
        reason = self.office.expect(200, "GET", path)["items"][0]["reason"]
        self.assertEqual(reason, "5.1.1")
        self.assertIn("known already\n", self.stack.command("bounces", boxes).stdout)

    def test_one_report_comes_from_a_file_or_from_standard_input(self):
        path, mail = self.mail_of_a_booking(9)
        file = self.folder / "report.eml"
        file.write_bytes(report(mail, status="5.2.2"))
        done = self.stack.command("bounces", "-", stdin=file.read_text())
        self.assertIn("-: message ", done.stdout)
        self.assertEqual(self.states(path), ["bounced"])
        self.assertIn("known already", self.stack.command("bounces", file).stdout)
        missing = self.stack.command("bounces", self.folder / "nothing", check=False)
        self.assertEqual(missing.returncode, 1)
        self.assertIn("a mail or a Maildir is wanted", missing.stderr)


if __name__ == "__main__":
    unittest.main()
