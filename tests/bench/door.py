"""The whole agent beside a bare door: from a code that is read to the coil."""

import json
import re
import socket
import statistics
import threading
import time
from datetime import datetime, timezone

from processes import Process, wait_for
from received_mail import maildir_mails, read_with_zbar
from stack import TOWN_FILE, Stack, soon

OFFICE = "bureau@le-pre.example.org"
BOOKER = "camille.roussel@example.org"
FOREIGN = "door danton-entree: lock foreign_write"


def door_rows(table, programs, build, folder):
    """QR read -> relay command: the whole agent beside a bare door, by the same stopwatch."""
    for name, value in programs.lines("creneau-bench-lock").items():
        table.row(f"lock: {name}", f"{value:.0f} us")
    for line in ("tcp", "rtu"):
        bare, agent = read_to_coil(build, folder / f"door-{line}", line)
        for name, micros in (("bare read, verify, write", bare), ("door agent", agent)):
            table.row(f"QR read -> coil over {line}, {name}, p50 (p99)",
                      f"{statistics.median(micros):.0f} ({percentile(micros, 99):.0f}) us")
        if line == "tcp":
            table.at_most("QR read -> coil over tcp, p50, agent / bare door",
                          statistics.median(agent) / statistics.median(bare), 1.5)
        else:  # the bar of a serial line: beyond the wire and one poll, which is one more exchange
            beyond = percentile(agent, 99) - 2 * percentile(bare, 99)
            table.at_most("QR read -> coil over rtu, p99, beyond wire and one poll",
                          beyond / 1000, 5, "ms")
    foreign_write_rows(table, build, folder / "foreign")


def percentile(values, percent):
    return sorted(values)[(len(values) - 1) * percent // 100]


def quick_town(folder, keeper=None):
    """The example town with short unlock times, so that many reads take little time; `keeper` gives
    out badges."""
    town = json.loads(TOWN_FILE.read_text())
    for door in town["doors"]:
        door["unlock_ms"] = 500
    for person in town["people"]:
        if person.get("email") == keeper:
            person["roles"].append("access_administrator")
    quick = folder / "quick-town.json"
    quick.write_text(json.dumps(town))
    return quick


def read_to_coil(build, folder, line):
    """Microseconds from a code typed by the reader to the coil's change: (bare door, agent)."""
    stack = Stack(build, folder)
    try:
        stack.board_line = line
        stack.town_file = quick_town(folder.parent)
        stack.start_all([OFFICE, BOOKER])
        booking = stack.book(stack.client(BOOKER), *soon(5))
        stack.client(OFFICE).expect(200, "POST", f"/api/v1/bookings/{booking['id']}/approve", {})
        mail = wait_for(lambda: next((mail for mail in maildir_mails(stack.mail)
                                      if mail.attached_picture()), None), what="the mail")
        picture = folder / "pass.png"
        picture.write_bytes(mail.attached_picture())
        digits = read_with_zbar(picture)
        agent = time_reads(stack, digits)
        stack.agent.stop()
        door = Process("bare-door", [build / "tests/bench/creneau-bench-bare-door",
                                     stack.reader.device, line, stack.board.where], folder)
        try:
            door.ready_line("bare door ready")
            return time_reads(stack, digits), agent
        finally:
            door.stop()
    finally:
        stack.stop()


def time_reads(stack, digits, times=80):
    micros = []
    for _ in range(times):
        before = len(stack.board.changes())
        typed = time.monotonic()
        stack.door_opens(digits)
        micros.append((stack.board.changes()[before][0] - typed) * 1e6)
    return micros


def foreign_write_rows(table, build, folder, times=40):
    """Somebody else switches the relay on, who needs no more than the board's address."""
    stack = Stack(build, folder)
    try:
        stack.prepare([])
        stack.make_keys()
        stack.start_signer()
        stack.start_api()
        stack.export_policy()
        control = str(stack.folder / "board.sock")
        stack.start_board("--control", control)
        stack.start_agent()
        for number in range(1, times + 1):
            # Another moment between two looks each time, when all is well again.
            threading.Event().wait(0.3 + 0.007 * number)
            switch_on(control)
            wait_for(lambda most=number: len(stack.board.changes()) == 2 * most,
                     what="a relay that is off again")
            wait_for(lambda most=number: len(said_at(stack.agent, FOREIGN)) == most,
                     what="the alarm")
        changes = [at for at, _ in stack.board.changes()]
        told = said_at(stack.agent, FOREIGN)
    finally:
        stack.stop()
    for name, heard in (("relay off again", changes[1::2]), ("alarm", told)):
        late = [1000 * (after - written) for written, after in zip(changes[::2], heard, strict=True)]
        table.at_most(f"foreign write -> {name}, p99 of {times}", percentile(late, 99), 200, "ms")


def switch_on(control):
    """A write by somebody else to relay 0."""
    with socket.socket(socket.AF_UNIX) as board:
        board.connect(control)
        board.sendall(b"coil 0 1\n")
        board.makefile().readline()


def said_at(agent, words):
    """When the log of a program said so, each time, by the clock of the board's log; it knows
    milliseconds."""
    ahead = time.time() - time.monotonic()
    stamps = re.findall(r"^\[(\S+)Z\] .*" + re.escape(words), agent.said(), re.MULTILINE)
    return [datetime.fromisoformat(stamp).replace(tzinfo=timezone.utc).timestamp() - ahead
            for stamp in stamps]
