"""A wall clock for one program: shifted for its life, or moved when a test says so.

The library of faketime(1) and not the command: that one waits for a child of its own, so who stops
the command would not know when the program has ended.
"""

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path


LIBRARY = {"LD_PRELOAD": "/usr/$LIB/faketime/libfaketimeMT.so.1",
           "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
           "ASAN_OPTIONS": "verify_asan_link_order=0"}  # a library in front of the sanitizer's


def shifted_clock(offset):
    """The environment of a program whose wall clock is off by `offset` ("+1d", "-12h")."""
    return {**LIBRARY, "FAKETIME": offset}


class MovedClock:
    """Start the program with `env`; its boot clock stays the machine's."""

    def __init__(self, folder):
        self._file = Path(folder) / "clock"
        self._ahead = timedelta()
        self.env = {**LIBRARY, "FAKETIME_TIMESTAMP_FILE": str(self._file),
                    "FAKETIME_NO_CACHE": "1", "NO_FAKE_STAT": "1"}
        self._write()

    def now(self):
        return datetime.now(timezone.utc) + self._ahead

    def move_to(self, instant):
        """From here on it is `instant`, or later where it was: it never goes back."""
        ahead = instant - datetime.now(timezone.utc) + timedelta(milliseconds=1)  # never short
        self._ahead = max(self._ahead, ahead)
        self._write()

    def step(self, by):
        """It jumps, forward or back."""
        self._ahead += by
        self._write()

    def _write(self):
        written = self._file.with_suffix(".new")
        written.write_text(f"{self._ahead.total_seconds():+.3f}\n")
        os.replace(written, self._file)
