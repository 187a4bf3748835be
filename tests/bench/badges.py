"""A hundred thousand badges of one door, through signer, town, nginx and the real agent, while
somebody is at the door twenty times a second. And what the agent weighs then."""

import subprocess
import threading
import time

from door import percentile, quick_town, said_at
from nginx import Nginx
from processes import wait_for
from received_mail import maildir_mails, read_with_zbar
from stack import Stack, soon

OFFICE = "bureau@le-pre.example.org"
BOOKER = "camille.roussel@example.org"
KEEPER = "administration@le-pre.example.org"
BADGES = 100_000
READS_A_SECOND = 20
CHANGES = 5
GRANTED = "door danton-entree: granted"


def badge_rows(table, programs, build, folder):
    """Built, signed, delivered and loaded; a lost one among them; what reads wait meanwhile."""
    stack = Stack(build, folder / "badges")
    nginx = None
    try:
        digits = start_town(stack, folder)
        nginx = Nginx(folder / "badges-nginx", stack.url.rsplit(":", 1)[1])
        association = stack.client(BOOKER).expect(200, "GET", "/api/v1/me")["associations"][0]
        lost = badges_to_lose(stack, association["id"])
        programs.lines("creneau-bench-badges", stack.database[1], stack.folder / "badges.key",
                       association["id"], BADGES)
        table.row(f"{BADGES} badges built and signed by the signer",
                  f"{export_seconds(stack):.2f} s")
        stack.agent_url = f"https://127.0.0.1:{nginx.https_port}"
        stack.agent_ca = nginx.certificate
        keeper = stack.client(KEEPER)
        stack.enrol_agent(keeper)
        began = time.monotonic()
        stack.start_agent()
        wait_for(stack.accepted_policies, 120, "the first policy")
        table.row("the same delivered and loaded, from the agent's start",
                  f"{time.monotonic() - began:.2f} s")
        with Reads(stack, digits) as reads:
            seconds = [time_to_lose(stack, keeper, badge) for badge in lost]
        table.at_most(f"lost badge -> in force at a door of {BADGES}, worst of {CHANGES}",
                      max(seconds), 2, "s")
        told_reads(table, reads)
        weight_rows(table, programs, stack, nginx)
    finally:
        stack.stop()
        if nginx:
            nginx.stop()


def start_town(stack, folder):
    """The digits of a pass of the door, which is an association's, so that its badges open too."""
    stack.town_file = quick_town(folder, KEEPER)
    stack.prepare([OFFICE, BOOKER, KEEPER])
    stack.make_keys()
    stack.start_signer()
    stack.start_api()
    stack.start_board()
    booker, office = stack.client(BOOKER), stack.client(OFFICE)
    association = booker.expect(200, "GET", "/api/v1/me")["associations"][0]["id"]
    booking = stack.book(booker, *soon(5), association_id=association)
    office.expect(200, "POST", f"/api/v1/bookings/{booking['id']}/approve", {})
    mail = wait_for(lambda: next((mail for mail in maildir_mails(stack.mail)
                                  if mail.attached_picture()), None), what="the mail")
    picture = stack.folder / "pass.png"
    picture.write_bytes(mail.attached_picture())
    return read_with_zbar(picture)


def badges_to_lose(stack, association):
    """Some, given out on the screens."""
    keeper = stack.client(KEEPER)
    return [keeper.expect(201, "POST", "/api/v1/badges",
                          {"number": f"05{number:06x}", "association_id": association})["id"]
            for number in range(CHANGES)]


def export_seconds(stack):
    began = time.monotonic()
    stack.command("policy", "export", "--agent", "lcr-danton", "--out", stack.folder / "exported")
    return time.monotonic() - began


def time_to_lose(stack, keeper, badge):
    """Seconds from the answer to whoever reports it until the agent decides by it."""
    before = stack.accepted_policies()
    keeper.expect(200, "POST", f"/api/v1/badges/{badge}/lost", {})
    answered = time.monotonic()
    wait_for(lambda: stack.accepted_policies() > before, 60, "the policy without the badge")
    return time.monotonic() - answered


class Reads:
    """Somebody shows the same pass, again and again, until the end of the block."""

    def __init__(self, stack, digits):
        self.stack, self.digits = stack, digits
        self.shown = []
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        began = time.monotonic()
        while not self.ended.wait(max(0, began + len(self.shown) / READS_A_SECOND
                                      - time.monotonic())):
            self.shown.append(time.monotonic())
            self.stack.reader.scan(self.digits)

    def __enter__(self):
        self.stack.door_opens(self.digits)
        self.already = len(self.decided())
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()

    def decided(self):
        """When the agent said yes to each read."""
        return said_at(self.stack.agent, GRANTED)

    def milliseconds(self):
        """What each read waited for its answer."""
        wait_for(lambda: len(self.decided()) >= self.already + len(self.shown), 30,
                 "an answer to every read")
        return [1000 * (answered - shown) for shown, answered
                in zip(self.shown, self.decided()[self.already:], strict=True)]


def told_reads(table, reads):
    waited = reads.milliseconds()
    table.row(f"{len(waited)} reads meanwhile, p50 (p99)",
              f"{percentile(waited, 50):.0f} ({percentile(waited, 99):.0f}) ms")
    table.at_most(f"the worst of {READS_A_SECOND} reads a second while policies come",
                  max(waited), 100, "ms")


def weight_rows(table, programs, stack, nginx):
    """Memory with all badges loaded, beside the libraries alone; size on disk; start-up."""
    bare = programs.lines("creneau-bench-bare-libraries",
                          f"https://127.0.0.1:{nginx.https_port}/healthz", nginx.certificate,
                          stack.folder / "bare.db")["rss_anon"]
    table.row("bare libraries of an agent, anonymous memory", f"{bare / 1024:.2f} MB")
    table.at_most(f"agent with {BADGES} badges, beyond its bare libraries",
                  (rss_anon(stack.agent) - bare) / 1024, 8, "MB")
    stripped = stack.folder / "stripped-agent"
    subprocess.run(["strip", "-o", stripped, stack.agent_program], check=True)
    table.row("agent, stripped", f"{stripped.stat().st_size / 1e6:.2f} MB")
    stack.agent.stop()
    began = time.monotonic()
    stack.start_agent()
    table.row(f"agent's start with {BADGES} badges, until it reads",
              f"{1000 * (time.monotonic() - began):.0f} ms")


def rss_anon(process):
    """KiB"""
    with open(f"/proc/{process.child.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon"))
