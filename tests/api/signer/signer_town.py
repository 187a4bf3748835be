"""A town's database with bookings and credentials, its signer's folder, and a root, for tests."""

import os
import secrets
import shutil
import socket
import sqlite3
import struct
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/support"))

from moved_clock import shifted_clock  # noqa: E402
from processes import Process, run, wait_for  # noqa: E402, F401

BUILD = Path(os.environ["CRENEAU_BUILD"])
SIGNER = BUILD / "api/creneau-signer"
CLIENT = BUILD / "tests/api/signer/signer_ask"
TOWN = 7
ZONE = 32769
DOOR = 12
# The signer forbids tracing itself, and the leak checker works by tracing.
SANITIZER = {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
COLUMNS = ("id, town_id, pass_row_id, pass_id, revision, scope, not_before, duration_min, "
           "once, revoked_at")


def clock(offset):
    """The wall clock moved; ASan's runtime need not come first for that."""
    return {**shifted_clock(offset), "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0"}


class SignerTown:
    """One folder: town.db, api.toml, keys/, the root's media."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="creneau-signer-"))
        self.config = self.folder / "api.toml"
        self.socket = self.folder / "signer.sock"
        self.keys_folder = self.folder / "keys"
        self.media = self.folder / "media"
        self.log = self.folder / "signed.log"
        self.process = None
        self.database = sqlite3.connect(self.folder / "town.db", isolation_level=None)
        self.database.execute("PRAGMA journal_mode=WAL")
        for script in sorted((ROOT / "migrations/sqlite").glob("*.sql")):
            self.database.executescript(script.read_text())
        self._fill()
        self.write_config()

    def close(self):
        if self.process:
            self.process.stop()
        self.database.close()
        shutil.rmtree(self.folder)

    def write_config(self, signer=""):
        self.config.write_text(f"""\
town = "essai"
[database]
engine = "sqlite"
location = "{self.folder}/town.db"
[http]
port = 0
[signer]
socket = "{self.socket}"
keys = "{self.keys_folder}"
{signer}
""")

    # ------------------------------------------------------------ rows

    def _fill(self):
        for town, key in ((TOWN, "essai"), (TOWN + 1, "autre")):
            self.insert("towns", id=town, key=key, name=key, time_zone="Europe/Paris",
                        service="s", email="s@essai.example.org", phone="0")
            self.insert("sites", id=town, town_id=town, key="s", name="s", address="a",
                        time_zone="Europe/Paris", help_contact="h", help_hours="h")
            self.insert("people", id=town, town_id=town, key="p", name="p",
                        email="p@essai.example.org", locale="fr")
            self.insert("rooms", id=town, town_id=town, site_id=town, key="r", name="r",
                        capacity=10)
        self.insert("people", id=TOWN + 10, town_id=TOWN, key="q", name="q",
                    email="q@essai.example.org", locale="fr")
        for person in (TOWN, TOWN + 10):
            self.insert("person_roles", town_id=TOWN, person_id=person,
                        role="access_administrator")
        self.insert("door_agents", id=1, town_id=TOWN, site_id=TOWN, key="danton")
        self.insert("door_agents", id=2, town_id=TOWN, site_id=TOWN, key="semanaz")
        for number, agent in ((DOOR, 1), (DOOR + 1, 1), (DOOR + 2, 2)):
            self.insert("doors", id=number, town_id=TOWN, site_id=TOWN, agent_id=agent,
                        key=f"porte-{number}", name=f"Porte n° {number}", scope=number, locked=1,
                        unlock_ms=4000)
        self.insert("zones", id=1, town_id=TOWN, key="hall", name="Hall", scope=ZONE)
        self.insert("zones", id=2, town_id=TOWN, key="autre", name="Autre", scope=ZONE + 1)
        for zone, door in ((1, DOOR), (1, DOOR + 2), (2, DOOR + 2)):
            self.insert("zone_doors", town_id=TOWN, zone_id=zone, door_id=door)

    def insert(self, table, **values):
        names = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        row = self.database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING *",
                                    tuple(values.values())).fetchone()
        return row[0]

    def credential(self, status="approved", town=TOWN, **values):
        """A booking with one credential that runs from an hour ago for four hours."""
        now = int(time.time())
        booking = self.insert(
            "bookings", town_id=town, room_id=town, booker_id=town, requested_by_id=town,
            status=status, local_start="2026-01-01T10:00", local_end="2026-01-01T12:00",
            start_at=now, end_at=now + 7200, attendees=2, purpose="essai", requested_at=now)
        number = self.database.execute("SELECT COUNT(*) + 1 FROM passes").fetchone()[0]
        of_pass = self.insert("passes", town_id=town, number=number, booking_id=booking,
                              holder_kind="person", holder_id=town, created_at=now)
        row = {"town_id": town, "pass_row_id": of_pass, "pass_id": secrets.randbits(56),
               "revision": 0, "scope": ZONE, "not_before": now - 3600, "duration_min": 240}
        return self.insert("credentials", **{**row, **values})

    def row(self, credential):
        names = COLUMNS.split(", ")
        found = self.database.execute(f"SELECT {COLUMNS} FROM credentials WHERE id = ?",
                                      (credential,)).fetchone()
        return dict(zip(names, found))

    def confirmed(self, kind, key, **values):
        """What two people want of a key; the number of it as an option."""
        now = int(time.time())
        row = {"town_id": TOWN, "kind": kind, "subject_id": key, "asked_by_id": TOWN,
               "asked_at": now, "ends_at": now + 86400, "confirmed_by_id": TOWN + 10,
               "confirmed_at": now}
        return "--confirmed", str(self.insert("confirmations", **{**row, **values}))

    # ------------------------------------------------------------ commands

    def keys(self, *arguments, check=True, before=(), env=None, stdin=None):
        """creneau-signer keys …; `before` stands before it (strace, prlimit)."""
        return run([*before, SIGNER, "--config", self.config, "keys", *arguments], check=check,
                   stdin=stdin, env={**SANITIZER, **(env or {})})

    def init_root(self):
        if not (self.media / "root.private").exists():
            self.keys("init-root", "--out", self.media)

    def request(self, use="pass"):
        """A new key and its request file."""
        out = self.folder / f"{use}-{secrets.token_hex(4)}.request"
        self.keys("request", "--use", use, "--out", out)
        return out

    def sign(self, request, *options, root="root"):
        self.init_root()
        out = request.with_suffix(".certificate")
        self.keys("sign", "--root", self.media / f"{root}.private", "--request", request, "--out",
                  out, "--yes", *options)
        return out

    def import_certificate(self, certificate, *options, check=True, **more):
        return self.keys("import", "--certificate", certificate, *options, check=check, **more)

    def trust(self):
        return ("--trust-roots", self.media / "root.fingerprint", "--trust-roots",
                self.media / "spare-root.fingerprint")

    def make_key(self, use="pass", *options):
        """Request, sign and import; answers the key id."""
        request = self.request(use)
        certificate = self.sign(request, *options)
        key = max(self.key_ids())
        self.import_certificate(certificate, *self.trust(), *self.confirmed("key_import", key))
        return key

    def retire(self, key, *options, **more):
        kind = "key_withdraw" if "--withdraw" in options else "key_retire"
        return self.keys("retire", "--id", str(key), *self.confirmed(kind, key), *options, **more)

    def key_ids(self):
        return {int(path.name[4:7]) for path in self.keys_folder.glob("key-*")}

    def fingerprints(self):
        return [(self.media / f"{name}.fingerprint").read_text().split()[0]
                for name in ("root", "spare-root")]

    # ------------------------------------------------------------ the service

    def start(self, before=(), env=None):
        self.process = Process("signer", [*before, SIGNER, "--config", self.config], self.folder,
                               {**SANITIZER, **(env or {})})
        self.process.ready_line("signer ready on ")

    def stop(self):
        status = self.process.stop()
        self.process = None
        return status

    def ask(self, *arguments, before=(), seconds=30):
        """Asks through the API's own client: (status, word or bytes)."""
        done = run([*before, CLIENT, self.socket, *arguments], check=False, seconds=seconds,
                   env=SANITIZER)
        text = done.stdout.strip()
        return bytes.fromhex(text[3:]) if text.startswith("ok ") else text

    def connect(self):
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(20)
        client.connect(str(self.socket))
        return client

    def raw(self, data):
        """Sends bytes as they are; everything that comes back until the end."""
        with self.connect() as client:
            client.sendall(data)
            answer = b""
            while chunk := client.recv(65536):
                answer += chunk
        return answer

    def framed(self, body):
        answer = self.raw(struct.pack(">I", len(body)) + body)
        return answer[5:].decode() if answer[4:5] == b"\x01" else answer[5:]
