"""A departure as the town meets it: announced for an instant, carried out by the running program. The
programs are the built ones."""

import sqlite3
import tempfile
import unittest
from datetime import datetime
from pathlib import Path

from system_case import BUILD, OFFICE
from processes import wait_for
from stack import PARIS, Stack

ADMINISTRATOR = "administration@le-pre.example.org"


class Departures(unittest.TestCase):
    """One town whose API alone runs."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-departures-")
        cls.addClassCleanup(temporary.cleanup)
        cls.stack = Stack(BUILD, Path(temporary.name) / "town")
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([ADMINISTRATOR, OFFICE])
        cls.stack.start_api()

    def number(self, query, *values):
        database = sqlite3.connect(f"file:{self.stack.database[1]}?mode=ro", uri=True)
        try:
            return database.execute(query, values).fetchone()[0]
        finally:
            database.close()

    def test_everything_stops_by_itself(self):
        administrator = self.stack.client(ADMINISTRATOR)
        leaver = self.stack.client(OFFICE)
        person = self.number("SELECT id FROM people WHERE email = ?", OFFICE)
        department = administrator.expect(201, "POST", "/api/v1/departments",
                                          {"name": "Vie associative"})["id"]
        administrator.expect(200, "PUT", f"/api/v1/staff/{person}",
                             {"department_id": department, "from_date": "2026-01-01"})
        leaver.expect(200, "GET", "/api/v1/me")
        this_minute = datetime.now(PARIS).strftime("%Y-%m-%dT%H:%M")
        movement = administrator.expect(201, "POST", f"/api/v1/staff/{person}/departure",
                                        {"ends": this_minute})
        self.assertEqual(movement["state"], "done")
        self.assertEqual(leaver.call("GET", "/api/v1/me").status, 401)
        again = {"email": OFFICE, "password": self.stack.passwords[OFFICE]}
        self.assertEqual(
            self.stack.client().call("POST", "/api/v1/sessions", again).status, 401)
        wait_for(lambda: self.number("SELECT enabled FROM people WHERE id = ?", person) == 0,
                 what="the account to be closed")
        self.assertEqual(
            self.number("SELECT COUNT(*) FROM person_roles WHERE person_id = ?", person), 0)
        wait_for(lambda: self.number("SELECT COUNT(*) FROM outbox WHERE template ="
                                     " 'staff_movement' AND state = 'sent'") == 1,
                 what="the mail to who administers accounts")
        path = f"/api/v1/staff/movements/{movement['id']}"
        known = administrator.expect(200, "POST", path + "/acknowledge", {})
        self.assertTrue(all(notice["acknowledged_at"] for notice in known["notices"]))
        self.stack.command("audit", "verify")
        administrator.expect(200, "GET", "/api/v1/me")


if __name__ == "__main__":
    unittest.main()
