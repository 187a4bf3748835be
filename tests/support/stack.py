"""A whole town on this machine: signer, API, simulated relay board, door agent, mail folder.

The programs are the built ones; the board is a python3-pymodbus server; the reader is a pty.
Used by the demo and by the system tests.
"""

import json
import os
import pty
import secrets
import shutil
import sqlite3
import sys
import time
import tty
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent))

from api_client import ApiClient  # noqa: E402
from moved_clock import shifted_clock  # noqa: E402
from processes import Process, run, wait_for  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3"
PARIS = ZoneInfo("Europe/Paris")
# The signer lets nobody trace it, and the leak check of a sanitizer build would have to.
SIGNER_ENV = {"ASAN_OPTIONS": "detect_leaks=0"}
TOWN_FILE = ROOT / "examples/le-pre/town.json"


def local(instant):
    """A local date-time of the town's sites as the API takes it."""
    return instant.astimezone(PARIS).strftime("%Y-%m-%dT%H:%M")


def soon(minutes, hours=2):
    """(start, end) of a slot that begins in `minutes`, at a whole minute."""
    now = datetime.now(PARIS).replace(second=0, microsecond=0)
    start = now + timedelta(minutes=minutes)
    return local(start), local(start + timedelta(hours=hours))


class Board:
    """The relay board: a Modbus slave with its log of coil changes, over "tcp" or "rtu" (a pty)."""

    def __init__(self, folder, arguments=(), line="tcp"):
        self.log = Path(folder) / "board.jsonl"
        self.log.touch()
        ready = Path(folder) / "board.ready"
        ready.unlink(missing_ok=True)
        tty_link = Path(folder) / "board.tty"
        where = ["--rtu", tty_link] if line == "rtu" else ["--tcp", "0"]
        self.process = Process(
            "board", [PYTHON, ROOT / "tests/support/modbus_board.py", *where, "--log", self.log,
                      "--ready-file", ready, *arguments], folder)
        wait_for(lambda: ready.exists() and ready.read_text().strip(), what="the board")
        port = json.loads(ready.read_text())["port"]
        self.where = tty_link if line == "rtu" else port
        self.bus = f'rtu = "{tty_link}"' if line == "rtu" else f'tcp = "127.0.0.1:{port}"'

    def changes(self, channel=0):
        """[(monotonic seconds, on)] of one relay, oldest first."""
        rows = [json.loads(line) for line in self.log.read_text().splitlines() if line]
        return [(row["t"], bool(row["on"])) for row in rows if row.get("coil") == channel]

    def is_on(self, channel=0):
        """The relay as it is now."""
        changes = self.changes(channel)
        return bool(changes) and changes[-1][1]

    def switched_on(self, channel=0):
        """How often the relay was energised so far."""
        return sum(1 for _, on in self.changes(channel) if on)


class Reader:
    """The door's QR reader: a tty into which it types what it reads."""

    def __init__(self):
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.device = os.ttyname(slave)
        self._slave = slave

    def scan(self, text):
        os.write(self.master, (text + "\r\n").encode())

    def close(self):
        os.close(self.master)
        os.close(self._slave)


