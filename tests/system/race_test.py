"""Requests at once over HTTP, a hundred rounds, on both engines: fifty identical ones, and the last
chairs of a stock in several rooms. One wins."""

import http.client
import json
import os
import tempfile
import threading
import unittest
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE
from private_postgres import PrivatePostgres
from stack import PARIS, Stack, local

CLIENTS = 50
ROOMS = ["lcr-danton", "lcr-semanaz", "associations-salle-nord", "associations-salle-sud"]
ROUNDS = int(os.environ.get("CRENEAU_RACE_ROUNDS", "100"))


class Runner(threading.Thread):
    """One client with a connection of its own that posts when the barrier falls."""

    def __init__(self, stack, barrier, bodies, statuses):
        super().__init__(daemon=True)
        self.client = stack.client(BOOKER)
        self.host = stack.url.split("//")[1]
        self.barrier, self.bodies, self.statuses = barrier, bodies, statuses

    def run(self):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.connect()
        for body in self.bodies:
            self.barrier.wait(120)
            connection.request("POST", "/api/v1/bookings", body, {
                "Content-Type": "application/json", "Cookie": self.client.cookie,
                "Origin": self.client.base_url})
            response = connection.getresponse()
            response.read()
            self.statuses.append((body, response.status))
        connection.close()


class Race(unittest.TestCase):
    """Both engines, the same promise."""

    def race(self, database, folder, run_rounds):
        stack = Stack(BUILD, folder / "town", database=database)
        try:
            stack.prepare([OFFICE, BOOKER])
            stack.start_api()
            run_rounds(stack)
        finally:
            stack.stop()

    def one_slot(self, stack):
        room = stack.client().room("lcr-danton")["id"]
        first = datetime.now(PARIS).replace(hour=9, minute=0) + timedelta(days=3)
        bodies = [json.dumps({"room_id": room, "start": local(first + timedelta(days=number)),
                              "end": local(first + timedelta(days=number, hours=2)),
                              "attendees": 5, "purpose": "Course"}) for number in range(ROUNDS)]
        barrier, statuses = threading.Barrier(CLIENTS), []
        runners = [Runner(stack, barrier, bodies, statuses) for _ in range(CLIENTS)]
        for runner in runners:
            runner.start()
        for runner in runners:
            runner.join(600)
        self.assertEqual(len(statuses), CLIENTS * ROUNDS)
        for body in bodies:
            counted = Counter(status for sent, status in statuses if sent == body)
            self.assertEqual(counted, {201: 1, 409: CLIENTS - 1}, body)

    def last_chairs(self, stack):
        client = stack.client()
        chairs = next(item["id"] for item in client.expect(200, "GET", "/api/v1/equipment")["items"]
                      if item["key"] == "chaises-pliantes")
        rooms = [client.room(key)["id"] for key in ROOMS]
        first = datetime.now(PARIS).replace(hour=9, minute=0) + timedelta(days=3)
        slots = [(local(first + timedelta(days=number)), local(first + timedelta(days=number, hours=2)))
                 for number in range(ROUNDS)]
        barrier, statuses = threading.Barrier(len(rooms)), []
        runners = [Runner(stack, barrier, [json.dumps({
            "room_id": room, "start": start, "end": end, "attendees": 5, "purpose": "Course",
            "equipment": [{"equipment_id": chairs, "quantity": 101}]}) for start, end in slots],
            statuses) for room in rooms]
        for runner in runners:
            runner.start()
        for runner in runners:
            runner.join(600)
        for start, _ in slots:
            counted = Counter(status for sent, status in statuses if json.loads(sent)["start"] == start)
            self.assertEqual(counted, {201: 1, 422: len(rooms) - 1}, start)

    def test_fifty_identical_requests_give_one_booking_on_sqlite(self):
        with tempfile.TemporaryDirectory(prefix="creneau-race-") as folder:
            self.race(None, Path(folder), self.one_slot)

    def test_fifty_identical_requests_give_one_booking_on_postgresql(self):
        with tempfile.TemporaryDirectory(prefix="creneau-race-") as folder:
            with PrivatePostgres() as server:
                self.race(("postgresql", server.conninfo), Path(folder), self.one_slot)

    def test_the_last_chairs_of_a_stock_go_to_one_on_sqlite(self):
        with tempfile.TemporaryDirectory(prefix="creneau-race-") as folder:
            self.race(None, Path(folder), self.last_chairs)

    def test_the_last_chairs_of_a_stock_go_to_one_on_postgresql(self):
        with tempfile.TemporaryDirectory(prefix="creneau-race-") as folder:
            with PrivatePostgres() as server:
                self.race(("postgresql", server.conninfo), Path(folder), self.last_chairs)


if __name__ == "__main__":
    unittest.main()
