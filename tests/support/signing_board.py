"""A door agent as the town sees one: signs its requests (RFC 9421) and says what a test wants."""

import base64
import hashlib
import http.client
import json
import secrets
from urllib.parse import urlsplit

SYNC = "/door-agent/v1/sync"


class SigningBoard:
    """One key and its counter, whichever process of the town is asked."""

    def __init__(self, name, signing_key):
        self.name = name
        self.signing_key = signing_key
        self.counter = 0
        self.seen = 0

    def said(self, wait_s=0, **more):
        """The body of a sync."""
        return json.dumps({"nonce": secrets.token_hex(16), "generation": 1, "version": 1,
                           "clock": "trusted", "pages": [], "seen": self.seen, "fresh": False,
                           "wait_s": wait_s, **more}).encode()

    def headers(self, body):
        """Signed under the next counter."""
        self.counter += 1
        digest = "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"
        parameters = ('("@method" "@path" "content-digest");created=1;'
                      f'keyid="{self.name}";nonce="{self.counter}"')
        base = (f'"@method": POST\n"@path": {SYNC}\n"content-digest": {digest}\n'
                f'"@signature-params": {parameters}')
        signature = base64.b64encode(self.signing_key.sign(base.encode()).signature).decode()
        return {"Content-Type": "application/json", "Content-Digest": digest,
                "Signature-Input": "town=" + parameters, "Signature": f"town=:{signature}:"}

    def sync(self, connection, wait_s=0, **more):
        """(status, the answer's JSON where it is 200); the serial of an answer is seen then."""
        body = self.said(wait_s, **more)
        status, answer = exchange(connection, body, self.headers(body))
        if status == 200:
            self.seen = answer["serial"]
        return status, answer


def exchange(connection, body, headers):
    """(status, JSON where it is 200) of one request."""
    connection.request("POST", SYNC, body, headers)
    response = connection.getresponse()
    text = response.read()
    return response.status, json.loads(text) if response.status == 200 else None


def straight_to(url):
    """A connection to a process of the town."""
    return http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
