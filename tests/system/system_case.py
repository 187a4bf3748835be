"""What the system tests share: one running town a class, its people, its mails, its door."""

import json
import os
import sys
import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))

from processes import Process, wait_for  # noqa: E402
from received_mail import ReceivedMail, read_with_zbar, read_with_zxing  # noqa: E402
from stack import PARIS, PYTHON, Stack, local, soon  # noqa: E402

BUILD = Path(os.environ.get("CRENEAU_BUILD", ROOT / "build/release"))
OFFICE = "bureau@le-pre.example.org"
BOOKER = "camille.roussel@example.org"


class SmtpSink:
    """python3-aiosmtpd in a process of its own; each accepted mail becomes a file."""

    def __init__(self, folder, port=0):
        self.mails_folder = Path(folder) / "received"
        self.mails_folder.mkdir(exist_ok=True)
        self.process = Process("smtp", [PYTHON, ROOT / "tests/support/smtp_sink.py", "--port",
                                        str(port), "--out", self.mails_folder], folder)
        self.port = int(self.process.ready_line("listening on ").rsplit(":", 1)[1])

    def mails(self):
        files = sorted(self.mails_folder.glob("*.eml"))
        return [ReceivedMail(file.read_bytes()) for file in files]


class SystemCase(unittest.TestCase):
    """Starts SMTP sink and town once for the class."""

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="creneau-system-")
        folder = Path(cls.temporary.name)
        cls.smtp = SmtpSink(folder)
        cls.stack = Stack(BUILD, folder / "town", smtp_url=f"smtp://127.0.0.1:{cls.smtp.port}")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.addClassCleanup(cls.smtp.process.stop)
        cls.addClassCleanup(cls.check_clean_stop)
        cls.stack.town_file = cls.town_with_a_second_qr_door(folder)
        cls.stack.start_all([OFFICE, BOOKER])
        cls.booker = cls.stack.client(BOOKER)
        cls.office = cls.stack.client(OFFICE)
        cls.association = cls.booker.expect(200, "GET", "/api/v1/me")["associations"][0]["id"]
        cls.slots = 0

    @classmethod
    def check_clean_stop(cls):
        """Every program must end by SIGTERM with status 0 (a sanitizer's report would not)."""
        statuses = cls.stack.stop()
        wrong = {name: status for name, status in statuses.items()
                 if name != "board" and status != 0}
        if wrong:
            logs = "".join((cls.stack.folder / f"{name}.log").read_text(errors="replace")[-4000:]
                           for name in wrong)
            raise AssertionError(f"unclean stop: {wrong}\n{logs}")

    @staticmethod
    def town_with_a_second_qr_door(folder):
        """The example town, where LCR Semanaz has a QR reader too."""
        town = json.loads((ROOT / "examples/le-pre/town.json").read_text())
        for door in town["doors"]:
            if door["key"].startswith("semanaz"):
                door["readers"].append({"key": door["key"] + "-qr", "kind": "qr"})
        for room in town["rooms"]:
            if room["key"] == "lcr-semanaz":
                room["ways_in"].append({"way": "qr", "from": "2026-01-01"})
        changed = Path(folder) / "town.json"
        changed.write_text(json.dumps(town))
        return changed

    # ------------------------------------------------------------ bookings

    @classmethod
    def next_slot(cls):
        """A free slot of its own, some days ahead."""
        cls.slots += 1
        day = datetime.now(PARIS).replace(hour=18, minute=0) + timedelta(days=2 + cls.slots)
        return local(day), local(day + timedelta(hours=2))

    def approved_booking(self, start, end, room="lcr-danton"):
        """(booking, digits as both decoders read them from the mail)."""
        booking = self.stack.book(self.booker, start, end, room=room,
                                  association_id=self.association)
        self.office.expect(200, "POST", f"/api/v1/bookings/{booking['id']}/approve", {})
        return booking, self.read_both(self.pass_mail(booking["id"]).attached_picture())

    def approved(self, start, end, room="lcr-danton"):
        booking, digits = self.approved_booking(start, end, room)
        self.addCleanup(self.cancel, booking)
        return digits

    def cancel(self, booking):
        self.office.expect(200, "POST", f"/api/v1/bookings/{booking['id']}/cancel",
                           {"reason": "other"})

    # ------------------------------------------------------------ mails

    def mail_of(self, booking_id, word, skip=0):
        """The mail about a booking whose subject contains `word`."""
        def found():
            fitting = [mail for mail in self.smtp.mails()
                       if mail.booking_id() == booking_id
                       and word in mail.subject.lower()]
            return fitting[skip] if len(fitting) > skip else None
        return wait_for(found, what=f"the mail “{word}” of booking {booking_id}")

    def pass_mail(self, booking_id, skip=0):
        """The mail with a pass of a booking."""
        def found():
            fitting = [mail for mail in self.smtp.mails()
                       if mail.booking_id() == booking_id
                       and mail.attached_picture()]
            return fitting[skip] if len(fitting) > skip else None
        return wait_for(found, what=f"the pass of booking {booking_id}")

    def read_both(self, png):
        """The digits, which zbarimg and ZXingReader must read alike."""
        file = Path(self.temporary.name) / "cut.png"
        file.write_bytes(png)
        digits = read_with_zbar(file)
        self.assertEqual(digits, read_with_zxing(file))
        self.assertEqual(len(digits), 200)
        return digits

    # ------------------------------------------------------------ the door

    def refused(self, text, reason):
        """Refused, and a valid pass still opens afterwards."""
        before = self.stack.board.switched_on()
        self.stack.door_refuses(text, reason)
        self.assertEqual(self.stack.board.switched_on(), before)
        booking, digits = self.approved_booking(*soon(8))
        self.stack.door_opens(digits)
        self.assertEqual(self.stack.board.switched_on(), before + 1)
        self.cancel(booking)
