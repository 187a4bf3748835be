"""Fifty door agents: how soon a revocation is at all of them, and what reading costs while all of
them come back after a month."""

import secrets
import sqlite3
import statistics
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta

from many_agents import a_read, confirm_keys, name_of, town_with_agents
from processes import wait_for
from signing_board import SigningBoard, exchange, straight_to
from stack import PARIS, Stack, local, soon

OFFICE = "bureau@le-pre.example.org"
BOOKER = "camille.roussel@example.org"
KEEPER = "administration@le-pre.example.org"
AGENTS = 50
ROUNDS = 8
DEPARTURES = 3  # each waits for its minute
DAYS_ALONE = 30
ROWS = 200_000
BATCH = 500


class WaitingBoard(SigningBoard):
    """An agent that waits for policies until it is stopped."""

    def __init__(self, name, signing_key, url):
        super().__init__(name, signing_key)
        self.url = url
        self.arrivals = []
        self.refused = []
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        with closing(straight_to(self.url)) as connection:
            while not self.stopping.is_set():
                try:
                    status, answer = self.sync(connection, 25)
                except OSError:
                    return
                if status != 200:
                    self.refused.append(status)
                    self.stopping.wait(0.5)
                elif answer["policy"]:
                    self.arrivals.append(time.monotonic())


