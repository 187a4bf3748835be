"""Whoever takes the calendar files of mails, and whoever reads a feed, has the same events: the
files are applied as RFC 5546 says, and both are expanded by recurring_ical_events."""

import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar

from system_case import BOOKER, BUILD, OFFICE
from processes import wait_for
from received_mail import ReceivedMail
from stack import PARIS, Stack


def in_utc(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def living(calendar, first):
    """What stands where, under which name: UID and the instant of the RECURRENCE-ID."""
    found = set()
    for one in recurring_ical_events.of(calendar).between(first - timedelta(days=30),
                                                          first + timedelta(days=400)):
        named = one.get("RECURRENCE-ID", one["DTSTART"]).dt
        if one["STATUS"] != "CANCELLED":
            found.add((str(one["UID"]), in_utc(named), in_utc(one["DTSTART"].dt),
                       in_utc(one["DTEND"].dt)))
    return found


class Calendars:
    """The calendar of somebody who takes each file as it comes."""

    def __init__(self):
        self.events = {}
        self.zones = {}

    def take(self, calendar):
        for zone in calendar.walk("VTIMEZONE"):
            self.zones[str(zone["TZID"])] = zone
        whole = {str(event["UID"]) for event in calendar.walk("VEVENT")
                 if "RECURRENCE-ID" not in event}
        for uid in whole:
            newest = max((event["SEQUENCE"] for (known, _), event in self.events.items()
                          if known == uid), default=0)
            assert all(event["SEQUENCE"] >= newest for event in calendar.walk("VEVENT")
                       if event["UID"] == uid), f"an older {uid}"
            self.events = {key: event for key, event in self.events.items() if key[0] != uid}
        for event in calendar.walk("VEVENT"):
            at = in_utc(event["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in event else ""
            self.events[str(event["UID"]), at] = event

    def calendar(self):
        whole = Calendar()
        for part in (*self.zones.values(), *self.events.values()):
            whole.add_component(part)
        return whole


class MailCalendars(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-mail-calendars-")
        cls.addClassCleanup(temporary.cleanup)
        cls.stack = Stack(BUILD, Path(temporary.name) / "town")
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.make_keys()
        cls.stack.start_signer()
        cls.stack.start_api()
        cls.booker, cls.office = cls.stack.client(BOOKER), cls.stack.client(OFFICE)
        cls.feed = cls.booker.expect(201, "POST", "/api/v1/feeds", {"kind": "person"})["path"]
        cls.first = datetime.now(PARIS).date() + timedelta(days=21)

    def setUp(self):
        self.already = len(self.files())

    def files(self):
        """The calendar files of the mails so far, as they came."""
        mails = [ReceivedMail(file.read_bytes()) for file in self.stack.mail.rglob("new/*")]
        mails.sort(key=lambda mail: int(mail.message["Message-ID"].split("-")[1].split(".")[0]))
        return [Calendar.from_ical(part.get_payload(decode=True)) for mail in mails
                for part in mail.message.walk() if part.get_content_type() == "text/calendar"]

    def check(self, count):
        """As many files have come in this test, and they give what the feed gives."""
        count += self.already
        files = wait_for(lambda: len(self.files()) >= count and self.files(),
                         what=f"{count} calendar files")
        self.assertEqual(len(files), count)
        mine = Calendars()
        for file in files:
            mine.take(file)
        answer = self.stack.client().call("GET", self.feed)
        feed = Calendar.from_ical(answer.body)
        self.assertEqual(living(mine.calendar(), self.first), living(feed, self.first))
        numbers = {(str(event["UID"]), event["SEQUENCE"]) for event in files[-1].walk("VEVENT")}
        known = {(str(event["UID"]), event["SEQUENCE"]) for event in feed.walk("VEVENT")}
        return numbers & known

    def test_a_refusal_takes_away_what_was_approved_and_moved(self):
        day = self.first + timedelta(days=1)
        made = self.booker.expect(201, "POST", "/api/v1/bookings", {
            "room_id": self.booker.room("lcr-danton")["id"], "start": f"{day}T18:30",
            "end": f"{day}T20:30", "attendees": 10, "purpose": "Répétition"})
        path = f"/api/v1/bookings/{made['id']}"
        self.office.expect(200, "POST", f"{path}/approve", {})
        self.check(1)
        self.booker.expect(200, "POST", f"{path}/move",
                           {"start": f"{day}T17:30", "end": f"{day}T20:30"})
        self.check(2)
        self.office.expect(200, "POST", f"{path}/refuse", {"ground": "public_order"})
        self.check(3)
        self.assertEqual(str(self.files()[-1]["METHOD"]), "CANCEL")

    def test_mails_and_feed_name_and_number_each_date_alike(self):
        days = [str(self.first + timedelta(weeks=week)) for week in range(40)]
        wish = {"room_id": self.booker.room("lcr-danton")["id"], "pattern": "weekly",
                "first_date": days[0], "count": 40, "start_time": "18:30", "end_time": "20:30",
                "weekdays": [self.first.strftime("%A").lower()], "attendees": 10,
                "purpose": "Répétition, chœur; « voix »"}
        made = self.booker.expect(201, "POST", "/api/v1/series", wish)
        path = f"/api/v1/series/{made['id']}"
        self.office.expect(200, "POST", f"{path}/approve", {"scope": "all"})
        self.assertTrue(self.check(1))
        self.booker.expect(200, "POST", f"{path}/cancel", {"scope": "this", "date": days[5]})
        self.check(2)
        self.office.expect(200, "PATCH", f"{path}?scope=this&date={days[7]}",
                           {"start_time": "17:00", "end_time": "18:15"})
        self.assertTrue(self.check(3))
        self.office.expect(200, "PATCH", f"{path}?scope=all",
                           {"start_time": "19:00", "end_time": "20:45"})
        self.assertTrue(self.check(4))
        later = self.office.expect(200, "PATCH", f"{path}?scope=following&date={days[20]}",
                                   {"start_time": "17:30", "end_time": "20:00"})
        self.assertNotEqual(later["id"], made["id"])
        self.assertTrue(self.check(5))
        self.office.expect(200, "POST", f"/api/v1/series/{later['id']}/cancel",
                           {"scope": "following", "date": days[30], "reason": "other"})
        self.assertTrue(self.check(6))
        whole = self.office.expect(200, "PATCH", f"/api/v1/series/{later['id']}?scope=all",
                                   {"count": 5})
        self.assertTrue(whole["id"])
        self.assertTrue(self.check(7))  # it gives dates up and moves none


if __name__ == "__main__":
    unittest.main()
