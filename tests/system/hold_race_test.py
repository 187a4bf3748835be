"""Holds that expire and a line that moves up while everybody asks, over HTTP, on both engines.

A slot that frees goes to one, in the order of the line; a deadline lets a use win whole or lose
whole; and the audit tells the story that the rows and the answers tell.
"""

import itertools
import json
import unittest
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Queue
from threading import Event

from race_case import ROUNDS, OnPostgresql, OnSqlite, Order, Races, at_once
from system_case import BOOKER, OFFICE
from moved_clock import MovedClock
from processes import wait_for
from stack import TOWN_FILE, local

LINE = [f"{name}@example.org"
        for name in ("sacha.lemoine", "robin.ashworth", "dominique.faure", "charlie.webb")]
APART = 2  # days between the slots: alternatives are found nearby
OFFER_STANDS_MIN = 1
BOUND = 60.0  # seconds in which a round is decided
# What those in the line do, the first in line first; each line of it is played in turn.
DEEDS = [
    ("book", "book", "book", "book"),
    ("decline", "book", "leave", "book"),
    ("leave", "decline", "book", "book"),
    ("decline", "leave", "leave", "decline"),
    ("late", "book", "book", "leave"),
    ("brink", "brink", "book", "book"),
    ("withdrawn", "book", "leave", "book"),
    ("leave", "leave", "brink", "late"),
]


@dataclass
class UntilReleased(Order):
    """Asked again for as long as the slot is held."""

    def __call__(self, racer):
        def decided():
            status, body = super(UntilReleased, self).__call__(racer)
            return (status != 409 or body["code"] != "room_held") and (status, body)
        return wait_for(decided, BOUND, "the end of a hold")


class Freed:
    """A round: one slot, the people in line for it, and whoever asks without waiting."""

    def __init__(self, case, number):
        self.case, self.deeds = case, DEEDS[number % len(DEEDS)]
        self.over, self.first_offer = Event(), Queue()
        self.booking = case.booked(number * APART, 13)
        self.slot = case.single(number * APART, 13).body
        self.waits = [client.expect(201, "POST", "/api/v1/waiting-list", self.slot)["id"]
                      for client in case.line]

    def parts(self):
        return ([self.free, self.ask_again, self.ask_on] +
                [lambda racer, place=place: self.wait(racer, place)
                 for place in range(len(self.waits))])

    def free(self, racer):
        """The office cancels the booking and, in some rounds, takes the first offer back."""
        cancelled = racer.ask(self.case.office, "POST",
                              f"/api/v1/bookings/{self.booking['id']}/cancel", {"reason": "other"})
        if "withdrawn" in self.deeds:
            hold = self.first_offer.get(timeout=BOUND)
            racer.ask(self.case.office, "DELETE", f"/api/v1/holds/{hold['id']}")
        return cancelled

    def ask_again(self, racer):
        """Asks when the slot frees, and once more when somebody has it."""
        answer = racer.ask(self.case.booker, "POST", "/api/v1/bookings", self.slot)
        if answer[0] == 201:
            self.over.set()
        if answer[0] != 409:
            return answer
        self.over.wait(BOUND)
        return racer.ask(self.case.booker, "POST", "/api/v1/bookings", self.slot)

    def ask_on(self, racer):
        """Asks all the time until somebody has the slot, and once more."""
        def decided():
            over = self.over.is_set()
            status, body = racer.ask(self.case.booker, "POST", "/api/v1/bookings", self.slot)
            if status == 201:
                self.over.set()
            return (over or status != 409) and (status, body)
        return wait_for(decided, BOUND, "somebody who has the slot")

    def offer(self, racer, place):
        """The hold that stands for a place in the line; None once somebody has the slot."""
        def found():
            over = self.over.is_set()
            _, holds = racer.ask(self.case.line[place], "GET",
                                 f"/api/v1/holds?room={self.case.room}")
            return next((hold for hold in holds["items"]
                         if hold["wait_id"] == self.waits[place]), over)
        hold = wait_for(found, BOUND, f"an offer for wait {self.waits[place]}")
        return None if hold is True else hold

    def wait(self, racer, place):
        """What became of a place in the line, by the answers alone."""
        client, wait, deed = self.case.line[place], self.waits[place], self.deeds[place]
        if deed == "leave":
            status, body = racer.ask(client, "DELETE", f"/api/v1/waiting-list/{wait}")
            return ("left" if status == 204 else status), body
        hold = self.offer(racer, place)
        if not hold:
            return "waiting", None
        if deed == "withdrawn":
            self.first_offer.put(hold)
        if deed == "decline":
            status, body = racer.ask(client, "DELETE", f"/api/v1/holds/{hold['id']}")
            return ("left" if status == 204 else status), body
        if deed in ("late", "brink"):
            short = timedelta(milliseconds=3 if deed == "brink" else 0)
            self.case.clock.move_to(datetime.fromisoformat(hold["expires_at"]) - short)
        status, body = racer.ask(client, "POST", f"/api/v1/holds/{hold['id']}/book")
        if status == 201 and deed != "late":
            self.over.set()
            return "booked", body
        if status == 409 and body["code"] == "wrong_state" and deed != "book":
            return ("left" if deed == "withdrawn" else "lapsed"), body
        return status, body


