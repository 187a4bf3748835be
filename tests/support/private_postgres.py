#!/usr/bin/python3
"""A PostgreSQL server of one's own, in a temporary folder, for tests.

    private_postgres.py run          prints a conninfo, serves until standard input ends
    private_postgres.py start        prints a conninfo and the folder, leaves the server running
    private_postgres.py stop FOLDER  stops the server of that folder and removes it

From Python: `with PrivatePostgres() as server: server.conninfo, server.create_database()`.
PostgreSQL refuses to run as root: as root, the server runs as the user postgres.
"""

import os
import pathlib
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
START_SECONDS = 60
SETTINGS = {
    "fsync": "on",
    "full_page_writes": "on",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "log_min_messages": "fatal",
    "autovacuum": "off",
}


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _demotion():
    """How to start a program as a user PostgreSQL accepts."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


class PrivatePostgres:
    """Started by `start()` or by entering a `with` block; one server per object."""

    def __init__(self):
        self.folder = None
        self.port = None
        self._server = None
        self._databases = 0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exception):
        self.stop()

    @property
    def conninfo(self):
        return self.conninfo_of("postgres")

    def conninfo_of(self, database):
        return f"host={self.folder} port={self.port} user=creneau dbname={database}"

    def create_database(self):
        """A new empty database; returns its conninfo."""
        self._databases += 1
        name = f"town_{self._databases}"
        subprocess.run(
            [BIN / "psql", "--no-psqlrc", "--quiet", "--dbname", self.conninfo,
             "--command", f"CREATE DATABASE {name}"],
            check=True)
        return self.conninfo_of(name)

    def start(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="creneau-pg-", dir="/tmp"))
        demotion = _demotion()
        if demotion:
            os.chown(self.folder, demotion["user"], demotion["group"])
        try:
            self._initialise(demotion)
            self._serve(demotion)
        except BaseException:
            self.stop()
            raise

    def _initialise(self, demotion):
        password = self.folder / "password"
        password.write_text(secrets.token_hex(16))
        if demotion:
            os.chown(password, demotion["user"], demotion["group"])
        subprocess.run(
            [BIN / "initdb", "--pgdata", self.folder / "data", "--username=creneau",
             "--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={password}",
             "--encoding=UTF8", "--no-locale", "--no-sync"],
            check=True, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            **demotion)

    def _serve(self, demotion):
        self.port = _free_port()
        settings = dict(SETTINGS, port=str(self.port), listen_addresses="127.0.0.1",
                        unix_socket_directories=str(self.folder))
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        with open(self.folder / "log", "wb") as log:
            self._server = subprocess.Popen(
                [BIN / "postgres", "-D", self.folder / "data", *options], cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                **demotion)
        (self.folder / "pid").write_text(str(self._server.pid))
        self._wait_until_ready()

    def _wait_until_ready(self):
        """The last line of postmaster.pid says when connections are accepted."""
        status = self.folder / "data" / "postmaster.pid"
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._server.poll() is not None:
                break
            try:
                lines = status.read_text().splitlines()
            except OSError:
                lines = []
            if len(lines) >= 8 and lines[7].strip() == "ready":
                return
            time.sleep(0.02)
        raise RuntimeError("PostgreSQL did not start:\n" + (self.folder / "log").read_text())

    def stop(self):
        if self._server is not None:
            _stop_process(self._server.pid, self._server)
            self._server = None
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None


def _gone(pid, child):
    if child is not None:
        return child.poll() is not None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def _stop_process(pid, child=None):
    """An immediate shutdown: what the server holds is thrown away."""
    for how in (signal.SIGQUIT, signal.SIGKILL):
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if _gone(pid, child):
                return
            time.sleep(0.02)


def _run():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with PrivatePostgres() as server:
        print(server.conninfo, flush=True)
        while sys.stdin.buffer.read(4096):
            pass


def main(arguments):
    if arguments == ["run"]:
        _run()
    elif arguments == ["start"]:
        server = PrivatePostgres()
        server.start()
        print(server.conninfo)
        print(server.folder)
    elif len(arguments) == 2 and arguments[0] == "stop":
        folder = pathlib.Path(arguments[1])
        if not folder.name.startswith("creneau-pg-"):
            return f"{folder}: not the folder of a private server"
        _stop_process(int((folder / "pid").read_text()))
        shutil.rmtree(folder, ignore_errors=True)
    else:
        return __doc__
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
