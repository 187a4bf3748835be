"""The town's site as a neighbour meets it: Debian's nginx with the project's own configuration, the
real API behind it."""

import itertools
import json
import re
import socket
import sqlite3
import ssl
import tempfile
import time
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from system_case import BOOKER, BUILD, OFFICE, ROOT
from nginx import NAME, SITE, URL, Nginx, free_port
from processes import run
from stack import Stack

HSTS = "max-age=31536000; includeSubDomains"
POLICY = ("default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; "
          "frame-ancestors 'none'")
ON_EVERYTHING = {"strict-transport-security": HSTS, "x-content-type-options": "nosniff",
                 "referrer-policy": "no-referrer", "content-security-policy": POLICY,
                 "x-frame-options": "DENY", "cross-origin-resource-policy": "same-origin"}
PAPER = {"kind": "insurance", "valid_from": "2026-01-01"}


class NginxCase(unittest.TestCase):
    def has_its_headers(self, answer):
        """Each exactly once: a second one may say something else."""
        for name, value in ON_EVERYTHING.items():
            found = [line for key, line in answer.header_lines if key.lower() == name]
            self.assertEqual(found, [value], (name, answer.status))
        self.assertNotRegex(answer.headers["server"], r"\d")

    def is_problem(self, answer, status, code):
        self.assertEqual(answer.status, status, answer.body)
        self.assertEqual(answer.headers["content-type"], "application/problem+json")
        told = answer.json()
        self.assertEqual((told["type"], told["status"], told["code"]),
                         ("about:blank", status, code))
        self.assertTrue(told["title"] and told["detail"])
        self.has_its_headers(answer)


