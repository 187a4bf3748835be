"""A stop releases the locks before it ends the readers: none of them may hold a door open."""

import os
import re
import signal
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))
from door_case import DoorCase, wait_for  # noqa: E402

# As strace -xx writes them: FC05 on coil 0, off; the word by which a reader's thread is stopped.
RELEASE = re.compile(r'"[^"]*' + re.escape(r"\x01\x05\x00\x00\x00\x00") + '"')
READER_STOP = re.compile(r"write\(\d+, \"" + re.escape(r"\x01" + r"\x00" * 7) + '", 8')
READY = r"\x61\x67\x65\x6e\x74\x20\x72\x65\x61\x64\x79"  # "agent ready"


class Stop(DoorCase):
    def test_releases_the_locks_before_it_ends_the_readers(self):
        trace = self.folder / "trace"
        self.put_policy()
        self.start_agent(prefix=("strace", "-f", "-qq", "-xx", "-o", str(trace), "-e",
                                 "trace=write,sendto"))
        tracer = self.agent.child.pid
        children = Path(f"/proc/{tracer}/task/{tracer}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGTERM)
        wait_for(lambda: not self.agent.alive(), 60, "the end of the agent")
        lines = trace.read_text(errors="replace").splitlines()
        ready = next(i for i, line in enumerate(lines) if READY in line)
        after = lines[ready:]
        released = [i for i, line in enumerate(after) if RELEASE.search(line)]
        stopped = [i for i, line in enumerate(after) if READER_STOP.search(line)]
        self.assertTrue(released and stopped, "\n".join(after[-40:]))
        self.assertLess(released[0], stopped[0])


if __name__ == "__main__":
    unittest.main(verbosity=2)
