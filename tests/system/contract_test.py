"""The OpenAPI document against the real server: linted, and every exchange of a booking's life goes
through a validating proxy that answers 500 when request or answer do not match the document."""

import unittest
from datetime import datetime, timedelta

from contract_case import DOCUMENT, NODE, QUIET, ContractCase
from system_case import BOOKER, OFFICE
from processes import run
from stack import PARIS


ADMINISTRATION = "administration@le-pre.example.org"


class Document(unittest.TestCase):
    def test_the_document_and_its_examples_are_valid(self):
        done = run([NODE / "redocly", "lint", "--extends", "recommended", DOCUMENT], env=QUIET,
                   check=False, seconds=120)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Contract(ContractCase):
    def test_the_public_estate_is_as_described(self):
        public = self.through()
        rooms = public.expect(200, "GET", "/api/v1/rooms")["items"]
        self.assertGreaterEqual(len(rooms), 6)
        public.expect(200, "GET", "/api/v1/sites")
        public.expect(200, "GET", f"/api/v1/rooms/{rooms[0]['id']}")
        public.expect(404, "GET", "/api/v1/rooms/999999")
        today = datetime.now(PARIS).strftime("%Y-%m-%d")
        week = (datetime.now(PARIS) + timedelta(days=7)).strftime("%Y-%m-%d")
        public.expect(200, "GET", f"/api/v1/rooms/{rooms[0]['id']}/availability?from={today}T00:00:00Z"
                                  f"&to={week}T00:00:00Z")
        public.expect(200, "GET", f"/api/v1/schedule?room={rooms[0]['id']}&from={today}T00:00:00Z"
                                  f"&to={week}T00:00:00Z")
        public.expect(400, "GET", f"/api/v1/schedule?from={today}T00:00:00Z"
                                  f"&to={week}T00:00:00Z&cursor=999999-0")
        public.expect(200, "GET", "/healthz")

    def test_the_life_of_a_booking_is_as_described(self):
        booking = self.stack.book(self.booker, *self.slot(3))
        path = f"/api/v1/bookings/{booking['id']}"
        self.booker.expect(200, "GET", path)
        self.booker.expect(200, "GET", "/api/v1/bookings")
        self.booker.expect(403, "POST", path + "/approve", {})
        self.office.expect(200, "POST", path + "/approve", {})
        self.office.expect(409, "POST", path + "/approve", {})
        passes = self.booker.expect(200, "GET", path + "/passes")["items"]
        self.assertEqual(len(passes), 1)
        picture = f"/api/v1/passes/{passes[0]['id']}.png"
        self.assertEqual(self.booker.call("GET", picture).status, 200)
        direct = self.stack.client(BOOKER).call("GET", picture)  # the proxy reads bodies as text
        self.assertEqual((direct.status, direct.body[:4]), (200, b"\x89PNG"))
        start, end = self.slot(4)
        self.office.expect(200, "POST", path + "/move", {"start": start, "end": end})
        self.booker.expect(200, "POST", path + "/cancel", {"reason": "other"})

    def test_accounts_are_as_described(self):
        public = self.through()
        for path in ("sessions/codes", "password-resets"):
            public.expect(202, "POST", f"/api/v1/{path}", {"email": "nobody@example.org"})
        for path in ("invitations/accept", "password-resets/accept"):
            by_code = {"email": "nobody@example.org", "code": "0000-0000-0000",
                       "password": "un chat sur la fenêtre"}
            public.expect(401, "POST", f"/api/v1/{path}", by_code)
            public.expect(422, "POST", f"/api/v1/{path}", {**by_code, "password": "court"})
        client = self.through(BOOKER)
        me = client.expect(200, "GET", "/api/v1/me")["id"]
        self.office.expect(409, "POST", "/api/v1/invitations", {"person_id": me})
        client.expect(403, "POST", "/api/v1/invitations", {"person_id": me})
        password = self.stack.passwords[BOOKER]
        client.expect(204, "POST", "/api/v1/sessions/current/proof", {"password": password})
        client.expect(422, "PUT", "/api/v1/me/password",
                      {"current_password": password, "password": BOOKER})
        client.expect(409, "POST", "/api/v1/me/recovery-codes", {})
        client.expect(409, "POST", "/api/v1/me/totp/confirm", {"code": "000000"})
        listed = client.expect(200, "GET", "/api/v1/me/sessions?limit=50")["items"]
        here = next(one["id"] for one in listed if one["current"])
        client.expect(404, "DELETE", "/api/v1/me/sessions/999999")
        client.expect(204, "DELETE", f"/api/v1/me/sessions/{here}")
        client.expect(401, "GET", "/api/v1/me/sessions")

    def test_second_factors_are_as_described(self):
        password, app = self.stack.passwords[OFFICE], self.stack.apps[OFFICE]
        needed = self.through().expect(401, "POST", "/api/v1/sessions",
                                       {"email": OFFICE, "password": password})
        self.assertEqual(needed["code"], "second_factor_required")
        proof = {"password": password, "totp": app.code(self.office.town_time())}
        self.office.expect(204, "POST", "/api/v1/sessions/current/proof", proof)
        self.office.expect(401, "POST", "/api/v1/sessions/current/proof", proof)
        codes = self.office.expect(201, "POST", "/api/v1/me/recovery-codes", {})["recovery_codes"]
        by_recovery = {"email": OFFICE, "password": password, "recovery_code": codes[0]}
        self.through().expect(201, "POST", "/api/v1/sessions", by_recovery)
        self.office.expect(201, "POST", "/api/v1/me/totp", {})  # the old one serves on
        me = self.office.expect(200, "GET", "/api/v1/me")
        self.assertEqual(me["second_factor"], "on")
        self.office.expect(403, "DELETE", f"/api/v1/people/{me['id']}/totp")

    def test_messages_and_letters_are_as_described(self):
        booking = self.stack.book(self.booker, *self.slot(7))
        path = f"/api/v1/bookings/{booking['id']}/messages"
        self.booker.expect(403, "GET", path)
        messages = self.office.expect(200, "GET", path)["items"]
        self.assertEqual([message["template"] for message in messages], ["booking_received"])
        self.office.expect(200, "GET", "/api/v1/letters?limit=10")
        number = messages[0]["id"]
        self.office.expect(409, "POST", f"/api/v1/letters/{number}/printed")
        self.office.expect(404, "POST", "/api/v1/letters/999999/printed")
        self.booker.expect(404, "GET", "/api/v1/messages/999999.pdf")
        letter = f"/api/v1/messages/{number}.pdf"
        self.assertEqual(self.booker.call("GET", letter).status, 200)
        direct = self.stack.client(BOOKER).call("GET", letter)  # the proxy reads bodies as text
        self.assertEqual((direct.status, direct.body[:5]), (200, b"%PDF-"))

    def test_delegations_and_decisions_are_as_described(self):
        today = datetime.now(PARIS).strftime("%Y-%m-%d")
        self.stack.passwords[ADMINISTRATION] = "une phrase pour les accès"
        self.stack.command("set-password", ADMINISTRATION,
                           stdin=self.stack.passwords[ADMINISTRATION] + "\n")
        delegate = self.through(ADMINISTRATION)
        order = {"delegate_id": delegate.expect(200, "GET", "/api/v1/me")["id"], "from": today,
                 "until": today}
        given = self.office.expect(201, "POST", "/api/v1/delegations", order)
        path = f"/api/v1/delegations/{given['id']}"
        self.office.expect(200, "GET", "/api/v1/delegations?limit=1")
        delegate.expect(200, "GET", path)
        booker = self.booker.expect(200, "GET", "/api/v1/me")["id"]
        self.office.expect(422, "POST", "/api/v1/delegations", {**order, "delegate_id": booker})
        self.booker.expect(403, "POST", "/api/v1/delegations", order)
        self.office.expect(422, "POST", "/api/v1/delegations", {**order, "until": "2020-01-01"})
        bookings = [self.stack.book(self.booker, *self.slot(days)) for days in (40, 41)]
        wanted = [{"id": one["id"], "sequence": one["sequence"]} for one in bookings]
        decisions = "/api/v1/bookings/decisions"
        tried = self.office.expect(200, "POST", decisions, {
            "decision": "approve", "bookings": wanted, "preview": True})
        self.assertEqual((tried["decided"], tried["left"]), (2, 0))
        left = self.booker.expect(200, "POST", decisions,
                                  {"decision": "approve", "bookings": wanted})
        self.assertEqual({item["problem"]["status"] for item in left["items"]}, {403})
        self.office.expect(200, "POST", decisions, {"decision": "refuse", "bookings": wanted,
                                                    "ground": "public_order"})
        self.office.expect(422, "POST", decisions, {"decision": "refuse", "bookings": wanted,
                                                    "ground": "none"})
        self.office.expect(200, "GET", "/api/v1/bookings?to_decide=true")
        self.assertEqual(delegate.call("DELETE", path).status, 204)

    def test_closures_are_as_described(self):
        room = self.booker.room("lcr-semanaz")["id"]
        start, end = self.slot(20)
        wish = {"room_id": room, "start": start, "end": end, "attendees": 5, "purpose": "Essai"}
        booking = self.booker.expect(201, "POST", "/api/v1/bookings", wish)
        order = {"room_id": room, "first_date": start[:10], "last_date": start[:10],
                 "kind": "works", "reason": "Parquet"}
        seen = self.office.expect(200, "POST", "/api/v1/closures/preview", order)
        self.assertEqual([met["id"] for met in seen["bookings"]], [booking["id"]])
        self.office.expect(409, "POST", "/api/v1/closures", order)
        self.booker.expect(403, "POST", "/api/v1/closures", order)
        closure = self.office.expect(201, "POST", "/api/v1/closures", {**order, "meets": "cancel"})
        closed = self.booker.expect(409, "POST", "/api/v1/bookings", wish)
        self.assertEqual(closed["code"], "room_closed")
        public = self.through()
        public.expect(200, "GET", "/api/v1/closures")
        public.expect(200, "GET", "/api/v1/spaces")
        day = f"from={start[:10]}T00:00:00Z&to={start[:10]}T23:00:00Z"
        entries = public.expect(200, "GET", f"/api/v1/schedule?room={room}&{day}")
        self.assertEqual(entries["items"][0]["entries"][0]["kind"], "closure")
        path = f"/api/v1/closures/{closure['id']}"
        public.expect(200, "GET", path)
        self.assertEqual(self.office.call("DELETE", path).status, 204)
        public.expect(404, "GET", path)

    def test_holds_and_the_waiting_list_are_as_described(self):
        room = self.booker.room("lcr-semanaz")["id"]
        start, end = self.slot(30)
        wish = {"room_id": room, "start": start, "end": end, "attendees": 5, "purpose": "Essai"}
        me = self.booker.expect(200, "GET", "/api/v1/me")["id"]
        hold = self.office.expect(201, "POST", "/api/v1/holds",
                                  {**wish, "booker_id": me, "until": self.slot(2)[0]})
        path = f"/api/v1/holds/{hold['id']}"
        self.booker.expect(403, "POST", "/api/v1/holds", {**wish, "until": self.slot(2)[0]})
        bad = self.booker.expect(422, "POST", path + "/book",
                                 {"equipment": [{"equipment_id": 10 ** 6, "quantity": 1}]})
        self.assertEqual(bad["errors"][0]["code"], "unknown_equipment")
        self.booker.expect(200, "GET", path)
        self.office.expect(200, "GET", f"/api/v1/holds?room={room}")
        held = self.booker.expect(409, "POST", "/api/v1/bookings", wish)
        self.assertEqual(held["code"], "room_held")
        booking = self.booker.expect(201, "POST", path + "/book")
        self.booker.expect(409, "POST", path + "/book")
        chairs = next(item["id"] for item in self.booker.expect(200, "GET", "/api/v1/equipment")["items"]
                      if item["key"] == "chaises-pliantes")
        wait = self.office.expect(201, "POST", "/api/v1/waiting-list", {
            **wish, "booker_id": me, "equipment": [{"equipment_id": chairs, "quantity": 20}]})
        self.assertEqual(wait["equipment"][0]["quantity"], 20)
        self.office.expect(422, "POST", "/api/v1/waiting-list", {**wish, "booker_id": me})
        self.booker.expect(200, "POST", f"/api/v1/bookings/{booking['id']}/cancel", {})
        mine = self.booker.expect(200, "GET", "/api/v1/waiting-list")["items"]
        self.assertEqual([(one["id"], one["status"]) for one in mine], [(wait["id"], "offered")])
        offer = self.booker.expect(200, "GET", f"/api/v1/holds/{mine[0]['hold_id']}")
        self.assertEqual(offer["equipment"], wait["equipment"])
        left = self.booker.call("DELETE", f"/api/v1/waiting-list/{wait['id']}")
        self.assertEqual(left.status, 204)
        gone = self.booker.call("DELETE", path)
        self.assertEqual(gone.status, 409)

    def test_the_yearly_round_is_as_described(self):
        today = datetime.now(PARIS)
        days = {name: (today + timedelta(days=days)).strftime("%Y-%m-%d") for name, days in {
            "wishes_from": 0, "wishes_until": 5, "season_first": 40, "season_last": 61}.items()}
        order = {"name": "Saison", "skip_public_holidays": True, "skip_school_holidays": True, **days,
                 "criteria": [{"kind": "every_wish", "text": "Chacun compte", "weight": 10}]}
        self.booker.expect(403, "POST", "/api/v1/rounds", order)
        self.office.expect(422, "POST", "/api/v1/rounds", {**order, "criteria": []})
        made = self.office.expect(201, "POST", "/api/v1/rounds", order)
        path = f"/api/v1/rounds/{made['id']}"
        self.booker.expect(404, "GET", path)
        unknown = self.office.expect(422, "POST", path + "/open", {})
        self.assertEqual([error["code"] for error in unknown["errors"]], ["calendar_unknown"])
        self.office.expect(200, "PATCH", path, {"name": "Saison prochaine",
                                                "skip_school_holidays": False})
        self.office.expect(200, "POST", path + "/open", {})
        self.booker.expect(200, "GET", path)
        self.booker.expect(200, "GET", "/api/v1/rounds?limit=1")
        association = self.booker.expect(200, "GET", "/api/v1/me")["associations"][0]["id"]
        wish = {"association_id": association, "weekday": "wednesday", "start_time": "10:00",
                "end_time": "11:00", "room_ids": [self.booker.room("lcr-danton")["id"]],
                "attendees": 5, "purpose": "Essai"}
        stated = [self.booker.expect(201, "POST", path + "/wishes", wish) for _ in range(2)]
        self.booker.expect(422, "POST", path + "/wishes", {**wish, "attendees": 100000})
        first, second = (f"{path}/wishes/{one['id']}" for one in stated)
        self.booker.expect(200, "PATCH", second, {"purpose": "Essai du matin"})
        self.booker.expect(200, "GET", first)
        seen = self.office.expect(200, "GET", path + "/demand")["items"][0]["days"][0]
        self.assertEqual(seen["collisions"][0]["wish_ids"], [one["id"] for one in stated])
        self.booker.expect(403, "GET", path + "/demand")
        self.office.expect(409, "POST", path + "/propose", {})
        self.office.expect(200, "POST", path + "/close", {})
        self.office.expect(200, "PUT", second + "/settled",
                           {"gets_nothing": True, "reason": "Doublon"})
        self.office.expect(200, "DELETE", second + "/settled")
        self.office.expect(200, "POST", path + "/propose", {})
        self.office.expect(200, "POST", path + "/publish", {})
        self.office.expect(409, "POST", path + "/publish", {})
        became = self.booker.expect(200, "GET", path + "/wishes")["items"]
        by_verdict = {one["decision"]["verdict"]: one for one in became}
        self.assertEqual(set(by_verdict), {"given", "outbid"})
        self.assertTrue(by_verdict["given"]["series_id"])
        self.assertTrue(by_verdict["outbid"]["waits"])
        told = self.office.expect(200, "GET", path + "/messages")["items"]
        self.assertEqual([message["template"] for message in told],
                         ["round_wish"] * 3 + ["round_result"])
        self.booker.expect(403, "GET", path + "/messages")
        self.office.expect(409, "DELETE", second)

    def test_holidays_are_as_described(self):
        public = self.through()
        calendars = public.expect(200, "GET", "/api/v1/calendars?year=2027")
        self.assertEqual((calendars["public_holidays"][1]["date"], calendars["school"]["zone"]),
                         ("2027-03-29", "c"))
        first = datetime.now(PARIS) + timedelta(days=40)
        wish = {"room_id": self.booker.room("lcr-danton")["id"], "pattern": "daily",
                "first_date": first.strftime("%Y-%m-%d"), "count": 2, "start_time": "08:00",
                "end_time": "09:00", "attendees": 5, "purpose": "Essai",
                "skip": ["school_holidays", "public_holidays", "closures"]}
        unknown = self.booker.expect(422, "POST", "/api/v1/series", wish)
        self.assertEqual({error["code"] for error in unknown["errors"]}, {"calendar_unknown"})

    def test_time_conflicts_are_as_described(self):
        self.assertEqual(self.office.expect(200, "GET", "/api/v1/time-conflicts?limit=5"),
                         {"items": [], "next": None})
        self.booker.expect(403, "GET", "/api/v1/time-conflicts")

    def test_equipment_is_as_described(self):
        public = self.through()
        start, end = self.slot(8)
        listed = public.expect(200, "GET", "/api/v1/equipment")["items"]
        chairs = next(item for item in listed if item["key"] == "chaises-pliantes")
        self.assertIsNone(chairs["site_id"])
        room = self.booker.room("lcr-danton")
        order = {"room_id": room["id"], "start": start, "end": end, "attendees": 5,
                 "purpose": "Assemblée", "equipment": [{"equipment_id": chairs["id"], "quantity": 150}]}
        booking = self.booker.expect(201, "POST", "/api/v1/bookings", order)
        self.assertEqual(booking["equipment"][0]["quantity"], 150)
        query = f"from={booking['start_at']}&to={booking['end_at']}"
        left = public.expect(200, "GET", f"/api/v1/equipment?site={room['site_id']}&{query}")["items"]
        self.assertEqual(next(i for i in left if i["id"] == chairs["id"])["left"], 50)
        self.assertEqual(public.call("GET", "/api/v1/equipment?from=2026-12-05T00:00:00Z").status, 422)
        other = self.booker.room("lcr-semanaz")["id"]
        short = self.booker.expect(422, "POST", "/api/v1/bookings",
                                   {**order, "room_id": other, "attendees": 100000})
        self.assertEqual([error["code"] for error in short["errors"]],
                         ["over_capacity", "equipment_short"])
        path = f"/api/v1/bookings/{booking['id']}"
        moved = self.office.expect(200, "POST", path + "/move", {
            "start": start, "end": end, "equipment": [{"equipment_id": chairs["id"], "quantity": 20}]})
        self.assertEqual(moved["equipment"][0]["quantity"], 20)
        day = f"/api/v1/preparation?site={room['site_id']}&day={start[:10]}"
        items = self.office.expect(200, "GET", day)["items"]
        self.assertEqual([item["booking_id"] for item in items], [booking["id"]])
        self.booker.expect(403, "GET", day)
        public.expect(401, "GET", day)
        self.office.expect(404, "GET", day.replace(f"site={room['site_id']}", "site=999999"))

    def test_papers_are_as_described(self):
        person = self.booker.expect(200, "GET", "/api/v1/me")["id"]
        path = f"/api/v1/people/{person}/papers"
        paper = self.office.expect(201, "POST", path, {
            "kind": "insurance", "valid_from": "2026-01-01", "valid_until": "2099-12-31"})
        self.assertIsNone(paper["accepted_at"])
        accept = f"/api/v1/papers/{paper['id']}/accept"
        self.booker.expect(403, "POST", accept, {})
        self.assertTrue(self.office.expect(200, "POST", accept, {})["accepted_at"])
        self.office.expect(409, "POST", accept, {})
        self.office.expect(404, "POST", "/api/v1/papers/999999/accept", {})
        self.assertEqual(len(self.booker.expect(200, "GET", path)["items"]), 1)
        self.booker.expect(403, "POST", path, {
            "kind": "deposit", "valid_from": "2026-01-01", "accepted": True})
        sent = self.booker.expect(201, "POST", path, {"kind": "deposit", "valid_from": "2026-01-01"})
        self.papers_file_is_accepted_as_read(f"/api/v1/papers/{sent['id']}")
        self.office.expect(422, "POST", path, {
            "kind": "deposit", "valid_from": "2026-02-01", "valid_until": "2026-01-01"})
        self.office.expect(201, "POST", "/api/v1/associations/1/papers",
                           {"kind": "agreement", "valid_from": "2026-01-01", "accepted": True})
        self.office.expect(200, "GET", "/api/v1/associations/1/papers")
        self.office.expect(404, "GET", "/api/v1/associations/999999/papers")

    def papers_file_is_accepted_as_read(self, paper):
        """The proxy reads bodies as text: the file itself goes past it."""
        direct = self.stack.client(BOOKER)
        sent = direct.call("PUT", paper + "/file", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
                           {"Content-Type": "application/pdf"})
        self.assertEqual(sent.status, 200, sent.body)
        read = direct.call("GET", paper + "/file").headers["etag"]
        self.office.expect(428, "POST", paper + "/accept", {})
        self.office.expect(412, "POST", paper + "/accept", {}, {"If-Match": '"another"'})
        self.office.expect(200, "POST", paper + "/accept", {}, {"If-Match": read})

    def test_refusals_are_as_described(self):
        room = self.booker.room("lcr-danton")["id"]
        start, end = self.slot(6)
        body = {"room_id": room, "start": start, "end": end, "attendees": 5, "purpose": "Essai"}
        booking = self.booker.expect(201, "POST", "/api/v1/bookings", body)
        taken = self.booker.expect(409, "POST", "/api/v1/bookings", body)
        self.assertEqual(taken["code"], "room_taken")
        self.assertTrue(taken["alternatives"])
        several = self.booker.expect(422, "POST", "/api/v1/bookings",
                                     {**body, "attendees": 100000, "purpose": "",
                                      "start": "2020-01-01T10:00", "end": "2020-01-01T09:00"})
        self.assertGreaterEqual(len(several["errors"]), 3)
        self.through().expect(401, "GET", "/api/v1/me")
        path = f"/api/v1/bookings/{booking['id']}"
        ground = self.office.expect(200, "GET", "/api/v1/grounds")["items"][0]["code"]
        self.office.expect(200, "POST", path + "/refuse", {"ground": ground, "text": "Travaux"})

    def test_calendars_are_as_described(self):
        made = self.booker.expect(201, "POST", "/api/v1/feeds", {"kind": "person"})
        self.booker.expect(422, "POST", "/api/v1/feeds", {"kind": "association"})
        self.booker.expect(200, "GET", "/api/v1/feeds")
        calendar = self.through().call("GET", made["path"])
        self.assertEqual((calendar.status, calendar.body[:15]), (200, b"BEGIN:VCALENDAR"))
        self.assertEqual(self.through().call("GET", made["path"], headers={
            "If-None-Match": calendar.headers["etag"]}).status, 304)
        self.booker.expect(204, "DELETE", f"/api/v1/feeds/{made['id']}")
        self.through().expect(404, "GET", made["path"])

    def test_subscriptions_are_as_described(self):
        body = {"service": "Chauffage", "email": "chauffage@le-pre.example.org",
                "changes": ["approved"], "rhythm": "daily", "daily_at": "07:00"}
        self.booker.expect(403, "POST", "/api/v1/subscriptions", body)
        made = self.office.expect(201, "POST", "/api/v1/subscriptions", body)
        self.office.expect(422, "POST", "/api/v1/subscriptions", {**body, "email": "nowhere"})
        self.office.expect(200, "GET", "/api/v1/subscriptions")
        self.office.expect(204, "DELETE", f"/api/v1/subscriptions/{made['id']}")

    def test_kinds_of_booking_are_as_described(self):
        kinds = [kind["key"] for kind in
                 self.through().expect(200, "GET", "/api/v1/booking-kinds")["items"]]
        self.assertEqual(kinds, ["entretien", "manifestation", "reunion", "sport"])
        start, end = self.slot(50)
        wish = {"room_id": self.booker.room("lcr-semanaz")["id"], "start": start, "end": end,
                "attendees": 5, "purpose": "Essai", "kind": "reunion"}
        self.booker.expect(422, "POST", "/api/v1/bookings", {**wish, "kind": "danse"})
        booking = self.booker.expect(201, "POST", "/api/v1/bookings", wish)
        self.assertEqual(booking["booking_kind"], "reunion")
        path = f"/api/v1/bookings/{booking['id']}/kind"
        self.booker.expect(403, "PUT", path, {"kind": "sport"})
        self.office.expect(422, "PUT", path, {"kind": "danse"})
        sorted_one = self.office.expect(200, "PUT", path, {"kind": "sport"})
        self.assertEqual(sorted_one["booking_kind"], "sport")
        body = {"service": "Sports", "email": "sports@le-pre.example.org", "changes": ["approved"]}
        self.office.expect(422, "POST", "/api/v1/subscriptions", {**body, "kinds": ["danse"]})
        made = self.office.expect(201, "POST", "/api/v1/subscriptions", {**body, "kinds": ["sport"]})
        self.assertEqual(made["kinds"], ["sport"])
        self.office.expect(204, "DELETE", f"/api/v1/subscriptions/{made['id']}")


if __name__ == "__main__":
    unittest.main()