class Stack:
    """Starts and stops the programs of one town in one folder."""

    def __init__(self, build, folder, database=None, smtp_url=None):
        self.build = Path(build)
        self.folder = Path(folder)
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)
        (self.folder / "agent").mkdir()
        self.api_program = self.build / "api/creneau-api"
        self.signer_program = self.build / "api/creneau-signer"
        self.agent_program = self.build / "door-agent/creneau-door-agent"
        self.breached_passwords = self.build / "api/breached-passwords.bin"
        self.database = database or ("sqlite", str(self.folder / "town.db"))
        self.smtp_url = smtp_url
        self.public_url = ""  # where nginx is in front
        self.config = self.folder / "api.toml"
        self.policy = self.folder / "agent/policy.cose"
        self.mail = self.folder / "mail"
        self.ledgers = self.folder / "ledgers"  # of erasures and closings, outside the database
        self.scanner = None  # the socket of clamd, where files of papers are scanned
        self.pages = None  # the built web application, where it is served
        self.town_file = TOWN_FILE
        self.board_line = "tcp"
        self.agent_url = None  # where the agent asks for its policy; None: it gets a file
        self.agent_ca = None  # the certificate that it believes there, where that is https
        self.passwords = {}
        self.apps = {}  # the authenticator of each of the staff who has signed in
        self.cookies = {}  # and the session
        self.fingerprints = []
        self.api = self.signer = self.agent = self.board = self.reader = self.url = None

    # ------------------------------------------------------------ configuration

    def write_config(self):
        mail = f'smtp_url = "{self.smtp_url}"' if self.smtp_url else f'maildir = "{self.mail}"'
        papers = "" if self.scanner is None else f'[papers]\nscanner = "{self.scanner}"'
        web = f'[web]\nfolder = "{self.pages}"' if self.pages else ""
        self.config.write_text(f"""\
town = "le-pre"
[database]
engine = "{self.database[0]}"
location = "{self.database[1]}"
[http]
address = "127.0.0.1"
port = 0
threads = 2
{f'public_url = "{self.public_url}"' if self.public_url else ""}
[mail]
from = "Réservation des salles <salles@le-pre.example.org>"
{mail}
[accounts]
breached_passwords = "{self.breached_passwords}"
key_file = "{self.folder}/accounts.key"
[badges]
key_file = "{self.folder}/badges.key"
[audit]
seals_file = "{self.folder}/audit.seals"
[privacy]
erasures_folder = "{self.ledgers}"
[signer]
socket = "{self.folder}/signer.sock"
keys = "{self.folder}/keys"
{papers}
{web}
""")

    def command(self, *arguments, stdin=None, check=True, env=None):
        """creneau-api with this town's configuration."""
        return run([self.api_program, "--config", self.config, *arguments], stdin=stdin,
                   check=check, env=SIGNER_ENV if arguments[0] == "keys" else env)

    def keys(self, *arguments):
        return self.command("keys", *arguments)

    # ------------------------------------------------------------ the town

    def prepare(self, people):
        """Migrates, imports the example town and sets a password for each of `people`."""
        self.write_config()
        self.command("migrate")
        self.command("import", self.town_file)
        for email in people:
            self.passwords[email] = secrets.token_urlsafe(12)
            self.command("set-password", email, stdin=self.passwords[email] + "\n")

    def make_keys(self):
        """The key ceremony: root and spare root, then one certificate a use."""
        root = self.folder / "root-media"
        self.keys("init-root", "--out", root)
        self.fingerprints = [(root / name).read_text().split()[0]
                             for name in ("root.fingerprint", "spare-root.fingerprint")]
        for use in ("pass", "policy"):
            self.make_key(use)

    def make_key(self, use):
        root = self.folder / "root-media"
        request = self.folder / f"{use}.request"
        certificate = self.folder / f"{use}.certificate"
        self.keys("request", "--use", use, "--out", request)
        self.keys("sign", "--root", root / "root.private", "--request", request, "--out",
                  certificate, "--yes")
        self.keys("import", "--certificate", certificate,
                  "--trust-roots", root / "root.fingerprint",
                  "--trust-roots", root / "spare-root.fingerprint")

    # ------------------------------------------------------------ programs

    def start_signer(self, clock=None):
        """`clock`: the environment that gives it another one."""
        options = ":".join(each["ASAN_OPTIONS"] for each in (clock, SIGNER_ENV) if each)
        self.signer = Process("signer", [self.signer_program, "--config", self.config],
                              self.folder, {**(clock or {}), "ASAN_OPTIONS": options})
        self.signer.ready_line("signer ready")

    def start_api(self, env=None):
        self.api = Process("api", [self.api_program, "--config", self.config], self.folder, env)
        self.url = self.api.ready_line("listening on ").split()[2]

    def client(self, email=None, url=None):
        """A client of the API (at `url`, if something stands before it), signed in when an address is
        given. Staff link an authenticator app at their first sign-in and keep their session as long
        as it lives: a code serves once."""
        client = ApiClient(url or self.url, origin=self.url)
        if email is None:
            return client
        client.cookie = self.cookies.get(email)
        if client.cookie and client.call("GET", "/api/v1/me").status == 200:
            return client
        client.cookie = None
        me = client.sign_in(email, self.passwords[email], self.apps.get(email))
        if me["second_factor"] == "must_enrol":
            self.apps[email], _ = client.enrol()
        if email in self.apps:
            self.cookies[email] = client.cookie
        return client

    def export_policy(self, agent="lcr-danton"):
        self.command("policy", "export", "--agent", agent, "--out", self.policy)

    def start_board(self, *arguments):
        self.board = Board(self.folder, arguments, self.board_line)

    def agent_config(self, lock=""):
        """Writes the door agent's configuration for LCR Danton on relay 0 of the board."""
        self.reader = self.reader or Reader()
        path = self.folder / "agent/agent.toml"
        roots = ", ".join(f'"{fingerprint}"' for fingerprint in self.fingerprints)
        town = f'[town]\nurl = "{self.agent_url}"\n' if self.agent_url else ""
        town += f'ca_file = "{self.agent_ca}"\n' if self.agent_ca else ""
        path.write_text(AGENT_CONFIG.format(roots=roots, folder=self.folder / "agent", town=town,
                                            policy=self.policy, bus=self.board.bus,
                                            device=self.reader.device, lock=lock))
        return path

    def start_agent(self, lock="", faketime=None):
        """`faketime` shifts the wall clock of the agent alone ("+1d"); its boot clock stays."""
        config = self.agent_config(lock)
        self.agent = Process("agent", [self.agent_program, "--config", config], self.folder,
                             shifted_clock(faketime) if faketime else None)
        self.agent.ready_line("agent ready")

    def enrol_agent(self, keeper, key="lcr-danton"):
        """What the installer and an access administrator do: this board comes in from then on."""
        agents = keeper.expect(200, "GET", "/api/v1/door-agents")["items"]
        path = "/api/v1/door-agents/" + str(next(a["id"] for a in agents if a["key"] == key))
        code = keeper.expect(201, "POST", path + "/enrolment-code", {})["code"]
        done = run([self.agent_program, "--config", self.agent_config(), "enrol"],
                   stdin=code + "\n")
        keeper.expect(200, "POST", path + "/confirm",
                      {"fingerprint": done.stdout.strip().splitlines()[-1]})
        return path

    def restart_agent(self, faketime=None):
        """SIGTERM, then a new agent with the same journal and policy."""
        self.agent.stop()
        self.start_agent(faketime=faketime)

    def confirm_clock(self, faketime=None):
        """Somebody says that the agent's clock is right though it was stepped."""
        told = sum(reason == "confirmed" for reason, _ in self.journal())
        days = int(faketime.strip("+d")) if faketime else 0
        now = datetime.now(ZoneInfo("UTC")) + timedelta(days=days)
        run([self.agent_program, "--config", self.agent_config(), "confirm-clock",
             now.strftime("%Y-%m-%dT%H:%M:%SZ")], env=shifted_clock(faketime) if faketime else None)
        wait_for(lambda: sum(reason == "confirmed" for reason, _ in self.journal()) > told,
                 what="the word of a person in the journal")

    def start_all(self, people):
        """Everything, in the order a town would do it."""
        self.prepare(people)
        self.make_keys()
        self.start_signer()
        self.start_api()
        self.export_policy()
        self.start_board()
        self.start_agent()

    def stop(self):
        """Stops what runs, in the reverse order; the folder stays."""
        statuses = {}

        def end(program):
            statuses[program.name] = program.stop()

        with ExitStack() as each:  # the last goes first; the others too when one has a report
            if self.reader:
                each.callback(self.reader.close)
            for program in (self.signer, self.api, self.board and self.board.process, self.agent):
                if program:
                    each.callback(end, program)
            self.agent = self.board = self.api = self.signer = self.reader = None
        return statuses

    # ------------------------------------------------------------ what people do

    def book(self, client, start, end, room="lcr-danton", **more):
        """A request for a room; the booking as the API answers it."""
        body = {"room_id": client.room(room)["id"], "start": start, "end": end,
                "attendees": 12, "purpose": "Répétition", **more}
        return client.expect(201, "POST", "/api/v1/bookings", body)

    def door_opens(self, digits, channel=0):
        """Holds a code before the reader: the relay must close and open again. -> seconds on."""
        before = len(self.board.changes(channel))
        self.reader.scan(digits)
        wait_for(lambda: len(self.board.changes(channel)) >= before + 2, what="relay on and off")
        (on_at, on), (off_at, still_on) = self.board.changes(channel)[before:before + 2]
        assert on and not still_on, self.board.changes(channel)
        return off_at - on_at

    def renew_policy(self):
        """A new policy from the signer, in force at the door when this returns."""
        accepted = self.accepted_policies()
        self.export_policy()
        wait_for(lambda: self.accepted_policies() > accepted, what="the door's new policy")

    def accepted_policies(self):
        database = sqlite3.connect(f"file:{self.folder}/agent/journal.db?mode=ro", uri=True)
        try:
            return database.execute("SELECT coalesce(sum(count), 0) FROM events "
                                    "WHERE kind = 'policy_accepted'").fetchone()[0]
        finally:
            database.close()

    def explain(self, digits):
        """What `creneau-door-agent check` says of a code: the reason word."""
        done = run([self.agent_program, "check", "--policy", self.policy, "--config",
                    self.folder / "agent/agent.toml", "-"], stdin=digits + "\n", check=False)
        return done.stdout.strip().splitlines()[-1]

    def journal(self):
        """[(reason, count)] of the door's journal, oldest first."""
        database = sqlite3.connect(f"file:{self.folder}/agent/journal.db?mode=ro", uri=True)
        try:
            return database.execute("SELECT reason, count FROM events ORDER BY sequence").fetchall()
        finally:
            database.close()

    def refusals(self, reason):
        """How many reads the door's journal counts as refused for `reason`."""
        return sum(count for word, count in self.journal() if word == reason)

    def door_refuses(self, digits, reason, seconds=90.0):
        """Holds a code before the reader: the journal must count one more `reason`, and the relay
        must not have been energised. (Unsigned reads are counted once a minute.)"""
        energised, counted = self.board.switched_on(), self.refusals(reason)
        self.reader.scan(digits)
        wait_for(lambda: self.refusals(reason) > counted, seconds, f"'{reason}' in the journal")
        assert self.board.switched_on() == energised, f"the relay closed for '{reason}'"


AGENT_CONFIG = """\
name = "lcr-danton"
town_id = 1
root_fingerprints = [{roots}]
policy_file = "{policy}"
state_dir = "{folder}"

{town}
[clock]
source = "rtc"

[[bus]]
name = "relays"
{bus}

[[door]]
key = "danton-entree"
bus = "relays"
board = "waveshare-relay-8"
unit = 1
channel = 0
{lock}

[[reader]]
key = "danton-qr"
kind = "serial"
device = "{device}"
door = "danton-entree"
"""


