"""The real door agent on a simulated board, a pty as reader and a policy that a test signs."""

import json
import os
import pty
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import tty
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/support"))
from processes import DIES_WITH_US, Process, Timeout, run, wait_for  # noqa: E402

BUILD = Path(os.environ.get("CRENEAU_BUILD", ROOT / "build/dev"))
AGENT = BUILD / "door-agent/creneau-door-agent"
KIT = BUILD / "tests/door-agent/door-kit"
PYTHON = "/usr/bin/python3"
STREET, HALL, OFFICE, ZONE = 1, 2, 3, 0x8001
TOWN = 93061

CONFIG = """\
name = "danton"
town_id = {town}
root_fingerprints = ["{root}"]
policy_file = "{folder}/policy.cose"
state_dir = "{folder}/state"

[clock]
source = "rtc"

[[bus]]
name = "relays"
{line}
response_timeout_ms = 200

[[door]]
key = "danton-rue"
bus = "relays"
channel = 0
{lock}

[[reader]]
key = "qr"
kind = "serial"
device = "{tty}"
door = "danton-rue"
"""


class Board:
    """A python3-pymodbus relay board."""

    def __init__(self, folder, kind, *more):
        self.log = folder / "board.jsonl"
        self.log.touch()
        ready = folder / "board.ready"
        ready.unlink(missing_ok=True)
        self.process = Process("board", [
            PYTHON, ROOT / "tests/support/modbus_board.py", "--kind", kind, "--tcp", "0", "--log",
            self.log, "--ready-file", ready, "--control", folder / "board.sock", *more], folder)
        self.control = str(folder / "board.sock")
        wait_for(lambda: ready.exists() and ready.read_text().strip(), what="the board")
        self.port = int(json.loads(ready.read_text())["port"])

    def changes(self, coil=0):
        """[(monotonic seconds, on, cause)], oldest first."""
        rows = [json.loads(line) for line in self.log.read_text().splitlines() if line]
        return [(row["t"], bool(row["on"]), row["cause"]) for row in rows
                if row.get("coil") == coil]

    def lock_changes(self, lock=0):
        """[(monotonic seconds, fed)] of the lock behind a timer relay."""
        rows = [json.loads(line) for line in self.log.read_text().splitlines() if line]
        return [(row["t"], row["on"]) for row in rows if row.get("lock") == lock]

    def requests(self):
        """[(monotonic seconds, function code)] of what came while a fault was set."""
        rows = [json.loads(line) for line in self.log.read_text().splitlines() if line]
        return [(row["t"], row["function"]) for row in rows if "fault" in row]

    def command(self, line):
        """One line to the board's control socket; its answer."""
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(self.control)
            control.sendall(line.encode() + b"\n")
            return control.makefile().readline()

    def times_on(self, coil=0):
        return sum(1 for change in self.changes(coil) if change[1])

    def is_on(self, coil=0):
        changes = self.changes(coil)
        return bool(changes) and changes[-1][1]


