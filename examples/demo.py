#!/usr/bin/python3
"""The town of the examples on this machine, from a request to an open door.

--once: the scripted chain, one line a step with its time; exits 0 when the door opened, the refused
codes did not open it and every program stopped as it should.
Without it the town stays up: hold a picture of a pass before the reader by typing its path.
"""

import argparse
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/support"))

from processes import wait_for  # noqa: E402
from received_mail import maildir_mails, read_with_zbar  # noqa: E402
from stack import Stack, soon  # noqa: E402

OFFICE = "bureau@le-pre.example.org"
ADMINISTRATOR = "administration@le-pre.example.org"
BOOKER = "camille.roussel@example.org"
PAGES = Path(__file__).resolve().parents[1] / "build/web/pages"
ACCOUNTS = {OFFICE: "office (approves)", BOOKER: "booker (an association's manager)",
            ADMINISTRATOR: "administrator"}


class Story:
    """Prints what happens, one line a step, with the seconds since the start."""

    def __init__(self):
        self.began = time.monotonic()

    def tell(self, line):
        print(f"{time.monotonic() - self.began:7.2f} s  {line}", flush=True)


def set_up(stack, story):
    if PAGES.exists():
        stack.pages = PAGES
    stack.prepare(ACCOUNTS)
    story.tell("town Le Pré imported into an embedded SQLite file")
    stack.make_keys()
    story.tell("root, pass and policy keys made; certificates signed by the root and imported")
    stack.start_signer()
    stack.start_api()
    story.tell(f"signer and API are up: {stack.url}/api/v1")
    stack.export_policy()
    stack.start_board()
    stack.start_agent()
    story.tell("door agent is up on a simulated Modbus relay board; every relay is off")


def book_and_open(stack, story):
    """Request, approval, mail, QR, door. Returns the picture's path."""
    booker, office = stack.client(BOOKER), stack.client(OFFICE)
    association = booker.expect(200, "GET", "/api/v1/me")["associations"][0]
    start, end = soon(minutes=5)
    booking = stack.book(booker, start, end, association_id=association["id"])
    story.tell(f"{association['name']} asks for LCR Danton, {start} to {end}: "
               f"booking {booking['id']}, {booking['status']}")
    office.expect(200, "POST", f"/api/v1/bookings/{booking['id']}/approve", {})
    story.tell("the office approves")
    mail = wait_for(lambda: next((mail for mail in maildir_mails(stack.mail)
                                  if mail.attached_picture()), None), what="the mail with the QR")
    picture = stack.folder / "pass.png"
    picture.write_bytes(mail.attached_picture())
    story.tell(f"a mail arrives: “{mail.subject}”")
    digits = read_with_zbar(picture)
    story.tell(f"zbarimg reads {len(digits)} digits from its picture")
    seconds = stack.door_opens(digits)
    story.tell(f"the pass is held before the reader: the DOOR OPENS (relay on for {seconds:.1f} s, "
               "then off)")
    return picture


def refusals(stack, story, picture):
    """An altered code and a cancelled booking open nothing."""
    digits = read_with_zbar(picture)
    before = stack.board.switched_on()
    altered = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    stack.reader.scan(altered)
    answer = stack.explain(altered)
    office = stack.client(OFFICE)
    listed = office.expect(200, "GET", "/api/v1/bookings?status=approved")["items"]
    office.expect(200, "POST", f"/api/v1/bookings/{listed[0]['id']}/cancel",
                  {"reason": "weather_alert"})
    stack.renew_policy()
    stack.door_refuses(digits, "revoked")
    # The reader hands over its reads in order, so the altered one has been decided too.
    assert stack.board.switched_on() == before, "an altered code closed the relay"
    story.tell(f"one digit altered: the door stays shut ({answer})")
    story.tell("the booking is cancelled and the policy renewed: the door stays shut (revoked)")


def stay_up(stack, story, picture):
    """Until Ctrl-C or `q`: the policy is renewed, pictures typed in are scanned."""
    print(f"""
Screens     {stack.url}/   (everybody signs in at {stack.url}/connexion)
API         {stack.url}/api/v1   (description: {stack.url}/api/openapi.json)
Mails       {stack.mail}/new
First QR    {picture}
Accounts""")
    for email, role in ACCOUNTS.items():
        print(f"  {email:32} {stack.passwords[email]:18} {role}")
    print("Authenticator apps (staff; who has none yet links one at the first sign-in, on the screen)")
    for email, app in stack.apps.items():
        print(f"  {email:32} {app.secret}")
    print("""
Type the path of a picture of a pass to hold it before the reader of LCR Danton
(Enter alone: the first QR again), p to renew the door's policy now, q to stop.""", flush=True)
    for line in sys.stdin if sys.stdin.isatty() else iter(signal.pause, None):
        words = (line or "").strip() if isinstance(line, str) else ""
        if words == "q":
            break
        stack.renew_policy()
        if words == "p":
            story.tell("the door's policy is renewed")
            continue
        scan(stack, story, Path(words) if words else picture)


def scan(stack, story, picture):
    try:
        digits = read_with_zbar(picture)
    except Exception:  # noqa: BLE001 - whatever zbarimg did not like, the person may try again
        story.tell(f"{picture}: no QR code is read there")
        return
    before = stack.board.switched_on()
    stack.reader.scan(digits)
    try:
        wait_for(lambda: stack.board.switched_on() > before, seconds=2, what="the relay")
        story.tell("the door opens")
    except AssertionError:
        story.tell(f"the door stays shut: {stack.explain(digits)}")


def run(stack, story, once):
    """The whole demo; whether it was interrupted."""
    try:
        set_up(stack, story)
        picture = book_and_open(stack, story)
        if once:
            refusals(stack, story, picture)
        else:
            stay_up(stack, story, picture)
    except KeyboardInterrupt:
        return True
    return False


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--build", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--once", action="store_true")
    chosen = arguments.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    story = Story()
    stack = Stack(Path(chosen.build).resolve(), Path(chosen.out).resolve())
    try:
        interrupted = run(stack, story, chosen.once)
    finally:
        statuses = stack.stop()
        story.tell("stopped: " + ", ".join(f"{name} {status}" for name, status in
                                           statuses.items()))
    print(f"left behind: {stack.folder}/mail, agent/policy.cose, agent/journal.db, town.db")
    if chosen.once and interrupted:
        return 130
    return 1 if chosen.once and any(statuses.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
