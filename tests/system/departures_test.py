"""A departure as the town meets it: announced for an instant, carried out by the running program. The
programs are the built ones."""

import json
import sqlite3
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

from system_case import BUILD, OFFICE
from api_client import ApiClient
from moved_clock import MovedClock
from processes import wait_for
from stack import PARIS, TOWN_FILE, Stack, local

ADMINISTRATOR = "administration@le-pre.example.org"
COLLEAGUE = "charlie.webb@example.org"


def rfc3339(instant):
    return instant.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


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
    """Announced for 18:00, of somebody who is signed in and has a token, a badge and a pass; the clocks
    of API and signer go there. Nothing is waited for: what two seconds past is said holds at once."""

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
        cls.slot = cls.six.replace(hour=10) + timedelta(days=3)
        cls.clock = MovedClock(folder)
        cls.clock.move_to(cls.six - timedelta(minutes=15))
        cls.stack.prepare(cls.people)
        cls.stack.make_keys()
        cls.stack.start_signer(cls.clock.env)
        cls.stack.start_api(cls.clock.env)

    def with_pass(self, booker):
        booking = self.stack.book(booker, local(self.slot), local(self.slot + timedelta(hours=1)))
        path = f"/api/v1/bookings/{booking['id']}"
        self.colleague.expect(200, "POST", path + "/approve", {})
        return self.colleague.expect(200, "GET", path + "/passes")["items"][0]["id"]

    def with_token(self, client):
        ends = self.clock.now() + timedelta(days=5)
        secret = client.expect(201, "POST", "/api/v1/me/tokens", {
            "name": "agenda", "scopes": ["bookings:read"], "expires_at": rfc3339(ends)})["token"]
        program = ApiClient(self.stack.url)
        return lambda: program.call("GET", "/api/v1/bookings", None,
                                    {"Authorization": f"Bearer {secret}"}).status

    def make_profile(self):
        """Whoever receives people at the LCR Danton comes in at every hour."""
        zones = self.colleague.expect(200, "GET", "/api/v1/zones")["items"]
        always = [{"weekday": day, "start_time": "00:00", "end_time": "24:00"}
                  for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
                              "sunday")]
        self.colleague.expect(201, "POST", "/api/v1/access-profiles", {
            "name": "Accueil", "duties": ["Accueil"], "hours": always,
            "zone_ids": [zone["id"] for zone in zones if zone["key"] == "lcr-danton"]})
        self.department = self.administrator.expect(
            201, "POST", "/api/v1/departments", {"name": "Vie associative"})["id"]

    def with_badge(self, person, number):
        """A badge of somebody whom the profile lets in."""
        self.administrator.expect(200, "PUT", f"/api/v1/staff/{person}",
                                  {"department_id": self.department, "from_date": "2026-01-01"})
        self.colleague.expect(201, "POST", "/api/v1/duties", {
            "person_id": person, "word": "Accueil", "from_date": "2026-01-01"})
        return self.colleague.expect(201, "POST", "/api/v1/badges",
                                     {"number": number, "person_id": person})["id"]

    def policy_says(self, **shown):
        """What the policy of this moment says at the door of the LCR Danton."""
        doors = self.colleague.expect(200, "GET", "/api/v1/doors")["items"]
        door = next(door["id"] for door in doors if door["key"] == "danton-entree")
        said = self.colleague.expect(200, "POST", "/api/v1/access/simulate",
                                     {"door_id": door, **shown})
        return said["reason"]

    def test_at_two_seconds_past_nothing_works(self):
        leaver = self.stack.client(OFFICE)
        self.colleague = self.stack.client(COLLEAGUE)
        self.administrator = self.stack.client(ADMINISTRATOR)
        person = leaver.expect(200, "GET", "/api/v1/me")["id"]
        self.make_profile()
        badge = self.with_badge(person, "04A219B2")
        others = self.with_badge(self.colleague.expect(200, "GET", "/api/v1/me")["id"], "04A219B3")
        held = {"pass_id": self.with_pass(leaver),
                "at": rfc3339(self.slot + timedelta(minutes=15))}
        by_token = self.with_token(leaver)
        self.administrator.expect(201, "POST", f"/api/v1/staff/{person}/departure",
                                  {"ends": local(self.six)})
        leaver.expect(200, "GET", "/api/v1/me")
        self.assertEqual(by_token(), 200)
        wait_for(lambda: self.policy_says(badge_id=badge) == "granted_profile",
                 what="the hours of the profile")
        self.assertEqual(self.policy_says(**held), "granted_booking")

        self.clock.move_to(self.six + timedelta(seconds=2))
        self.assertEqual(leaver.call("GET", "/api/v1/me").status, 401)
        self.assertEqual(by_token(), 401)
        again = {"email": OFFICE, "password": self.stack.passwords[OFFICE]}
        self.assertEqual(
            self.stack.client().call("POST", "/api/v1/sessions", again).status, 401)
        self.assertEqual(self.policy_says(badge_id=badge), "unknown_credential")
        self.assertEqual(self.policy_says(**held), "revoked")
        self.stack.command("audit", "verify")
        self.assertEqual(self.policy_says(badge_id=others), "granted_profile")
        self.assert_lasting(person)
        self.assert_day_verifies()

    def assert_lasting(self, person):
        """Nothing of it hangs on the announcement alone: the rows are gone, too."""
        wait_for(lambda: self.number("SELECT enabled FROM people WHERE id = ?", person) == 0,
                 what="the account to be closed")
        for table in ("sessions", "access_tokens", "person_roles"):
            self.assertEqual(
                self.number(f"SELECT COUNT(*) FROM {table} WHERE person_id = ?", person), 0, table)

    def assert_day_verifies(self):
        """Sealed once it is over."""
        over = self.six.astimezone(timezone.utc) + timedelta(days=1)
        self.clock.move_to(over.replace(hour=0, minute=10))
        day = self.six.astimezone(timezone.utc).strftime("%Y-%m-%d")
        wait_for(lambda: self.stack.command("audit", "verify", "--day", day).stdout.count(
            f"to {day}") == 2, what="the seals of the day of the departure")


if __name__ == "__main__":
    unittest.main()
