"""What contract tests start: the real server and, before it, a proxy that answers 500 when a
request or an answer does not match the OpenAPI document."""

import os
import socket
import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE, ROOT
from processes import Process, wait_for
from stack import PARIS, Stack, local

DOCUMENT = ROOT / "api/http/openapi.yaml"
NODE = ROOT / "build/node/node_modules/.bin"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "CI": "true"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class ContractCase(unittest.TestCase):
    """Clients talk to the proxy; the proxy to the server."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-contract-")
        cls.addClassCleanup(temporary.cleanup)
        folder = Path(temporary.name)
        cls.stack = Stack(BUILD, folder / "town")
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.make_keys()
        cls.stack.start_signer()
        cls.stack.start_api()
        port = free_port()
        cls.proxy = Process("prism", [NODE / "prism", "proxy", DOCUMENT, cls.stack.url, "--errors",
                                      "--port", str(port), "--host", "127.0.0.1"], folder,
                            {**os.environ, **QUIET})
        cls.addClassCleanup(cls.proxy.stop)
        cls.url = f"http://127.0.0.1:{port}"
        wait_for(lambda: cls.answers(port), 60, "the validating proxy")
        cls.booker, cls.office = cls.through(BOOKER), cls.through(OFFICE)

    @staticmethod
    def answers(port):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    @classmethod
    def through(cls, email=None):
        return cls.stack.client(email, cls.url)

    def slot(self, days):
        day = datetime.now(PARIS).replace(hour=18, minute=0) + timedelta(days=days)
        return local(day), local(day + timedelta(hours=2))
