"""What the law wants of personal data, through the validating proxy: periods, four eyes, exports,
restriction, the register, erasure."""

import sqlite3
import unittest

from contract_case import ContractCase
from system_case import OFFICE

ADMINISTRATION = "administration@le-pre.example.org"
GUEST = "robin.ashworth@example.org"


class PrivacyContract(ContractCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stack.passwords[ADMINISTRATION] = "une phrase pour les accès"
        cls.stack.command("set-password", ADMINISTRATION,
                          stdin=cls.stack.passwords[ADMINISTRATION] + "\n")
        cls.administration = cls.through(ADMINISTRATION)
        # Whoever answers for personal data is somebody else than who administers.
        cls.administration.expect(201, "POST", "/api/v1/roles",
                                  {"person_id": cls.person(OFFICE), "role": "data_protection"})
        # Whom somebody gave a role today is no second person yet.
        fresh = cls.office.expect(409, "POST", "/api/v1/confirmations",
                                  {"kind": "person_export", "person_id": cls.person(GUEST)})
        assert fresh["code"] == "not_settled", fresh
        cls.write("UPDATE person_roles SET given_at = given_at - 8 * 86400"
                  " WHERE given_by_id IS NOT NULL")

    @classmethod
    def database(cls):
        return sqlite3.connect(cls.stack.database[1], timeout=10)

    @classmethod
    def write(cls, statement):
        opened = cls.database()
        try:
            with opened:
                opened.execute(statement)
        finally:
            opened.close()

    @classmethod
    def person(cls, email):
        opened = cls.database()
        try:
            return opened.execute("SELECT id FROM people WHERE email = ?", [email]).fetchone()[0]
        finally:
            opened.close()

    def asked(self, person):
        return self.office.expect(201, "POST", "/api/v1/confirmations",
                                  {"kind": "person_export", "person_id": person})["id"]

    def test_periods_are_as_described(self):
        kinds = self.office.expect(200, "GET", "/api/v1/retention")["items"]
        self.assertGreater(len(kinds), 5)
        period = {"kind": "messages", "months": 6, "decision": "Délibération 2026-41"}
        changed = self.administration.expect(200, "PUT", "/api/v1/retention", period)
        self.assertEqual((changed["months"], changed["decision"]), (6, "Délibération 2026-41"))
        self.office.expect(403, "PUT", "/api/v1/retention", period)
        self.administration.expect(422, "PUT", "/api/v1/retention", {**period, "months": 61})
        self.administration.expect(422, "PUT", "/api/v1/retention", {**period, "kind": "weather"})
        sheet = self.office.call("GET", "/api/v1/privacy/register")
        self.assertEqual(sheet.status, 200, sheet.body)
        self.assertIn("| 6 months | Délibération 2026-41 |", sheet.body.decode())
        french = self.office.call("GET", "/api/v1/privacy/register",
                                  headers={"Accept-Language": "fr"}).body.decode()
        self.assertIn("# Registre des traitements", french)

    def test_an_export_needs_two_people_and_serves_once(self):
        person = self.person(GUEST)
        number = self.asked(person)
        export = f"/api/v1/people/{person}/export?confirmation={number}"
        self.assertEqual(self.office.expect(409, "GET", export)["code"], "not_confirmed")
        confirm = f"/api/v1/confirmations/{number}/confirm"
        self.office.expect(403, "POST", confirm, {})
        self.booker.expect(403, "POST", confirm, {})
        self.administration.expect(200, "POST", confirm, {})
        self.assertEqual(self.administration.expect(409, "POST", confirm, {})["code"],
                         "already_confirmed")
        self.administration.expect(404, "GET", export)
        told = self.office.expect(200, "GET", export)
        names = [table["name"] for table in told["tables"]]
        self.assertEqual(told["tables"][names.index("person")]["rows"][0]["email"], GUEST)
        self.assertEqual(self.office.expect(409, "GET", export)["code"], "confirmation_used")
        self.office.expect(200, "GET", f"/api/v1/confirmations/{number}")
        self.office.expect(200, "GET", "/api/v1/confirmations?limit=1")
        self.office.expect(404, "GET", "/api/v1/confirmations/999999")
        self.office.expect(422, "POST", "/api/v1/confirmations",
                           {"kind": "person_export", "person_id": 999999})
        self.booker.expect(403, "GET", export)

    def test_people_export_themselves_as_a_spreadsheet_too(self):
        self.booker.expect(200, "GET", "/api/v1/me/export")
        self.booker.expect(422, "GET", "/api/v1/me/export?table=weather")
        sheet = self.booker.call("GET", "/api/v1/me/export?format=csv&table=person")
        self.assertEqual(sheet.status, 200, sheet.body)
        self.assertIn("text/csv", sheet.headers["content-type"])
        self.assertIn("Camille Roussel", sheet.body.decode())

    def test_what_is_sensitive_wants_a_fresh_proof(self):
        person = self.person(GUEST)
        opened = self.database()
        with opened:
            opened.execute("UPDATE sessions SET proved_at = proved_at - 601")
        opened.close()
        path = f"/api/v1/people/{person}"
        for method, sensitive, body in (
                ("POST", path + "/erase", {"reason": "person_request"}),
                ("PUT", path + "/restriction", {"restricted": True}),
                ("GET", path + "/export?confirmation=1", None), ("GET", "/api/v1/me/export", None),
                ("POST", "/api/v1/confirmations", {"kind": "person_export", "person_id": person}),
                ("PUT", "/api/v1/retention", {"kind": "papers", "months": 6, "decision": "x"})):
            with self.subTest(sensitive):
                self.assertEqual(
                    self.administration.expect(403, method, sensitive, body)["code"],
                    "proof_needed")
        for client, email in ((self.administration, ADMINISTRATION), (self.office, OFFICE)):
            client.expect(204, "POST", "/api/v1/sessions/current/proof",
                          {"password": self.stack.passwords[email],
                           "totp": self.stack.apps[email].code(client.town_time())})
        type(self).booker = self.through("camille.roussel@example.org")
        self.administration.expect(200, "GET", "/api/v1/me/export")

    def test_restriction_hides_and_erasure_ends(self):
        person = self.administration.expect(
            201, "POST", "/api/v1/people", {"name": "Une Passante", "email": "p@example.org"})["id"]
        path = f"/api/v1/people/{person}"
        self.administration.expect(204, "PUT", path + "/restriction", {"restricted": True})
        self.assertTrue(self.administration.expect(200, "GET", path)["restricted"])
        self.booker.expect(404, "GET", path)
        self.administration.expect(204, "PUT", path + "/restriction", {"restricted": False})
        self.administration.expect(422, "PUT", path + "/restriction", {})
        self.administration.expect(422, "POST", path + "/erase", {"reason": "boredom"})
        administration = self.person(ADMINISTRATION)
        refused = self.administration.expect(422, "POST", f"/api/v1/people/{administration}/erase",
                                             {"reason": "person_request"})
        self.assertEqual({error["code"] for error in refused["errors"]},
                         {"sole_administrator", "own_account"})
        self.booker.expect(403, "POST", path + "/erase", {"reason": "person_request"})
        self.administration.expect(200, "POST", path + "/erase", {"reason": "person_request"})
        self.assertEqual(self.administration.expect(200, "GET", path)["name"], "Personne effacée")
        self.administration.expect(404, "PATCH", path, {"name": "Une Revenante"})
        self.administration.expect(404, "POST", "/api/v1/people/999999/erase",
                                   {"reason": "person_request"})


if __name__ == "__main__":
    unittest.main()
