"""`creneau-api import-holidays`: what is published, what a series makes of it, a newer file."""

import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE
from stack import PARIS, Stack

PUBLISHED = Path(__file__).with_name("school_calendar.ics")
ZONE_C = [("2025-10-18", "2025-11-02"), ("2025-12-20", "2026-01-04"), ("2026-02-21", "2026-03-08"),
          ("2026-04-18", "2026-05-03"), ("2026-07-04", "2026-08-30")]


class ImportHolidays(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-holidays-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.stack = Stack(BUILD, cls.folder / "town")
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.start_api()
        cls.booker = cls.stack.client(BOOKER)

    def imported(self, zone, file, status=0):
        done = self.stack.command("import-holidays", zone, file, check=False)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return (done.stdout + done.stderr).replace(str(file), "F")

    def written(self, *events):
        """A file of fictional holidays, each (first day, last day) in days from today."""
        text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Fictif//FR\r\n"
        for first, last in events:
            text += (f"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{self.day(first, '%Y%m%d')}\r\n"
                     f"DTEND;VALUE=DATE:{self.day(last + 1, '%Y%m%d')}\r\n"
                     "SUMMARY:Vacances fictives - Zone C\r\nEND:VEVENT\r\n")
        file = self.folder / "fictional.ics"
        file.write_text(text + "END:VCALENDAR\r\n", newline="")
        return file

    @staticmethod
    def day(days, form="%Y-%m-%d"):
        return (datetime.now(PARIS) + timedelta(days=days)).strftime(form)

    def school(self):
        return self.booker.expect(200, "GET", "/api/v1/calendars")["school"]

    def test_zone_c_is_kept_as_published(self):
        said = self.imported("C", PUBLISHED)
        for first, last in ZONE_C:
            self.assertIn(f"{first} – {last}  Vacances", said)
        self.assertIn("zone C : connues du 2025-08-29 au 2026-08-30", said)
        kept = self.school()
        self.assertEqual([(one["first_date"], one["last_date"]) for one in kept["holidays"]], ZONE_C)
        self.assertEqual((kept["zone"], kept["known_until"]), ("c", "2026-08-30"))
        self.assertIn("rien n’a changé", self.imported("c", PUBLISHED))
        self.assertIn("sa zone", self.imported("B", PUBLISHED))
        self.assertEqual(self.school(), kept)

    def test_a_series_waits_for_what_is_not_known_yet(self):
        self.imported("C", self.written((5, 6), (12, 13)))
        wish = {"room_id": self.booker.room("lcr-danton")["id"], "pattern": "daily",
                "first_date": self.day(10), "count": 6, "start_time": "08:00", "end_time": "09:00",
                "attendees": 5, "purpose": "Essai", "skip": ["school_holidays"]}
        plan = self.booker.expect(200, "POST", "/api/v1/series/preview", wish)
        self.assertEqual([date["verdict"] for date in plan["dates"]],
                         ["accepted"] * 2 + ["left_out"] * 2 + ["refused"] * 2)
        self.assertEqual(plan["dates"][4]["errors"][0]["code"], "calendar_unknown")
        self.assertEqual(plan["accepted"], False)
        self.booker.expect(422, "POST", "/api/v1/series", wish)
        series = self.booker.expect(201, "POST", "/api/v1/series", {**wish, "conflicts": "skip"})
        self.assertEqual([one["date"] for one in series["occurrences"]],
                         [self.day(10), self.day(11)])
        self.assertEqual(series["skip"], ["school_holidays"])
        said = self.imported("C", self.written((5, 6), (11, 13), (15, 20)))
        self.assertIn(f"réservées, et désormais en vacances : au service de décider\n"
                      f"  série {series['id']}, {self.day(11)}\n", said)
        self.assertIn(f"à redemander\n  série {series['id']}, {self.day(14)}\n", said)

    def test_a_file_that_cannot_be_read_changes_nothing(self):
        self.imported("C", self.written((1, 2)))
        before = self.school()
        file = self.folder / "wrong.ics"
        file.write_text(PUBLISHED.read_text().replace("DATE:20251103", "DATE:20251301"))
        said = self.imported("C", file, status=1)
        self.assertIn("F, ligne 30 : une date de 2000 à 2099 est attendue", said)
        self.assertIn("(bad_date)\nrien n’a été enregistré", said)
        self.assertIn("n’est pas une zone", self.imported("D", PUBLISHED, status=1))
        self.assertIn("F: cannot be read", self.imported("C", self.folder / "none.ics", status=1))
        self.assertEqual(self.school(), before)


if __name__ == "__main__":
    unittest.main()
