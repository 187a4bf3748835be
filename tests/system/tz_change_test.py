"""A town whose time zone changes its rules: two databases compiled by zic, on both engines.

Under the first, clocks stay an hour ahead; under the second they go back an hour on a night to come.
"""

import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE
from private_postgres import PrivatePostgres
from processes import run, wait_for
from received_mail import maildir_mails
from stack import PARIS, Stack

ZIC = "/usr/sbin/zic"
NIGHT = 40  # days from today


def day(days):
    return datetime.now(PARIS) + timedelta(days=NIGHT + days)


def compiled(folder, version, rule):
    """What the environment of a process says that knows Paris by this rule alone."""
    folder.mkdir()
    source = folder / "paris"
    source.write_text(rule)
    run([ZIC, "-b", "fat", "-d", folder, source])
    (folder / "tzdata.zi").write_text(f"# version {version}\n")
    return {"TZDIR": str(folder)}


class TzChange:
    """The same promises on either engine; `open_stack` is the engine's."""

    @classmethod
    def setUpClass(cls):
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="creneau-tz-")))
        cls.stack = cls.open_stack(folder)
        cls.addClassCleanup(cls.stack.stop)
        cls.before = compiled(folder / "before", "2031a", "Zone Europe/Paris 1:00 - CET\n")
        cls.after = compiled(folder / "after", "2031b",
                             "Zone Europe/Paris 1:00 - CET "
                             f"{day(0).strftime('%Y %b %d')} 3:00\n\t\t\t0:00 - WET\n")
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.make_keys()
        cls.stack.start_signer()
        cls.stack.start_api(cls.before)

    def restart(self, env):
        self.stack.api.stop()
        self.stack.start_api(env)
        self.booker, self.office = self.stack.client(BOOKER), self.stack.client(OFFICE)

    def booked(self, days, start, end, room="lcr-danton"):
        date = day(days).strftime("%Y-%m-%d")
        return self.stack.book(self.booker, f"{date}T{start}", f"{date}T{end}", room=room)

    def now(self, booking):
        return self.office.expect(200, "GET", f"/api/v1/bookings/{booking['id']}")

    def passes(self, booking):
        path = f"/api/v1/bookings/{booking['id']}/passes"
        return self.office.expect(200, "GET", path)["items"]

    def later(self, booking):
        """Its start an hour later, as an instant."""
        start = datetime.fromisoformat(booking["start_at"]) + timedelta(hours=1)
        return start.strftime("%Y-%m-%dT%H:%M:%SZ")

    def mail_about(self, subject):
        def found():
            return [mail for mail in maildir_mails(self.stack.mail)
                    if mail.subject.startswith(subject)]
        return wait_for(found, what=subject)[0]

    def conflicts(self):
        return self.office.expect(200, "GET", "/api/v1/time-conflicts")["items"]

    def test_bookings_keep_their_local_times_and_nobody_is_dropped(self):
        self.restart(self.before)
        early = self.booked(-2, "18:30", "20:00")
        late = self.booked(3, "18:30", "20:00")
        self.office.expect(200, "POST", f"/api/v1/bookings/{late['id']}/approve", {})
        given = self.passes(late)[0]
        series = self.booker.expect(201, "POST", "/api/v1/series", {
            "room_id": self.booker.room("lcr-semanaz")["id"], "pattern": "weekly",
            "weekdays": [day(0).strftime("%A").lower()],
            "first_date": day(-7).strftime("%Y-%m-%d"), "count": 3, "start_time": "18:00",
            "end_time": "20:00", "attendees": 5, "purpose": "Essai"})
        # In the night itself one ends at the second half past two, the next begins at the first.
        ends = self.booked(0, "01:00", "02:30")
        begins = self.booked(0, "02:30", "04:00")

        self.restart(self.after)
        self.assertEqual(self.now(early)["start_at"], early["start_at"])
        moved = self.now(late)
        self.assertEqual((moved["start"], moved["start_at"], moved["status"]),
                         (late["start"], self.later(late), "approved"))
        replaced = self.passes(late)[0]
        self.assertEqual((replaced["state"], replaced["number"]), ("living", given["number"]))
        self.assertGreater(replaced["window_start_at"], given["window_start_at"])
        dates = self.booker.expect(200, "GET", f"/api/v1/series/{series['id']}")["occurrences"]
        self.assertEqual([one["start_at"] for one in dates],
                         [series["occurrences"][0]["start_at"]] +
                         [self.later(one) for one in series["occurrences"][1:]])
        standing = self.conflicts()
        self.assertEqual([one["id"] for one in standing], [ends["id"], begins["id"]])
        self.assertEqual({one["conflict"]["code"] for one in standing}, {"room_taken"})
        self.assertEqual(standing[1]["conflict"]["kept"]["start_at"], begins["start_at"])
        self.assertEqual(self.now(begins)["start"], begins["start"])
        self.booker.expect(403, "GET", "/api/v1/time-conflicts")
        told = self.mail_about("Heure légale modifiée : LCR Danton")
        old = self.mail_about("Réservation acceptée : LCR Danton")
        self.assertNotEqual(told.attached_picture(), old.attached_picture())
        self.assertIsNotNone(told.attached_picture())
        self.mail_about("Heure légale modifiée : LCR Semanaz, 2 dates")

        again = self.stack.command("recompute-times", env=self.after).stdout
        self.assertIn("2031b : 2 comparées, 0 déplacées, 2 en conflit\n", again)
        self.assertIn(f"  réservation {ends['id']}\n", again)
        self.office.expect(200, "POST", f"/api/v1/bookings/{begins['id']}/cancel",
                           {"reason": "other"})
        self.assertIn("1 comparées, 1 déplacées, 0 en conflit",
                      self.stack.command("recompute-times", env=self.after).stdout)
        self.assertEqual(self.conflicts(), [])
        self.assertEqual(self.now(ends)["start"], ends["start"])


class OnSqlite(TzChange, unittest.TestCase):
    """One file, the single writer."""

    @classmethod
    def open_stack(cls, folder):
        return Stack(BUILD, folder / "town")


class OnPostgresql(TzChange, unittest.TestCase):
    """A private server."""

    @classmethod
    def open_stack(cls, folder):
        server = cls.enterClassContext(PrivatePostgres())
        return Stack(BUILD, folder / "town", database=("postgresql", server.conninfo))


if __name__ == "__main__":
    unittest.main()
