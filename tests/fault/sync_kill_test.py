"""SIGKILL at every system call of a sync that changes anything: of the agent while a policy comes and
rows go, of the API while it takes rows, of the signer while it signs. No row is lost or kept twice,
no counter comes again, no policy is older than one that was given out."""

import json
import re
import sqlite3
import sys
import unittest
from contextlib import closing
from pathlib import Path

import cbor2
from nacl.signing import SigningKey

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "support"), str(TESTS / "system")]
from kill_points import STEP, survives, sweep  # noqa: E402
from processes import run, wait_for  # noqa: E402
from signing_board import SigningBoard, exchange, straight_to  # noqa: E402
from stack import soon  # noqa: E402
from sync_test import SYNC, ConnectedAgent  # noqa: E402


class KilledSync(ConnectedAgent):
    """One town with one agent that is connected; each test kills one of the programs."""

    @staticmethod
    def town_with_a_second_qr_door(folder):
        """Short unlock times too: the door is tried after each kill."""
        changed = ConnectedAgent.town_with_a_second_qr_door(folder)
        town = json.loads(changed.read_text())
        for door in town["doors"]:
            door["unlock_ms"] = 500
        changed.write_text(json.dumps(town))
        return changed

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.badges = 0

    def change_policy(self):
        """A badge is given out."""
        type(self).badges += 1
        self.keeper.expect(201, "POST", "/api/v1/badges",
                           {"number": f"04{self.badges:06x}", "association_id": self.association})

    def rows(self, file, table):
        with closing(sqlite3.connect(f"file:{self.stack.folder}/{file}?mode=ro", uri=True)) as db:
            return db.execute(f"SELECT sequence, kind FROM {table} ORDER BY 1").fetchall()

    def town_has_all(self):
        journal = {f"{row}" for row in self.rows("agent/journal.db", "events")}
        return journal == {f"{row}" for row in self.agent_rows()}

    def agent_rows(self):
        """What the town has of the connected agent, as often as it has it."""
        with closing(sqlite3.connect(f"file:{self.stack.folder}/town.db?mode=ro", uri=True)) as db:
            return db.execute("SELECT e.sequence, e.kind FROM access_events e JOIN access_journals"
                              " j ON j.id = e.journal_id JOIN door_agents a ON a.id = j.agent_id"
                              " WHERE a.key = 'lcr-danton' ORDER BY 1").fetchall()

    def test_of_the_agent_while_a_policy_comes_and_rows_go(self):
        stack = self.stack
        digits = self.approved_booking(*soon(5))[1]

        def life(number):
            wait_for(self.town_has_all, 40, "every row in the town")
            before = stack.accepted_policies()
            if survives(stack.agent, number, "changes", self.change_policy,
                        lambda: stack.accepted_policies() > before and self.town_has_all()):
                return True
            stack.agent.kill()
            stack.agent.stop()
            stack.start_agent()
            wait_for(lambda: stack.accepted_policies() > before, 40, "the policy after all")
            stack.door_opens(digits)
            return False

        killed = sweep(life, STEP)
        print(f"the agent was killed {killed} times")
        self.assertGreater(killed, 10)
        wait_for(self.town_has_all, 40, "every row in the town")
        told = self.agent_rows()
        self.assertEqual(len(told), len(set(told)), "a row that is there twice")
        shown = run([stack.agent_program, "journal", stack.folder / "agent/journal.db"])
        self.assertIn("chain: intact", shown.stdout)
        self.no_counter_came_again()

    def no_counter_came_again(self):
        """The town refuses at most what a killed agent had under way and its next life overtook."""
        asked = [(int(re.search(r'nonce="(\d+)"', headers["Signature-Input"])[1]), status)
                 for path, headers, _, status in self.proxy.requests if path == SYNC]
        counters = [counter for counter, _ in asked]
        self.assertEqual(len(counters), len(set(counters)), "a counter that is there twice")
        newest = max(counter for counter, status in asked if status == 200)
        refused = [(counter, status) for counter, status in asked if status != 200]
        self.assertEqual([one for one in refused if one[0] > newest or one[1] != 401], [])

    def is_last(self, board):
        """Whether the town has taken the board's last request."""
        with closing(sqlite3.connect(f"file:{self.stack.folder}/town.db?mode=ro", uri=True)) as db:
            return db.execute("SELECT counter FROM door_agents WHERE key = ?",
                              (board.name,)).fetchone()[0] == board.counter

    def test_of_the_api_while_it_takes_rows(self):
        stack = self.stack
        key = SigningKey.generate()
        stack.agent.stop()
        self.addCleanup(stack.start_agent)
        with closing(sqlite3.connect(stack.database[1], timeout=20)) as database, database:
            database.execute("UPDATE door_agents SET public_key = ? WHERE key = 'lcr-semanaz'",
                             (key.verify_key.encode().hex(),))
        board = SigningBoard("lcr-semanaz", key)
        sent = []

        def batch():
            first = len(sent) + 1
            sent.extend(range(first, first + 5))
            return {"journal": "5e" * 16, "last_hash": "00" * 32, "events": [
                {"sequence": number, "kind": "granted", "at": 1_790_000_000 + number,
                 "clock": "trusted", "reason": "granted_booking", "count": 1}
                for number in range(first, first + 5)]}

        def life(number):
            events = batch()
            body = board.said(**events)
            headers = board.headers(body)
            answers = []

            def send():
                try:
                    with closing(straight_to(stack.url)) as connection:
                        answers.append(exchange(connection, body, headers))
                except OSError:
                    pass

            if survives(stack.api, number, "changes", send, lambda: bool(answers)):
                self.assertEqual(answers[0][0], 200)
                return True
            stack.api.kill()
            stack.api.stop()
            stack.start_api()
            was_kept = self.is_last(board)
            with closing(straight_to(stack.url)) as connection:
                again, _ = exchange(connection, body, headers)
                self.assertEqual(again, 401 if was_kept else 200)
                answer = board.sync(connection, **events)[1]
            self.assertEqual(answer["acknowledged"], sent[-1])
            return False

        killed = sweep(life)
        print(f"the API was killed {killed} times")
        self.assertGreater(killed, 10)
        self.proxy.point_to(stack.url)
        with closing(sqlite3.connect(f"file:{stack.database[1]}?mode=ro", uri=True)) as database:
            kept = database.execute("SELECT e.sequence FROM access_events e JOIN access_journals j"
                                    " ON j.id = e.journal_id WHERE j.journal = ? ORDER BY 1",
                                    ("5e" * 16,)).fetchall()
        self.assertEqual([row[0] for row in kept], sent)

    def version_of(self, file):
        """Of an exported policy (policy/FORMAT.md)."""
        _, _, payload, _ = cbor2.loads(cbor2.loads(file.read_bytes())[3])
        return cbor2.loads(payload)["version"]

    def test_of_the_signer_while_it_signs(self):
        stack = self.stack
        out = stack.folder / "exported"
        given = []

        def export():
            """The version that came, or none where the signer ended before."""
            out.unlink(missing_ok=True)
            stack.command("policy", "export", "--agent", "lcr-danton", "--out", out, check=False)
            if out.exists():
                given.append(self.version_of(out))

        def life(number):
            if survives(stack.signer, number, "changes", export, lambda: True):
                return True
            stack.signer.kill()
            stack.signer.stop()
            stack.start_signer()
            before = len(given)
            export()
            self.assertEqual(len(given), before + 1, "no policy after the kill")
            return False

        killed = sweep(life)
        print(f"the signer was killed {killed} times")
        self.assertGreater(killed, 5)
        self.assertEqual(given, sorted(set(given)), "a version that was given out before")


if __name__ == "__main__":
    unittest.main(verbosity=2)