class DoorCase(unittest.TestCase):
    """One agent, one board, one reader; `kind` and `lock` say which board."""

    kind = "waveshare"
    lock = 'board = "waveshare-relay-8"'
    board_options = ()

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="creneau-door-")
        self.addCleanup(self.temporary.cleanup)
        self.folder = Path(self.temporary.name)
        (self.folder / "state").mkdir()
        self.now = int(time.time())
        self.version = 0
        self.revoked = []
        self.disabled = []
        self.unlock_ms = None
        self.device = self.folder / "reader"
        self.plug_reader()
        self.addCleanup(self.unplug_reader)
        self.root = run([KIT, "root"]).stdout.strip()
        self.board = Board(self.folder, self.kind, *self.board_options)
        self.addCleanup(self.board.process.stop)
        self.agent = None
        self.addCleanup(self.stop_agent)
        self.config = self.folder / "agent.toml"
        self.config.write_text(CONFIG.format(
            town=TOWN, root=self.root, folder=self.folder, tty=self.device,
            line=f'tcp = "127.0.0.1:{self.board.port}"', lock=self.lock))

    # ------------------------------------------------------------ the reader

    def plug_reader(self):
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.device.symlink_to(os.ttyname(self.slave))

    def unplug_reader(self):
        self.device.unlink(missing_ok=True)
        os.close(self.slave)
        os.close(self.master)

    # ------------------------------------------------------------ the agent

    def start_agent(self, prefix=(), ready=True, env=None):
        if prefix:  # LeakSanitizer cannot work under a tracer
            prefix = (*prefix, *DIES_WITH_US)
            env = {"ASAN_OPTIONS": "detect_leaks=0", **(env or {})}
        self.agent = Process("agent", [*prefix, AGENT, "--config", self.config], self.folder, env)
        if ready:
            self.agent.ready_line("agent ready", 60)

    def stop_agent(self):
        agent, self.agent = self.agent, None
        return agent.stop() if agent else None

    def kill_agent(self):
        """SIGKILL, as a power cut of the controller would."""
        agent, self.agent = self.agent, None
        agent.kill()
        agent.stop()

    def put_policy(self):
        """Signs the next policy, puts it where the agent looks and waits until it is in force."""
        self.version += 1
        listed = ["unlock", self.unlock_ms] if self.unlock_ms else []
        for pass_id, revision in self.revoked:
            listed += ["revoke", pass_id, revision]
        for door in self.disabled:
            listed += ["disable", door]
        run([KIT, "policy", self.folder / "policy.cose", self.version, self.now, *listed])
        if self.agent:
            text = f"generation 1, version {self.version}"
            wait_for(lambda: any(text in row["detail"] for row in self.journal()), 60, text)

    # ------------------------------------------------------------ passes

    def digits(self, pass_id, scope=ZONE, start=-600, minutes=60, revision=0, use="many", twist=()):
        return run([KIT, "pass", self.now, self.now + start, minutes, scope, pass_id, revision,
                    use, *twist]).stdout.strip()

    def scan(self, text):
        os.write(self.master, (text + "\r\n").encode())

    # ------------------------------------------------------------ what must happen

    def journal(self):
        file = self.folder / "state/journal.db"
        if not file.exists():
            return []
        database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        database.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in
                    database.execute("SELECT * FROM events ORDER BY sequence")]
        finally:
            database.close()

    def count(self, reason):
        return sum(row["count"] for row in self.journal() if row["reason"] == reason)

    def in_service(self, lost):
        """Whether a row says that the door came back into service after the last row `lost`."""
        reasons = [(row["kind"], row["reason"]) for row in self.journal()]
        fell = max(at for at, (_, reason) in enumerate(reasons) if reason == lost)
        return any(kind == "lock_restored" for kind, _ in reasons[fell:])

    def shows(self, condition, seconds, what):
        """Waits for what follows a read; its absence is told with what the agent said and wrote."""
        try:
            wait_for(condition, seconds, what)
        except Timeout as late:
            self.fail(f"{late}; {self.story()}")

    def story(self):
        rows = [(row["kind"], row["reason"]) for row in self.journal()]
        return f"the agent's journal: {rows}\nits log:\n{self.agent.said()}"

    def opens(self, text):
        """The relay closes and opens again. -> seconds it was on."""
        before = len(self.board.changes())
        self.scan(text)
        self.shows(lambda: len(self.board.changes()) >= before + 2, 30, "relay on and off")
        (on_at, on, _), (off_at, still, _) = self.board.changes()[before:before + 2]
        self.assertTrue(on)
        self.assertFalse(still)
        return off_at - on_at

    def refuses(self, text, reason):
        """The journal gets `reason` and the relay stays off."""
        coils = self.board.times_on()
        rows = self.count(reason)
        self.scan(text)
        self.shows(lambda: self.count(reason) > rows, 90, f"'{reason}' in the journal")
        self.assertEqual(self.board.times_on(), coils, f"the relay closed for '{reason}'")

    def check(self, text, *more):
        return subprocess.run([AGENT, "--config", self.config, "check", *more, "-"], input=text,
                              text=True, capture_output=True, timeout=60, check=False)

    def chain(self):
        return run([AGENT, "journal", self.folder / "state/journal.db"], check=False).stdout