class Site(NginxCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-nginx-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.stack = Stack(BUILD, cls.folder / "town")
        cls.stack.public_url = URL
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.start_api({"SPDLOG_LEVEL": "debug", "TZ": "Europe/Paris"})
        cls.nginx = Nginx(cls.folder / "nginx", urlsplit(cls.stack.url).port)
        cls.addClassCleanup(cls.nginx.stop)
        cls.slow = cls.nginx.connect("127.0.0.90")
        cls.addClassCleanup(cls.slow.close)
        cls.slow.sendall(f"GET /healthz HTTP/1.1\r\nHost: {NAME}\r\nX-Slow: ".encode())
        cls.slow_since = time.monotonic()
        cls.public = cls.nginx.client("127.0.0.2")
        cls.booker = cls.nginx.client("127.0.0.3")
        cls.booker.sign_in(BOOKER, cls.stack.passwords[BOOKER])

    def new_paper(self):
        person = self.booker.expect(200, "GET", "/api/v1/me")["id"]
        paper = self.booker.expect(201, "POST", f"/api/v1/people/{person}/papers", PAPER)
        return f"/api/v1/papers/{paper['id']}/file"

    # ------------------------------------------------------------ TLS

    def test_only_modern_tls_is_spoken(self):
        def context(**limits):
            chosen = self.nginx.trusting()
            chosen.set_ciphers(limits.pop("ciphers", "ALL:@SECLEVEL=0"))
            for name, value in limits.items():
                setattr(chosen, name, value)
            return chosen
        old, new = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_2
        for refused in (context(minimum_version=old, maximum_version=ssl.TLSVersion.TLSv1_1),
                        context(maximum_version=new, ciphers="AES128-GCM-SHA256:AES256-SHA"),
                        context(maximum_version=new, ciphers="ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0")):
            with self.assertRaises((ssl.SSLError, ConnectionError)):
                self.nginx.connect(context=refused).close()
        for taken, version in ((context(maximum_version=new, ciphers="ECDHE+AESGCM"), "TLSv1.2"),
                               (self.nginx.trusting(), "TLSv1.3")):
            with self.nginx.connect(context=taken) as connection:
                self.assertEqual(connection.version(), version)

    def test_http_2_is_spoken_with_the_same_headers(self):
        done = run(["curl", "-sS", "-i", "--http2", "--cacert", self.nginx.certificate, "--resolve",
                    f"{NAME}:{self.nginx.https_port}:127.0.0.1",
                    f"https://{NAME}:{self.nginx.https_port}/healthz"])
        head = done.stdout.lower()
        self.assertTrue(head.startswith("http/2 200"), head)
        for name, value in ON_EVERYTHING.items():
            self.assertEqual(head.count(f"\n{name}: {value}".lower()), 1, name)

    def test_pages_in_clear_are_redirected_and_programs_are_refused(self):
        for path in ("/", "/salles?semaine=12"):
            status, headers, _ = self.nginx.in_clear("GET", path)
            self.assertEqual((status, headers["Location"]), (301, URL + path))
        for path in ("/api/v1/rooms", "/api", "/feeds/AAAAAAAAAAAAAAAAAAAAAA.ics",
                     "/door-agent/v1/sync"):
            status, headers, body = self.nginx.in_clear("POST", path)
            self.assertEqual((status, json.loads(body)["code"]), (403, "https_only"), path)
            self.assertEqual(headers["Content-Type"], "application/problem+json")

    # ------------------------------------------------------------ answers

    def test_answers_of_the_api_keep_their_headers(self):
        for client, path, status in ((self.public, "/api/v1/rooms", 200),
                                     (self.booker, "/api/v1/me", 200),
                                     (self.public, "/api/v1/me", 401),
                                     (self.public, "/nothing", 404),
                                     (self.public, "/api/openapi.json", 200)):
            answer = client.call("GET", path)
            self.assertEqual(answer.status, status, path)
            self.has_its_headers(answer)
        self.assertEqual(self.booker.call("GET", "/api/v1/me").headers["cache-control"], "no-store")

    def test_the_session_is_a_cookie_of_this_host_alone(self):
        answer = self.public.call("POST", "/api/v1/sessions", {
            "email": BOOKER, "password": self.stack.passwords[BOOKER]})
        self.assertEqual(answer.status, 201, answer.body)
        name, _, rest = answer.headers["set-cookie"].partition("=")
        self.assertEqual(name, "__Host-creneau")
        self.assertEqual(set(rest.split("; ")[1:]),
                         {"Path=/", "HttpOnly", "SameSite=Lax", "Secure"})
        self.assertEqual(answer.headers["cache-control"], "no-store")
        value = rest.split(";")[0]
        for cookie, status in ((f"creneau={value}", 401), (f"__Host-creneau={value}", 200)):
            got = self.public.call("GET", "/api/v1/me", headers={"Cookie": cookie})
            self.assertEqual(got.status, status, cookie.split("=")[0])

    def test_what_is_for_the_machine_alone_is_closed(self):
        for path in ("/metrics", "/metrics?x=1", "//metrics", "/%6detrics", "/metrics/",
                     "/api/../metrics"):
            self.assertEqual(self.public.call("GET", path).status, 404, path)
        self.is_problem(self.public.call("GET", "/metrics"), 404, "not_found")
        self.is_problem(self.public.call("GET", "/readyz"), 403, "forbidden")
        self.assertEqual(self.nginx.client().call("GET", "/readyz").status, 200)
        self.is_problem(self.public.call("GET", "/creneau-problem"), 404, "not_found")
        for method in ("TRACE", "CONNECT", "PROPFIND"):
            self.assertIn(self.public.call(method, "/api/v1/rooms").status, (400, 405, 501), method)

    # ------------------------------------------------------------ who asks

    def test_nobody_chooses_the_address_that_they_are_counted_under(self):
        def rows():
            database = sqlite3.connect(f"file:{self.stack.database[1]}?mode=ro", uri=True)
            try:
                return database.execute("SELECT count(*) FROM sign_in_failures").fetchone()[0]
            finally:
                database.close()
        client = self.nginx.client("127.0.0.40")
        before = rows()
        for number in (66, 67):
            forged = f"203.0.113.{number}"
            answer = client.call("POST", "/api/v1/sessions",
                                 {"email": f"nobody{number}@example.org", "password": "x" * 12},
                                 {"X-Forwarded-For": forged, "X-Real-IP": forged,
                                  "Forwarded": f"for={forged}", "X-Client-Address": forged,
                                  "X-Client-IP": forged, "X-Client-User": BOOKER,
                                  "X_Forwarded_For": forged, "X-Forwarded-Host": "evil.example"})
            self.assertEqual(answer.status, 401)
        self.assertEqual(rows() - before, 3, "two accounts, one address")

    def test_who_asks_too_often_waits_and_others_do_not(self):
        greedy, calm = self.nginx.client("127.0.0.50"), self.nginx.client("127.0.0.51")
        asked = {"email": "nobody@example.org"}
        for number in range(40):
            answer = greedy.call("POST", "/api/v1/sessions/codes", asked)
            if answer.status != 202:
                break
        self.assertGreaterEqual(number, 10)
        self.is_problem(answer, 429, "throttled")
        self.assertGreater(int(answer.headers["retry-after"]), 0)
        self.assertEqual(calm.call("POST", "/api/v1/sessions/codes", asked).status, 202)
        self.assertEqual(greedy.call("GET", "/api/v1/rooms").status, 200)

    def test_boards_have_a_limit_of_their_own(self):
        """As many at once as one connection carries: how fast this machine is plays no part."""
        ask = (f"POST /door-agent/v1/sync HTTP/1.1\r\nHost: {NAME}\r\n"
               "Content-Type: application/json\r\nContent-Length: 2\r\n{}\r\n{{}}")
        asked = ask.format("") * 599 + ask.format("Connection: close\r\n")
        statuses, answers = self.nginx.exchange(asked.encode(), "127.0.0.52")
        self.assertEqual(len(statuses), 600)
        self.assertGreaterEqual(statuses.index(429), 200)
        self.assertIn(b'"code":"throttled"', answers)
        self.assertNotEqual(
            self.nginx.client("127.0.0.53").call("POST", "/door-agent/v1/sync", {}).status, 429)
        self.assertEqual(
            self.nginx.client("127.0.0.52").call("GET", "/api/v1/rooms").status, 200)

    def test_every_route_that_takes_a_password_or_code_is_in_the_narrow_zone(self):
        site = SITE.read_text()
        places = [(kind, what) for kind, what, inside in
                  re.findall(r"location (=|~) (\S+) \{([^}]*)\}", site)
                  if "creneau_sign_in" in inside]
        document = yaml.safe_load((ROOT / "api/http/openapi.yaml").read_text())
        throttled = [path for path, methods in document["paths"].items()
                     for method in methods.values()
                     if isinstance(method, dict) and "429" in method.get("responses", {})]
        self.assertGreater(len(throttled), 5)
        # A pass is mailed by somebody signed in, whom the API counts by themselves.
        for path in (path for path in throttled
                     if not path.startswith("/feeds/") and not path.endswith("/holder")):
            path = re.sub(r"\{\w+\}", "1", path)
            self.assertTrue(any(path == what if kind == "=" else re.search(what, path)
                                for kind, what in places), f"{path} is not slowed down in {SITE}")

    # ------------------------------------------------------------ sizes and times

    def test_a_body_over_its_cap_is_refused_in_words(self):
        for size, status in ((1 << 20, 400), ((1 << 20) + 1, 413)):
            answer = self.booker.call("POST", "/api/v1/bookings", b"[" * size)
            self.assertEqual(answer.status, status)
        self.is_problem(answer, 413, "body_too_large")

    def test_a_paper_of_eight_mebibytes_comes_back_whole_and_in_parts(self):
        file = self.new_paper()
        end = b"\n%%EOF\n"
        begin = b"%PDF-1.7\n" + b"% une ligne\n" * 10
        whole = begin + b" " * ((8 << 20) - len(begin) - len(end)) + end
        pdf = {"Content-Type": "application/pdf"}
        self.is_problem(self.booker.call("PUT", file, whole + b" ", pdf), 413, "body_too_large")
        sent = self.booker.call("PUT", file, whole, pdf)
        self.assertEqual(sent.status, 200, sent.body)
        got = self.booker.call("GET", file)
        self.assertEqual((got.status, len(got.body), got.body == whole), (200, len(whole), True))
        self.assertEqual(got.headers["cache-control"], "no-store")
        self.assertTrue(got.headers["content-security-policy"].startswith("sandbox; "))
        self.assertTrue(got.headers["content-disposition"].startswith("attachment; "))
        self.assertEqual(got.headers["etag"].count('"'), 2)
        for first, last in ((0, 99), (524200, 524400), (8388600, 8388607)):
            part = self.booker.call("GET", file, headers={"Range": f"bytes={first}-{last}"})
            self.assertEqual((part.status, part.body), (206, whole[first:last + 1]))
        self.assertEqual(self.public.call("GET", file).status, 401)

    def test_a_head_that_never_ends_is_cut(self):
        deadline = self.slow_since + 20
        self.slow.settimeout(0.5)
        while time.monotonic() < deadline:
            try:
                self.slow.sendall(b"a")
                self.assertEqual(self.slow.recv(1000), b"")
                break
            except socket.timeout:
                continue
            except (ssl.SSLError, OSError):
                break
        self.assertLess(time.monotonic() - self.slow_since, 15)
        self.assertEqual(self.public.call("GET", "/healthz").status, 200)

    # ------------------------------------------------------------ secrets

    def test_no_log_holds_the_address_of_a_calendar(self):
        made = self.booker.expect(201, "POST", "/api/v1/feeds", {"kind": "person"})["path"]
        token = made.removeprefix("/feeds/").removesuffix(".ics")
        self.assertEqual(len(token), 22)
        calendar = self.public.call("GET", made)
        self.assertEqual(calendar.body[:15], b"BEGIN:VCALENDAR")
        self.has_its_headers(calendar)
        for path in (f"/feeds/{token}", f"/feed/{token}.ics", f"//feeds//{token}.ics",
                     f"/%66eeds/{token}.ics", f"/{token}", f"/api/v1/feeds/{token}.ics",
                     f"/?next={made}", f"/api/v1/rooms?x={token}", f"/feeds/{token}/" + "a/" * 900):
            self.public.call("GET", path)
            self.nginx.in_clear("GET", path)
        self.nginx.exchange(f"GET {made} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".encode())
        reader = self.nginx.client("127.0.0.60")
        self.assertTrue(any(reader.call("GET", made).status == 429 for _ in range(200)))
        for path in ("/api/v1/rooms", "/healthz?limit=7"):
            self.assertEqual(self.public.call("GET", path).status, 200)
        logs = self.nginx.logs() + (self.stack.folder / "api.log").read_text(errors="replace")
        self.assertNotIn(token, logs)
        self.assertNotIn("limit=7", logs)
        self.assertRegex(logs, r"127\.0\.0\.2 \[\S+\+00:00\] GET /api/v1/rooms 200 ")
        self.assertIn(" GET /*** ", logs)
        told = re.search(r"\[(\d{4}-\d\d-\d\dT[\d:.]+)Z\] \[creneau-api\] \[info\] ", logs)[1]
        age = datetime.now(timezone.utc) - datetime.fromisoformat(told + "+00:00")
        self.assertLess(abs(age), timedelta(minutes=30), "logs are in UTC")


class Smuggling(NginxCase):
    """What two parsers could read in two ways reaches the API as one plain request, or never."""

    INNER = f"GET /smuggled HTTP/1.1\r\nHost: {NAME}\r\n\r\n"
    LAST = f"GET /healthz HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n"

    @classmethod
    def setUpClass(cls):
        cls.sources = itertools.count(1)
        temporary = tempfile.TemporaryDirectory(prefix="creneau-smuggling-")
        cls.addClassCleanup(temporary.cleanup)
        cls.stack = Stack(BUILD, Path(temporary.name) / "town")
        cls.stack.public_url = URL
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([])
        cls.stack.start_api()
        cls.nginx = Nginx(Path(temporary.name) / "nginx", urlsplit(cls.stack.url).port)
        cls.addClassCleanup(cls.nginx.stop)

    def statuses(self, attack):
        source = f"127.0.1.{next(self.sources)}"  # so that none is slowed down
        found, answer = self.nginx.exchange((attack + self.LAST).encode("latin-1"), source)
        self.assertNotIn(b"smuggled", answer)
        for _ in range(3):  # a request left over in a connection to the API would answer here
            healthy = self.nginx.client(source).call("GET", "/healthz")
            self.assertEqual((healthy.status, healthy.body), (200, b'{"status":"ok"}'))
        return found

    def head(self, line, *headers):
        return "".join(f"{text}\r\n" for text in (line, f"Host: {NAME}", *headers, ""))

    def test_what_has_two_lengths_is_refused(self):
        chunked = "Transfer-Encoding: chunked"
        post = "POST /api/v1/sessions HTTP/1.1"
        for headers in (("Content-Length: 5", chunked), (chunked, "Content-Length: 5"),
                        ("Content-Length: 5", "Content-Length: 0"), ("Content-Length: 5, 0",),
                        ("Content-Length: +5",), ("Content-Length: -1",), ("Content-Length: 0x5",),
                        (chunked, "Transfer-Encoding: identity"), ("Transfer-Encoding: xchunked",),
                        ("Transfer-Encoding: chunked, identity",), ("Transfer-Encoding : chunked",),
                        ("Transfer-Encoding\x0b: chunked",), ("X: a\nTransfer-Encoding: chunked",
                                                              "Content-Length: 5")):
            found = self.statuses(self.head(post, *headers) + "0\r\n\r\n" + self.INNER)
            self.assertEqual(len(found), 1, (headers, found))
            self.assertIn(found[0], (400, 501), headers)

    def test_broken_chunks_are_refused(self):
        post = self.head("POST /api/v1/sessions HTTP/1.1", "Transfer-Encoding: chunked",
                         "Content-Type: application/json")
        for body in ("-1\r\n{}\r\n0\r\n\r\n", "zz\r\n{}\r\n", "ffffffffffffffff1\r\n{}\r\n",
                     "2\r\n{}x\r\n0\r\n\r\n"):
            found = self.statuses(post + body + self.INNER)
            self.assertEqual((len(found), found[0] // 100), (1, 4), body)
        self.assertEqual(self.statuses(post + "2;a=b\r\n{}\r\n0\r\n\r\n"), [422, 200])

    def test_strange_heads_are_refused_or_made_plain(self):
        get = "GET /healthz HTTP/1.1"
        for attack, expected in (
                (self.head(get, " folded: " + self.INNER.split("\r\n")[0]), [400]),
                (self.head(get, "X: a", "\tfolded"), [400]),
                (self.head(get, "X : a"), [400]),
                (self.head(get, f"Host: {NAME}"), [400]),
                (self.head(get, "X: a\x00b"), [400]),
                (self.head("GET /healthz\x00 HTTP/1.1"), [400]),
                (self.head("GET /healthz%00 HTTP/1.1"), [400]),
                (self.head("GET /healthz HTTP/9.9"), [505]),
                (self.head("GET  HTTP/1.1"), [400]),
                ("GET /healthz HTTP/1.1\r\n\r\n", [400]),
                (self.head(get).replace("\r\n", "\n"), [200, 200]),
                (self.head(f"GET https://evil.example/healthz HTTP/1.1"), [200, 200]),
                (self.head("GET /api%2Fv1%2Frooms HTTP/1.1"), [404, 200]),
                (self.head("GET /api/v1/papers/1%2ffile HTTP/1.1"), [404, 200]),
                (self.head("GET /api/v1/../../etc/passwd HTTP/1.1"), [404, 200]),
                (self.head("GET /../etc/passwd HTTP/1.1"), [400]),
                (self.head("GET /api/v1/%2e%2e/healthz HTTP/1.1"), [404, 200]),
                (self.head(get, "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
                           "HTTP2-Settings: AAMAAABkAAQAAP__"), [200, 200]),
                (self.head(get, "Expect: 200-ok"), [200, 200]),
                (self.head(get, f"Content-Length: {len(self.INNER)}") + self.INNER, [200, 200])):
            self.assertEqual(self.statuses(attack), expected, attack)

    def test_a_head_without_end_is_refused(self):
        for attack in ("GET /" + "a" * 40000 + " HTTP/1.1\r\n",
                       self.head("GET /healthz HTTP/1.1", *["X: " + "a" * 7000] * 6)):
            found = self.statuses(attack)
            self.assertEqual(len(found), 1)
            self.assertIn(found[0], (400, 414, 431))


class ApiDown(NginxCase):
    """nginx alone."""

    def test_is_said_in_words_and_when_to_come_back(self):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-down-")
        self.addCleanup(temporary.cleanup)
        nginx = Nginx(Path(temporary.name) / "nginx", free_port())
        self.addCleanup(nginx.stop)
        for path in ("/", "/api/v1/me", "/feeds/AAAAAAAAAAAAAAAAAAAAAA.ics"):
            answer = nginx.client().call("GET", path)
            self.is_problem(answer, 502, "unavailable")
            self.assertGreater(int(answer.headers["retry-after"]), 0)
            self.assertEqual(answer.headers["cache-control"], "no-store")
        self.assertNotIn("AAAAAAAAAA", nginx.logs())
        self.assertEqual(nginx.stop(), 0)


if __name__ == "__main__":
    unittest.main()
