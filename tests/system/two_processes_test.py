"""Two processes of the API on one PostgreSQL behind nginx: a board may ask either."""

import re
import tempfile
import threading
import unittest
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from nacl.signing import SigningKey

from system_case import BOOKER, BUILD, OFFICE
from many_agents import name_of, town_with_agents
from nginx import Nginx
from private_postgres import BIN, PrivatePostgres
from processes import Process, run, wait_for
from signing_board import SYNC, SigningBoard, exchange, straight_to
from stack import PARIS, Stack, local

KEEPER = "administration@le-pre.example.org"
BOARDS = 12


class TwoProcesses(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="creneau-two-")))
        server = cls.enterClassContext(PrivatePostgres())
        cls.stack = stack = Stack(BUILD, folder / "town", database=("postgresql", server.conninfo))
        cls.addClassCleanup(stack.stop)
        stack.town_file = town_with_agents(folder, BOARDS, cls.let_the_keeper_in)
        stack.prepare([OFFICE, BOOKER, KEEPER])
        stack.make_keys()
        stack.make_key("command")
        stack.start_signer()
        stack.start_api()
        other = Process("other-api", [stack.api_program, "--config", stack.config], folder)
        cls.addClassCleanup(other.stop)
        cls.urls = [stack.url, other.ready_line("listening on ").split()[2]]
        cls.logs = [stack.api.log, other.log]
        cls.boards = [cls.confirmed(name_of(number)) for number in range(BOARDS)]
        cls.slots = 0

    @staticmethod
    def let_the_keeper_in(town):
        for person in town["people"]:
            if person["email"] == KEEPER:
                person["roles"].append("access_administrator")

    @classmethod
    def confirmed(cls, name):
        key = SigningKey.generate()
        cls.sql(f"UPDATE door_agents SET public_key = '{key.verify_key.encode().hex()}'"
                f" WHERE key = '{name}'")
        return SigningBoard(name, key)

    @classmethod
    def sql(cls, query):
        return run([BIN / "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align",
                    "--dbname", cls.stack.database[1], "--command", query]).stdout.split()

    def client(self, email, process):
        """Somebody who speaks to one of the two, with the session that both know."""
        client = self.stack.client(email)
        client.base_url = self.urls[process]
        client._host = urlsplit(self.urls[process]).netloc
        client.origin = self.urls[process]
        return client

    def sync(self, board, process, wait_s=0, **more):
        with closing(straight_to(self.urls[process])) as connection:
            return board.sync(connection, wait_s, **more)

    def brought_up(self, board):
        """The board has seen what there is."""
        status, _ = self.sync(board, 0)
        self.assertEqual(status, 200)
        return board

    def cancelled_booking(self, process):
        """What changes every policy: a booking of another slot each time, cancelled at one."""
        type(self).slots += 1
        day = datetime.now(PARIS).replace(hour=9, minute=0) + timedelta(days=3 + self.slots)
        booker = self.client(BOOKER, process)
        association = booker.expect(200, "GET", "/api/v1/me")["associations"][0]["id"]
        booking = self.stack.book(booker, local(day), local(day + timedelta(hours=1)),
                                  association_id=association)
        path = f"/api/v1/bookings/{booking['id']}"
        office = self.client(OFFICE, process)
        office.expect(200, "POST", path + "/approve", {})
        return lambda: office.expect(200, "POST", path + "/cancel", {"reason": "other"})

    def taken(self):
        """How many syncs the database was told of."""
        return sum(map(int, self.sql("SELECT SUM(counter) FROM door_agents")))

    def waiting(self, boards, ask):
        """Threads in which each board asks and waits; returns once the town has taken all of it."""
        answers = {}
        before = self.taken()
        threads = [threading.Thread(target=lambda one=board: answers.update({one.name: ask(one)}),
                                    daemon=True) for board in boards]
        for thread in threads:
            thread.start()
        wait_for(lambda: self.taken() >= before + len(boards), 30, "requests that wait")
        return threads, answers

    def test_what_changes_at_one_wakes_who_waits_at_the_other(self):
        for here in (0, 1):
            cancel = self.cancelled_booking(here)
            board = self.brought_up(self.boards[0])
            threads, answers = self.waiting([board], lambda one: self.sync(one, 1 - here, 25))
            cancel()
            threads[0].join(60)
            status, answer = answers[board.name]
            self.assertEqual(status, 200)
            self.assertIsNotNone(answer["policy"], "it waited until its time was over")

    def test_a_request_counts_once_wherever_it_is_sent_again(self):
        board = self.boards[1]
        body = board.said()
        headers = board.headers(body)
        statuses = []
        for url in (self.urls[0], self.urls[1], self.urls[0]):
            with closing(straight_to(url)) as connection:
                statuses.append(exchange(connection, body, headers)[0])
        self.assertEqual(statuses, [200, 401, 401])
        board.counter -= 1
        self.assertEqual(self.sync(board, 1)[0], 401, "the same counter with other words")
        self.assertEqual(self.sync(board, 1)[0], 200)

    def test_rows_that_were_sent_to_one_are_kept_once(self):
        board = self.boards[2]
        rows = [{"sequence": number, "kind": "granted", "at": 1_790_000_000 + number,
                 "clock": "trusted", "reason": "granted_booking", "count": 1}
                for number in range(1, 101)]
        batch = {"journal": "ab" * 16, "last_hash": "cd" * 32}
        for process, sent in ((0, rows[:60]), (1, rows[:60]), (1, rows[40:]), (0, rows)):
            status, answer = self.sync(board, process, events=sent, **batch)
            self.assertEqual((status, answer["acknowledged"]),
                             (200, max(60, sent[-1]["sequence"])))
        count = self.sql("SELECT COUNT(*), COUNT(DISTINCT sequence) FROM access_events e JOIN"
                         f" access_journals j ON j.id = e.journal_id WHERE journal = '{'ab' * 16}'")
        self.assertEqual(count, ["100|100"])

    def test_a_command_ordered_at_one_is_taken_from_the_other_once(self):
        board = self.brought_up(self.boards[3])
        threads, answers = self.waiting([board], lambda one: self.sync(one, 1, 25))
        keeper = self.client(KEEPER, 0)
        door = next(door for door in keeper.expect(200, "GET", "/api/v1/doors?limit=100")["items"]
                    if door["key"] == f"{board.name}-door")
        order = keeper.expect(202, "POST", f"/api/v1/doors/{door['id']}/open",
                              {"ground": "visitor"})
        threads[0].join(60)
        _, answer = answers[board.name]
        self.assertEqual([offer["command"] for offer in answer["offered"]], [order["id"]])
        question = {"command": order["id"], "boot": "0" * 32}
        status, answer = self.sync(board, 1, command_nonce="12" * 16, **question)
        self.assertEqual(status, 200)
        self.assertTrue(answer["signed_command"])
        again = [self.sync(board, process, command_nonce="34" * 16, **question)[1]
                 for process in (0, 1)]
        self.assertEqual([one["signed_command"] for one in again], [None, None])
        shown = keeper.expect(200, "GET", f"/api/v1/door-commands/{order['id']}")
        self.assertEqual(shown["state"], "taken")

    def test_boards_that_nginx_sends_to_either_are_all_woken(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="creneau-two-nginx-")))
        ports = [urlsplit(url).port for url in self.urls]
        nginx = Nginx(folder / "nginx", f"{ports[0]}; server 127.0.0.1:{ports[1]}")
        self.addCleanup(nginx.stop)
        cancel = self.cancelled_booking(0)
        boards = self.boards[4:]
        for board in boards:
            self.brought_up(board)
        before = [self.served(log) for log in self.logs]

        def ask(board):
            with closing(nginx.client().connection()) as connection:
                return board.sync(connection, 25)

        threads, answers = self.waiting(boards, ask)
        cancel()
        for thread in threads:
            thread.join(60)
        self.assertEqual({board.name for board in boards}, set(answers))
        for name, (status, answer) in answers.items():
            self.assertEqual(status, 200, name)
            self.assertIsNotNone(answer["policy"], name)
        for log, already in zip(self.logs, before):
            wait_for(lambda one=log, past=already: self.served(one) > past, 20,
                     f"syncs in {log.name}")

    @staticmethod
    def served(log):
        return len(re.findall(f"POST {SYNC} 200", log.read_text(errors="replace")))


if __name__ == "__main__":
    unittest.main()
