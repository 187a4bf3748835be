"""`creneau-door-agent status`: what the running agent says of itself, to its own user alone."""

import os
import stat
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))
from door_case import AGENT, DoorCase, wait_for  # noqa: E402


class Status(DoorCase):
    lock = ('board = "waveshare-relay-8"\n'
            'contact = { input = 0, normally = "closed" }')

    def setUp(self):
        super().setUp()
        self.board.command("input 0 1")
        self.put_policy()

    def status(self, *options):
        return subprocess.run([AGENT, "--config", self.config, "status", *options], text=True,
                              capture_output=True, timeout=60, check=False)

    def says(self, line):
        wait_for(lambda: line in self.status().stdout.splitlines(), 30, line)

    def test_says_clock_policy_doors_and_readers_as_they_change(self):
        self.start_agent()
        self.says("door danton-rue: locked, contact closed")
        self.says("clock: trusted (declared)")
        self.says("policy: fresh, generation 1, version 1, 0 min old")
        self.says("reader qr: present")
        self.board.command("input 0 0")
        self.says("door danton-rue: forced, contact open")
        self.unplug_reader()
        self.says("reader qr: lost")
        self.plug_reader()
        self.says("reader qr: present")
        self.board.process.kill()
        self.says("door danton-rue: fault")

    def test_counts_for_prometheus(self):
        self.start_agent()
        self.opens(self.digits(1))
        self.scan("4711")
        self.counts('creneau_reads_total{door="danton-rue",outcome="granted"} 1')
        self.counts('creneau_reads_total{door="danton-rue",outcome="refused"} 1')
        self.counts('creneau_door{door="danton-rue",phase="locked"} 1')
        self.counts('creneau_clock{state="trusted"} 1')
        self.counts('creneau_policy{generation="1",version="1"} 1')
        self.counts('creneau_reader_present{reader="qr"} 1')
        self.unplug_reader()
        self.counts('creneau_reader_present{reader="qr"} 0')
        self.plug_reader()
        for line in self.status("--prometheus").stdout.splitlines():
            self.assertRegex(line, r'^(# TYPE creneau_\w+ (gauge|counter)'
                                   r'|creneau_\w+({\w+="[\w-]+"(,\w+="[\w-]+")*})? \d+)$')

    def counts(self, line):
        wait_for(lambda: line in self.status("--prometheus").stdout.splitlines(), 30, line)

    def test_is_for_the_agents_own_user(self):
        self.start_agent()
        for name in ("status.sock", "metrics.sock"):
            mode = stat.S_IMODE(os.stat(self.folder / "state" / name).st_mode)
            self.assertEqual(mode, 0o600)

    def test_tells_when_no_agent_runs_and_answers_again_after_a_kill(self):
        self.start_agent()
        self.says("reader qr: present")
        self.kill_agent()
        silent = self.status()
        self.assertEqual(silent.returncode, 1)
        self.assertIn("no agent answers", silent.stdout)
        self.start_agent()
        self.says("reader qr: present")


if __name__ == "__main__":
    unittest.main(verbosity=2)