def fleet_rows(table, programs, build, folder):
    """From the deed of whoever revokes until each agent has the policy that says so."""
    stack = Stack(build, folder / "fleet")
    boards = []
    try:
        start_town(stack, folder)
        keys = confirm_keys(stack, map(name_of, range(AGENTS)))
        stack.start_api()
        boards += [WaitingBoard(name, key, stack.url) for name, key in keys.items()]
        wait_for(lambda: all(board.arrivals for board in boards), 60, "every agent's first policy")
        for name, (prepare, revoke), rounds in (
                ("cancelled booking", bookings_to_cancel(stack), ROUNDS),
                ("lost badge", badges_to_lose(stack), ROUNDS),
                ("departure at its minute", departures(stack), DEPARTURES)):
            seconds = sorted(arrivals_after(boards, prepare, revoke, rounds))
            table.at_most(f"{name} -> policy at {AGENTS} agents, p99",
                          seconds[(len(seconds) - 1) * 99 // 100], 2, "s")
        refused = [board.refused for board in boards if board.refused]
        if refused:
            raise SystemExit(f"syncs were refused: {refused}")
    finally:
        for board in boards:
            board.stopping.set()
        stack.stop()
    return_rows(table, programs, build, folder)


def start_town(stack, folder):
    stack.town_file = town_with_agents(folder, AGENTS, people_of_the_fleet)
    stack.prepare([OFFICE, BOOKER, KEEPER])
    stack.make_keys()
    stack.start_signer()


def leaver(number):
    return f"depart-{number}@le-pre.example.org"


def people_of_the_fleet(town):
    for person in town["people"]:
        if person["email"] == KEEPER:
            person["roles"].append("access_administrator")
    for number in range(DEPARTURES):
        town["people"].append({"key": f"depart-{number}", "name": f"Départ {number}",
                               "email": leaver(number), "locale": "fr", "roles": ["booker"]})


def arrivals_after(boards, prepare, revoke, rounds):
    """Seconds from `revoke`, which says when it held, until each board has a policy."""
    seconds = []
    for _ in range(rounds):
        what = prepare()
        quiet(boards)
        before = [len(board.arrivals) for board in boards]
        held = revoke(what)
        wait_for(lambda: all(len(board.arrivals) > count
                             for board, count in zip(boards, before)), 60, "a policy everywhere")
        seconds += [max(0.0, board.arrivals[count] - held)
                    for board, count in zip(boards, before)]
    return seconds


def quiet(boards):
    """Returns once no policy came for half a second: what was prepared has arrived."""
    def latest():
        return max(board.arrivals[-1] for board in boards)
    wait_for(lambda: time.monotonic() - latest() > 0.5, 60, "a pause between policies")


def answered(client, path, body):
    """The instant at which the town had said yes."""
    client.expect(200, "POST", path, body)
    return time.monotonic()


def bookings_to_cancel(stack):
    """What makes one, and what cancels it."""
    booker, office = stack.client(BOOKER), stack.client(OFFICE)
    association = booker.expect(200, "GET", "/api/v1/me")["associations"][0]["id"]

    def prepare():
        booking = stack.book(booker, *soon(5), association_id=association)
        office.expect(200, "POST", f"/api/v1/bookings/{booking['id']}/approve", {})
        return booking["id"]

    return prepare, lambda booking: answered(
        office, f"/api/v1/bookings/{booking}/cancel", {"reason": "other"})


def badges_to_lose(stack):
    """What gives one, and what reports it lost."""
    keeper = stack.client(KEEPER)
    association = stack.client(BOOKER).expect(200, "GET", "/api/v1/me")["associations"][0]["id"]

    def prepare():
        return keeper.expect(201, "POST", "/api/v1/badges",
                             {"number": secrets.token_hex(7),
                              "association_id": association})["id"]

    return prepare, lambda badge: answered(keeper, f"/api/v1/badges/{badge}/lost", {})


def departures(stack):
    """What announces one of somebody with a badge, and what waits for its minute."""
    keeper = stack.client(KEEPER)
    department = keeper.expect(201, "POST", "/api/v1/departments",
                               {"name": "Vie associative"})["id"]
    leavers = iter(range(DEPARTURES))

    def prepare():
        person = person_of(stack, leaver(next(leavers)))
        keeper.expect(200, "PUT", f"/api/v1/staff/{person}",
                      {"department_id": department, "from_date": "2026-01-01"})
        keeper.expect(201, "POST", "/api/v1/badges",
                      {"number": secrets.token_hex(7), "person_id": person})
        now = datetime.now(PARIS)
        minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1 + (now.second > 45))
        keeper.expect(201, "POST", f"/api/v1/staff/{person}/departure", {"ends": local(minute)})
        return minute

    def wait_until(minute):
        left = (minute - datetime.now(PARIS)).total_seconds()
        if left <= 0:
            raise SystemExit("the minute came before every agent was quiet")
        held = time.monotonic() + left
        threading.Event().wait(left)
        return held

    return prepare, wait_until


def person_of(stack, email):
    with closing(sqlite3.connect(f"file:{stack.database[1]}?mode=ro", uri=True)) as database:
        return database.execute("SELECT id FROM people WHERE email = ?", (email,)).fetchone()[0]


# ------------------------------------------------------------ all come back at once


def return_rows(table, programs, build, folder):
    """The week of a room while every agent sends what happened in a month, beside the same before.
    What the agents send is made beforehand: their boards do not share this machine's cores."""
    stack = Stack(build, folder / "return")
    try:
        start_town(stack, folder)
        keys = confirm_keys(stack, map(name_of, range(AGENTS)))
        stack.start_api()
        booker = stack.client(BOOKER)
        path = (f"/api/v1/schedule?room={booker.room('lcr-semanaz')['id']}"
                "&from=2026-11-01T00:00:00Z&to=2026-11-08T00:00:00Z")
        port = stack.url.rsplit(":", 1)[1]

        def week():
            return programs.lines("creneau-bench-http", "get", port, booker.cookie, path, 1,
                                  1500)["p99"]

        idle = statistics.median(week() for _ in range(5))
        returning = [Returning(name, number, key, stack.url)
                     for number, (name, key) in enumerate(keys.items())]
        began = time.monotonic()
        for board in returning:
            board.thread.start()
        busy = []
        while any(board.thread.is_alive() for board in returning):
            busy.append(week())
        took = time.monotonic() - began
        if any(board.statuses != {200} for board in returning) or rows_kept(stack) != ROWS:
            raise SystemExit(f"{rows_kept(stack)} of {ROWS} rows came")
    finally:
        stack.stop()
    table.row(f"{ROWS} rows of {AGENTS} agents taken", f"{took:.1f} s")
    table.row("room-week read meanwhile, HTTP p99", f"{statistics.median(busy):.0f} us")
    table.at_most(f"room-week while {AGENTS} agents return / idle, HTTP p99",
                  statistics.median(busy) / idle, 2)


class Returning:
    """Sends its batches one after another, as an agent does that was alone."""

    def __init__(self, name, number, key, url):
        self.url = url
        self.statuses = set()
        self.requests = list(batches(SigningBoard(name, key), number))
        self.thread = threading.Thread(target=self.run)

    def run(self):
        with closing(straight_to(self.url)) as connection:
            for body, headers in self.requests:
                self.statuses.add(exchange(connection, body, headers)[0])


def batches(board, number):
    """(body, headers) of each request of an agent with its part of the rows."""
    count = ROWS // AGENTS
    first = int(time.time()) - DAYS_ALONE * 86_400
    step = DAYS_ALONE * 86_400 // count
    for begin in range(0, count, BATCH):
        rows = [event(board.name, number, at, first + at * step)
                for at in range(begin, begin + BATCH)]
        body = board.said(events=rows, journal=f"{number:032x}", last_hash="0" * 64)
        yield body, board.headers(body)


def event(name, number, at, instant):
    row = a_read(name, number, at, instant)
    sent = ("kind", "at", "clock", "door", "reader", "reason", "pass_id", "revision", "count")
    return {"sequence": at + 1, **{member: row[member] for member in sent}}


def rows_kept(stack):
    with closing(sqlite3.connect(f"file:{stack.database[1]}?mode=ro", uri=True)) as database:
        return database.execute("SELECT COUNT(*) FROM access_events").fetchone()[0]
