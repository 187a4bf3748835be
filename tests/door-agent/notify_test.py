"""What the agent tells the service manager: ready, alive, stopping; and that it falls silent."""

import socket
import sys
import threading
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))
from door_case import DoorCase, wait_for  # noqa: E402

HUNG = 14.0  # seconds that the bus thread is held; the agent feeds no more after 5
WRITE_COIL, READ_COILS = 5, 1


class Manager:
    """The socket of a service manager, and when it was told what."""

    def __init__(self, path):
        self.env = {"NOTIFY_SOCKET": str(path)}
        self.told = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self):
        while (message := self._socket.recv(4096)) != b"end of the test":
            self.told.append((time.monotonic(), message.decode()))

    def close(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
            end.sendto(b"end of the test", self.env["NOTIFY_SOCKET"])
        self._thread.join()
        self._socket.close()

    def times(self, message):
        return [at for at, text in list(self.told) if text == message]


class Notify(DoorCase):
    def setUp(self):
        super().setUp()
        self.put_policy()
        self.manager = Manager(self.folder / "manager")
        self.addCleanup(self.manager.close)

    def start(self, prefix=()):
        self.start_agent(prefix, env=self.manager.env)

    def test_it_is_ready_once_every_lock_was_released_and_read_back(self):
        self.board.command("coil 0 1")  # somebody left the lock on
        self.assertTrue(self.board.is_on())
        self.board.command("fault late 100")  # each answer; the log notes each request
        self.start()
        (ready,) = wait_for(lambda: self.manager.times("READY=1"), 30, "READY=1")
        self.assertFalse(self.board.is_on())
        before = [function for at, function in self.board.requests() if at < ready]
        self.assertIn(WRITE_COIL, before)
        self.assertIn(READ_COILS, before[before.index(WRITE_COIL):])
        self.board.command("clear")
        self.opens(self.digits(1))
        self.assertEqual(len(self.manager.times("READY=1")), 1)

    def test_it_tells_that_it_lives_until_it_stops(self):
        self.start()
        wait_for(lambda: len(self.manager.times("WATCHDOG=1")) >= 4, 30, "WATCHDOG=1, again")
        self.assertEqual(self.manager.times("STOPPING=1"), [])
        self.assertEqual(self.stop_agent(), 0)
        wait_for(lambda: self.manager.times("STOPPING=1"), 10, "STOPPING=1")
        self.assertEqual(self.manager.told[-1][1], "STOPPING=1")

    def test_it_falls_silent_while_a_bus_hangs(self):
        # The 30th send to the board is held; every other thread goes on.
        self.start(("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=sendto", "-e",
                    f"inject=sendto:delay_enter={HUNG:.0f}s:when=30"))
        wait_for(self.was_silent, 60, "a silence and the word after it")
        self.opens(self.digits(1))

    def was_silent(self):
        fed = self.manager.times("WATCHDOG=1")
        return any(after - before > HUNG - 7.0 for before, after in zip(fed, fed[1:]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
