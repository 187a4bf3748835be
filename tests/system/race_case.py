"""What the race tests share: one running town a class, and people who act at the same instant."""

import http.client
import json
import os
import sqlite3
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE
from private_postgres import BIN, PrivatePostgres
from processes import run
from stack import PARIS, Stack, local

ROUNDS = int(os.environ.get("CRENEAU_RACE_ROUNDS", "100"))
FEW = 8


@dataclass
class Order:
    """A request that a client is about to send."""

    client: object
    path: str
    body: dict = field(default_factory=dict)
    method: str = "POST"

    def __call__(self, racer):
        return racer.ask(self.client, self.method, self.path, self.body)


class Racer(threading.Thread):
    """Does its part of each round when the barrier falls, over a connection of its own."""

    def __init__(self, barrier, parts, host):
        super().__init__(daemon=True)
        self.barrier, self.parts, self.answers, self.fault = barrier, parts, [], None
        self.connection = http.client.HTTPConnection(host, timeout=60)

    def ask(self, client, method, path, body=None):
        """(status, what the answer says)"""
        self.connection.request(method, path, body if body is None else json.dumps(body), {
            "Content-Type": "application/json", "Cookie": client.cookie,
            "Origin": client.base_url})
        response = self.connection.getresponse()
        text = response.read()
        return response.status, json.loads(text) if text else None

    def run(self):
        try:
            self.connection.connect()
            for part in self.parts:
                self.barrier.wait(120)
                self.answers.append(part(self))
        except Exception as fault:  # told by at_once, in the thread of the test
            self.fault = fault
            self.barrier.abort()
        finally:
            self.connection.close()


def at_once(rounds, host, before=None):
    """[[answer of each part] of each round]; `before` is called when all wait for the next one."""
    barrier = threading.Barrier(len(rounds[0]), action=before)
    racers = [Racer(barrier, list(parts), host) for parts in zip(*rounds)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(600)
    faults = [racer.fault for racer in racers if racer.fault]
    for fault in sorted(faults, key=lambda one: isinstance(one, threading.BrokenBarrierError)):
        raise fault
    return list(zip(*(racer.answers for racer in racers), strict=True))


class Races:
    """A town on either engine; `open_stack` is the engine's."""

    people = [OFFICE, BOOKER]

    @classmethod
    def setUpClass(cls):
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="creneau-race-")))
        cls.stack = cls.open_stack(folder)
        cls.addClassCleanup(cls.stack.stop)
        cls.start_town(folder)
        cls.booker, cls.office = cls.stack.client(BOOKER), cls.stack.client(OFFICE)
        cls.host = cls.booker.base_url.split("//")[1]
        cls.room = cls.booker.room("lcr-danton")["id"]
        cls.addClassCleanup(cls.stack.command, "doctor")

    @classmethod
    def start_town(cls, _folder):
        cls.stack.prepare(cls.people)
        cls.stack.start_api()

    def day(self, number, hour):
        return datetime.now(PARIS).replace(hour=hour, minute=0) + timedelta(days=3 + number)

    def single(self, number, hour, client=None):
        start = self.day(number, hour)
        return Order(client or self.booker, "/api/v1/bookings", {
            "room_id": self.room, "start": local(start), "end": local(start + timedelta(hours=1)),
            "attendees": 5, "purpose": "Course"})

    def booked(self, number, hour, **more):
        """A booking that waits for the office."""
        order = self.single(number, hour)
        return order.client.expect(201, "POST", order.path, {**order.body, **more})

    def entries(self, first, last, hour):
        """What the office sees of the days [first, last) at `hour`, the overlaps looked for."""
        seen = {}
        for number in range(first, last, 90):
            begin, end = self.day(number, 0), self.day(min(number + 90, last), 0)
            instants = [when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:00Z")
                        for when in (begin, end)]
            for entry in self.office.expect(
                    200, "GET", f"/api/v1/schedule?room={self.room}"
                                f"&from={instants[0]}&to={instants[1]}")["items"][0]["entries"]:
                seen[entry["id"]] = entry
        ordered = sorted(seen.values(), key=lambda entry: entry["start_at"])
        for one, following in zip(ordered, ordered[1:]):
            self.assertLessEqual(one["end_at"], following["start_at"])
        return [entry for entry in ordered if entry["start"].endswith(f"T{hour:02}:00")]

    def one_winner(self, rounds, codes, lost=409, before=None, rules=None):
        """The winner's (part, answer) of each round; all others were told so, with `codes`, each
        by `rules`, where they are given, and by nothing else."""
        winners = []
        for parts, answers in zip(rounds, at_once(rounds, self.host, before), strict=True):
            won = [(part, body) for part, (status, body) in zip(parts, answers)
                   if status in (200, 201)]
            counted = Counter(status for status, _ in answers)
            self.assertEqual((len(won), counted[lost]), (1, len(parts) - 1), counted)
            told = {body["code"] for status, body in answers if status == lost}
            self.assertLessEqual(told, codes)
            if rules:
                why = [{error["code"] for error in body["errors"]}
                       for status, body in answers if status == lost]
                self.assertEqual(why, [rules] * len(why))
            winners.append(won[0])
        return winners

    def rows(self, query):
        """What the database answers, each column as text."""
        engine, location = self.stack.database
        if engine == "postgresql":
            lines = run([BIN / "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align",
                         "--field-separator", "\t", "--dbname", location, "--command", query])
            return [tuple(line.split("\t")) for line in lines.stdout.splitlines()]
        database = sqlite3.connect(f"file:{location}?mode=ro", uri=True)
        try:
            return [tuple("" if column is None else str(column) for column in row)
                    for row in database.execute(query)]
        finally:
            database.close()


class OnSqlite:
    """One file, the single writer."""

    @classmethod
    def open_stack(cls, folder):
        return Stack(BUILD, folder / "town")


class OnPostgresql:
    """A private server; the database alone keeps slots apart."""

    @classmethod
    def open_stack(cls, folder):
        server = cls.enterClassContext(PrivatePostgres())
        return Stack(BUILD, folder / "town", database=("postgresql", server.conninfo))
