"""Orders that cannot all succeed, sent at once over HTTP, a hundred rounds each, on both engines.

Each round has one winner, nobody gets a 5xx, no two bookings overlap, and what a client was told is
what the schedule says afterwards.
"""

import unittest

from race_case import FEW, ROUNDS, OnPostgresql, OnSqlite, Order, Races

CROWD = 50
TAKEN = {"room_taken"}
SHORT = {"equipment_short"}
ROOMS = ["lcr-danton", "lcr-semanaz", "associations-salle-nord", "associations-salle-sud"]
CHAIRS = "chaises-pliantes"
MOST_OF_THE_CHAIRS = 101
ROOM_OF_MANY_REQUESTS = "associations-reunion"  # a request does not block it


class BookingRaces(Races):
    """The same promises on either engine."""

    def series(self, number, hour):
        start = self.day(number, hour)
        return Order(self.booker, "/api/v1/series", {
            "room_id": self.room, "pattern": "daily", "first_date": start.strftime("%Y-%m-%d"),
            "count": 3, "start_time": f"{hour:02}:00", "end_time": f"{hour + 1:02}:00",
            "attendees": 5, "purpose": "Course"})

    def test_one_of_fifty_identical_requests_wins(self):
        rounds = [[self.single(number, 9)] * CROWD for number in range(ROUNDS)]
        winners = self.one_winner(rounds, TAKEN)
        self.assertEqual([entry["id"] for entry in self.entries(0, ROUNDS, 9)],
                         [body["id"] for _, body in winners])

    def test_single_bookings_and_series_never_share_a_date(self):
        rounds = [[self.single(number * 3 + 1, 10), self.series(number * 3, 10)] * (FEW // 2)
                  for number in range(ROUNDS)]
        told = [body["occurrences"] if "occurrences" in body else [body]
                for _, body in self.one_winner(rounds, TAKEN)]
        self.assertEqual(len(self.entries(0, ROUNDS * 3, 10)), sum(map(len, told)))

    def test_one_of_crossing_series_wins(self):
        rounds = [[self.series(number * 5 + shift, 11) for shift in (0, 1, 2, 0)]
                  for number in range(ROUNDS)]
        self.one_winner(rounds, TAKEN)
        self.assertEqual(len(self.entries(0, ROUNDS * 5, 11)), ROUNDS * 3)

    def test_one_decision_wins(self):
        waiting = [self.booked(number, 12) for number in range(ROUNDS)]
        rounds = [[Order(self.office, f"/api/v1/bookings/{booking['id']}/approve", {}),
                   Order(self.office, f"/api/v1/bookings/{booking['id']}/refuse",
                         {"ground": "public_order"})] * (FEW // 2) for booking in waiting]
        for order, body in self.one_winner(rounds, {"wrong_state"}):
            status = "approved" if order.path.endswith("approve") else "refused"
            now = self.office.expect(200, "GET", f"/api/v1/bookings/{body['id']}")
            self.assertEqual((now["status"], now["sequence"]), (status, 1))

    def test_one_of_the_requests_for_a_slot_is_approved(self):
        room = self.booker.room(ROOM_OF_MANY_REQUESTS)["id"]
        wanted = [[self.booked(number, 16, room_id=room)["id"] for _ in range(3)]
                  for number in range(ROUNDS)]
        rounds = [[Order(self.office, f"/api/v1/bookings/{booking}/approve")
                   for booking in bookings + bookings] for bookings in wanted]
        for (_, winner), bookings in zip(self.one_winner(rounds, TAKEN | {"wrong_state"}), wanted,
                                         strict=True):
            found = {booking: self.office.expect(200, "GET", f"/api/v1/bookings/{booking}")
                     for booking in bookings}
            self.assertEqual({booking: (one["status"], one["sequence"])
                              for booking, one in found.items()},
                             {booking: ("approved", 1) if booking == winner["id"]
                              else ("pending", 0) for booking in bookings})

    def test_a_move_and_new_requests_never_share_a_slot(self):
        moving = [self.booked(number, 13) for number in range(ROUNDS)]
        rounds = []
        for number, booking in enumerate(moving):
            wanted = self.single(number, 14)
            target = {"start": wanted.body["start"], "end": wanted.body["end"]}
            rounds.append([Order(self.office, f"/api/v1/bookings/{booking['id']}/move", target)] +
                          [wanted] * (FEW - 1))
        winners = {body["id"] for _, body in self.one_winner(rounds, TAKEN)}
        self.assertEqual({entry["id"] for entry in self.entries(0, ROUNDS, 14)}, winners)
        stayed = {booking["id"] for booking in moving} - winners
        self.assertEqual({entry["id"] for entry in self.entries(0, ROUNDS, 13)}, stayed)

    def most_of_the_chairs(self):
        stock = self.booker.expect(200, "GET", "/api/v1/equipment")["items"]
        chairs = next(item["id"] for item in stock if item["key"] == CHAIRS)
        return [{"equipment_id": chairs, "quantity": MOST_OF_THE_CHAIRS}]

    def test_the_last_chairs_of_a_stock_go_to_one_booking_or_hold(self):
        chairs = self.most_of_the_chairs()
        me = self.booker.expect(200, "GET", "/api/v1/me")["id"]
        rounds = []
        for number in range(ROUNDS):
            rounds.append([])
            for key in ROOMS:
                order = self.single(number, 15)
                if key == ROOMS[0]:
                    order.client, order.path = self.office, "/api/v1/holds"
                    order.body |= {"booker_id": me, "until": order.body["start"]}
                order.body["room_id"] = self.booker.room(key)["id"]
                order.body["equipment"] = chairs
                rounds[-1].append(order)
        self.one_winner(rounds, {"invalid"}, lost=422, rules=SHORT)

    def test_the_last_chairs_of_a_stock_go_to_one_series_or_single(self):
        """Each in a room of its own, so that nothing but the chairs keeps them apart."""
        chairs = self.most_of_the_chairs()
        rounds = []
        for number in range(ROUNDS):
            rounds.append([])
            for _ in range(2):
                rounds[-1] += [self.series(number * 3, 17), self.single(number * 3 + 1, 17)]
            for order, key in zip(rounds[-1], ROOMS, strict=True):
                order.body |= {"room_id": self.booker.room(key)["id"], "equipment": chairs}
        winners = self.one_winner(rounds, {"invalid"}, lost=422, rules=SHORT)
        told = sum(len(body.get("occurrences", [body])) for _, body in winners)
        taken = self.rows("SELECT COUNT(*) FROM booking_equipment q JOIN bookings b"
                          " ON b.id = q.booking_id WHERE b.local_start LIKE '%T17:00'")
        self.assertEqual(taken, [(str(told),)])


class RacesOnSqlite(OnSqlite, BookingRaces, unittest.TestCase):
    pass


class RacesOnPostgresql(OnPostgresql, BookingRaces, unittest.TestCase):
    pass


if __name__ == "__main__":
    unittest.main()
