"""The main job on real parts: request, approval, SMTP mail, QR, tty, relay; and every refusal.

API, signer and door agent are the built programs; the SMTP server is python3-aiosmtpd, the QR
decoders zbarimg and ZXingReader, the relay board a python3-pymodbus server.
"""

import unittest
from datetime import datetime, timedelta

from system_case import BOOKER, OFFICE, SystemCase
from living_codes import forms_of, found_below
from processes import wait_for
from stack import PARIS, local, soon


def changed(digits, at):
    """The code with one digit another."""
    return digits[:at] + str((int(digits[at]) + 1) % 10) + digits[at + 1:]


class MainJob(SystemCase):
    """One town for the whole class; each test leaves a door that still opens."""

    def test_an_approved_booking_opens_the_door_once_held_before_the_reader(self):
        booking = self.stack.book(self.booker, *soon(5), association_id=self.association)
        self.assertEqual(booking["status"], "pending")
        self.office.expect(200, "POST", f"/api/v1/bookings/{booking['id']}/approve", {})
        mail = self.pass_mail(booking["id"])
        self.assertEqual(mail.to, "Camille Roussel <" + BOOKER + ">")
        self.assertIn("LCR Danton", mail.text())
        self.assertEqual(len(mail.calendars()), 1)
        self.assertEqual(mail.inline_picture(), mail.attached_picture())
        digits = self.read_both(mail.attached_picture())
        self.assertRegex(digits, r"^62[0-9]{198}$")
        seconds = self.stack.door_opens(digits)
        self.assertLess(seconds, 10)
        self.assertIn(("granted_booking", 1), self.stack.journal())
        self.nowhere_but_in_the_mail(forms_of(digits, mail.attached_picture()))
        self.cancel(booking)

    def nowhere_but_in_the_mail(self, forms):
        """Database, its log and backup, keys, journal, policy and logs hold no code that opens."""
        backup = self.stack.folder / "town.backup"
        self.stack.command("backup", backup)
        self.assertIn("Répétition".encode(), backup.read_bytes())
        self.assertTrue((self.stack.folder / "town.db-wal").stat().st_size)
        self.assertEqual(found_below(self.stack.folder, forms), [])
        self.assertIn("picture in base64",
                      {form for _, form in found_below(self.smtp.mails_folder, forms)})

    def test_a_pass_for_tomorrow_is_refused_today(self):
        tomorrow = datetime.now(PARIS).replace(hour=14, minute=0) + timedelta(days=1)
        digits = self.approved(local(tomorrow), local(tomorrow + timedelta(hours=2)))
        self.refused(digits, "not_yet_valid")

    def test_a_pass_of_another_door_is_refused(self):
        digits = self.approved(*soon(5), room="lcr-semanaz")
        self.refused(digits, "wrong_door")

    def test_an_altered_pass_is_refused(self):
        digits = self.approved(*self.next_slot())
        self.refused(changed(digits, 150), "bad_signature")

    def test_malformed_reads_are_refused(self):
        reads = ("123", "6" * 199, "6" * 201, "9" * 200, "http://example.org/", "A" * 200,
                 "0" * 200)
        before = self.stack.board.switched_on()
        counted = self.stack.refusals("malformed")
        for text in reads:
            self.stack.reader.scan(text)
        wait_for(lambda: self.stack.refusals("malformed") >= counted + len(reads), seconds=90,
                 what=f"{len(reads)} malformed reads in the journal")
        self.assertEqual(self.stack.refusals("malformed"), counted + len(reads))
        self.assertEqual(self.stack.board.switched_on(), before)
        self.stack.door_opens(self.approved(*soon(8)))
        self.assertEqual(self.stack.board.switched_on(), before + 1)

    def test_a_cancelled_booking_no_longer_opens(self):
        booking, digits = self.approved_booking(*soon(5))
        self.cancel(booking)
        self.stack.renew_policy()
        self.refused(digits, "revoked")

    def test_a_moved_booking_opens_with_the_new_pass_only(self):
        booking, old = self.approved_booking(*soon(5))
        start, end = soon(6)
        self.office.expect(200, "POST", f"/api/v1/bookings/{booking['id']}/move",
                           {"start": start, "end": end})
        moved = self.pass_mail(booking["id"], skip=1)
        new = self.read_both(moved.attached_picture())
        self.assertNotEqual(old, new)
        self.stack.renew_policy()
        before = self.stack.board.switched_on()
        self.stack.door_refuses(old, "revoked")
        self.assertEqual(self.stack.board.switched_on(), before)
        self.stack.door_opens(new)
        self.assertEqual(self.stack.board.switched_on(), before + 1)
        self.cancel(booking)

    def test_a_refused_booking_gets_no_pass_and_a_mail_with_the_ground(self):
        start, end = self.next_slot()
        booking = self.stack.book(self.booker, start, end, association_id=self.association)
        ground = self.booker.expect(200, "GET", "/api/v1/grounds")["items"][0]["code"]
        self.office.expect(200, "POST", f"/api/v1/bookings/{booking['id']}/refuse",
                           {"ground": ground, "text": "Travaux de peinture"})
        mail = self.mail_of(booking["id"], "refus")
        self.assertIn("Travaux de peinture", mail.text())
        self.assertIsNone(mail.attached_picture())
        answer = self.booker.expect(200, "GET", f"/api/v1/bookings/{booking['id']}/passes")
        self.assertEqual(answer["items"], [])

    def test_after_the_slot_the_pass_is_expired(self):
        tomorrow = datetime.now(PARIS).replace(second=0) + timedelta(days=1, minutes=-30)
        future = self.approved(local(tomorrow), local(tomorrow + timedelta(hours=2)))
        today, digits = self.approved_booking(*soon(5, hours=1))
        self.stack.restart_agent(faketime="+1d")
        try:
            self.stack.door_refuses(digits, "clock_untrusted")
            self.stack.confirm_clock("+1d")
            self.stack.door_refuses(digits, "expired")
            self.stack.door_opens(future)
        finally:
            self.stack.restart_agent()
            self.stack.confirm_clock()
        self.cancel(today)


if __name__ == "__main__":
    unittest.main()
