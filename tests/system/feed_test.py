"""Calendars by address, from the real server: expanded by recurring_ical_events and imported into
khal, they give the instants that the API gives; no log of the server holds a token."""

import os
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar

from system_case import BOOKER, BUILD, OFFICE
from processes import run
from stack import PARIS, Stack

ROOMS = ["lcr-danton", "lcr-semanaz", "associations-atelier"]  # each of another site
STRANGER = "dominique.faure@example.org"

KHAL = """\
[calendars]
[[town]]
path = {folder}/calendar
type = calendar
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = town
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
local_timezone = UTC
default_timezone = UTC
"""


def in_utc(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Feeds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-feeds-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.stack = Stack(BUILD, cls.folder / "town")
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER, STRANGER])
        cls.stack.start_api({"SPDLOG_LEVEL": "debug"})
        cls.booker, cls.office, cls.stranger = map(cls.stack.client, (BOOKER, OFFICE, STRANGER))
        cls.association = cls.booker.expect(200, "GET", "/api/v1/me")["associations"][0]["id"]
        cls.first = datetime.now(PARIS).date() + timedelta(days=21)
        cls.made = cls.fill_in()

    @classmethod
    def fill_in(cls):
        """Singles and series across a clock change, with dates skipped, cancelled and edited."""
        days = [cls.first + timedelta(weeks=number) for number in range(40)]
        evening = cls.series("lcr-danton", days[0], "18:30", "20:30", conflicts="skip",
                             left_out=[str(days[3])])
        night = cls.series("lcr-semanaz", cls.night(), "22:00", "05:00", end_day_offset=1)
        monthly = cls.series("associations-atelier", days[0], "09:00", "11:00", pattern="dates",
                             dates=[str(days[0] + timedelta(days=31 * n)) for n in range(9)])
        cls.office.expect(200, "POST", f"{evening}/approve", {"scope": "all"})
        cls.booker.expect(200, "POST", f"{evening}/cancel", {"scope": "this", "date": str(days[5])})
        cls.office.expect(200, "PATCH", f"{evening}?scope=this&date={days[7]}",
                          {"start_time": "17:00", "end_time": "18:15"})
        cls.office.expect(200, "PATCH", f"{monthly}?scope=all",
                          {"start_time": "10:00", "end_time": "12:00"})
        single = cls.stack.book(cls.booker, f"{cls.first}T10:00", f"{cls.first}T12:00")
        gone = cls.stack.book(cls.booker, f"{cls.first}T13:00", f"{cls.first}T14:00")
        cls.booker.expect(200, "POST", f"/api/v1/bookings/{gone['id']}/cancel", {"reason": "other"})
        return {"series": [evening, night, monthly], "singles": [single["id"], gone["id"]]}

    @classmethod
    def night(cls):
        """The Saturday on which a weekly night begins that some clock change will meet."""
        return cls.first + timedelta(days=(5 - cls.first.weekday()) % 7)

    @classmethod
    def series(cls, room, first, start, end, **more):
        body = {"room_id": cls.booker.room(room)["id"], "association_id": cls.association,
                "pattern": "weekly", "first_date": str(first), "count": 40,
                "weekdays": [first.strftime("%A").lower()], "start_time": start, "end_time": end,
                "attendees": 10, "purpose": "Répétition, chœur; « voix »", **more}
        if body["pattern"] == "dates":
            for name in ("weekdays", "count"):
                body.pop(name)
        made = cls.booker.expect(201, "POST", "/api/v1/series", body)
        return f"/api/v1/series/{made['id']}"

    def by_the_api(self, **whose):
        """Start and end of every booking that is not cancelled, and how many are; of those alone
        that have these values."""
        bookings = []
        for path in self.made["series"]:
            ids = [one["booking_id"] for one in
                   self.booker.expect(200, "GET", path)["occurrences"]]
            bookings += [self.booker.expect(200, "GET", f"/api/v1/bookings/{one}") for one in ids]
        bookings += [self.booker.expect(200, "GET", f"/api/v1/bookings/{one}")
                     for one in self.made["singles"]]
        bookings = [one for one in bookings
                    if all(one[name] == value for name, value in whose.items())]
        self.assertTrue(bookings, whose)
        living = sorted((one["start_at"], one["end_at"]) for one in bookings
                        if one["status"] in ("pending", "approved"))
        return living, len(bookings) - len(living)

    def feed(self, client, **what):
        return client.expect(201, "POST", "/api/v1/feeds", what)["path"]

    def calendar(self, path):
        answer = self.stack.client().call("GET", path)
        self.assertEqual(answer.status, 200, answer.body)
        self.assertTrue(answer.headers["content-type"].startswith("text/calendar"))
        return answer.body

    def expanded(self, text):
        span = (self.first - timedelta(days=2), self.first + timedelta(days=400))
        living, gone = [], 0
        for one in recurring_ical_events.of(Calendar.from_ical(text)).between(*span):
            if one["STATUS"] == "CANCELLED":
                gone += 1
            else:
                living.append(tuple(in_utc(one[name].dt) for name in ("DTSTART", "DTEND")))
        return sorted(living), gone

    def imported(self, text):
        """What khal lists after an import, in UTC."""
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            folder = Path(name)
            (folder / "calendar").mkdir()
            (folder / "khal.conf").write_text(KHAL.format(folder=folder))
            (folder / "feed.ics").write_bytes(text)
            khal = ["khal", "-c", folder / "khal.conf"]
            env = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": name}
            run([*khal, "import", "--batch", folder / "feed.ics"], env=env)
            listed = run([*khal, "list", "--day-format", "", "--format",
                          "{start-long} {end-long} {uid} {cancelled}",
                          str(self.first - timedelta(days=2)), "400d"], env=env).stdout
        rows = {tuple(line.split()) for line in listed.splitlines() if line.strip()}
        living = [(row[0] + ":00Z", row[1] + ":00Z") for row in rows if len(row) == 3]
        return sorted(living), len(rows) - len(living)

    def test_the_owners_calendar_gives_the_instants_of_the_api(self):
        given = self.by_the_api()
        self.assertEqual(given[1], 2)  # one date and one single were cancelled
        text = self.calendar(self.feed(self.booker, kind="person"))
        self.assertEqual(self.expanded(text), given)
        self.assertEqual(self.imported(text), given)

    def test_the_office_and_strangers_see_the_same_slots_of_a_room(self):
        room = self.booker.room("lcr-danton")["id"]
        office = self.calendar(self.feed(self.office, kind="room", subject_id=room))
        stranger = self.calendar(self.feed(self.stranger, kind="room", subject_id=room))
        self.assertEqual(self.expanded(office)[0], self.expanded(stranger)[0])
        self.assertIn("Chorale".encode(), office)
        summaries = {str(one["SUMMARY"]) for one in Calendar.from_ical(stranger).walk("VEVENT")}
        self.assertEqual(summaries, {"Occupé"})
        self.assertNotIn("Chorale".encode(), stranger)

    def test_an_associations_calendar_gives_the_instants_of_its_bookings_alone(self):
        given = self.by_the_api(association_id=self.association)
        everything = self.by_the_api()
        self.assertEqual((len(given[0]), given[1]),
                         (len(everything[0]) - 1, everything[1] - 1))  # the singles are her own
        text = self.calendar(self.feed(self.booker, kind="association",
                                       subject_id=self.association))
        self.assertEqual(self.expanded(text), given)
        self.assertEqual(self.imported(text), given)

    def test_the_calendars_of_a_room_and_of_its_site_give_the_instants_of_the_api(self):
        for key in ROOMS:
            room = self.booker.room(key)
            given = self.by_the_api(room_id=room["id"])
            for kind, subject in (("room", room["id"]), ("site", room["site_id"])):
                with self.subTest(key, kind=kind):
                    what = {"kind": kind, "subject_id": subject}
                    text = self.calendar(self.feed(self.office, **what))
                    self.assertEqual(self.expanded(text), given)
                    self.assertEqual(self.imported(text), given)
                    seen = self.calendar(self.feed(self.stranger, **what))
                    self.assertEqual(self.expanded(seen)[0], given[0])

    def test_a_closure_stands_in_the_calendar_of_its_room(self):
        room = self.booker.room("mairie-tilleuls")["id"]
        days = [str(self.first - timedelta(days=days)) for days in (9, 8)]
        closure = self.office.expect(201, "POST", "/api/v1/closures", {
            "room_id": room, "first_date": days[0], "last_date": days[1], "kind": "works",
            "reason": "Parquet, peinture; « sol »"})
        text = self.calendar(self.feed(self.stranger, kind="room", subject_id=room))
        closed = [one for one in Calendar.from_ical(text).walk("VEVENT")
                  if str(one["UID"]).startswith(f"closure-{closure['id']}@")]
        self.assertEqual(len(closed), 1)
        self.assertEqual([in_utc(closed[0][name].dt) for name in ("DTSTART", "DTEND")],
                         [closure["start_at"], closure["end_at"]])
        self.assertEqual([str(closed[0][name]) for name in ("SUMMARY", "DESCRIPTION", "TRANSP")],
                         ["Fermé", closure["reason"], "OPAQUE"])

    def test_a_hold_is_tentative_in_the_calendar_of_its_room_while_it_holds(self):
        room = self.booker.room("lcr-semanaz")["id"]
        day = self.first + timedelta(days=1)
        hold = self.office.expect(201, "POST", "/api/v1/holds", {
            "room_id": room, "start": f"{day}T10:00", "end": f"{day}T12:00", "attendees": 5,
            "purpose": "Essai", "until": f"{day - timedelta(days=2)}T12:00",
            "booker_id": self.booker.expect(200, "GET", "/api/v1/me")["id"]})
        path = self.feed(self.stranger, kind="room", subject_id=room)

        def held():
            return [one for one in Calendar.from_ical(self.calendar(path)).walk("VEVENT")
                    if str(one["UID"]).startswith(f"hold-{hold['id']}@")]

        self.assertEqual([[str(one[name]) for name in ("SUMMARY", "STATUS", "TRANSP")] +
                          [in_utc(one[name].dt) for name in ("DTSTART", "DTEND")]
                          for one in held()],
                         [["Option", "TENTATIVE", "OPAQUE", hold["start_at"], hold["end_at"]]])
        self.assertIn((hold["start_at"], hold["end_at"]), self.imported(self.calendar(path))[0])
        self.assertEqual(self.office.call("DELETE", f"/api/v1/holds/{hold['id']}").status, 204)
        self.assertEqual(held(), [])

    def test_an_unchanged_calendar_is_answered_by_304_and_head_works(self):
        path = self.feed(self.booker, kind="person")
        first = self.stack.client().call("GET", path)
        again = self.stack.client().call("GET", path, headers={"If-None-Match":
                                                               first.headers["etag"]})
        self.assertEqual((again.status, again.body), (304, b""))
        self.assertEqual(self.stack.client().call("HEAD", path).status, 200)

    def test_no_log_holds_a_token(self):
        made = self.booker.expect(201, "POST", "/api/v1/feeds", {"kind": "person"})
        token = made["path"].split("/")[2].removesuffix(".ics")
        self.calendar(made["path"])
        for wrong in (f"/feeds/{token}", f"/api/v1/feeds/{token}.ics", f"/x/{token}.ics"):
            self.assertEqual(self.stack.client().call("GET", wrong).status, 404)
        self.assertEqual(self.stack.client().call("PUT", made["path"]).status, 405)
        self.booker.expect(404, "DELETE", "/api/v1/feeds/999999")
        log = self.stack.api.log.read_text(errors="replace")
        self.assertIn("/feeds/***", log)
        self.assertIn("/api/v1/feeds/999999", log)
        self.assertNotIn(token, log)


if __name__ == "__main__":
    unittest.main()
