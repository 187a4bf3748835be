"""Door agent and town over the real programs: enrolment, signed requests, policies that arrive by
themselves. The signatures are verified by Python's own libraries and by the words of RFC 9421."""

import base64
import hashlib
import json
import re
import sqlite3
import time
import unittest

from system_case import SystemCase
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from processes import run, wait_for
from recording_proxy import RecordingProxy
from stack import soon

KEEPER = "administration@le-pre.example.org"
SYNC = "/door-agent/v1/sync"


def verifies(key, path, headers, body):
    """RFC 9421, section 3.2, for the three components that Créneau signs."""
    digest = "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"
    label, parameters = headers["Signature-Input"].split("=", 1)
    components = re.match(r"\(([^)]*)\)", parameters).group(1).split()
    values = {'"@method"': "POST", '"@path"': path, '"content-digest"': headers["Content-Digest"]}
    base = "\n".join([f"{name}: {values[name]}" for name in components]
                     + [f'"@signature-params": {parameters}'])
    signature = base64.b64decode(headers["Signature"].split("=", 1)[1].strip(":"))
    try:
        VerifyKey(key).verify(base.encode(), signature)
    except BadSignatureError:
        return False
    return label == "town" and headers["Content-Digest"] == digest


class ConnectedAgent(SystemCase):
    """One connected agent for the whole class: no policy file is ever copied to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stack = cls.stack
        stack.agent.stop()
        for file in (stack.folder / "agent").glob("policy*.cose"):
            file.unlink()
        stack.passwords[KEEPER] = "correct horse battery staple 7"
        stack.command("set-password", KEEPER, stdin=stack.passwords[KEEPER] + "\n")
        cls.keeper = stack.client(KEEPER)
        cls.proxy = RecordingProxy(stack.url)
        cls.addClassCleanup(cls.proxy.close)
        stack.agent_url = cls.proxy.url
        cls.path = stack.enrol_agent(cls.keeper)
        stack.start_agent()
        cls.wait_for_policies(0)

    @staticmethod
    def town_with_a_second_qr_door(folder):
        changed = SystemCase.town_with_a_second_qr_door(folder)
        town = json.loads(changed.read_text())
        for person in town["people"]:
            if person["email"] == KEEPER:
                person["roles"].append("access_administrator")
        changed.write_text(json.dumps(town))
        return changed

    @classmethod
    def wait_for_policies(cls, before):
        """Seconds until the door has a policy in force that was not there before."""
        begun = time.monotonic()
        wait_for(lambda: cls.stack.accepted_policies() > before, 20, "a policy from the town")
        return time.monotonic() - begun


class Sync(ConnectedAgent):

    def shown(self):
        return next(agent for agent in
                    self.keeper.expect(200, "GET", "/api/v1/door-agents")["items"]
                    if agent["key"] == "lcr-danton")

    def test_a_cancelled_booking_is_refused_without_anybody_copying_a_file(self):
        booking, digits = self.approved_booking(*soon(5))
        self.stack.door_opens(digits)
        before = self.stack.accepted_policies()
        self.cancel(booking)
        seconds = self.wait_for_policies(before)
        print(f"cancelled to in force at the door: {seconds * 1000:.0f} ms")
        self.refused(digits, "revoked")

    def test_the_town_sees_how_its_agent_is(self):
        def up_to_date():
            shown = self.shown()
            return shown["online"] and shown["policy"] and shown
        shown = wait_for(up_to_date, 40, "an agent that is online")
        self.assertEqual((shown["state"], shown["clock"]), ("active", "trusted"))

    def test_the_town_sees_how_each_door_is(self):
        def phase():
            return next(door for door in self.keeper.expect(200, "GET", "/api/v1/doors")["items"]
                        if door["agent"] == "lcr-danton")["phase"]
        wait_for(lambda: phase() == "locked", 40, "a door that is locked")

    def test_requests_are_signed_as_the_rfc_says_and_count_once(self):
        key = bytes.fromhex(self.public_key())
        path, headers, body, _ = next(
            request for request in self.proxy.requests if request[0] == SYNC and request[3] == 200)
        self.assertTrue(verifies(key, path, headers, body))
        self.assertFalse(verifies(key, path, headers, body + b" "))
        self.assertEqual(self.proxy.send_again(path, headers, body), 401, "replayed")
        other = {**headers, "Signature-Input": re.sub(
            'nonce="[0-9]+"', 'nonce="999999"', headers["Signature-Input"])}
        self.assertEqual(self.proxy.send_again(path, other, body), 401, "another counter")
        self.assertEqual(self.proxy.send_again(path, {"Content-Type": "application/json"}, body),
                         401, "unsigned")
        statuses = {status for sent, _, _, status in self.proxy.requests if sent == SYNC}
        self.assertEqual(statuses, {200})

    def public_key(self):
        """What the board offered when it enrolled."""
        return next(json.loads(body)["public_key"] for path, _, body, _ in self.proxy.requests
                    if path == "/door-agent/v1/enrol")

    def test_an_enrolment_is_proved_on_both_sides_and_serves_once(self):
        path, headers, body, status = next(
            request for request in self.proxy.requests if request[0] != SYNC)
        self.assertEqual(status, 200)
        self.assertNotIn(b"code", body)
        self.assertEqual(self.proxy.send_again(path, headers, body), 401, "reused")
        self.keeper.expect(201, "POST", self.path + "/enrolment-code", {})
        done = run([self.stack.agent_program, "--config", self.stack.agent_config(), "enrol"],
                   stdin="0000-0000-0000-0000-0000-0000-0000-0001\n", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("refused", done.stdout)
        self.assertIsNone(self.shown()["offered_fingerprint"])

    def test_a_stolen_board_gets_nothing_until_a_person_takes_it_back(self):
        seen = len(self.proxy.requests)
        self.keeper.expect(200, "POST", self.path + "/revoke", {})
        booking, digits = self.approved_booking(*soon(5))
        wait_for(lambda: any(status == 401 for _, _, _, status in self.proxy.requests[seen - 1:]),
                 60, "a refused request of the stolen board")
        before = self.stack.accepted_policies()
        self.cancel(booking)
        self.assertEqual(self.shown()["state"], "revoked")
        self.assertEqual(self.stack.accepted_policies(), before)
        self.stack.enrol_agent(self.keeper)
        self.wait_for_policies(before)
        self.refused(digits, "revoked")
        self.proxy.requests[seen - 1:] = [request for request in self.proxy.requests[seen - 1:]
                                          if request[3] == 200]


class Commands(ConnectedAgent):
    """A door is opened from afar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stack.make_key("command")

    def door(self):
        doors = self.keeper.expect(200, "GET", "/api/v1/doors")["items"]
        return next(door for door in doors if door["key"] == "danton-entree")

    def asked(self):
        """The requests in which the agent asked for a command."""
        return [request for request in self.proxy.requests if b'"command_nonce"' in request[2]]

    def test_it_opens_once_and_nothing_that_is_sent_again_opens_it(self):
        board = self.stack.board
        before = board.switched_on()
        ordered = self.keeper.expect(202, "POST", f"/api/v1/doors/{self.door()['id']}/open",
                                     {"ground": "visitor"})
        wait_for(lambda: board.switched_on() == before + 1, 15, "a relay that is on")
        wait_for(lambda: not board.is_on(), 30, "a relay that is off again")
        shown = self.keeper.expect(200, "GET", f"/api/v1/door-commands/{ordered['id']}")
        self.assertEqual(shown["state"], "taken")
        (path, headers, body, status), = self.asked()
        self.assertEqual(status, 200)
        self.assertEqual(self.proxy.send_again(path, headers, body), 401, "replayed")
        wait_for(lambda: any(reason == "granted_command" for _, reason in self.town_rows()), 40,
                 "its row in the town")
        self.assertEqual(board.switched_on(), before + 1)

    def town_rows(self):
        database = sqlite3.connect(f"file:{self.stack.folder}/town.db?mode=ro", uri=True)
        try:
            return database.execute("SELECT sequence, reason FROM access_events").fetchall()
        finally:
            database.close()


