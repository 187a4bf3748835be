"""Calendars of many bookings, read by python3-icalendar and expanded by recurring_ical_events, which
rests on dateutil: the instants that were given, with changed dates and across clock changes."""

import json
import random
import subprocess
import sys
import unittest
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

PROBE = sys.argv.pop(1)
UTC = timezone.utc
SPAN = (datetime(2026, 1, 1), datetime(2033, 1, 1))


def instant(local, zone, last=False):
    """As the API: a skipped time moves forward, a repeated one is the first, at an end the last."""
    fold = 1 if last and is_repeated(local, zone) else 0
    return int(local.replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp())


def is_repeated(local, zone):
    first, second = (local.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    return second.astimezone(UTC) > first.astimezone(UTC)


def event(uid, start, end, zone="Europe/Paris", **changes):
    return {"uid": uid, "sequence": 2, "changed": 1_795_300_000, "start": start, "end": end,
            "time_zone": zone, "status": "confirmed", "summary": "Chorale : Noël, été; étage",
            "location": "Salle n° 1", "description": "Répétition\n" + "ligne accentuée " * 9,
            **changes}


def series(days, start="18:30", end="20:30", zone="Europe/Paris", changes=None, offset=0):
    """Dates of a series as the program is told them; `changes` by date."""
    made = []
    for number, day in enumerate(days):
        from_local = datetime.fromisoformat(f"{day}T{start}")
        until_local = datetime.fromisoformat(f"{day + timedelta(days=offset)}T{end}")
        one = event(f"booking-{number}@le-pre", instant(from_local, zone),
                    instant(until_local, zone, last=True), zone)
        one.update((changes or {}).get(day, {}))
        made.append({"usual_start": from_local.isoformat("T", "minutes"),
                     "usual_end": until_local.isoformat("T", "minutes"), "event": one})
    return {"uid": "series-4@le-pre", "sequence": 100_007, "changed": 1_795_300_000, "dates": made}


def written(events=(), all_series=(), zone="Europe/Paris"):
    feed = {"name": "LCR Danton, rez-de-chaussée", "time_zone": zone, "events": list(events),
            "series": list(all_series)}
    return subprocess.run([PROBE], input=json.dumps(feed).encode(), capture_output=True, check=True,
                          timeout=30).stdout


def moment(value, zone):
    if value.tzinfo is not UTC and value.utcoffset():
        value = value.replace(tzinfo=ZoneInfo(zone))
    return int(value.timestamp())


def expanded(text, zone="Europe/Paris"):
    """Start, end and status of every occurrence, by a reader that knows nothing of us."""
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(*SPAN)
    return sorted((moment(one["DTSTART"].dt, zone), moment(one["DTEND"].dt, zone),
                   str(one["STATUS"])) for one in found)


def given(*all_series, events=()):
    every = list(events) + [one["event"] for made in all_series for one in made["dates"]]
    return sorted((one["start"], one["end"], one["status"].upper()) for one in every)


def has_slot(day, start, end, zone, offset):
    """Whether the API would book it: what the clock change leaves no time for is no_such_time."""
    from_local = datetime.fromisoformat(f"{day}T{start}")
    until_local = datetime.fromisoformat(f"{day + timedelta(days=offset)}T{end}")
    return instant(from_local, zone) < instant(until_local, zone, last=True)


def saturdays(count, first=date(2026, 12, 5), weeks=1):
    return [first + timedelta(weeks=weeks * number) for number in range(count)]


class Feeds(unittest.TestCase):
    def test_a_single_booking_is_one_event(self):
        one = event("booking-1@le-pre", 1_796_491_800, 1_796_499_000)
        text = written([one])
        self.assertEqual(expanded(text), given(events=[one]))
        read = Calendar.from_ical(text).walk("VEVENT")[0]
        self.assertEqual((str(read["UID"]), read["SEQUENCE"], read["DTSTART"].params["TZID"]),
                         ("booking-1@le-pre", 2, "Europe/Paris"))
        self.assertEqual(read["LAST-MODIFIED"].dt, read["DTSTAMP"].dt)
        self.assertEqual(str(read["TRANSP"]), "OPAQUE")
        self.assertEqual(str(read["SUMMARY"]), one["summary"])
        self.assertEqual(str(read["DESCRIPTION"]), one["description"])

    def test_lines_are_folded_at_75_bytes_between_characters(self):
        text = written([event("booking-1@le-pre", 1_796_491_800, 1_796_499_000)])
        lines = text.split(b"\r\n")
        self.assertTrue(all(len(line) <= 75 for line in lines))
        for line in lines:
            line.decode()
        self.assertNotIn(b"\n", text.replace(b"\r\n", b""))

    def test_a_weekly_series_is_one_event_with_a_rule(self):
        made = series(saturdays(30))  # across a clock change
        text = written(all_series=[made])
        self.assertEqual(expanded(text), given(made))
        events = Calendar.from_ical(text).walk("VEVENT")
        self.assertEqual(len(events), 2)  # the day before the change stands alone
        self.assertIn("RRULE", events[0])
        self.assertEqual(events[0]["SEQUENCE"], 100_007)

    def test_dates_keep_their_uids_when_the_hours_of_a_series_are_edited(self):
        by_hours = []
        for start, end, offset in (("18:30", "20:30", 0), ("02:30", "04:30", 0),
                                   ("22:00", "03:00", 1)):
            days = [day for day in (date(2026, 10, 20) + timedelta(days=n) for n in range(12))]
            text = written(all_series=[series(days, start, end, offset=offset)])
            by_hours.append({str(read["UID"]) for read in Calendar.from_ical(text).walk("VEVENT")})
        self.assertEqual(len(by_hours[0]), 3)
        self.assertEqual(by_hours[0], by_hours[1])
        self.assertEqual(by_hours[0], by_hours[2])

    def test_dates_that_are_missing_are_left_out_of_the_rule(self):
        days = [day for day in saturdays(14) if day not in (date(2026, 12, 26), date(2027, 1, 2))]
        made = series(days)
        text = written(all_series=[made])
        self.assertEqual(expanded(text), given(made))
        self.assertEqual(text.count(b"EXDATE"), 2)

    def test_dates_without_a_weekly_rule_are_listed(self):
        days = [date(2026, month, 3) for month in range(2, 13)]
        made = series(days)
        text = written(all_series=[made])
        self.assertEqual(expanded(text), given(made))
        self.assertNotIn(b"RRULE", text)

    def test_changed_dates_are_named_by_their_recurrence_id(self):
        days = saturdays(8)
        moved = instant(datetime(2026, 12, 13, 10), "Europe/Paris")
        made = series(days, changes={
            days[1]: {"start": moved, "end": moved + 5400},
            days[2]: {"status": "cancelled"},
            days[4]: {"status": "tentative"},
            days[5]: {"location": "Salle n° 2"}})
        text = written(all_series=[made])
        self.assertEqual(expanded(text), given(made))
        changed = [read for read in Calendar.from_ical(text).walk("VEVENT")
                   if "RECURRENCE-ID" in read]
        self.assertEqual([read["RECURRENCE-ID"].dt.strftime("%Y-%m-%dT%H:%M") for read in changed],
                         [days[i].isoformat() + "T18:30" for i in (1, 2, 4, 5)])
        self.assertEqual({str(read["UID"]) for read in changed}, {"series-4@le-pre"})
        self.assertEqual({read["SEQUENCE"] for read in changed}, {100_007})

    def test_the_first_date_may_be_the_one_that_moved(self):
        days = saturdays(4)
        start = instant(datetime(2026, 12, 4, 9), "Europe/Paris")
        made = series(days, changes={days[0]: {"start": start, "end": start + 3600}})
        self.assertEqual(expanded(written(all_series=[made])), given(made))

    def test_a_series_of_which_all_is_cancelled_says_so(self):
        made = series(saturdays(3), changes={day: {"status": "cancelled"} for day in saturdays(3)})
        text = written(all_series=[made])
        self.assertEqual(expanded(text), given(made))
        self.assertEqual(len(Calendar.from_ical(text).walk("VEVENT")), 1)

    def test_dates_that_meet_a_clock_change_stand_alone(self):
        saturday_nights = saturdays(6, date(2026, 10, 10))
        autumn = [day + timedelta(days=1) for day in saturday_nights]
        spring = [day + timedelta(days=1) for day in saturdays(6, date(2026, 3, 14))]
        cases = [("22:00", "03:00", 1, saturday_nights),  # six hours once
                 ("01:30", "04:00", 0, spring),           # an hour and a half once
                 ("02:30", "04:30", 0, spring),           # no such start once
                 ("02:30", "04:30", 0, autumn)]           # twice that start once
        for start, end, offset, days in cases:
            made = series(days, start, end, offset=offset)
            text = written(all_series=[made])
            with self.subTest(start=start, days=str(days[0])):
                self.assertEqual(expanded(text), given(made))
                uids = [str(read["UID"]) for read in Calendar.from_ical(text).walk("VEVENT")]
                self.assertEqual(len(uids), 2)
                self.assertEqual(sum(uid.startswith("booking-") for uid in uids), 1)

    def test_any_series_with_any_changes_gives_the_same_instants(self):
        seed = random.randrange(2**32)
        rng = random.Random(seed)
        for _ in range(120):
            zone = rng.choice(["Europe/Paris", "America/Guadeloupe", "Europe/Lisbon"])
            first = date(2026, 2, 1) + timedelta(days=rng.randrange(400))
            step = rng.choice([1, 2, 7, 7, 7, 14, 21])
            days = [first + timedelta(days=step * number) for number in range(rng.randrange(1, 60))]
            days = [day for day in days if rng.random() > rng.choice([0, 0.1, 0.6])] or days[:1]
            hour = rng.randrange(0, 24)
            start, minutes = f"{hour:02}:30", rng.choice([45, 120, 300])
            until = datetime(2026, 1, 1, hour, 30) + timedelta(minutes=minutes)
            end, offset = until.strftime("%H:%M"), (until.date() - date(2026, 1, 1)).days
            days = [day for day in days if has_slot(day, start, end, zone, offset)]
            if not days:
                continue
            changes = {}
            for day in days:
                if rng.random() < 0.15:
                    begin = instant(datetime.combine(day, datetime.min.time())
                                    + timedelta(hours=rng.randrange(9, 20)), zone)
                    changes[day] = rng.choice([{"start": begin, "end": begin + 3000},
                                               {"status": "cancelled"}, {"status": "tentative"}])
            made = series(days, start, end, zone, changes, offset)
            with self.subTest(seed=seed, zone=zone, first=str(days[0]), step=step, start=start):
                self.assertEqual(expanded(written(all_series=[made], zone=zone), zone), given(made))

    def test_a_calendar_without_events_is_still_one(self):
        calendar = Calendar.from_ical(written())
        self.assertEqual(str(calendar["X-WR-CALNAME"]), "LCR Danton, rez-de-chaussée")
        self.assertEqual([str(one["TZID"]) for one in calendar.walk("VTIMEZONE")],
                         ["Europe/Paris"])


if __name__ == "__main__":
    unittest.main()
