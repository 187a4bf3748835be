"""The main job at a door: what opens, what does not, and what the journal says of it."""

import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))
from door_case import AGENT, OFFICE, STREET, DoorCase, wait_for  # noqa: E402


class Door(DoorCase):
    def setUp(self):
        super().setUp()
        self.put_policy()
        self.start_agent()
        self.good = self.digits(1)

    def test_opens_for_its_pass_for_the_unlock_time(self):
        seconds = self.opens(self.good)
        self.assertGreater(seconds, 4.0)
        self.assertLess(seconds, 6.5)
        self.assertEqual(self.count("granted_booking"), 1)
        self.assertEqual(self.stop_agent(), 0)
        self.assertIn("chain: intact", self.chain())
        self.assertNotIn(self.good, self.everything_written())

    def everything_written(self):
        return "".join(file.read_bytes().decode("latin-1") for file in self.folder.rglob("*")
                       if file.is_file())

    def test_refuses_and_says_why_in_the_journal_only(self):
        self.revoked.append((5, 0))
        self.put_policy()
        signed = [
            (self.digits(2, scope=OFFICE), "wrong_door"),
            (self.digits(3, start=3600), "not_yet_valid"),
            (self.digits(4, start=-7200, minutes=30), "expired"),
            (self.digits(5), "revoked"),
        ]
        for text, reason in signed:
            with self.subTest(reason):
                self.refuses(text, reason)
        altered = self.good[:120] + str((int(self.good[120]) + 1) % 10) + self.good[121:]
        before = self.board.times_on()
        for text in (altered, self.digits(6, twist=["otherkey"]),
                     self.digits(7, twist=["othertown"]), "123", "9" * 200, "6" * 201,
                     "http://example.org/"):
            self.scan(text)
        wait_for(lambda: self.count("bad_signature") >= 3 and self.count("malformed") >= 4, 90,
                 "the summary rows")
        self.assertEqual(self.count("bad_signature"), 3)
        self.assertEqual(self.count("malformed"), 4)
        unsigned = [row for row in self.journal() if row["kind"] == "unsigned_reads"]
        self.assertEqual(len(unsigned), 2)
        self.assertTrue(all(row["pass_id"] is None for row in unsigned))
        self.assertEqual(self.board.times_on(), before)
        shown = [line.split("reader qr: ")[1] for line in self.agent.log.read_text().splitlines()
                 if "reader qr: " in line and "back" not in line]
        self.assertEqual(set(shown), {"refused"})
        self.opens(self.good)

    def test_a_superseded_revision_and_a_second_use_are_refused(self):
        self.opens(self.digits(10, revision=2))
        self.refuses(self.digits(10, revision=1), "superseded_revision")
        once = self.digits(11, use="once")
        self.opens(once)
        self.refuses(once, "already_used")
        self.stop_agent()
        self.start_agent()
        self.refuses(once, "already_used")
        self.opens(self.good)

    def test_a_disabled_door_stays_locked_until_enabled(self):
        self.disabled.append("danton-rue")
        self.put_policy()
        self.refuses(self.good, "door_disabled")
        self.disabled.clear()
        self.put_policy()
        self.opens(self.good)

    def test_a_bad_policy_file_leaves_the_old_one_in_force(self):
        file = self.folder / "policy.cose"
        signed = file.read_bytes()
        for name, content in (("cut", signed[:-20]), ("flipped", signed[:200] +
                              bytes([signed[200] ^ 1]) + signed[201:]), ("text", b"hello")):
            with self.subTest(name):
                refused = self.agent.log.read_text().count("policy refused")
                file.write_bytes(content)
                wait_for(lambda: self.agent.log.read_text().count("policy refused") > refused,
                         30, "the refusal of the file")
                self.opens(self.good)
        self.assertIn("policy_refused", [row["kind"] for row in self.journal()])
        file.unlink()
        self.stop_agent()
        self.start_agent()
        self.opens(self.good)

    def test_check_explains_each_decision(self):
        opens = self.check(self.good, "--door", "danton-rue")
        self.assertEqual(opens.returncode, 0, opens.stdout + opens.stderr)
        self.assertEqual(opens.stdout.splitlines()[-1], "decision: allow, granted_booking")
        wrong = self.check(self.digits(2, scope=OFFICE), "--door", "danton-rue")
        self.assertEqual(wrong.returncode, 1)
        self.assertIn("REFUSED  scope", wrong.stdout)
        self.assertIn("ok       signature", wrong.stdout)
        self.assertNotIn("clock  ", wrong.stdout.split("REFUSED")[1])
        self.assertEqual(wrong.stdout.splitlines()[-1], "decision: deny, wrong_door")
        late = self.check(self.good, "--at", str(self.now + 86400))
        self.assertEqual(late.stdout.splitlines()[-1], "decision: deny, expired")
        self.assertEqual(self.check(self.good, "--door", "cellar").returncode, 2)
        self.assertEqual(self.check(self.good, "--at", "tomorrow").returncode, 2)


