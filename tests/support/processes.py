"""Child processes of the demo and the system tests: started, waited for, stopped by process id."""

import os
import select
import signal
import subprocess
import time
from pathlib import Path


# A test that is killed must not leave programs that take what later tests send: a reader's name is
# given again. For the program that another one starts (strace), that one has to say it.
DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL")


class Timeout(AssertionError):
    """A condition did not come true before its deadline."""


def wait_for(condition, seconds=20.0, what="condition"):
    """Calls `condition` until it returns something true; returns that, or raises Timeout."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Timeout(f"{what} did not come within {seconds} s")
        select.select([], [], [], 0.01)


def check_reports(name, log):
    """Fails on a report of the thread sanitizer, however the program ended."""
    at = log.find("WARNING: ThreadSanitizer:")
    if at >= 0:
        raise AssertionError(f"{name}:\n{log[at:]}")


class Process:
    """A program of ours or a peer, with its output in files and one ready line on stdout."""

    def __init__(self, name, arguments, folder, env=None):
        self.name = name
        self.log = Path(folder) / f"{name}.log"
        self._log_file = open(self.log, "ab")
        self._log_begin = self._log_file.tell()
        self.child = subprocess.Popen(
            [*DIES_WITH_US, *(str(argument) for argument in arguments)], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=self._log_file, env={**os.environ, **(env or {})},
            start_new_session=True)
        self._pending = b""

    def ready_line(self, beginning, seconds=30.0):
        """The first line on stdout that starts with `beginning`."""
        deadline = time.monotonic() + seconds
        while True:
            while b"\n" in self._pending:
                line, self._pending = self._pending.split(b"\n", 1)
                text = line.decode("utf-8", "replace")
                if text.startswith(beginning):
                    return text
            left = deadline - time.monotonic()
            ready = select.select([self.child.stdout], [], [], max(left, 0))[0]
            chunk = os.read(self.child.stdout.fileno(), 65536) if ready else b""
            if not chunk:
                state = self.child.poll()
                raise Timeout(f"{self.name} did not say '{beginning}…' (exit {state}); its log:\n"
                              + self.log.read_text(errors="replace")[-3000:])
            self._pending += chunk

    def unread(self):
        """What a program that has ended said on stdout since the last ready line."""
        said, self._pending = self._pending + self.child.stdout.read(), b""
        return said

    def kill(self):
        """SIGKILL, as a power cut would."""
        if self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()
        self._check_log()

    def stop(self, seconds=20.0):
        """SIGTERM and wait; SIGKILL past the deadline. Returns the exit status."""
        if self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGTERM)
            try:
                self.child.wait(seconds)
            except subprocess.TimeoutExpired:
                os.killpg(self.child.pid, signal.SIGKILL)
                self.child.wait()
        self.child.stdout.close()
        self._log_file.close()
        self._check_log()
        return self.child.returncode

    def _check_log(self):
        check_reports(self.name, self.said())

    def said(self):
        """What this run wrote to its log so far."""
        return self.log.read_bytes()[self._log_begin:].decode(errors="replace")

    def alive(self):
        return self.child.poll() is None


def run(arguments, stdin=None, check=True, env=None, seconds=60):
    """Runs a command to its end; returns the CompletedProcess with text output."""
    done = subprocess.run([str(argument) for argument in arguments], input=stdin, text=True,
                          capture_output=True, timeout=seconds, env={**os.environ, **(env or {})},
                          check=False)
    check_reports(arguments[0], done.stderr)
    if check and done.returncode != 0:
        raise AssertionError(f"{arguments} exited {done.returncode}:\n{done.stdout}{done.stderr}")
    return done
