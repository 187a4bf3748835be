"""Every series happens when python3-dateutil says, and its slots are where it and zoneinfo put them.

Inside a gap or a fold of the clocks the libraries follow other rules than we do: there the tables of
occurrence_test.cpp hold, reckoned by hand.
"""

import collections
import datetime
import json
import subprocess
import sys
import unittest
import zoneinfo

from dateutil import rrule, tz

SAMPLES = 800
SEED = 20261121
LAST = datetime.date(2099, 12, 31)
MOST = 400
LAST_OF_DATEUTIL = 2037  # dateutil.tz reads no rule for the years after its table
WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)


def midnight(text):
    return datetime.datetime.fromisoformat(text)


def rule_of(sample):
    pattern = sample["pattern"]
    frequency, terms = {
        "daily": lambda: (rrule.DAILY, {}),
        "weekly": lambda: (rrule.WEEKLY, {"wkst": rrule.MO, "byweekday": [
            WEEKDAYS[day - 1] for day in pattern["weekdays"]]}),
        "monthly_by_date": lambda: (rrule.MONTHLY, {}),
        "monthly_by_weekday": lambda: (rrule.MONTHLY, {
            "byweekday": WEEKDAYS[pattern["weekday"] - 1](pattern["nth"])}),
        "yearly": lambda: (rrule.YEARLY, {}),
    }[pattern["kind"]]()
    return rrule.rrule(frequency, dtstart=midnight(sample["first"]), interval=pattern["interval"],
                       until=midnight(sample["until"]) if "until" in sample else None,
                       count=sample.get("count"), **terms)


def listed(sample):
    dates = [date for date in sorted(sample["pattern"]["dates"])
             if sample["first"] <= date <= sample.get("until", "9999-12-31")]
    return [datetime.date.fromisoformat(date) for date in dates[:sample.get("count")]]


def outcome(sample):
    """The dates, and the word of what is wrong with them."""
    if sample["pattern"]["kind"] == "listed":
        dates = listed(sample)
    else:
        dates = [moment.date() for moment in rule_of(sample)]
        if "count" in sample and (len(dates) < sample["count"] or dates[-1] > LAST):
            return [], "too_far"
    if len(dates) > MOST:
        return [], "too_many"
    return dates, None if dates else "no_occurrence"


def instants_in(zone, moments):
    return [int(moment.replace(tzinfo=zone).timestamp()) for moment in moments]


def is_plain(moment, zone):
    """Neither skipped nor repeated by the clocks of a zone."""
    local = moment.replace(tzinfo=zone)
    return local.utcoffset() == local.replace(fold=1).utcoffset()


def is_plain_to_dateutil(moment, zone):
    local = moment.replace(tzinfo=zone)
    return tz.datetime_exists(local) and not tz.datetime_ambiguous(local)


class Series(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lines = subprocess.run([sys.argv[1], str(SAMPLES), str(SEED)], check=True, text=True,
                               stdout=subprocess.PIPE).stdout.splitlines()
        cls.samples = [json.loads(line) for line in lines]

    def test_the_dates_are_those_of_dateutil(self):
        seen = collections.Counter()
        for sample in self.samples:
            dates, error = outcome(sample)
            self.assertEqual((sample.get("dates", []), sample.get("error")),
                             ([date.isoformat() for date in dates], error),
                             {key: sample[key] for key in sample if key not in ("dates", "slots")})
            seen[sample["pattern"]["kind"]] += 1
            seen[error] += 1
            seen["dates"] += len(dates)
        self.assertEqual(len(self.samples), SAMPLES)
        self.assertGreater(min(seen[kind] for kind in (
            "daily", "weekly", "monthly_by_date", "monthly_by_weekday", "yearly", "listed")), 80)
        self.assertGreater(min(seen[error] for error in (
            None, "too_many", "too_far", "no_occurrence")), 10)
        self.assertGreater(seen["dates"], 12_000)

    def test_the_instants_are_those_of_dateutil_and_zoneinfo(self):
        plain = collections.Counter()
        for sample in self.samples:
            for zone, slots in sample.get("slots", {}).items():
                self.assertEqual(len(slots), len(sample["dates"]))
                plain[zone] += sum(self.is_same(sample, date, slot, zone)
                                   for date, slot in zip(sample["dates"], slots))
        self.assertEqual(set(plain), {"Europe/Paris", "America/New_York", "Australia/Lord_Howe"})
        self.assertGreater(min(plain.values()), 12_000)

    def is_same(self, sample, date, slot, zone):
        """Compares one slot; False where a clock change forbids it."""
        start = midnight(date + "T" + sample["start_time"])
        end = midnight(date + "T" + sample["end_time"]) + datetime.timedelta(
            days=sample["end_day_offset"])
        if end <= start:
            self.assertIsNone(slot)
            return False
        moments = (start, end)
        plain = all(is_plain(moment, zoneinfo.ZoneInfo(zone)) for moment in moments)
        if end.year <= LAST_OF_DATEUTIL:
            self.assertEqual(
                plain, all(is_plain_to_dateutil(moment, tz.gettz(zone)) for moment in moments))
        if not plain:
            return False
        where = (date, zone, sample["start_time"], sample["end_time"])
        self.assertEqual(slot, instants_in(zoneinfo.ZoneInfo(zone), moments), where)
        if end.year <= LAST_OF_DATEUTIL:
            self.assertEqual(slot, instants_in(tz.gettz(zone), moments), where)
        return True


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