class Start(DoorCase):
    def test_without_a_policy_it_runs_and_refuses_until_one_comes(self):
        self.start_agent()
        good = self.digits(1, scope=STREET)
        self.refuses(good, "policy_expired")
        self.put_policy()
        self.opens(good)

    def test_a_relay_left_on_is_released_before_any_card_is_read(self):
        self.put_policy()
        self.start_agent()
        self.scan(self.digits(1))
        wait_for(self.board.is_on, 30, "relay on")
        self.kill_agent()
        self.start_agent()
        self.assertFalse(self.board.is_on())
        self.opens(self.digits(1))

    def test_release_switches_off_and_tells_by_its_status(self):
        self.put_policy()
        self.start_agent()
        self.scan(self.digits(1))
        wait_for(self.board.is_on, 30, "relay on")
        self.kill_agent()
        done = self.command("release")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertFalse(self.board.is_on())
        self.board.process.kill()
        self.assertEqual(self.command("release").returncode, 1)

    def command(self, *arguments):
        return subprocess.run([AGENT, "--config", self.config, *arguments], text=True,
                              capture_output=True, timeout=60, check=False)

    def test_a_second_agent_on_the_same_folder_does_not_start(self):
        self.put_policy()
        self.start_agent()
        done = self.command("run")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(f"{self.folder}/state", done.stderr)
        self.assertIn("another agent runs", done.stderr)
        self.refuses(self.digits(1, start=-7200, minutes=30), "expired")
        self.opens(self.digits(1))
        self.assertEqual(self.stop_agent(), 0)
        self.assertIn("chain: intact", self.chain())

    def test_release_leaves_the_locks_of_a_running_agent_alone(self):
        self.put_policy()
        self.start_agent()
        self.scan(self.digits(1))
        wait_for(self.board.is_on, 30, "relay on")
        done = self.command("release")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("another agent runs", done.stdout)
        self.assertTrue(self.board.is_on())
        self.assertEqual(self.stop_agent(), 0)
        self.assertFalse(self.board.is_on())

    def test_an_agent_that_starts_while_the_one_before_ends_writes_its_journal(self):
        self.put_policy()
        self.start_agent()
        before = self.agent
        self.start_agent(ready=False)
        self.assertEqual(before.stop(), 0)
        self.agent.ready_line("agent ready", 60)
        self.refuses(self.digits(1, start=-7200, minutes=30), "expired")
        self.opens(self.digits(1))
        self.assertEqual(self.stop_agent(), 0)
        self.assertIn("chain: intact", self.chain())

    def test_a_reader_that_goes_and_comes_is_two_events(self):
        self.put_policy()
        self.start_agent()
        good = self.digits(1)
        self.opens(good)
        self.assertEqual(self.count("back"), 1)
        self.unplug_reader()
        wait_for(lambda: self.count("lost") == 1, 60, "the loss in the journal")
        self.plug_reader()
        wait_for(lambda: self.count("back") == 2, 90, "the return in the journal")
        self.opens(good)

    def test_a_configuration_with_errors_names_all_of_them(self):
        text = self.config.read_text().replace("channel = 0", "channel = 99").replace(
            'source = "rtc"', 'source = "moon"').replace('kind = "serial"', 'kind = "laser"')
        self.config.write_text("colour = 1\n" + text)
        done = self.command("run")
        self.assertEqual(done.returncode, 2)
        for word in ("colour", "clock.source", "door[1].channel", "reader[1].kind"):
            self.assertIn(word, done.stderr)
        self.assertRegex(done.stderr, r"agent\.toml:\d+: ")


if __name__ == "__main__":
    unittest.main(verbosity=2)
