"""Orders that cannot all succeed, sent at once over HTTP, a hundred rounds each, on both engines.

Each round has one winner, nobody gets a 5xx, no two bookings overlap, and what a client was told is
what the schedule says afterwards.
"""

import http.client
import json
import os
import tempfile
import threading
import unittest
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE
from private_postgres import PrivatePostgres
from stack import PARIS, Stack, local

ROUNDS = int(os.environ.get("CRENEAU_RACE_ROUNDS", "100"))
CROWD = 50
FEW = 8


@dataclass
class Order:
    """A request that a client is about to send."""

    client: object
    path: str
    body: dict


class Runner(threading.Thread):
    """Sends its order of each round when the barrier falls, over a connection of its own."""

    def __init__(self, barrier, orders):
        super().__init__(daemon=True)
        self.barrier, self.orders, self.answers = barrier, orders, []

    def run(self):
        connection = http.client.HTTPConnection(self.orders[0].client.base_url.split("//")[1],
                                                timeout=60)
        connection.connect()
        for order in self.orders:
            body = json.dumps(order.body)
            self.barrier.wait(120)
            connection.request("POST", order.path, body, {
                "Content-Type": "application/json", "Cookie": order.client.cookie,
                "Origin": order.client.base_url})
            response = connection.getresponse()
            self.answers.append((response.status, json.loads(response.read())))
        connection.close()


def at_once(rounds):
    """[[(status, body) of each order] of each round]"""
    barrier = threading.Barrier(len(rounds[0]))
    runners = [Runner(barrier, list(orders)) for orders in zip(*rounds)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(600)
    return list(zip(*(runner.answers for runner in runners), strict=True))


class Races:
    """The same promises on either engine; `open_stack` is the engine's."""

    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="creneau-race-"))
        cls.stack = cls.open_stack(Path(folder))
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.start_api()
        cls.booker, cls.office = cls.stack.client(BOOKER), cls.stack.client(OFFICE)
        cls.room = cls.booker.room("lcr-danton")["id"]

    def day(self, number, hour):
        return datetime.now(PARIS).replace(hour=hour, minute=0) + timedelta(days=3 + number)

    def single(self, number, hour):
        start = self.day(number, hour)
        return Order(self.booker, "/api/v1/bookings", {
            "room_id": self.room, "start": local(start), "end": local(start + timedelta(hours=1)),
            "attendees": 5, "purpose": "Course"})

    def series(self, number, hour):
        start = self.day(number, hour)
        return Order(self.booker, "/api/v1/series", {
            "room_id": self.room, "pattern": "daily", "first_date": start.strftime("%Y-%m-%d"),
            "count": 3, "start_time": f"{hour:02}:00", "end_time": f"{hour + 1:02}:00",
            "attendees": 5, "purpose": "Course"})

    def booked(self, number, hour):
        """A booking that waits for the office."""
        order = self.single(number, hour)
        return order.client.expect(201, "POST", order.path, order.body)

    def entries(self, first, last, hour):
        """What the office sees of the days [first, last) at `hour`, the overlaps looked for."""
        seen = {}
        for number in range(first, last, 90):
            begin, end = self.day(number, 0), self.day(min(number + 90, last), 0)
            instants = [when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:00Z") for when in (begin, end)]
            for entry in self.office.expect(
                    200, "GET", f"/api/v1/schedule?room={self.room}"
                                f"&from={instants[0]}&to={instants[1]}")["items"][0]["entries"]:
                seen[entry["id"]] = entry
        ordered = sorted(seen.values(), key=lambda entry: entry["start_at"])
        for one, following in zip(ordered, ordered[1:]):
            self.assertLessEqual(one["end_at"], following["start_at"])
        return [entry for entry in ordered if entry["start"].endswith(f"T{hour:02}:00")]

    def one_winner(self, rounds):
        """The winner's (order, body) of each round; all others were told that it is gone."""
        winners = []
        for orders, answers in zip(rounds, at_once(rounds), strict=True):
            won = [(order, body) for order, (status, body) in zip(orders, answers)
                   if status in (200, 201)]
            counted = Counter(status for status, _ in answers)
            self.assertEqual((len(won), counted[409]), (1, len(orders) - 1), counted)
            winners.append(won[0])
        return winners

    def test_one_of_fifty_identical_requests_wins(self):
        winners = self.one_winner([[self.single(number, 9)] * CROWD for number in range(ROUNDS)])
        self.assertEqual([entry["id"] for entry in self.entries(0, ROUNDS, 9)],
                         [body["id"] for _, body in winners])

    def test_single_bookings_and_series_never_share_a_date(self):
        rounds = [[self.single(number * 3 + 1, 10), self.series(number * 3, 10)] * (FEW // 2)
                  for number in range(ROUNDS)]
        told = [body["occurrences"] if "occurrences" in body else [body]
                for _, body in self.one_winner(rounds)]
        self.assertEqual(len(self.entries(0, ROUNDS * 3, 10)), sum(map(len, told)))

    def test_one_of_crossing_series_wins(self):
        rounds = [[self.series(number * 5 + shift, 11) for shift in (0, 1, 2, 0)]
                  for number in range(ROUNDS)]
        self.one_winner(rounds)
        self.assertEqual(len(self.entries(0, ROUNDS * 5, 11)), ROUNDS * 3)

    def test_one_decision_wins(self):
        waiting = [self.booked(number, 12) for number in range(ROUNDS)]
        rounds = [[Order(self.office, f"/api/v1/bookings/{booking['id']}/approve", {}),
                   Order(self.office, f"/api/v1/bookings/{booking['id']}/refuse",
                         {"ground": "public_order"})] * (FEW // 2) for booking in waiting]
        for order, body in self.one_winner(rounds):
            status = "approved" if order.path.endswith("approve") else "refused"
            now = self.office.expect(200, "GET", f"/api/v1/bookings/{body['id']}")
            self.assertEqual((now["status"], now["sequence"]), (status, 1))

    def test_a_move_and_new_requests_never_share_a_slot(self):
        moving = [self.booked(number, 13) for number in range(ROUNDS)]
        rounds = []
        for number, booking in enumerate(moving):
            wanted = self.single(number, 14)
            target = {"start": wanted.body["start"], "end": wanted.body["end"]}
            rounds.append([Order(self.office, f"/api/v1/bookings/{booking['id']}/move", target)] +
                          [wanted] * (FEW - 1))
        winners = {body["id"] for _, body in self.one_winner(rounds)}
        self.assertEqual({entry["id"] for entry in self.entries(0, ROUNDS, 14)}, winners)
        stayed = {booking["id"] for booking in moving} - winners
        self.assertEqual({entry["id"] for entry in self.entries(0, ROUNDS, 13)}, stayed)


class OnSqlite(Races, unittest.TestCase):
    """One file, the single writer."""

    @classmethod
    def open_stack(cls, folder):
        return Stack(BUILD, folder / "town")


class OnPostgresql(Races, unittest.TestCase):
    """A private server; the database alone keeps slots apart."""

    @classmethod
    def open_stack(cls, folder):
        server = cls.enterClassContext(PrivatePostgres())
        return Stack(BUILD, folder / "town", database=("postgresql", server.conninfo))


if __name__ == "__main__":
    unittest.main()
