"""A departure as the town meets it: announced for an instant, carried out by the running program. The
programs are the built ones."""

import json
import sqlite3
import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

from system_case import BUILD, OFFICE
from api_client import ApiClient
from moved_clock import MovedClock
from processes import wait_for
from stack import PARIS, TOWN_FILE, Stack

ADMINISTRATOR = "administration@le-pre.example.org"
COLLEAGUE = "charlie.webb@example.org"


class RunningTown(unittest.TestCase):
    """One town whose API alone runs."""

    people = [ADMINISTRATOR, OFFICE]

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-departures-")
        cls.addClassCleanup(temporary.cleanup)
        cls.stack = Stack(BUILD, Path(temporary.name) / "town")
        cls.addClassCleanup(cls.stack.stop)
        cls.start(Path(temporary.name))

    @classmethod
    def start(cls, folder):
        cls.stack.prepare(cls.people)
        cls.stack.start_api()

    def number(self, query, *values):
        database = sqlite3.connect(f"file:{self.stack.database[1]}?mode=ro", uri=True)
        try:
            return database.execute(query, values).fetchone()[0]
        finally:
            database.close()


class Departures(RunningTown):
    """Announced for the minute that runs."""

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


class DepartureAtSix(RunningTown):
    """Announced for 18:00, of somebody who is signed in and has a token, a badge and a pass; the clock
    of the program goes there."""

    people = [ADMINISTRATOR, OFFICE, COLLEAGUE]

    @classmethod
    def start(cls, folder):
        town = json.loads(TOWN_FILE.read_text())
        roles = {OFFICE: ["office", "booker"], COLLEAGUE: ["office", "access_administrator"]}
        for person in town["people"]:
            person["roles"] = roles.get(person.get("email"), person.get("roles", []))
        cls.stack.town_file = folder / "town.json"
        cls.stack.town_file.write_text(json.dumps(town))
        tomorrow = datetime.now(PARIS) + timedelta(days=1)
        cls.six = tomorrow.replace(hour=18, minute=0, second=0, microsecond=0)
        cls.clock = MovedClock(folder)
        cls.clock.move_to(cls.six - timedelta(minutes=15))
        cls.stack.prepare(cls.people)
        cls.stack.start_api(cls.clock.env)

    def approved(self, booker, decider):
        day = (self.six + timedelta(days=3)).strftime("%Y-%m-%d")
        booking = self.stack.book(booker, f"{day}T10:00", f"{day}T11:00")
        decider.expect(200, "POST", f"/api/v1/bookings/{booking['id']}/approve", {})

    def with_token(self, client):
        ends = (self.clock.now() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
        secret = client.expect(201, "POST", "/api/v1/me/tokens", {
            "name": "agenda", "scopes": ["bookings:read"], "expires_at": ends})["token"]
        program = ApiClient(self.stack.url)
        return lambda: program.call("GET", "/api/v1/bookings", None,
                                    {"Authorization": f"Bearer {secret}"}).status

    def test_at_two_seconds_past_nothing_works(self):
        leaver = self.stack.client(OFFICE)
        colleague = self.stack.client(COLLEAGUE)
        administrator = self.stack.client(ADMINISTRATOR)
        person = leaver.expect(200, "GET", "/api/v1/me")["id"]
        department = administrator.expect(201, "POST", "/api/v1/departments",
                                          {"name": "Vie associative"})["id"]
        administrator.expect(200, "PUT", f"/api/v1/staff/{person}",
                             {"department_id": department, "from_date": "2026-01-01"})
        self.approved(leaver, colleague)
        by_token = self.with_token(leaver)
        badge = colleague.expect(201, "POST", "/api/v1/badges",
                                 {"number": "04A219B2", "person_id": person})["id"]
        administrator.expect(201, "POST", f"/api/v1/staff/{person}/departure",
                             {"ends": self.six.strftime("%Y-%m-%dT%H:%M")})
        leaver.expect(200, "GET", "/api/v1/me")
        self.assertEqual(by_token(), 200)
        living = ("SELECT COUNT(*) FROM credentials c JOIN passes p ON p.id = c.pass_row_id WHERE"
                  " p.holder_kind = 'person' AND p.holder_id = ? AND c.revoked_at IS NULL")
        named = ("SELECT COUNT(*) FROM badges b JOIN people p ON p.id = b.holder_id WHERE b.id = ?"
                 " AND b.state = 'issued' AND p.enabled = 1")
        self.assertEqual(self.number(living, person), 1)
        self.assertEqual(self.number(named, badge), 1)

        self.clock.move_to(self.six + timedelta(seconds=2))
        self.assertEqual(leaver.call("GET", "/api/v1/me").status, 401)
        self.assertEqual(by_token(), 401)
        again = {"email": OFFICE, "password": self.stack.passwords[OFFICE]}
        self.assertEqual(
            self.stack.client().call("POST", "/api/v1/sessions", again).status, 401)
        wait_for(lambda: self.number("SELECT enabled FROM people WHERE id = ?", person) == 0,
                 what="the account to be closed")
        self.assertEqual(self.number(living, person), 0)
        self.assertEqual(self.number(named, badge), 0)
        for table in ("sessions", "access_tokens", "person_roles"):
            self.assertEqual(
                self.number(f"SELECT COUNT(*) FROM {table} WHERE person_id = ?", person), 0, table)
        self.stack.command("audit", "verify")
        colleague.expect(200, "GET", "/api/v1/me")


if __name__ == "__main__":
    unittest.main()
