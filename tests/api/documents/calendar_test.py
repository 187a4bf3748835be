"""The calendar file of a booking, read by python3-icalendar."""

import json
import subprocess
import sys
import unittest
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from icalendar import Calendar

PROBE = sys.argv.pop(1)
UTC = timezone.utc


def event(**changes):
    made = {
        "booking_id": 12, "town_key": "le-pre", "sequence": 3, "cancel": False, "tentative": False,
        "stamp": 1_795_300_000, "time_zone": "Europe/Paris",
        "summary": "Salle n° 1, « Été »; étage (LCR Danton)", "location": "3, rue Danton\nÀ gauche",
        "description": "Chorale\\voix \U0001F3B6\n" + "très longue ligne accentuée " * 12,
        "organizer_name": "Vie associative: salles, prêts", "organizer_email": "salles@example.org",
    }
    made.update(changes)
    return made


def calendar_of(made):
    done = subprocess.run([PROBE], input=json.dumps(made).encode(), capture_output=True, check=True,
                          timeout=30)
    return done.stdout, Calendar.from_ical(done.stdout)


def instants(*moments):
    return [int(datetime(*moment, tzinfo=UTC).timestamp()) for moment in moments]


def instant_of(moment, zone):
    """The library knows a zone's name only up to 2037: the local time is read with tz data here."""
    if moment.tzinfo is not UTC and moment.utcoffset():
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return int(moment.timestamp())


class CalendarFile(unittest.TestCase):
    # zone, start and end in UTC
    SLOTS = [
        ("Europe/Paris", (2026, 12, 5, 17, 30), (2026, 12, 5, 20)),
        ("Europe/Paris", (2026, 7, 14, 8), (2026, 7, 14, 10, 15)),
        ("Europe/Paris", (2026, 10, 24, 20), (2026, 10, 25, 2)),     # 22:00 to 03:00, six hours
        ("Europe/Paris", (2026, 3, 29, 0, 30), (2026, 3, 29, 2)),    # 01:30 to 04:00, 1 h 30
        ("Europe/Paris", (2026, 10, 25, 0, 30), (2026, 10, 25, 1, 30)),  # 02:30 to 02:30, one hour
        ("Europe/Paris", (2026, 3, 29, 1), (2026, 3, 29, 3)),        # begins with summer time
        ("Europe/Paris", (2045, 6, 3, 9), (2045, 6, 3, 11)),         # after 2037
        ("Europe/Paris", (2045, 12, 31, 22), (2046, 1, 1, 1)),
        ("America/Guadeloupe", (2026, 12, 5, 17, 30), (2026, 12, 5, 20)),  # no changes of offset
        ("Indian/Reunion", (2026, 6, 1, 4), (2026, 6, 1, 6)),
        ("UTC", (2026, 6, 1, 4), (2026, 6, 1, 6)),
    ]

    def test_names_the_same_instants(self):
        for zone, start, end in self.SLOTS:
            with self.subTest(zone=zone, start=start):
                first, last = instants(start, end)
                _, calendar = calendar_of(event(start=first, end=last, time_zone=zone))
                found = calendar.walk("VEVENT")[0]
                self.assertEqual(instant_of(found["DTSTART"].dt, zone), first)
                self.assertEqual(instant_of(found["DTEND"].dt, zone), last)

    def test_carries_a_zone_that_says_what_the_tz_database_says(self):
        for zone, start, end in self.SLOTS:
            first, last = instants(start, end)
            _, calendar = calendar_of(event(start=first, end=last, time_zone=zone))
            zones = calendar.walk("VTIMEZONE")
            if not zones:
                self.assertIsNotNone(calendar.walk("VEVENT")[0]["DTSTART"].dt.tzinfo)
                continue
            with self.subTest(zone=zone, start=start):
                own = zones[0].to_tz()
                for instant in range(first, last + 1, 900):
                    there = datetime.fromtimestamp(instant, UTC)
                    self.assertEqual(
                        there.astimezone(own).utcoffset(),
                        there.astimezone(ZoneInfo(zone)).utcoffset(), there)

    def test_keeps_accents_quotes_and_line_ends(self):
        first, last = instants((2026, 12, 5, 17, 30), (2026, 12, 5, 20))
        given = event(start=first, end=last)
        text, calendar = calendar_of(given)
        found = calendar.walk("VEVENT")[0]
        for name in ("summary", "location", "description"):
            self.assertEqual(str(found[name.upper()]), given[name])
        self.assertEqual(str(found["ORGANIZER"]), "mailto:salles@example.org")
        self.assertEqual(found["ORGANIZER"].params["CN"], given["organizer_name"])
        for line in text.split(b"\r\n"):
            line.decode("utf-8")  # no character is cut in two by folding
            self.assertNotIn(b"\n", line)

    def test_has_what_a_publication_must_have_and_nothing_it_must_not(self):
        first, last = instants((2026, 12, 5, 17, 30), (2026, 12, 5, 20))
        for cancel, method, status in ((False, "PUBLISH", "CONFIRMED"),
                                       (True, "CANCEL", "CANCELLED")):
            _, calendar = calendar_of(event(start=first, end=last, cancel=cancel))
            self.assertEqual(calendar["METHOD"], method)
            found = calendar.walk("VEVENT")[0]
            self.assertEqual(found["STATUS"], status)
            self.assertEqual(found["UID"], "booking-12@le-pre")
            self.assertEqual(found["SEQUENCE"], 3)
            self.assertEqual(found["DTSTAMP"].dt.timestamp(), 1_795_300_000)
            self.assertNotIn("ATTENDEE", found)

    def test_says_that_a_change_is_not_decided(self):
        first, last = instants((2026, 12, 5, 17, 30), (2026, 12, 5, 20))
        _, calendar = calendar_of(event(start=first, end=last, tentative=True))
        self.assertEqual(calendar.walk("VEVENT")[0]["STATUS"], "TENTATIVE")


if __name__ == "__main__":
    unittest.main()
