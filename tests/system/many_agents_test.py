"""Fifty boards that were alone for thirty days come back together: the town gets each of 200 000
rows, and none twice, though it is killed meanwhile."""

import tempfile
import unittest
from pathlib import Path

from system_case import BUILD
from many_agents import ManyAgents, town_with_agents
from nginx import free_port
from processes import run, wait_for
from stack import Stack

AGENTS = 50
DAYS = 30
ROWS = 200_000


class ThirtyDaysAlone(unittest.TestCase):

    def setUp(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="creneau-many-")))
        self.stack = Stack(BUILD, folder / "town")
        self.stack.town_file = town_with_agents(folder, AGENTS)
        self.addCleanup(self.stack.stop)
        self.stack.prepare([])
        # The town comes back where its agents look for it.
        port = free_port()
        text = self.stack.config.read_text()
        self.stack.config.write_text(text.replace("port = 0", f"port = {port}"))
        self.stack.make_keys()
        self.stack.start_signer()
        self.agents = ManyAgents(self.stack, AGENTS, f"http://127.0.0.1:{port}")
        self.agents.live_offline(DAYS, ROWS // AGENTS)

    def wait_for_rows(self, count):
        wait_for(lambda: self.agents.count_told() >= count, 600, f"{count} rows in the town")

    def test_all_come_back_at_once_and_every_row_comes_once(self):
        self.agents.start()
        self.addCleanup(self.agents.stop)
        self.stack.start_api()
        self.wait_for_rows(ROWS // 10)
        self.stack.api.kill()
        self.stack.api.stop()
        self.assertLess(self.agents.count_told(), ROWS, "killed too late to show anything")
        self.stack.start_api()
        self.wait_for_rows(ROWS)
        wait_for(lambda: self.agents.lacking() == 0, 120, "the last rows in the town")
        self.agents.stop()
        told = self.agents.told()
        for name in self.agents.names:
            journal, kept = self.agents.kept(name)
            # What an agent writes as it ends is told next time.
            self.assertGreaterEqual(len(told[journal]), ROWS // AGENTS)
            self.assertEqual(told[journal], kept[:len(told[journal])], name)
        self.assertEqual(len(told), AGENTS)
        self.assertEqual(sum(map(len, told.values())), self.agents.count_told())
        shown = run([self.stack.agent_program, "journal", self.agents.journal("board-7")])
        self.assertIn("chain: intact", shown.stdout)


if __name__ == "__main__":
    unittest.main()
