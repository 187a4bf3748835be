"""SIGKILL at the N-th system call of a program that runs, N rising until what it does is done."""

import os
from pathlib import Path

from processes import Process, wait_for

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("CRENEAU_BUILD", ROOT / "build/release"))
TRACER = BUILD / "tests/fault/kill_at_call"
STEP = int(os.environ.get("CRENEAU_KILL_STEP", "2"))
MOST = 2000


def survives(process, number, calls, act, done):
    """Lets `process` do what `act` makes it do and kills it at that call of it. True where it was
    done before."""
    tracer = Process("tracer", [TRACER, process.child.pid, number, calls], process.log.parent)
    try:
        tracer.ready_line("watching")
        act()
        wait_for(lambda: done() or not process.alive(), 60, "the end of what it does, or the kill")
    finally:
        tracer.kill()
        has_killed = b"kills " in tracer.unread()
        tracer.stop()
    if has_killed:
        process.kill()  # the tracer's may be on its way, or it was ended between word and deed
    return process.alive()


def sweep(life, step=1):
    """`life(number)` says whether the program survived; from its first call on, until it survived
    three times in a row (one life may be shorter than the next). -> how often it was killed."""
    killed = survived = 0
    for number in range(1, MOST, step):
        if life(number):
            survived += 1
            if survived == 3:
                return killed
        else:
            killed += 1
            survived = 0
    raise AssertionError(f"killed up to call {MOST} and it never survived")
