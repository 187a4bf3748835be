#!/usr/bin/python3
"""The table of ratios: this machine against itself, in one run. Exits 1 past a target.

Ratios compare with the bare library or the neighbour on the same machine, so that a slow machine
misses none. --rows changes the size of the largest table (default five million bookings).
"""

import argparse
import atexit
import itertools
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from badges import badge_rows  # noqa: E402
from door import door_rows  # noqa: E402
from fleet import fleet_rows  # noqa: E402
from stack import TOWN_FILE, Stack  # noqa: E402

OFFICE = "bureau@le-pre.example.org"
BOOKER = "camille.roussel@example.org"


class Table:
    """Rows of the table; remembers whether one missed its target."""

    def __init__(self):
        self.missed = 0
        print(f"{'measure':58} {'value':>16} {'target':>16}  verdict", flush=True)

    def row(self, name, value, target=None, good=True):
        verdict = "" if target is None else ("ok" if good else "MISSED")
        self.missed += verdict == "MISSED"
        print(f"{name:58} {value:>16} {target or '':>16}  {verdict}", flush=True)

    def at_most(self, name, value, limit, unit="x"):
        self.row(name, f"{value:.2f} {unit}", f"<= {limit} {unit}", value <= limit)

    def at_least(self, name, value, limit, unit="x"):
        self.row(name, f"{value:.2f} {unit}", f">= {limit} {unit}", value >= limit)


