"""What happens elsewhere while a story is told in a browser: at the server's shell, at a board, at
a door. A story asks for it over HTTP on loopback: POST /name with the words that it is about."""

import json
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from processes import Timeout, run, wait_for  # noqa: E402
from received_mail import maildir_mails, read_with_zbar, read_with_zxing  # noqa: E402


class Elsewhere:
    """One town's shell, board and door."""

    def __init__(self, stack):
        self.stack = stack
        stack.agent_url = stack.url
        stack.start_board()
        elsewhere = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                try:
                    status, said = 200, getattr(elsewhere, "do_" + self.path[1:])(body)
                except Exception as error:  # noqa: BLE001: the story fails with these words
                    status, said = 500, f"{type(error).__name__}: {error}"
                answer = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *arguments):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        # One thread for all: what it starts ends with it (processes.DIES_WITH_US).
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def do_import(self, file):
        """The town's file, at the server's shell."""
        self.stack.command("import", file.decode())

    def do_mail(self, words):
        """The text of the newest mail to somebody that has some words, once it is there."""
        told = json.loads(words)

        def found():
            return [mail.text() for mail in maildir_mails(self.stack.mail)
                    if told["to"] in mail.to and told["words"] in mail.text()]
        return wait_for(found, what=f"a mail with “{told['words']}”")[-1]

    def do_enrol(self, code):
        """The installer types the code at the board. -> the fingerprint that it prints."""
        done = run([self.stack.agent_program, "--config", self.stack.agent_config(), "enrol"],
                   stdin=code.decode() + "\n")
        return done.stdout.strip().splitlines()[-1]

    def do_start_agent(self, _):
        self.stack.start_agent()
        wait_for(lambda: self.stack.accepted_policies() > 0, what="a policy from the town")

    def do_policies(self, _):
        """How many policies came into force at the door so far."""
        return self.stack.accepted_policies()

    def do_policy_after(self, before):
        wait_for(lambda: self.stack.accepted_policies() > int(before), what="another policy")

    def do_read(self, png):
        """The digits of a code, which two readers of others must read alike."""
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            file.write(png)
            file.flush()
            digits = read_with_zbar(file.name)
            assert digits == read_with_zxing(file.name), "the readers do not agree"
        return digits

    def do_opens(self, digits):
        try:
            return self.stack.door_opens(digits.decode())
        except Timeout as error:
            raise Timeout(f"{error}; the journal: {self.stack.journal()}") from error

    def do_refuses(self, words):
        told = json.loads(words)
        self.stack.door_refuses(told["digits"], told["reason"])