class WaitingRaces(Races):
    """The same promises on either engine."""

    people = [OFFICE, BOOKER, *LINE]

    @classmethod
    def start_town(cls, folder):
        town = json.loads(TOWN_FILE.read_text())
        town["town"]["offer_stands_min"] = OFFER_STANDS_MIN
        cls.stack.town_file = folder / "town.json"
        cls.stack.town_file.write_text(json.dumps(town))
        cls.clock = MovedClock(folder)
        cls.stack.prepare(cls.people)
        cls.stack.start_api(cls.clock.env)
        cls.line = [cls.stack.client(email) for email in LINE]

    def held(self, number, until):
        """A slot that the office holds for the booker."""
        me = self.booker.expect(200, "GET", "/api/v1/me")["id"]
        return self.office.expect(201, "POST", "/api/v1/holds", {
            **self.single(number * APART, 9).body, "booker_id": me, "until": local(until)})

    def test_an_expired_hold_goes_to_one_of_those_who_ask(self):
        first = self.clock.now().replace(second=0, microsecond=0) + timedelta(minutes=5)
        ends = [first + timedelta(minutes=number) for number in range(ROUNDS)]
        brinks = [timedelta(milliseconds=number % 5 * 10) for number in range(ROUNDS)]
        holds = [self.held(number, end) for number, end in enumerate(ends)]
        uses = [Order(self.booker, f"/api/v1/holds/{hold['id']}/book") for hold in holds]
        rounds = []
        for number, use in enumerate(uses):
            wanted = self.single(number * APART, 9, self.line[number % len(self.line)])
            rounds.append([use] + [UntilReleased(wanted.client, wanted.path, wanted.body)] * 4)
        turn = itertools.count()

        def to_the_brink():
            number = next(turn)
            self.clock.move_to(ends[number] - brinks[number])

        winners = self.one_winner(rounds, codes={"room_taken", "wrong_state"}, before=to_the_brink)
        self.office.cookie = self.stack.client(OFFICE).cookie  # it signed in long ago by now
        for (part, _), use, hold, brink in zip(winners, uses, holds, brinks, strict=True):
            if not brink:
                self.assertIsNot(part, use, "used after its end")
            now = self.office.expect(200, "GET", f"/api/v1/holds/{hold['id']}")
            self.assertEqual(now["status"], "booked" if part is use else "expired")
            self.assertEqual(self.booker.expect(409, "POST", use.path)["code"], "wrong_state")
            told = [action for action, in self.rows(
                "SELECT action FROM audit WHERE subject_kind = 'hold' "
                f"AND subject_id = {hold['id']} ORDER BY id")]
            self.assertEqual(told, ["hold_placed", f"hold_{now['status']}"])
        self.assertEqual([entry["id"] for entry in self.entries(0, ROUNDS * APART, 9)],
                         [body["id"] for _, body in winners])

    def test_a_freed_slot_goes_down_the_line(self):
        rounds = [Freed(self, number) for number in range(ROUNDS)]
        played = at_once([one.parts() for one in rounds], self.host)
        booked, told = [], {}
        for one, answers in zip(rounds, played, strict=True):
            (cancelled, _), *others = answers
            outsiders, line = others[:2], others[2:]
            self.assertEqual(cancelled, 200)
            ends = Counter(status for status, _ in line)
            self.assertLessEqual(set(ends), {"waiting", "booked", "left", "lapsed"}, answers)
            won = [body["id"] for status, body in others if status in (201, "booked")]
            self.assertEqual(len(won), 1, answers)
            if not ends["booked"]:
                self.assertEqual(ends["waiting"], 0, f"overtaken: {answers}")
            self.assertLessEqual({body["code"] for status, body in outsiders if status != 201},
                                 {"room_taken"})
            booked += won
            told.update({wait: status for wait, (status, _) in zip(one.waits, line)})
        self.assertEqual([entry["id"] for entry in self.entries(0, ROUNDS * APART, 13)], booked)
        self.assertEqual(told, {int(wait): status
                                for wait, status in self.rows("SELECT id, status FROM waits")})
        self.assertEqual(told, self.replayed([one.waits for one in rounds]))

    def replayed(self, lines):
        """What the audit makes of each wait, the order of the lines looked for."""
        line_of = {wait: line for line in lines for wait in line}
        wait_of = {int(hold): int(wait) for hold, wait in self.rows(
            "SELECT id, wait_id FROM holds WHERE wait_id IS NOT NULL")}
        became, offers = {}, 0
        for action, kind, subject in self.rows(
                "SELECT action, subject_kind, subject_id FROM audit "
                "WHERE subject_kind IN ('hold', 'wait') ORDER BY id"):
            wait = int(subject) if kind == "wait" else wait_of.get(int(subject))
            if wait is None:
                continue  # a hold that the office placed
            before = became.get(wait)
            if action == "wait_offered":
                states = [became[one] for one in line_of[wait]]
                self.assertNotIn("offered", states)
                self.assertNotIn("booked", states)
                self.assertEqual(line_of[wait][states.index("waiting")], wait)
                offers += 1
            elif kind == "hold":
                self.assertEqual(before, "offered", (action, wait))
            else:
                self.assertIn((action, before), [("wait_joined", None), ("wait_left", "waiting"),
                                                 ("wait_left", "left")])
            became[wait] = {"wait_joined": "waiting", "wait_offered": "offered",
                            "wait_left": "left", "hold_released": "left",
                            "hold_expired": "lapsed", "hold_booked": "booked"}[action]
        mails = Counter(template for template, in self.rows("SELECT template FROM outbox"))
        self.assertEqual((mails["wait_offered"], mails["offer_lapsed"]),
                         (offers, list(became.values()).count("lapsed")))
        return became


class RacesOnSqlite(OnSqlite, WaitingRaces, unittest.TestCase):
    pass


class RacesOnPostgresql(OnPostgresql, WaitingRaces, unittest.TestCase):
    pass


if __name__ == "__main__":
    unittest.main()
