"""Door contact, request-to-exit and fire, wired to the inputs of a real board's simulation."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))
from door_case import DoorCase, wait_for  # noqa: E402

CONTACT, EXIT, FIRE = 0, 1, 2


class WatchedDoor(DoorCase):
    """The circuits of contact and fire are closed while nothing happens, that of exit is open."""

    lock = ('board = "waveshare-relay-8"\n'
            "contact = { input = 0 }\n"
            'exit = { input = 1, normally = "open" }\n'
            'fire = { input = 2, normally = "closed" }')

    def setUp(self):
        super().setUp()
        self.closes(CONTACT)
        self.closes(FIRE)
        self.put_policy()

    def closes(self, place):
        self.board.command(f"input {place} 1")

    def opens_circuit(self, place):
        self.board.command(f"input {place} 0")

    def told(self, reason, times=1):
        wait_for(lambda: self.count(reason) >= times, 30, f"'{reason}' in the journal")

    def test_a_door_opened_by_nobody_is_an_alarm_until_it_closes(self):
        self.start_agent()
        self.closes_after_it_was_seen()
        self.opens_circuit(CONTACT)
        self.told("forced")
        self.assertEqual(self.count("forced_over"), 0)
        self.closes(CONTACT)
        self.told("forced_over")
        self.assertEqual(self.board.times_on(), 0)

    def test_whoever_was_let_in_or_asks_to_leave_raises_none(self):
        self.start_agent()
        self.scan(self.digits(1))
        wait_for(self.board.is_on, 30, "relay on")
        self.opens_circuit(CONTACT)
        # The policy's door relocks as soon as it has opened and closed again.
        self.closes_after_it_was_seen()
        self.closes(EXIT)
        self.opens_circuit(CONTACT)
        self.closes_after_it_was_seen()
        self.opens_circuit(EXIT)
        self.opens_circuit(FIRE)
        self.told("fire")
        self.opens_circuit(CONTACT)
        self.closes_after_it_was_seen()
        self.closes(FIRE)
        self.told("fire_over")
        self.assertEqual(self.count("forced"), 0)

    def closes_after_it_was_seen(self):
        """Twelve requests of the agent: it has looked at the inputs and looked again."""
        polls = len(self.board.requests())
        self.board.command("fault late 1 times=12 on=read")
        wait_for(lambda: len(self.board.requests()) >= polls + 12, 30, "twelve polls")
        self.board.command("clear")
        self.closes(CONTACT)

    def test_a_door_that_stands_open_at_the_start_is_found_open(self):
        self.opens_circuit(CONTACT)
        self.start_agent()
        self.told("found_open")
        self.assertEqual(self.count("forced"), 0)
        self.closes(CONTACT)
        self.closes_after_it_was_seen()
        self.opens_circuit(CONTACT)
        self.told("forced")

    def test_a_door_opened_behind_a_cut_cable_is_found_open_at_its_return(self):
        self.start_agent()
        self.board.command("cut")
        self.told("bus_lost")
        self.opens_circuit(CONTACT)
        self.board.command("restore")
        self.told("found_open")
        self.assertEqual(self.count("forced"), 0)
        self.assertEqual(self.board.times_on(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
