"""The life of a series against the OpenAPI document, through the validating proxy."""

import unittest
from datetime import datetime, timedelta

from contract_case import ContractCase
from stack import PARIS


class SeriesContract(ContractCase):
    def test_the_life_of_a_series_is_as_described(self):
        first = datetime.now(PARIS) + timedelta(days=20)
        wish = {"room_id": self.booker.room("lcr-danton")["id"], "pattern": "daily", "interval": 2,
                "first_date": first.strftime("%Y-%m-%d"), "count": 4, "start_time": "08:00",
                "end_time": "09:00", "attendees": 5, "purpose": "Essai"}
        plan = self.booker.expect(200, "POST", "/api/v1/series/preview", wish)
        self.assertEqual((plan["accepted"], plan["booked"]), (True, 4))
        series = self.booker.expect(201, "POST", "/api/v1/series", wish)
        dates = [occurrence["date"] for occurrence in series["occurrences"]]
        self.assertEqual(dates, [date["date"] for date in plan["dates"]])
        taken = self.booker.expect(409, "POST", "/api/v1/series", wish)
        self.assertEqual([refused["date"] for refused in taken["dates"]], dates)
        self.assertTrue(taken["dates"][0]["alternatives"])
        self.booker.expect(422, "POST", "/api/v1/series", {**wish, "count": 0, "purpose": ""})
        self.booker.expect(422, "POST", "/api/v1/series", {**wish, "layout": "unheard-of"})
        path = f"/api/v1/series/{series['id']}"
        self.booker.expect(200, "GET", path)
        self.booker.expect(403, "POST", path + "/approve", {})
        self.booker.expect(403, "PUT", path + "/kind", {"kind": ""})
        self.office.expect(200, "PUT", path + "/kind", {"kind": ""})
        self.office.expect(200, "POST", path + "/approve",
                           {"conflicts": "skip", "override_reason": "Une seule équipe"})
        rest = self.office.expect(200, "PATCH", f"{path}?scope=following&date={dates[2]}",
                                  {"start_time": "10:00", "end_time": "11:00"})
        self.assertEqual(rest["split_from_id"], series["id"])
        self.booker.expect(200, "POST", path + "/cancel", {"scope": "this", "date": dates[1]})
        closed = self.booker.expect(200, "POST", f"/api/v1/series/{rest['id']}/cancel",
                                    {"scope": "following", "date": dates[3]})
        self.assertEqual(closed["ended_on"], dates[3])
        self.office.expect(409, "POST", path + "/refuse", {"ground": "public_order"})

    def test_missed_dates_are_asked_for_again_as_described(self):
        first = datetime.now(PARIS) + timedelta(days=50)
        wish = {"room_id": self.booker.room("lcr-danton")["id"], "pattern": "daily",
                "first_date": first.strftime("%Y-%m-%d"), "count": 2, "start_time": "08:00",
                "end_time": "09:00", "attendees": 5, "purpose": "Essai", "conflicts": "skip"}
        day = wish["first_date"]
        taken = self.stack.book(self.booker, f"{day}T08:00", f"{day}T09:00")
        series = self.booker.expect(201, "POST", "/api/v1/series", wish)
        path = f"/api/v1/series/{series['id']}"
        self.booker.expect(409, "POST", path + "/retry", {})
        self.booker.expect(422, "POST", path + "/retry", {"dates": ["2020-01-01"]})
        self.booker.expect(200, "POST", f"/api/v1/bookings/{taken['id']}/cancel", {})
        key = {"Idempotency-Key": "retry-1"}
        again = self.booker.expect(200, "POST", path + "/retry", {"dates": [day]}, key)
        self.assertEqual(self.booker.expect(200, "POST", path + "/retry", {"dates": [day]}, key),
                         again)
        self.booker.expect(422, "POST", path + "/retry", {}, key)
        self.assertEqual((len(again["occurrences"]), again["missed"]), (2, []))
        renamed = self.office.expect(200, "PATCH", path, {"purpose": "Concert", "layout": ""})
        self.assertEqual((renamed["purpose"], renamed["layout"]), ("Concert", ""))
        rule = {"pattern": "daily", "interval": 3, "count": 2}
        plan = self.office.expect(200, "POST", path + "/preview", rule)
        self.assertEqual([one["effect"] for one in plan["dates"]], ["kept", "given_up", "added"])
        edited = self.office.expect(200, "PATCH", path, rule)
        self.assertEqual([one["status"] for one in edited["occurrences"]],
                         ["pending", "pending"])
        self.office.expect(422, "PATCH", f"/api/v1/series/{edited['id']}?scope=this&date={day}",
                           rule)


if __name__ == "__main__":
    unittest.main()
