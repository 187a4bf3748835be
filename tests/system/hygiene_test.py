"""What every answer says to a browser, and what every route refuses before it reads: asked of the
real server, route by route from the OpenAPI document."""

import http.client
import re
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

from system_case import BOOKER, BUILD, OFFICE
from api_client import ApiClient, Answer
from openapi_routes import all_routes
from processes import wait_for
from stack import PARIS, Stack, local

URL = "https://salles.example.org"
JSON, PROBLEM = "application/json", "application/problem+json"
KEPT_NOWHERE, ASKED_ANEW = "no-store", "private, no-cache"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
POLICY = {"default-src": "'none'", "object-src": "'none'", "base-uri": "'none'",
          "form-action": "'none'", "frame-ancestors": "'none'"}


class Hygiene(unittest.TestCase):
    """One town behind a public address; what is sent goes to the server without a proxy."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-hygiene-")
        cls.addClassCleanup(temporary.cleanup)
        cls.stack = Stack(BUILD, Path(temporary.name) / "town")
        cls.stack.public_url = URL
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.make_keys()
        cls.stack.start_signer()
        cls.stack.start_api()
        cls.public, cls.booker, cls.office = cls.client(), cls.client(BOOKER), cls.client(OFFICE)
        cls.connection = http.client.HTTPConnection(urlsplit(cls.stack.url).netloc, timeout=30)
        cls.addClassCleanup(cls.connection.close)
        cls.routes = all_routes()
        assert len(cls.routes) > 100

    @classmethod
    def client(cls, email=None):
        client = ApiClient(cls.stack.url, origin=URL)
        if email:
            me = client.sign_in(email, cls.stack.passwords[email])
            if me["second_factor"] == "must_enrol":
                client.enrol()
        return client

    def ask(self, method, path, headers, body=None):
        """A request with these headers and no other, on a connection that stays open."""
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())

    def sent(self, method, path, body, **headers):
        """By the office, from the town's own pages."""
        given = {name.replace("_", "-"): value for name, value in headers.items() if value}
        return self.ask(method, path, {"Cookie": self.office.cookie, "Origin": URL, **given}, body)

    # ------------------------------------------------------------ answers

    def check_headers(self, answer, what, status, kind, cache):
        self.assertEqual(answer.status, status, (what, answer.body[:300]))
        names = [name.lower() for name, _ in answer.header_lines]
        self.assertEqual(len(names), len(set(names)), f"{what}: a header stands twice")
        told = answer.headers
        self.assertEqual(told.get("content-type"), kind, what)
        self.assertEqual(told["cache-control"], cache, what)
        for name, value in (("x-content-type-options", "nosniff"),
                            ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY"),
                            ("cross-origin-resource-policy", "same-origin"),
                            ("strict-transport-security", "max-age=31536000; includeSubDomains")):
            self.assertEqual(told.get(name), value, what)
        policy = dict(re.findall(r"([\w-]+) ('none')", told["content-security-policy"]))
        self.assertEqual(policy, POLICY, what)
        self.assertFalse([name for name in names if name.startswith("access-control-")], what)
        self.assertNotIn("server", names, what)
        self.assertNotIn("x-powered-by", names, what)

    def approved(self):
        day = datetime.now(PARIS).replace(hour=18, minute=0) + timedelta(days=9)
        room = self.booker.room("lcr-danton")["id"]
        booking = self.booker.expect(201, "POST", "/api/v1/bookings", {
            "room_id": room, "start": local(day), "end": local(day + timedelta(hours=2)),
            "attendees": 4, "purpose": "Essai"})
        path = f"/api/v1/bookings/{booking['id']}"
        self.office.expect(200, "POST", path + "/approve", {})
        return path

    def paper_file(self):
        person = self.booker.expect(200, "GET", "/api/v1/me")["id"]
        paper = self.booker.expect(201, "POST", f"/api/v1/people/{person}/papers",
                                   {"kind": "insurance", "valid_from": "2026-01-01"})
        file = f"/api/v1/papers/{paper['id']}/file"
        self.assertEqual(self.booker.call("PUT", file, PDF, {"Content-Type": "application/pdf"})
                         .status, 200)
        return file

    def test_every_kind_of_answer_has_its_headers(self):
        booking = self.approved()
        number = self.booker.expect(200, "GET", booking + "/passes")["items"][0]["id"]
        picture = wait_for(lambda: self.booker.call("GET", f"/api/v1/passes/{number}.png"))
        message = self.office.expect(200, "GET", booking + "/messages")["items"][0]["id"]
        feed = self.booker.expect(201, "POST", "/api/v1/feeds", {"kind": "person"})["path"]
        file = self.paper_file()
        rooms = self.public.call("GET", "/api/v1/rooms")
        known = {"If-None-Match": rooms.headers["etag"]}
        book, public = self.booker.call, self.public.call
        soon = (datetime.now(timezone.utc) + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for what, answer, status, kind, cache in (
                ("a list", rooms, 200, JSON, ASKED_ANEW),
                ("a list that is known", public("GET", "/api/v1/rooms", headers=known), 304, None,
                 ASKED_ANEW),
                ("a person", book("GET", "/api/v1/me"), 200, JSON, KEPT_NOWHERE),
                ("an object with a version", book("GET", booking), 200, JSON, KEPT_NOWHERE),
                ("a picture of a pass", picture, 200, "image/png", KEPT_NOWHERE),
                ("a letter", self.office.call("GET", f"/api/v1/messages/{message}.pdf"), 200,
                 "application/pdf", KEPT_NOWHERE),
                ("a paper", book("GET", file), 200, "application/pdf", KEPT_NOWHERE),
                ("a part of one", book("GET", file, headers={"Range": "bytes=0-3"}), 206,
                 "application/pdf", KEPT_NOWHERE),
                ("no such part", book("GET", file, headers={"Range": "bytes=999-"}), 416, PROBLEM,
                 KEPT_NOWHERE),
                ("a calendar", public("GET", feed), 200, "text/calendar; charset=utf-8",
                 ASKED_ANEW),
                ("the contract", public("GET", "/api/openapi.json"), 200, JSON, ASKED_ANEW),
                ("health", public("GET", "/healthz"), 200, JSON, KEPT_NOWHERE),
                ("a token", book("POST", "/api/v1/me/tokens",
                                 {
                    "name": "essai", "scopes": ["rooms:read"], "expires_at": soon}), 201, JSON,
                 KEPT_NOWHERE),
                ("nothing", book("DELETE", "/api/v1/me/sessions"), 204, None, KEPT_NOWHERE),
                ("nobody", public("GET", "/api/v1/me"), 401, PROBLEM, KEPT_NOWHERE),
                ("no right", book("GET", "/api/v1/audit?purpose=x"), 403, PROBLEM, KEPT_NOWHERE),
                ("no page", public("GET", "/index.html"), 404, PROBLEM, KEPT_NOWHERE),
                ("no calendar", public("GET", "/feeds/AAAAAAAAAAAAAAAAAAAAAA.ics"), 404, PROBLEM,
                 KEPT_NOWHERE),
                ("no method", public("PUT", "/api/v1/rooms"), 405, PROBLEM, KEPT_NOWHERE),
                ("an unknown method", public("BREW", "/api/v1/rooms"), 501, PROBLEM, KEPT_NOWHERE),
                ("errors", book("POST", "/api/v1/bookings", {}), 422, PROBLEM, KEPT_NOWHERE),
                ("no JSON", book("POST", "/api/v1/bookings", "{"), 400, PROBLEM, KEPT_NOWHERE),
                ("too much", book("POST", "/api/v1/bookings", b" " * ((1 << 20) + 1)), 413, PROBLEM,
                 KEPT_NOWHERE),
                ("a long head", public("GET", "/", headers={"X": "a" * 20000}), 431, PROBLEM,
                 KEPT_NOWHERE)):
            self.check_headers(answer, what, status, kind, cache)
        self.assertTrue(book("GET", file).headers["content-security-policy"]
                        .startswith("sandbox; "))
        self.assertTrue(book("GET", file).headers["content-disposition"].startswith("attachment"))

    # ------------------------------------------------------------ what a body is

    def test_every_route_takes_its_own_content_type_only(self):
        wrong = ("text/plain", "application/x-www-form-urlencoded", "application/xml",
                 "multipart/form-data; boundary=x", "application/json; charset=latin1",
                 "application/json-patch+json", None)
        asked = 0
        for route in self.routes:
            if not route.content:
                continue
            for kind in wrong if route.takes_json() else (*wrong, "application/json", "image/gif"):
                answer = self.sent(route.method, route.address, b"{}", Content_Type=kind)
                self.assertEqual(answer.status, 415, (str(route), kind))
                self.assertEqual(answer.headers["content-type"], PROBLEM)
                asked += 1
        self.assertGreater(asked, 350)
        self.assertEqual(self.sent("POST", "/api/v1/feeds", b'{"kind": "person"}',
                                   Content_Type="application/json; charset=utf-8").status, 201)

    def test_every_route_refuses_what_is_no_plain_json_object(self):
        deep = b'{"a":' + b"[" * 16 + b"]" * 16 + b"}"
        bodies = ((b"[]", "malformed"), (b"null", "malformed"), (b"{", "malformed"),
                  (b'{"a": 1e999}', "malformed"), (b'{"a": NaN}', "malformed"),
                  (b'{"a": "\xff"}', "malformed"), (b'{"a": 1} x', "malformed"),
                  (b'{"id": 1, "id": 2}', "duplicate_key"), (deep, "too_deep"),
                  (b'{"a":' * 100000, "too_deep"))
        for route in self.routes:
            if route.takes_json():
                for body, code in bodies:
                    answer = self.sent(route.method, route.address, body, Content_Type=JSON)
                    self.assertEqual((answer.status, answer.json()["code"]), (400, code),
                                     (str(route), body[:30]))

    def test_every_route_refuses_members_that_are_not_its_own_by_name(self):
        """What a client may not set: it is refused, and not passed over."""
        others = {"status", "town_id", "roles", "id", "version", "sequence", "approved",
                  "accepted_at", "decided_at", "requested_by_id", "enabled", "password_hash",
                  "__proto__", "is_admin"}
        asked = 0
        for route in self.routes:
            if not route.takes_json():
                continue
            unknown = sorted(others - route.fields())
            body = "{" + ", ".join(f'"{name}": 1' for name in unknown) + "}"
            answer = self.sent(route.method, route.address, body.encode(), Content_Type=JSON)
            self.assertEqual(answer.status, 422, (str(route), answer.body[:200]))
            named = {error["field"] for error in answer.json()["errors"]
                     if error["code"] == "unknown"}
            self.assertEqual(named, {f"/{name}" for name in unknown}, str(route))
            asked += 1
        self.assertGreater(asked, 50)

    def test_a_changing_route_passes_over_no_query(self):
        for route in self.routes:
            if route.changes:
                answer = self.sent(route.method, route.address + "?town_id=2", None)
                self.assertEqual(answer.status, 422, str(route))
                self.assertIn("town_id", [error["field"] for error in answer.json()["errors"]])

    # ------------------------------------------------------------ who sends

    def test_no_changing_route_is_used_from_another_site(self):
        cookie = {"Cookie": self.office.cookie}
        foreign = ({"Origin": "https://evil.example"}, {"Origin": "null"},
                   {"Origin": "http://salles.example.org"}, {"Origin": URL + ".evil.example"},
                   {"Origin": ""}, {"Sec-Fetch-Site": "cross-site"},
                   {"Sec-Fetch-Site": "same-site"}, {},
                   {"Origin": URL, "Sec-Fetch-Site": "cross-site"},
                   {"Referer": URL + "/"})
        for route in self.routes:
            if not route.changes:
                continue
            for headers in foreign:
                answer = self.ask(route.method, route.address, {**cookie, **headers})
                self.assertEqual((answer.status, answer.json()["code"]), (403, "foreign_origin"),
                                 (str(route), headers))
            by_program = self.ask(route.method, route.address, {
                "Authorization": "Bearer nobody", "Origin": "https://evil.example"})
            self.assertNotEqual(by_program.json().get("code"), "foreign_origin", str(route))
            self.assertIn(by_program.status, (401, 415, 422), str(route))
        for route in (route for route in self.routes if not route.changes):
            answer = self.ask("GET", route.address, {**cookie, "Origin": "https://evil.example"})
            self.assertNotIn("access-control-allow-origin", answer.headers, str(route))
        self.assertEqual(self.ask("OPTIONS", "/api/v1/bookings", {
            "Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}).headers
            .get("access-control-allow-origin"), None)
        made = self.ask("POST", "/api/v1/feeds", {**cookie, "Sec-Fetch-Site": "same-origin",
                                                  "Content-Type": JSON}, b'{"kind": "person"}')
        self.assertEqual(made.status, 201)

    # ------------------------------------------------------------ paths

    def test_no_path_leaves_its_route(self):
        wrong = ("..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "1%2ffile", "%2fetc", "0", "-1", "01",
                 "+1", "1e3", "1.0", "9" * 19, "1;x", "1%20", "1'", "%EF%BC%91", "1%3Bselect",
                 "1%00", "%", "%zz", "%ff", "1%0d%0aX:1")
        for route in self.routes:
            for name in route.parameters:
                for text in wrong:
                    path = re.sub(r"\{(\w+)\}", lambda found, name=name, text=text:
                                  text if found[1] == name else "1", route.path)
                    answer = self.sent(route.method, path, None)
                    self.assertIn(answer.status, (400, 404), (route.method, path))
                    self.assertNotIn(b"root:", answer.body)


if __name__ == "__main__":
    unittest.main()
