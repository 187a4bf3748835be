"""An authenticator app (RFC 6238: SHA-1, six digits, thirty seconds), for staff who sign in."""

import base64
import hashlib
import hmac
import struct

STEP = 30


def code_of(secret, step):
    """The six digits of a step, counted from 1970 on; RFC 4226, section 5.3."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 15
    number = struct.unpack(">I", mac[at:at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10 ** 6:06}"


class Authenticator:
    """One person's app. The town takes each code once, and those of the step before and behind."""

    def __init__(self, secret):
        self.secret = secret
        self._shown = 0

    def code(self, now):
        """A code that was not shown before, at `now` in Unix seconds. Two serve within one step; who
        signs in more often keeps the session."""
        self._shown = max(self._shown + 1, int(now) // STEP)
        return code_of(self.secret, self._shown)
