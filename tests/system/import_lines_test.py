"""`creneau-api import` while people wait: what the town has more of is offered in the same write,
and who waits for more than it has by then is named; rounds proposed for other days off are too."""

import json
import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

from race_case import OnPostgresql, OnSqlite
from system_case import BOOKER, OFFICE, ROOT
from stack import PARIS

OTHER = "dominique.faure@example.org"


class ImportLines:
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-lines-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.stack = cls.open_stack(cls.folder)
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER, OTHER])
        cls.stack.start_api()
        cls.booker, cls.other = map(cls.stack.client, (BOOKER, OTHER))

    def imported(self, stock, capacity=45, law="france"):
        town = json.loads((ROOT / "examples/le-pre/town.json").read_text())
        town["equipment"][0]["stock"] = stock
        next(room for room in town["rooms"] if room["key"] == "lcr-semanaz")["capacity"] = capacity
        town["town"]["holiday_law"] = law
        file = self.folder / "town.json"
        file.write_text(json.dumps(town))
        return self.stack.command("import", file).stdout

    def order(self, room, chairs_wanted):
        day = (datetime.now(PARIS) + timedelta(days=30)).strftime("%Y-%m-%d")
        chairs = next(item["id"] for item in self.booker.expect(200, "GET", "/api/v1/equipment")["items"]
                      if item["key"] == "chaises-pliantes")
        return {"room_id": self.booker.room(room)["id"], "start": f"{day}T14:00",
                "end": f"{day}T16:00", "attendees": 20, "purpose": "Essai",
                "equipment": [{"equipment_id": chairs, "quantity": chairs_wanted}]}

    def test_more_chairs_are_offered_and_a_smaller_room_is_named(self):
        self.booker.expect(201, "POST", "/api/v1/bookings", self.order("lcr-danton", 190))
        wait = self.other.expect(201, "POST", "/api/v1/waiting-list", self.order("lcr-semanaz", 30))

        def status():
            items = self.other.expect(200, "GET", "/api/v1/waiting-list")["items"]
            return next(one["status"] for one in items if one["id"] == wait["id"])

        self.assertIn("nothing changed", self.imported(200))
        told = self.imported(205, capacity=10)
        self.assertIn(f"waiting list: wait {wait['id']}, Dominique", told)
        self.assertIn("cannot be served as things are", told)
        self.assertEqual(status(), "waiting")
        told = self.imported(220)
        self.assertIn("waiting list: 1 offered\n", told)
        self.assertNotIn("cannot be served", told)
        self.assertEqual(status(), "offered")


    def test_a_round_proposed_for_other_public_holidays_is_closed_again(self):
        office = self.stack.client(OFFICE)

        def day(ahead):
            return (datetime.now(PARIS) + timedelta(days=ahead)).strftime("%Y-%m-%d")

        made = office.expect(201, "POST", "/api/v1/rounds", {
            "name": "Saison", "wishes_from": day(0), "wishes_until": day(20),
            "season_first": day(30), "season_last": day(90), "skip_public_holidays": True,
            "criteria": [{"kind": "every_wish", "text": "Chacun", "weight": 10}]})
        path = f"/api/v1/rounds/{made['id']}"
        for step in ("open", "close", "propose"):
            office.expect(200, "POST", f"{path}/{step}", {})
        self.assertNotIn("round ", self.imported(200, capacity=44))
        told = self.imported(200, law="alsace_moselle")
        self.assertIn(f"round {made['id']}: its proposal was made for other dates", told)
        self.assertEqual(office.expect(200, "GET", path)["status"], "closed")
        office.expect(200, "POST", f"{path}/propose", {})
        self.assertIn(f"round {made['id']}:", self.imported(200))


class LinesOnSqlite(OnSqlite, ImportLines, unittest.TestCase):
    pass


class LinesOnPostgresql(OnPostgresql, ImportLines, unittest.TestCase):
    pass


if __name__ == "__main__":
    unittest.main()
