"""Somebody is erased, yesterday's backup is restored: they are still gone. Both engines, the built
programs."""

import sqlite3
import tempfile
import unittest
from pathlib import Path

from system_case import BUILD
from private_postgres import BIN, PrivatePostgres
from processes import run
from stack import TOWN_FILE, Stack

ADMINISTRATION = "administration@le-pre.example.org"
NAME, ADDRESS = "Robin Ashworth", "robin.ashworth@example.org"


class Erasures:
    """A town with a backup of yesterday; the engine is the class's."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="creneau-er-")))
        cls.open_engine()

    def setUp(self):
        self.ledger = self.folder / self.id().rsplit(".", 1)[1]
        self.stack = self.town_of(self.new_database())
        self.addCleanup(self.stack.stop)
        self.stack.prepare([ADMINISTRATION])
        self.backup = self.ledger.with_suffix(".backup")
        self.stack.command("backup", self.backup)
        self.assertTrue(self.stands(self.stack), "the backup has them")
        self.stack.start_api()
        administration = self.stack.client(ADMINISTRATION)
        people = administration.expect(200, "GET", "/api/v1/people?q=ashworth")["items"]
        self.person = people[0]["id"]
        self.erased = administration.expect(200, "POST", f"/api/v1/people/{self.person}/erase",
                                            {"reason": "person_request"})
        self.stack.stop()

    def town_of(self, database):
        """A stack on that database, with this test's ledger of erasures."""
        stack = Stack(BUILD, self.ledger.with_suffix(f".{database[1][-6:].replace('/', '-')}"),
                      database=database)
        stack.ledgers = self.ledger
        stack.write_config()
        return stack

    def restored(self):
        second = self.town_of(self.new_database())
        done = second.command("restore", self.backup)
        return second, done

    def assert_gone(self, stack):
        self.assertFalse(self.stands(stack))
        done = stack.command("doctor", check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("ok erasures 1 in the ledger", done.stdout)

    def test_a_restored_backup_does_not_bring_them_back(self):
        self.assert_gone(self.stack)
        second, done = self.restored()
        self.assertIn("erasures: 1 erased again", done.stdout)
        self.assert_gone(second)
        self.addCleanup(second.stop)
        second.passwords = self.stack.passwords
        second.start_api()
        administration = second.client(ADMINISTRATION)
        self.assertEqual(administration.expect(200, "GET", "/api/v1/people?q=ashworth")["items"], [])
        left = administration.expect(200, "GET", f"/api/v1/people/{self.person}")
        self.assertEqual((left["name"], left["email"], left["enabled"]),
                         ("Personne effacée", None, False))

    def test_a_copy_put_back_by_hand_is_noticed_and_mended_by_the_server(self):
        second, _ = self.restored()
        self.bring_back(second)
        done = second.command("doctor", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("PROBLEM erasures 1 in the ledger, 1 of them not erased here", done.stdout)
        self.addCleanup(second.stop)
        second.start_api()
        second.stop()
        self.assert_gone(second)

    def test_a_line_of_the_ledger_that_cannot_be_read_keeps_the_server_from_starting(self):
        file = self.ledger / "erasures"
        sound = file.read_text()
        file.write_text(sound + "creneau-erasures-1 1 ?\n")
        done = run([self.stack.api_program, "--config", self.stack.config], check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("1 lines of the ledger", done.stdout + done.stderr)
        self.assertIn("1 lines cannot be read", self.stack.command("doctor", check=False).stdout)
        file.write_text(sound)
        self.stack.start_api()
        self.stack.stop()
        self.assert_gone(self.stack)

    def test_the_towns_file_does_not_bring_them_back(self):
        done = self.stack.command("import", TOWN_FILE, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("(erased)", done.stderr)
        self.assert_gone(self.stack)

    def test_the_ledger_says_ids_and_an_instant_to_its_owner_alone(self):
        file = self.ledger / "erasures"
        self.assertRegex(file.read_text(),
                         rf"\Acreneau-erasures-1 1 {self.person} [0-9]+ person\n\Z")
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)


class OnSqlite(Erasures, unittest.TestCase):
    """One file."""

    databases = 0

    @classmethod
    def open_engine(cls):
        pass

    @classmethod
    def new_database(cls):
        OnSqlite.databases += 1
        folder = cls.folder / f"database-{cls.databases}"
        folder.mkdir()
        return "sqlite", str(folder / "town.db")

    def test_no_byte_of_a_later_backup_names_them(self):
        self.assertIn(NAME.encode(), self.backup.read_bytes())
        later = self.ledger.with_suffix(".later")
        self.stack.command("backup", later)
        for what in (NAME, ADDRESS, "robin-ashworth"):
            self.assertNotIn(what.encode(), later.read_bytes())

    @staticmethod
    def stands(stack):
        opened = sqlite3.connect(f"file:{stack.database[1]}?mode=ro", uri=True)
        try:
            return any(NAME in line or ADDRESS in line for line in opened.iterdump())
        finally:
            opened.close()

    def bring_back(self, stack):
        opened = sqlite3.connect(stack.database[1])
        with opened:
            opened.execute("UPDATE people SET name = ?, email = ?, has_email = 1, erased_at = NULL"
                           " WHERE id = ?", (NAME, ADDRESS, self.person))
        opened.close()


class OnPostgresql(Erasures, unittest.TestCase):
    """A database of a private server."""

    @classmethod
    def open_engine(cls):
        cls.server = cls.enterClassContext(PrivatePostgres())

    @classmethod
    def new_database(cls):
        return "postgresql", cls.server.create_database()

    @staticmethod
    def stands(stack):
        dump = run([BIN / "pg_dump", "--data-only", "--dbname", stack.database[1]]).stdout
        return NAME in dump or ADDRESS in dump

    def bring_back(self, stack):
        run([BIN / "psql", "--no-psqlrc", "--dbname", stack.database[1], "--command",
             f"UPDATE people SET name = '{NAME}', email = '{ADDRESS}', has_email = 1,"
             f" erased_at = NULL WHERE id = {self.person}"])


if __name__ == "__main__":
    unittest.main()
