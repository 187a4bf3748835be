"""Bad input at every entrance of the programs: a clear error that names the place, nothing changed."""

import json
import sqlite3
import tempfile
import unittest
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE, ROOT
from processes import run, wait_for
from stack import Stack, soon

TOWN = json.loads((ROOT / "examples/le-pre/town.json").read_text())


class BadInput(unittest.TestCase):
    """One prepared town; each test tries to harm it, and ends with something good."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-bad-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.stack = Stack(BUILD, cls.folder / "town")
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.make_keys()
        cls.stack.start_signer()
        cls.stack.start_api()
        cls.stack.export_policy()
        cls.stack.start_board()
        cls.wait_until_purged()

    @classmethod
    def wait_until_purged(cls):
        """A town that was never purged is at once; its last line stands in the audit."""
        database = sqlite3.connect(f"file:{cls.stack.database[1]}?mode=ro", uri=True)
        try:
            wait_for(lambda: database.execute(
                "SELECT 1 FROM audit WHERE action = 'purge_done'").fetchone(),
                seconds=60, what="the first purge")
        finally:
            database.close()

    def contents(self):
        """Every row of the town but the sessions and counters that signing in changes."""
        database = sqlite3.connect(f"file:{self.stack.database[1]}?mode=ro", uri=True)
        try:
            tables = [name for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            return {table: database.execute(f"SELECT * FROM {table}").fetchall()
                    for table in tables if table not in ("sessions", "sign_in_failures")}
        finally:
            database.close()

    def imported(self, text):
        file = self.folder / "attempt.json"
        file.write_text(text)
        return self.stack.command("import", file, check=False)

    # ------------------------------------------------------------ the import file

    def test_an_import_tells_every_error_at_once_and_keeps_nothing(self):
        before = self.contents()
        town = json.loads(json.dumps(TOWN))
        town["rooms"][0]["capacity"] = 0
        town["rooms"][1]["access_zone"] = "nowhere"
        town["people"][0]["email"] = "no address"
        town["sites"][0]["colour"] = "red"
        town["sites"].append({**TOWN["sites"][0], "colour": "red", "key": "brand-new"})
        done = self.imported(json.dumps(town))
        self.assertEqual(done.returncode, 1)
        for place in ("/rooms/0/capacity", "/rooms/1/access_zone", "/people/0/email",
                      "/sites/0/colour"):
            self.assertIn(place, done.stderr)
        self.assertEqual(self.contents(), before)
        again = self.imported(json.dumps(TOWN))
        self.assertEqual(again.returncode, 0)
        after = self.contents()
        self.assertEqual({name: rows for name, rows in after.items() if name != "audit"},
                         {name: rows for name, rows in before.items() if name != "audit"})

    def test_a_syntax_error_of_an_import_is_told_by_its_line(self):
        before = self.contents()
        done = self.imported('{\n  "town": {\n    "key": "x",,\n  }\n}\n')
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"line 3\b")
        for text in ("", "[" * 100_000, "nul", "\x00", '{"town": {}} trailing'):
            self.assertEqual(self.imported(text).returncode, 1, text[:20])
        self.assertEqual(self.contents(), before)

    # ------------------------------------------------------------ configurations

    def test_a_configuration_of_the_api_names_file_line_and_key(self):
        good = self.stack.config.read_text()
        bad = self.folder / "bad.toml"
        bad.write_text(good.replace("port = 0", "port = 99999").replace(
            'engine = "sqlite"', 'engine = "oracle"') + '\n[extra]\nx = 1\n')
        done = run([self.stack.api_program, "--config", bad, "doctor"], check=False)
        self.assertEqual(done.returncode, 1)
        for word in ("http.port", "database.engine", "extra", f"{bad}:"):
            self.assertIn(word, done.stderr)
        bad.write_text(good.replace("[mail]\nfrom", "[mail]\nfrom = \"nobody\"\n#").replace(
            "[signer]", "[signer]\ncolour = 1"))
        done = run([self.stack.api_program, "--config", bad, "doctor"], check=False)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r":\d+: mail\.from")
        self.assertRegex(done.stderr, r":\d+: signer\.colour is unknown")
        for program in (self.stack.api_program, self.stack.signer_program):
            done = run([program, "--config", self.folder, "doctor"], check=False)
            self.assertNotEqual(done.returncode, 0)
        done = run([self.stack.api_program, "--config", self.folder, "doctor"], check=False)
        self.assertIn("is a folder", done.stderr)
        bad.write_text("town = \n")
        done = run([self.stack.api_program, "--config", bad, "doctor"], check=False)
        self.assertIn(f"{bad}:1", done.stderr)
        self.assertEqual(self.stack.command("doctor").returncode, 0)

    def test_a_configuration_of_the_agent_names_file_line_and_key(self):
        good = self.stack.agent_config()
        bad = self.folder / "agent-bad.toml"
        bad.write_text(good.read_text().replace("channel = 0", "channel = 99").replace(
            'kind = "serial"', 'kind = "telepathy"'))
        done = run([self.stack.agent_program, "--config", bad, "release"], check=False)
        self.assertNotEqual(done.returncode, 0)
        for word in ("kind", "channel", f"{bad}:"):
            self.assertIn(word, done.stderr)
        done = run([self.stack.agent_program, "--config", good, "release"])
        self.assertEqual(done.returncode, 0)

    # ------------------------------------------------------------ policy file and digits

    def checked(self, policy, digits):
        return run([self.stack.agent_program, "--config", self.stack.agent_config(), "check",
                    "--policy", policy, "-"], stdin=digits + "\n", check=False)

    def test_a_damaged_policy_file_is_refused_with_the_reason(self):
        whole = self.stack.policy.read_bytes()
        damaged = self.folder / "damaged.cose"
        step = max(len(whole) // 97, 1)
        for content in (b"", whole[:-1], whole + b"\0", b"\xff" * 300,
                        *(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:]
                          for at in range(0, len(whole), step))):
            damaged.write_bytes(content)
            done = self.checked(damaged, "0" * 200)
            self.assertEqual(done.returncode, 2, done.stdout)
            self.assertIn(str(damaged), done.stdout + done.stderr)
        self.assertEqual(self.checked(self.stack.policy, "0" * 200).returncode, 1)

    def test_digits_that_are_no_pass_are_explained(self):
        for digits, check in (("1" * 199, "shape"), ("x" * 200, "shape"), ("9" * 200, "range"),
                              ("0" * 200, "fields")):
            done = self.checked(self.stack.policy, digits)
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stdout, rf"REFUSED\s+{check}\b")
            self.assertIn("deny, malformed", done.stdout)

    # ------------------------------------------------------------ HTTP bodies

    def test_a_bad_body_is_told_by_its_field_and_writes_nothing(self):
        booker = self.stack.client(BOOKER)
        room = booker.room("lcr-danton")["id"]
        start, end = soon(60 * 24 * 9)
        good = {"room_id": room, "start": start, "end": end, "attendees": 4, "purpose": "Essai"}
        before = self.contents()
        for change, field in (({"room_id": "one"}, "room_id"), ({"start": "tomorrow"}, "start"),
                              ({"attendees": 4.5}, "attendees"), ({"attendees": -1}, "attendees"),
                              ({"purpose": 7}, "purpose"), ({"colour": "red"}, "colour"),
                              ({"end": start}, "end"), ({"room_id": 10 ** 30}, "room_id")):
            answer = booker.call("POST", "/api/v1/bookings", {**good, **change})
            self.assertIn(answer.status, (400, 422), change)
            self.assertEqual(answer.headers["content-type"], "application/problem+json")
            fields = [error["field"].strip("/") for error in answer.json()["errors"]]
            self.assertIn(field, fields, change)
        for body in ("", "{", "[]", "null", '{"room_id":1,"room_id":2}', "[" * 50_000,
                     b"\xff\xfe", json.dumps(good) + "x"):
            answer = booker.call("POST", "/api/v1/bookings", body,
                                 {"Content-Type": "application/json"})
            self.assertIn(answer.status, (400, 422), str(body)[:20])
            self.assertIn("code", answer.json())
        self.assertEqual(self.contents(), before)
        booker.expect(201, "POST", "/api/v1/bookings", good)


if __name__ == "__main__":
    unittest.main()