class Programs:
    """The measuring programs of one build."""

    def __init__(self, build):
        self.folder = Path(build) / "tests/bench"

    def lines(self, name, *arguments):
        """{first word: number} of the lines a program prints."""
        done = subprocess.run([self.folder / name, *map(str, arguments)], text=True,
                              capture_output=True, timeout=900, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{name} {arguments} exited {done.returncode}: {done.stderr}")
        return {words[0]: float(words[1]) for words in
                (line.split() for line in done.stdout.splitlines()) if len(words) >= 2}


def judged_rows(table, programs, what):
    """Figures that the program judges itself: of "pass" and of "policy"."""
    program = f"creneau-bench-{what}"
    done = subprocess.run([programs.folder / program], text=True, capture_output=True,
                          timeout=600, check=False)
    for line in done.stdout.splitlines():
        told = re.fullmatch(r"(.+?)\s+([\d.]+ \S+)\s+target (<= [\d.]+) (ok|MISSED)", line.strip())
        if told:
            name, value, target, verdict = told.groups()
            table.row(f"{what}: {name}", value, target, verdict == "ok")
    if done.returncode not in (0, 1) or not done.stdout:
        raise SystemExit(f"{program} exited {done.returncode}: {done.stderr}")


def allocation_rows(table, programs):
    """A yearly round of 300 wishes: what is proposed beside the best of many starts."""
    told = programs.lines("creneau-bench-allocation")
    table.row("allocation of 300 wishes", f"{told['proposal_ms']:.0f} ms")
    table.at_least(f"300 wishes, seed {told['seed']:.0f}: points / best of 20 random restarts",
                   told["points"] / told["best_of_restarts"], 0.98)


class Town:
    """A town with one signed-in booker, on a fresh SQLite file."""

    def __init__(self, build, folder, town_file=TOWN_FILE):
        self.stack = Stack(build, folder)
        atexit.register(self.stack.stop)  # also where a measure breaks off
        self.stack.town_file = town_file
        self.stack.prepare([OFFICE, BOOKER])
        self.stack.start_api()
        self.booker = self.stack.client(BOOKER)
        self.person = self.booker.expect(200, "GET", "/api/v1/me")["id"]
        self.port = self.stack.url.rsplit(":", 1)[1]
        self.file = self.stack.database[1]

    def room(self, key):
        return self.booker.room(key)["id"]


def write_rows(table, programs, build, folder):
    """Durable bookings: HTTP beside the same use case in process, beside PostgreSQL's EXCLUDE."""
    town = Town(build, folder / "write")
    room = town.room("lcr-danton")
    http, near, peers = book_in_turns(programs, town, room)
    rss = next(int(line.split()[1]) for line in
               Path(f"/proc/{town.stack.api.child.pid}/status").read_text().splitlines()
               if line.startswith("RssAnon"))
    town.stack.stop()
    for clients in (1, 8):
        table.row(f"durable bookings, {clients} HTTP clients", f"{http[clients]:.0f} /s")
        table.row(f"durable bookings, {clients} threads in process", f"{near[clients]:.0f} /s")
    for name, value in peers.items():
        table.row(f"store: {name}", f"{value:.0f}")
    table.at_least("bookings, 8 HTTP clients / in-process group commit", http[8] / near[8], 0.5)
    table.at_least("bookings, 8 HTTP clients / PostgreSQL EXCLUDE, the same rows",
                   http[8] / peers["postgresql_exclude_booking_8"], 1.0)
    table.at_most("API anonymous memory under load", rss / 1024, 64, "MB")


def book_in_turns(programs, town, room, turns=3):
    """Rates of {clients: HTTP}, {clients: in process} and of the bare engines, by name. What is
    compared is asked in turns, so that what else the machine does for a moment meets all of it."""
    first = itertools.count(0, 4000)

    def http(clients, requests):
        return programs.lines("creneau-bench-http", "book", town.port, town.booker.cookie, room,
                              clients, requests, next(first))["rate"]

    def near(clients, requests):
        return programs.lines("creneau-bench-booking", "write", town.file, town.person, room,
                              clients, requests, next(first))["rate"]

    peers = programs.lines("creneau-bench-store")
    kind = "postgresql_exclude_booking_8"
    runs = [(http(8, 3000), near(8, 3000), programs.lines("creneau-bench-store", kind)[kind])
            for _ in range(turns)]
    many_http, many_near, peers[kind] = (statistics.median(of_one) for of_one in zip(*runs))
    return {1: http(1, 400), 8: many_http}, {1: near(1, 400), 8: many_near}, peers


def read_rows(table, programs, build, folder, rows):
    """The week of one room and a series at 10 000 bookings, at a million and at `rows`."""
    grown = {}
    for count in sorted({10_000, min(1_000_000, rows), rows}):
        town = Town(build, folder / f"read-{count}")
        room = town.room("lcr-semanaz")
        town.stack.api.stop()
        programs.lines("creneau-bench-booking", "fill", town.file, town.person, room, count)
        began = time.monotonic()
        town.stack.start_api()
        started = (time.monotonic() - began) * 1000
        port = town.stack.url.rsplit(":", 1)[1]
        path = f"/api/v1/schedule?room={room}&from=2026-11-01T00:00:00Z&to=2026-11-08T00:00:00Z"
        near = programs.lines("creneau-bench-booking", "week", town.file, 2000, 7 * 24, room)
        series = programs.lines("creneau-bench-series", town.file, town.person, room)
        noop, week = p99_in_turns(programs, port, (("a=b", "/healthz"), (town.booker.cookie, path)))
        if count in (10_000, rows):
            grown[count] = (town, room, port)
        else:
            town.stack.stop()
        table.row(f"room-week read at {count} bookings, HTTP p99", f"{week:.0f} us")
        table.at_most(f"room-week at {count}: HTTP p99 / (no-op p99 + 5 in-process p99)",
                      week / (noop + 5 * near["p99"]), 1.0)
        if count == rows:
            table.at_most(f"start-up with {count} bookings", started, 300, "ms")
        table.at_most(f"400 dates at {count} bookings: preview / bare probes",
                      series["preview"] / series["probes"], 10)
        table.at_most(f"400 dates at {count} bookings: commit / bare inserts of the same rows",
                      series["commit"] / series["inserts"], 3)
        table.row(f"400 dates with every rule at {count} bookings: preview / bare probes",
                  f"{series['ruled_preview'] / series['probes']:.1f}")
        table.row(f"400 dates with every rule at {count} bookings: commit / bare inserts",
                  f"{series['ruled_commit'] / series['ruled_inserts']:.1f}")
    read, write = growth_in_turns(programs, grown[10_000], grown[rows])
    table.at_most(f"growth 10 000 to {rows}: read", read, 1.5)
    table.at_most(f"growth 10 000 to {rows}: write into the grown room", write, 1.8)
    for town, _, _ in grown.values():
        town.stack.stop()


def growth_in_turns(programs, small, large, turns=9):
    """How many times longer a read and a write of the room takes in the large town. A read lasts
    microseconds: both towns are asked in turns, so that what else the machine does for a moment
    decides no round, and the middle one of many counts."""
    def read(town, room, _):
        return programs.lines("creneau-bench-booking", "week", town.file, 4000, 7 * 24, room)["p50"]

    def write(town, room, port, first):
        return programs.lines("creneau-bench-http", "book", port, town.booker.cookie, room, 8, 1500,
                              first)["rate"]

    reads = [read(*large) / read(*small) for _ in range(turns)]
    writes = [write(*small, 1500 * turn) / write(*large, 1500 * (turn + turns))
              for turn in range(5)]
    return statistics.median(reads), statistics.median(writes)


def p99_in_turns(programs, port, asked, turns=5):
    """The middle of the p99s of each (cookie, path), asked in turns: what else the machine does for
    a moment meets all of them and decides none."""
    runs = [[programs.lines("creneau-bench-http", "get", port, cookie, path, 1, 1500)["p99"]
             for cookie, path in asked] for _ in range(turns)]
    return [statistics.median(of_one) for of_one in zip(*runs)]


def schedule_rows(table, programs, build, folder):
    """The week of fifty rooms, all pages of it, beside the same bookings read in process."""
    each, rooms = 40, 50
    town = Town(build, folder / "schedule", many_rooms(folder, rooms))
    ids = [town.room(f"salle-{number}") for number in range(rooms)]
    town.stack.api.stop()
    for room in ids:
        programs.lines("creneau-bench-booking", "fill", town.file, town.person, room, 2 * each)
    town.stack.start_api()
    reader = town.stack.client(BOOKER)
    site = reader.room("salle-0")["site_id"]
    first = f"/api/v1/schedule?site={site}&from=2026-11-01T00:00:00Z&to=2026-11-08T00:00:00Z"
    paths, entries, following = [], 0, "there is a first page"
    while following:
        paths.append(first + (f"&cursor={following}" if paths else ""))
        page = reader.expect(200, "GET", paths[-1])
        entries += sum(len(item["entries"]) for item in page["items"])
        following = page["next"]
    if entries != each * rooms:
        raise SystemExit(f"the pages hold {entries} entries instead of {each * rooms}")
    port = town.stack.url.rsplit(":", 1)[1]
    turns = [(programs.lines("creneau-bench-booking", "week", town.file, 150, entries, *ids)["p99"],
              programs.lines("creneau-bench-http", "get", port, reader.cookie, paths[0], 1, 150,
                             *paths[1:])["p99"]) for _ in range(5)]
    near, week = (statistics.median(of_one) for of_one in zip(*turns))
    town.stack.stop()
    table.row(f"week of {rooms} rooms, {entries} bookings, {len(paths)} pages, HTTP p99",
              f"{week:.0f} us")
    table.at_most(f"week of {rooms} rooms: HTTP p99 / in-process p99", week / near, 3)


def sign_in_rows(table, programs, build, folder):
    """The week of a room while 200 people a minute sign in, beside the same without them."""
    town = Town(build, folder / "sign-in")
    room = town.room("lcr-semanaz")
    path = f"/api/v1/schedule?room={room}&from=2026-11-01T00:00:00Z&to=2026-11-08T00:00:00Z"
    asked = ((town.booker.cookie, path),)
    turns, met = [], 0
    for _ in range(5):
        idle = p99_in_turns(programs, town.port, asked, 1)[0]
        with SignIns(town.stack, 200) as sign_ins:
            # So long that a turn meets a score of them: one read more would not show it.
            busy = [p99_in_turns(programs, town.port, asked, 1)[0]]
            while sign_ins.count < 20:
                busy.append(p99_in_turns(programs, town.port, asked, 1)[0])
        turns.append((idle, statistics.median(busy)))
        met += sign_ins.count
        if sign_ins.late:
            raise SystemExit("the sign-ins did not keep their pace")
    print(f"{met} sign-ins met the reads")
    town.stack.stop()
    idle, busy = (statistics.median(of_one) for of_one in zip(*turns))
    table.row("room-week read among 200 sign-ins a minute, HTTP p99", f"{busy:.0f} us")
    table.at_most("room-week among 200 sign-ins a minute / idle, HTTP p99", busy / idle, 2)


class SignIns:
    """So many people a minute sign in, evenly, until the end of the block."""

    def __init__(self, stack, a_minute):
        self.stack, self.pause = stack, 60 / a_minute
        self.count, self.late = 0, False
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        began = time.monotonic()
        while not self.ended.wait(max(0, began + self.count * self.pause - time.monotonic())):
            self.stack.client(BOOKER)
            self.count += 1
            self.late |= time.monotonic() > began + (self.count + 3) * self.pause

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()


def many_rooms(folder, count):
    """The example town with a building of `count` rooms more."""
    town = json.loads(TOWN_FILE.read_text())
    town["sites"].append({"key": "palais", "name": "Palais des salles", "address": "1 rue Neuve",
                          "help": {"contact": "Accueil", "hours": "de 8 h à 22 h"}})
    for number in range(count):
        town["spaces"].append({"key": f"espace-{number}", "site": "palais",
                               "name": f"Espace {number}"})
        town["rooms"].append({"key": f"salle-{number}", "site": "palais",
                              "name": f"Salle {number}", "capacity": 40,
                              "spaces": [f"espace-{number}"],
                              "ways_in": [{"way": "key", "from": "2026-01-01"}]})
    larger = folder / "many-rooms.json"
    larger.write_text(json.dumps(town))
    return larger


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--build", required=True)
    arguments.add_argument("--rows", type=int, default=5_000_000)
    arguments.add_argument("--only", choices=("pass", "policy", "allocation", "write", "read",
                                                "schedule", "sign-in", "door", "badges", "fleet"))
    chosen = arguments.parse_args()
    build = Path(chosen.build).resolve()
    table, programs = Table(), Programs(build)
    with tempfile.TemporaryDirectory(prefix="creneau-bench-") as name:
        folder = Path(name)
        parts = {"pass": lambda: judged_rows(table, programs, "pass"),
                 "policy": lambda: judged_rows(table, programs, "policy"),
                 "allocation": lambda: allocation_rows(table, programs),
                 "write": lambda: write_rows(table, programs, build, folder),
                 "read": lambda: read_rows(table, programs, build, folder, chosen.rows),
                 "schedule": lambda: schedule_rows(table, programs, build, folder),
                 "sign-in": lambda: sign_in_rows(table, programs, build, folder),
                 "door": lambda: door_rows(table, programs, build, folder),
                 "badges": lambda: badge_rows(table, programs, build, folder),
                 "fleet": lambda: fleet_rows(table, programs, build, folder)}
        for part, measure in parts.items():
            if chosen.only in (None, part):
                measure()
    sys.exit(1 if table.missed else 0)


if __name__ == "__main__":
    main()
