#!/usr/bin/env python3
"""How fast the screens are on a slow device (a processor four times slower), with fifty rooms booked
every day. Prints the figures; exits 1 past a target. Part of `make bench`, no test."""

import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from browser_test import BUILD, MANAGER, OFFICE, ROOT, TOWN_FILE, WEB, Stack  # noqa: E402
from stack import PARIS  # noqa: E402

ROOMS = 50
DAYS = 7


def town_of_many_rooms(folder):
    town = json.loads(TOWN_FILE.read_text())
    model = next(room for room in town["rooms"] if room["key"] == "associations-reunion")
    for number in range(len(town["rooms"]), ROOMS):
        space = f"espace-{number}"
        town["spaces"].append({"key": space, "site": model["site"], "name": f"Espace {number}"})
        town["rooms"].append({**model, "key": f"salle-{number}", "name": f"Salle {number}",
                              "spaces": [space]})
    file = Path(folder) / "town.json"
    file.write_text(json.dumps(town))
    return file


def fill(stack):
    """One booking a room and day; what a room's rules refuse is left out."""
    booker = stack.client(OFFICE)
    day = datetime.now(PARIS).date() + timedelta(days=21)
    monday = day - timedelta(days=day.weekday())
    made = 0
    for room in booker.expect(200, "GET", "/api/v1/rooms")["items"]:
        for at in range(DAYS):
            date = (monday + timedelta(days=at)).isoformat()
            answer = booker.call("POST", "/api/v1/bookings", {
                "room_id": room["id"], "start": f"{date}T18:00", "end": f"{date}T20:00",
                "attendees": 5, "purpose": "Réunion"})
            made += answer.status == 201
    return monday.isoformat(), made


def main():
    with tempfile.TemporaryDirectory(prefix="creneau-speed-") as folder:
        stack = Stack(BUILD, Path(folder) / "town")
        stack.pages = WEB / "pages"
        stack.town_file = town_of_many_rooms(folder)
        try:
            stack.prepare([OFFICE, MANAGER])
            stack.start_api()
            monday, made = fill(stack)
            print(f"{ROOMS} rooms, {made} bookings in the week")
            return subprocess.run(
                ["node", ROOT / "tests/web/speed.mjs"],
                env={**os.environ, "CRENEAU_URL": stack.url, "CRENEAU_WEB": str(WEB),
                     "CRENEAU_PASSWORDS": json.dumps(stack.passwords),
                     "CRENEAU_MONDAY": monday}).returncode
        finally:
            stack.stop()


if __name__ == "__main__":
    sys.exit(main())
