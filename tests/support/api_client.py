"""A small client of the town's API, as a booker or the office would use it."""

import http.client
import json
import sys
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))

from authenticator import Authenticator  # noqa: E402


class Answer:
    """Status, headers and body of one response."""

    def __init__(self, status, headers, body):
        self.status = status
        self.header_lines = headers
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    def json(self):
        return json.loads(self.body)


class ApiClient:
    """One person with one session, over plain HTTP on loopback."""

    def __init__(self, base_url, origin=None):
        self.base_url = base_url
        self.origin = origin or base_url
        self._host = urlsplit(base_url).netloc
        self.cookie = None

    def connection(self):
        return http.client.HTTPConnection(self._host, timeout=30)

    def call(self, method, path, body=None, headers=None):
        """One request on its own connection."""
        connection = self.connection()
        sent = {"Accept-Language": "en", "Origin": self.origin, **(headers or {})}
        if self.cookie:
            sent["Cookie"] = self.cookie
        payload = None
        if body is not None:
            payload = body if isinstance(body, (bytes, str)) else json.dumps(body)
            sent.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, payload, sent)
            response = connection.getresponse()
            answer = Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()
        return answer

    def expect(self, status, method, path, body=None, headers=None):
        """The JSON of an answer that must have `status`."""
        answer = self.call(method, path, body, headers)
        if answer.status != status:
            raise AssertionError(f"{method} {path}: {answer.status} instead of {status}: "
                                 f"{answer.body.decode('utf-8', 'replace')}")
        return answer.json() if answer.body else None

    def sign_in(self, email, password, app=None):
        """Signs in, by a code of the person's Authenticator if they have one. -> the answer's JSON"""
        body = {"email": email, "password": password}
        if app:
            body["totp"] = app.code(self.town_time())
        answer = self.call("POST", "/api/v1/sessions", body)
        if answer.status != 201:
            raise AssertionError(f"sign-in of {email}: {answer.status} {answer.body!r}")
        self.cookie = answer.headers["set-cookie"].split(";")[0]
        return answer.json()

    def enrol(self):
        """Who is signed in links an authenticator app to their account. -> (app, recovery codes)"""
        app = Authenticator(self.expect(201, "POST", "/api/v1/me/totp", {})["secret"])
        first = {"code": app.code(self.town_time())}
        codes = self.expect(200, "POST", "/api/v1/me/totp/confirm", first)["recovery_codes"]
        return app, codes

    def town_time(self):
        """What the town's clock says, in Unix seconds; tests may have moved it."""
        date = self.call("GET", "/healthz").headers["date"]
        return parsedate_to_datetime(date).timestamp()

    def room(self, key):
        """The room with this key, from the public list."""
        rooms = self.expect(200, "GET", "/api/v1/rooms")["items"]
        return next(room for room in rooms if room["key"] == key)
