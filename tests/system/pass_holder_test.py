"""A pass in a member's hands: the code reaches them, and their address is left nowhere."""

import subprocess
import unittest

from system_case import SystemCase
from processes import wait_for
from stack import soon

ADDRESS = "sacha.membre@members.example.net"
NAME = "Sacha Introuvable"


class PassHolder(SystemCase):
    def files_with(self, word):
        """Names of the town's files in which the bytes stand: database, log, backup."""
        found = []
        for file in self.stack.folder.rglob("*"):
            if file.is_file() and not file.is_symlink() and word.encode() in file.read_bytes():
                found.append(file.name)
        return sorted(found)

    def test_an_address_is_gone_when_its_mail_has_left(self):
        booking = self.stack.book(self.booker, *soon(60), association_id=self.association)
        path = f"/api/v1/bookings/{booking['id']}"
        self.office.expect(200, "POST", f"{path}/approve", {})
        number = self.office.expect(200, "GET", f"{path}/passes")["items"][0]["id"]
        held = self.booker.expect(200, "PUT", f"/api/v1/passes/{number}/holder",
                                  {"name": NAME, "email": ADDRESS})
        self.assertEqual(held["name"], NAME)
        holders = f"{path}/pass-holders"
        wait_for(lambda: self.booker.expect(200, "GET", holders)["items"][0]["mail"] == "sent",
                 60, "the mail to the member")
        reached = [mail for mail in self.smtp.mails_folder.glob("*.eml")
                   if ADDRESS.encode() in mail.read_bytes()]
        self.assertEqual(len(reached), 1)
        self.office.expect(403, "GET", holders)
        self.stack.command("backup", self.stack.folder / "night.backup")
        subprocess.run(["/usr/bin/python3", "-c", "import sqlite3, sys;"
                        "sqlite3.connect(sys.argv[1]).execute('PRAGMA wal_checkpoint(TRUNCATE)')",
                        self.stack.database[1]], check=True)
        self.assertEqual(self.files_with(ADDRESS), [])
        self.assertIn("night.backup", self.files_with(NAME), "the search finds what is there")


if __name__ == "__main__":
    unittest.main()