class Events(ConnectedAgent):
    """What happens at the door comes to the town."""

    def rows(self, file, table):
        database = sqlite3.connect(f"file:{self.stack.folder}/{file}?mode=ro", uri=True)
        try:
            return database.execute(f"SELECT sequence, kind FROM {table} ORDER BY 1").fetchall()
        finally:
            database.close()

    def town_has_all(self):
        """The town has each row of the journal, and none twice."""
        wait_for(lambda: self.rows("agent/journal.db", "events")
                 == self.rows("town.db", "access_events"), 40, "every row, once, in the town")

    def test_each_comes_once_whatever_is_killed(self):
        stack = self.stack
        digits = self.approved_booking(*soon(5))[1]
        stack.door_opens(digits)
        self.town_has_all()
        stack.api.kill()
        stack.reader.scan("00000000")
        stack.door_opens(digits)
        stack.agent.kill()
        stack.start_agent()
        stack.door_opens(digits)
        stack.start_api()
        self.proxy.point_to(stack.url)
        self.town_has_all()
        stack.agent.kill()
        stack.start_agent()
        stack.door_opens(digits)
        self.town_has_all()
        kinds = [kind for _, kind in self.rows("town.db", "access_events")]
        self.assertEqual(kinds.count("agent_started"), 4)
        self.assertGreaterEqual(kinds.count("granted"), 1)
        shown = run([stack.agent_program, "journal", stack.folder / "agent/journal.db"])
        self.assertIn("chain: intact", shown.stdout)


if __name__ == "__main__":
    unittest.main()
