"""`creneau-api backup` and `restore` as a town's staff runs them, on both engines."""

import shutil
import sqlite3
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE
from private_postgres import BIN, PrivatePostgres
from processes import run
from stack import Stack, soon


class Backups:
    """A town, its backup, and a second configuration; the engine is the class's."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="creneau-bk-")))
        cls.open_engine()
        cls.stack = Stack(BUILD, cls.folder / "town", database=cls.new_database())
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.start_api()
        cls.office = cls.stack.client(OFFICE)
        booker = cls.stack.client(BOOKER)
        cls.booking = cls.stack.book(booker, *soon(60))
        cls.office.expect(200, "POST", f"/api/v1/bookings/{cls.booking['id']}/approve", {})
        for client in (cls.office, booker):  # a restore would end what lets them in
            client.expect(204, "DELETE", "/api/v1/sessions/current")
        cls.file = cls.folder / "town.backup"
        cls.stack.stop()  # what leaves by mail meanwhile would be a difference
        cls.stack.command("backup", cls.file)
        cls.kept = cls.rows(cls.stack.database)
        cls.good = cls.file.read_bytes()

    def setUp(self):
        self.second = Stack(BUILD, Path(self.enterContext(tempfile.TemporaryDirectory())) / "second",
                            database=self.new_database())
        self.second.write_config()

    def restored(self, file):
        return self.second.command("restore", file, check=False)

    @staticmethod
    def tells_of_itself(line):
        """The audit notes a backup after it, and a restore in what was restored: other lines, and
        not as many."""
        return any(word in line for word in ("backup_written", "backup_restored", "audit_id_seq"))

    def assert_whole(self):
        """The second town is the first, and well."""
        self.assertEqual(self.rows(self.second.database), self.kept)
        done = self.second.command("doctor", check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_backup_brings_the_town_back_in_a_second_configuration(self):
        self.assertEqual(self.restored(self.file).returncode, 0)
        self.assert_whole()
        self.addCleanup(self.second.stop)
        shutil.copy(self.stack.folder / "accounts.key", self.second.folder)  # kept apart from it
        self.second.start_api()
        self.second.passwords, self.second.apps = self.stack.passwords, self.stack.apps
        again = self.second.client(OFFICE).expect(
            200, "GET", f"/api/v1/bookings/{self.booking['id']}")
        self.assertEqual(again["status"], "approved")

    def test_who_was_signed_in_comes_in_anew(self):
        self.addCleanup(self.stack.stop)
        self.stack.start_api()
        booker = self.stack.client(BOOKER)
        token = booker.expect(201, "POST", "/api/v1/me/tokens", {
            "name": "agenda", "scopes": ["bookings:read"],
            "expires_at": (datetime.now(timezone.utc) + timedelta(days=5)).strftime(
                "%Y-%m-%dT%H:%M:%SZ")})["token"]
        self.stack.stop()
        later = self.folder / f"{self.id()}.backup"
        self.stack.command("backup", later)
        done = self.restored(later)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("ways in: 2 sessions, codes and tokens", done.stdout)
        self.addCleanup(self.second.stop)
        shutil.copy(self.stack.folder / "accounts.key", self.second.folder)
        self.second.start_api()
        again = self.second.client()
        again.cookie = booker.cookie
        self.assertEqual(again.call("GET", "/api/v1/me").status, 401)
        again.cookie = None
        bearer = {"Authorization": f"Bearer {token}"}
        self.assertEqual(again.call("GET", "/api/v1/bookings", None, bearer).status, 401)
        again.sign_in(BOOKER, self.stack.passwords[BOOKER])
        again.expect(200, "GET", "/api/v1/me")

    def test_a_second_restore_is_refused_and_changes_nothing(self):
        self.assertEqual(self.restored(self.file).returncode, 0)
        self.second.command("set-password", OFFICE, stdin="encore un autre mot\n")
        changed = self.rows(self.second.database)
        self.assertNotEqual(changed, self.kept)
        done = self.restored(self.file)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("holds data", done.stderr)
        self.assertEqual(self.rows(self.second.database), changed)

    def test_a_damaged_backup_is_refused_and_leaves_nothing(self):
        size = len(self.good)
        scrambled = bytearray(self.good)
        for at in range(size // 4, size * 3 // 4):
            scrambled[at] ^= 0x55
        damaged = self.folder / "damaged.backup"
        for name, content in (("empty", b""), ("text", b"hello\n"), ("half", self.good[:size // 2]),
                              ("without its end", self.good[:-1]), ("scrambled", scrambled)):
            with self.subTest(name):
                damaged.write_bytes(content)
                done = self.restored(damaged)
                self.assertEqual(done.returncode, 1, done.stdout)
                self.assertIn(str(damaged), done.stderr)
                self.assertEqual(self.left_behind(), [])
        self.assertEqual(self.restored(self.folder / "absent").returncode, 1)
        self.assertEqual(self.left_behind(), [])
        self.assertEqual(self.restored(self.file).returncode, 0)
        self.assert_whole()

    def test_a_backup_does_not_overwrite(self):
        done = self.stack.command("backup", self.file, check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(str(self.file), done.stderr)
        self.assertEqual(self.file.read_bytes(), self.good)


class OnSqlite(Backups, unittest.TestCase):
    """One file."""

    databases = 0

    @classmethod
    def open_engine(cls):
        pass

    @classmethod
    def new_database(cls):
        cls.databases += 1
        folder = cls.folder / f"database-{cls.databases}"
        folder.mkdir()
        return "sqlite", str(folder / "town.db")

    @classmethod
    def rows(cls, database):
        opened = sqlite3.connect(f"file:{database[1]}?mode=ro", uri=True)
        try:
            return sorted(line for line in opened.iterdump() if not cls.tells_of_itself(line))
        finally:
            opened.close()

    def left_behind(self):
        return sorted(Path(self.second.database[1]).parent.iterdir())


class OnPostgresql(Backups, unittest.TestCase):
    """A database of a private server."""

    @classmethod
    def open_engine(cls):
        cls.server = cls.enterClassContext(PrivatePostgres())

    @classmethod
    def new_database(cls):
        return "postgresql", cls.server.create_database()

    @classmethod
    def rows(cls, database):
        dump = run([BIN / "pg_dump", "--data-only", "--dbname", database[1]]).stdout
        return sorted(line for line in dump.splitlines()
                      if not line.startswith("\\") and not cls.tells_of_itself(line))

    def left_behind(self):
        names = run([BIN / "psql", "--no-psqlrc", "--tuples-only", "--no-align", "--dbname",
                     self.second.database[1], "--command",
                     "SELECT oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace"])
        return names.stdout.split()


if __name__ == "__main__":
    unittest.main()
