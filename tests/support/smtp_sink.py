#!/usr/bin/python3
"""An SMTP server that keeps what it gets: python3-aiosmtpd, with the faults real servers have.

As a program: smtp_sink.py --port 0 --out FOLDER [--fault FAULT] prints "listening on HOST:PORT" and
writes each accepted message to FOLDER/NNNNNN.eml. In tests: SmtpSink, a context manager.
"""

import argparse
import asyncio
import os
import signal
import ssl
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

FAULTS = (
    "none",
    "mute",             # accepts the connection and never says a word
    "refuse-sender",    # 5xx to MAIL
    "refuse-reader",    # 5xx to RCPT
    "refuse-message",   # 5xx after the message
    "busy-reader",      # 4xx to RCPT
    "busy-message",     # 4xx after the message
    "hang-reader",      # never answers RCPT
    "hang-message",     # never answers the message
    "close-reader",     # closes instead of answering RCPT
    "close-message",    # takes the message, then closes without a word
    "hang-quit",        # accepts the message, then never answers QUIT
)


@dataclass
class Accepted:
    """A message as it came, and how."""

    sender: str
    readers: list
    content: bytes
    host_name: str
    tls: bool
    login: str


class Handler:
    """The answers to one client; `fault` says where it goes wrong."""

    def __init__(self, sink):
        self.sink = sink

    async def misbehave(self, server, step):
        fault = self.sink.fault
        if fault == f"refuse-{step}":
            return f"550 5.1.1 refused at {step}, said the server to reader@example.org"
        if fault == f"busy-{step}":
            return f"451 4.3.0 busy at {step}"
        if fault == f"hang-{step}":
            await asyncio.Event().wait()
        if fault == f"close-{step}":
            server.transport.abort()
            return "421 4.3.2 closing"
        return None

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = await self.misbehave(server, "sender")
        if answer is None:
            envelope.mail_from = address
        return answer or "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.sink.readers_named.append(address)
        answer = await self.misbehave(server, "reader")
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 2.1.5 OK"

    async def handle_QUIT(self, server, session, envelope):
        return await self.misbehave(server, "quit") or "221 2.0.0 bye"

    async def handle_DATA(self, server, session, envelope):
        accepted = Accepted(envelope.mail_from, list(envelope.rcpt_tos), envelope.content,
                            session.host_name,
                            server.transport.get_extra_info("ssl_object") is not None,
                            session.auth_data.decode() if session.authenticated else "")
        if self.sink.fault == "close-message":
            self.sink.accept(accepted)
        answer = await self.misbehave(server, "message")
        if answer is None:
            self.sink.accept(accepted)
        return answer or "250 2.0.0 accepted"


class SmtpSink:
    """Listens in a thread of its own. `tls`: "no", "starttls" or "immediate"."""

    def __init__(self, host="127.0.0.1", port=0, fault="none", tls="no", certificate=None,
                 login=None, out=None):
        assert fault in FAULTS, fault
        self.fault = fault
        self.login = login
        self.out = Path(out) if out else None
        self.mails = []
        self.readers_named = []
        self.tls = tls
        self.context = None
        if tls != "no":
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
        self.loop = asyncio.new_event_loop()
        immediate = self.context if tls == "immediate" else None
        self.server = self.loop.run_until_complete(
            self.loop.create_server(self.protocol, host, port, ssl=immediate))
        self.host = host
        self.port = self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def protocol(self):
        if self.fault == "mute":
            return asyncio.Protocol()
        return SMTP(Handler(self), loop=self.loop, hostname="sink.example.org", enable_SMTPUTF8=False,
                    tls_context=self.context if self.tls == "starttls" else None,
                    auth_require_tls=False, auth_required=self.login is not None,
                    authenticator=self.authenticate)

    def authenticate(self, server, session, envelope, mechanism, data):
        good = self.login is not None and (data.login, data.password) == tuple(
            word.encode() for word in self.login)
        return AuthResult(success=good, handled=good, auth_data=data.login)

    def accept(self, accepted):
        self.mails.append(accepted)
        if self.out:
            number = len(list(self.out.glob("*.eml"))) + 1
            draft = self.out / f"{number:06}.part"
            draft.write_bytes(accepted.content)
            draft.rename(self.out / f"{number:06}.eml")

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        async def close():
            self.server.close()
            for task in asyncio.all_tasks(self.loop) - {asyncio.current_task()}:
                task.cancel()
            await asyncio.sleep(0)

        asyncio.run_coroutine_threadsafe(close(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


def make_certificate(folder, names="DNS:localhost,IP:127.0.0.1", stem="server"):
    """A self-signed certificate: (certificate file, key file)."""
    certificate, key = Path(folder) / f"{stem}.pem", Path(folder) / f"{stem}.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=mail server of a test", "-addext",
         f"subjectAltName={names}", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True, timeout=60)
    return str(certificate), str(key)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--out", required=True)
    parser.add_argument("--fault", choices=FAULTS, default="none")
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    with SmtpSink(port=arguments.port, fault=arguments.fault, out=arguments.out) as sink:
        print(f"listening on {sink.host}:{sink.port}", flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main()
