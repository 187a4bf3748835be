"""Fifty door agents of one town, the real program each, with what their doors went through while
nobody heard of them. Their boards and readers are not there: what is looked at is how they and the
town get on."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing

from nacl.signing import SigningKey

from processes import Process
from stack import TOWN_FILE

SITE = "lcr-danton"
KEPT = ("sequence", "kind", "at", "clock", "reader", "reason", "count")

CONFIG = """\
name = "{name}"
town_id = 1
root_fingerprints = [{roots}]
policy_file = "{folder}/policy.cose"
state_dir = "{folder}"

[town]
url = "{url}"

[clock]
source = "rtc"

[[bus]]
name = "relays"
tcp = "127.0.0.1:1"

[[door]]
key = "{name}-door"
bus = "relays"
board = "waveshare-relay-8"
channel = 0

[[reader]]
key = "{name}-qr"
kind = "serial"
device = "{folder}/no-reader"
door = "{name}-door"
"""


def name_of(number):
    return f"board-{number}"


def town_with_agents(folder, count, change=lambda town: None):
    """The example town with so many agents of a door each, and what `change` does to it."""
    town = json.loads(TOWN_FILE.read_text())
    for name in map(name_of, range(count)):
        town["agents"].append({"key": name, "site": SITE})
        town["doors"].append({
            "key": f"{name}-door", "site": SITE, "agent": name, "name": f"Porte {name}",
            "unlock_ms": 5000, "readers": [{"key": f"{name}-qr", "kind": "qr"}]})
    change(town)
    file = folder / "town-of-agents.json"
    file.write_text(json.dumps(town))
    return file


def confirm_keys(stack, names):
    """{agent: key} of boards that somebody confirmed."""
    keys = {name: SigningKey.generate() for name in names}
    with closing(sqlite3.connect(stack.database[1], timeout=20)) as database, database:
        database.executemany("UPDATE door_agents SET public_key = ? WHERE key = ?",
                             [(key.verify_key.encode().hex(), name) for name, key in keys.items()])
    return keys


class ManyAgents:
    """Made of a town that was imported from town_with_agents() and has its keys."""

    def __init__(self, stack, count, url):
        self.stack = stack
        self.names = [name_of(number) for number in range(count)]
        self.processes = {}
        for name, key in confirm_keys(stack, self.names).items():
            folder = self.folder(name)
            folder.mkdir(parents=True)
            (folder / "agent.key").write_text(key.encode().hex() + "\n")
            self.write_config(name, url)

    def folder(self, name):
        return self.stack.folder / "agents" / name

    def journal(self, name):
        return self.folder(name) / "journal.db"

    def write_config(self, name, url):
        roots = ", ".join(f'"{fingerprint}"' for fingerprint in self.stack.fingerprints)
        (self.folder(name) / "agent.toml").write_text(
            CONFIG.format(name=name, roots=roots, folder=self.folder(name), url=url))

    def start(self, *names):
        """All at once, unless some are named."""
        for name in names or self.names:
            self.processes[name] = Process(
                name, [self.stack.agent_program, "--config", self.folder(name) / "agent.toml"],
                self.folder(name))
        for name in names or self.names:
            self.processes[name].ready_line("agent ready", 120)

    def stop(self):
        """Ends all. Each says that its lock could not be read back, since its board is not there;
        anything else that it says at its end (a sanitizer's report) fails."""
        for name, process in self.processes.items():
            status, said = process.stop(), process.said()
            if status != 1 or "its release could not be read back" not in said[-400:]:
                raise AssertionError(f"{name} ended with {status}:\n{said[-4000:]}")
        self.processes = {}

    def live_offline(self, days, rows):
        """Each agent has so many rows in its journal, evenly over so many days until now."""
        first = self.names[0]
        self.start(first)
        self.processes.pop(first).stop()
        for name in self.names[1:]:
            shutil.copy(self.journal(first), self.journal(name))
        for number, name in enumerate(self.names):
            with closing(sqlite3.connect(self.journal(name))) as database, database:
                fill(database, name, number, (days, rows))

    def open_journal(self, name):
        return sqlite3.connect(f"file:{self.journal(name)}?mode=ro", uri=True, timeout=20)

    def kept(self, name):
        """What the journal of an agent holds, as the town should have it."""
        with closing(self.open_journal(name)) as database:
            journal = database.execute("SELECT lower(hex(id)) FROM journal").fetchone()[0]
            rows = database.execute(f"SELECT {', '.join(KEPT)} FROM events ORDER BY 1").fetchall()
        return journal, rows

    def told(self):
        """{journal: rows} that the town has."""
        columns = ", ".join("e.occurred_at" if name == "at" else f"e.{name}" for name in KEPT)
        told = {}
        with closing(self.town()) as database:
            for journal, *row in database.execute(
                    f"SELECT j.journal, {columns} FROM access_events e JOIN access_journals j"
                    " ON j.id = e.journal_id ORDER BY 1, 2"):
                told.setdefault(journal, []).append(tuple(row))
        return told

    def lacking(self):
        """How many rows of their journals the town has not."""
        with closing(self.town()) as database:
            told = dict(database.execute("SELECT j.journal, COUNT(*) FROM access_events e"
                                         " JOIN access_journals j ON j.id = e.journal_id"
                                         " GROUP BY j.journal"))
        lacking = 0
        for name in self.names:
            with closing(self.open_journal(name)) as database:
                journal, rows = database.execute(
                    "SELECT lower(hex(id)), (SELECT COUNT(*) FROM events) FROM journal").fetchone()
            lacking += rows - told.get(journal, 0)
        return lacking

    def count_told(self):
        with closing(self.town()) as database:
            return database.execute("SELECT COUNT(*) FROM access_events").fetchone()[0]

    def town(self):
        return sqlite3.connect(f"file:{self.stack.database[1]}?mode=ro", uri=True, timeout=20)


# ------------------------------------------------------------ a journal as the agent chains it


class Chain:
    """BLAKE2b-256 over the fields of a row (door-agent/journal/chain.hpp)."""

    def __init__(self):
        self.state = hashlib.blake2b(digest_size=32)

    def number(self, value):
        self.state.update(value.to_bytes(8, "big", signed=True))
        return self

    def text(self, value):
        data = value.encode()
        self.number(len(data)).state.update(data)
        return self

    def raw(self, data):
        self.state.update(data)
        return self

    def digest(self):
        return self.state.digest()


def row_hash(previous, row):
    chain = Chain().raw(previous).number(row["sequence"]).text(row["kind"]).number(row["at"])
    chain.number(row["boot_ms"])
    for name in ("clock", "door", "reader", "reason", "detail"):
        chain.text(row[name])
    chain.number(1 if row["pass_id"] else 0)
    if row["pass_id"]:
        chain.number(row["pass_id"]).number(row["revision"])
    return chain.number(row["count"]).digest()


def fill(database, name, number, span):
    """The journal becomes that of `name`, with an id of its own, and a month older."""
    days, count = span
    identity = hashlib.sha256(name.encode()).digest()[:16]
    database.row_factory = sqlite3.Row
    rows = [dict(row) for row in database.execute("SELECT * FROM events ORDER BY sequence")]
    database.execute("DELETE FROM events")
    database.execute("UPDATE journal SET id = ?, agent = ?", (identity, name))
    now = rows[-1]["at"]
    first = now - days * 86_400
    step = days * 86_400 // count
    for row in rows:
        row["at"] = first
    for at in range(len(rows), count):
        rows.append(a_read(name, number, at, first + at * step))
    previous = Chain().text("creneau-journal-1").raw(identity).text(name).digest()
    for sequence, row in enumerate(rows, 1):
        row.update(sequence=sequence, previous=previous)
        row["hash"] = previous = row_hash(previous, row)
    columns = list(rows[0])
    database.executemany(f"INSERT INTO events ({', '.join(columns)}) VALUES"
                         f" ({', '.join('?' * len(columns))})",
                         [[row[column] for column in columns] for row in rows])


def a_read(name, number, at, instant):
    """Three of four opened by a booking's pass, of which an agent sees a few hundred in a month."""
    granted = at % 4 != 0
    return {"sequence": 0, "previous": b"", "hash": b"",
            "kind": "granted" if granted else "refused", "at": instant, "boot_ms": at,
            "clock": "trusted", "door": f"{name}-door", "reader": f"{name}-qr",
            "reason": "granted_booking" if granted else "outside_hours", "detail": "",
            "pass_id": 1 + number * 1000 + at // 20, "revision": 0, "count": 1, "security": 0}
