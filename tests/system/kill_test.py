"""SIGKILL of the API at every step of an approval: nothing half-written, each mail leaves once."""

import http.client
import sqlite3
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE, ROOT, SmtpSink
from processes import Process, wait_for
from received_mail import maildir_mails
from stack import Stack, soon

MOST_KILL_POINTS = 60


class Kill(unittest.TestCase):
    """One town; the API is killed and started again."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-kill-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def town(self, smtp_url=None):
        stack = Stack(BUILD, self.folder / "town", smtp_url=smtp_url)
        self.addCleanup(stack.stop)
        stack.prepare([OFFICE, BOOKER])
        stack.make_keys()
        stack.start_signer()
        return stack

    def waiting(self, stack):
        database = sqlite3.connect(f"file:{stack.database[1]}?mode=ro", uri=True, timeout=10)
        try:
            return database.execute(
                "SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone()[0]
        finally:
            database.close()

    def test_a_kill_between_commit_and_mail_lets_the_mail_leave_once(self):
        sink = SmtpSink(self.folder)
        port = sink.port
        sink.process.stop()
        stack = self.town(smtp_url=f"smtp://127.0.0.1:{port}")
        stack.start_api()
        booking = stack.book(stack.client(BOOKER), *soon(5))
        stack.client(OFFICE).expect(200, "POST", f"/api/v1/bookings/{booking['id']}/approve", {})
        stack.api.kill()
        sink = SmtpSink(self.folder, port)
        self.addCleanup(sink.process.stop)
        stack.start_api()
        wait_for(lambda: self.waiting(stack) == 0, 150, "every mail sent")
        counted = Counter(mail.message_id for mail in sink.mails())
        self.assertEqual(set(counted.values()), {1})
        self.assertEqual(sum(1 for mail in sink.mails() if mail.attached_picture()), 1)

    def sweep(self, call):
        """Kills at the N-th `call` of the API, N rising until an approval survives."""
        stack = self.town()
        stack.start_api()
        stack.client(OFFICE)  # links an authenticator app, which is not what is killed here
        stack.api.stop()
        for number in range(1, MOST_KILL_POINTS):
            slot = (f"2027-03-{1 + number % 28:02}T{8 + number // 28:02}:00",
                    f"2027-03-{1 + number % 28:02}T{8 + number // 28:02}:45")
            survived = self.one_kill(stack, call, number, slot)
            stack.start_api()
            wait_for(lambda: self.waiting(stack) == 0, 60, "every mail sent")
            self.check(stack, slot)
            self.assertEqual(stack.api.stop(), 0)
            if survived:
                return number
        self.fail(f"{MOST_KILL_POINTS} kills at {call} and the approval never survived")

    def one_kill(self, stack, call, number, slot):
        """Request and approval under strace. True when the API outlived both."""
        stack.api = Process(
            "api-traced", ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                           f"inject={call}:signal=KILL:when={number}", stack.api_program,
                           "--config", stack.config], self.folder)
        try:
            stack.url = stack.api.ready_line("listening on ").split()[2]
            booking = stack.book(stack.client(BOOKER), *slot)
            stack.client(OFFICE).expect(200, "POST",
                                        f"/api/v1/bookings/{booking['id']}/approve", {})
            wait_for(lambda: not stack.api.alive() or self.waiting(stack) == 0, 60,
                     "mails sent, or the kill")
        except (OSError, http.client.HTTPException, AssertionError):
            wait_for(lambda: not stack.api.alive(), 20, "the end of the killed API")
        survived = stack.api.alive()
        stack.api.stop()
        return survived

    def check(self, stack, slot):
        """The booking of this slot, its occupancy, window, pass and mails belong together."""
        database = sqlite3.connect(f"file:{stack.database[1]}?mode=ro", uri=True)
        self.addCleanup(database.close)
        rows = database.execute("SELECT id, status FROM bookings WHERE local_start = ?",
                                (slot[0],)).fetchall()
        self.assertLessEqual(len(rows), 1)
        for booking_id, status in rows:
            count = lambda sql: database.execute(sql, (booking_id,)).fetchone()[0]  # noqa: E731
            approved = int(status == "approved")
            self.assertEqual(count("SELECT count(*) FROM occupancies WHERE source_id = ?"), 1)
            self.assertEqual(count("SELECT count(*) FROM access_windows WHERE source_id = ?"),
                             approved)
            self.assertEqual(count("SELECT count(*) FROM passes WHERE booking_id = ?"), approved)
            outbox = database.execute("SELECT template FROM outbox WHERE booking_id = ?",
                                      (booking_id,)).fetchall()
            self.assertEqual(Counter(row[0] for row in outbox),
                             Counter(["booking_received"] + ["booking_approved"] * approved))
        mails = Counter(mail.message_id for mail in maildir_mails(stack.mail))
        self.assertTrue(all(times == 1 for times in mails.values()), mails)
        sent = database.execute("SELECT count(*) FROM outbox WHERE state = 'sent'").fetchone()[0]
        self.assertEqual(len(mails), sent)

    def test_a_kill_at_any_sync_of_the_database_leaves_no_half(self):
        self.assertGreater(self.sweep("fdatasync"), 1)

    def test_a_kill_at_any_rename_of_the_mail_folder_sends_each_mail_once(self):
        self.assertGreater(self.sweep("/^(rename|renameat|renameat2|link|linkat)$"), 1)


if __name__ == "__main__":
    unittest.main()
