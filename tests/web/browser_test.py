"""The screens in a real browser (Debian's Chromium) against the real programs and a real mail folder.

Each story is a script beside this file, run by node; CRENEAU_SHOTS names a folder for pictures of
every screen that a story looks at.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))

from elsewhere import Elsewhere  # noqa: E402
from stack import TOWN_FILE, Stack  # noqa: E402

BUILD = Path(os.environ.get("CRENEAU_BUILD", ROOT / "build/release"))
WEB = ROOT / "build/web"
OFFICE = "bureau@le-pre.example.org"
MANAGER = "camille.roussel@example.org"
INDIVIDUAL = "dominique.faure@example.org"
STAGE_MANAGER = "regie@le-pre.example.org"
ADMINISTRATOR = "administration@le-pre.example.org"
ACCESS_ADMINISTRATOR = "acces@le-pre.example.org"
FOUNDER = "mise-en-route@le-pre.example.org"
HUMAN_RESOURCES = "personnel@le-pre.example.org"
DATA_PROTECTION = "donnees@le-pre.example.org"
PEOPLE = [OFFICE, MANAGER, INDIVIDUAL, STAGE_MANAGER, ADMINISTRATOR, ACCESS_ADMINISTRATOR,
          FOUNDER, HUMAN_RESOURCES, DATA_PROTECTION]


def town_with_more_staff(folder):
    """The example town with who prepares its rooms, who answers for its doors, and its HR."""
    town = json.loads(TOWN_FILE.read_text())
    town["people"].append({"key": "regie", "name": "Alix Moreau", "email": STAGE_MANAGER,
                           "locale": "fr", "roles": ["stage_manager"]})
    town["people"].append({"key": "acces", "name": "Lou Blanc", "email": ACCESS_ADMINISTRATOR,
                           "locale": "fr", "roles": ["access_administrator"]})
    town["people"].append({"key": "mise-en-route", "name": "Élie Morel", "email": FOUNDER,
                           "locale": "fr",
                           "roles": ["administrator", "access_administrator", "office"]})
    town["people"].append({"key": "personnel", "name": "Sam Girard", "email": HUMAN_RESOURCES,
                           "locale": "fr", "roles": ["human_resources"]})
    town["people"].append({"key": "donnees", "name": "Maé Perrin", "email": DATA_PROTECTION,
                           "locale": "fr", "roles": ["data_protection"]})
    file = Path(folder) / "town.json"
    file.write_text(json.dumps(town))
    return file


def town_before_everything(folder):
    """A town that has its name and who sets it up."""
    whole = json.loads(town_with_more_staff(folder).read_text())
    file = Path(folder) / "begun.json"
    people = [person for person in whole["people"] if person["email"] == FOUNDER]
    file.write_text(json.dumps({"town": whole["town"], "people": people}))
    return file


class TownInABrowser(unittest.TestCase):
    """A town for each story."""

    people = PEOPLE
    make_town = staticmethod(town_with_more_staff)

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-web-")
        self.addCleanup(temporary.cleanup)
        self.stack = Stack(BUILD, Path(temporary.name) / "town")
        self.stack.pages = WEB / "pages"
        self.stack.town_file = self.make_town(temporary.name)
        self.addCleanup(self.stack.stop)
        self.stack.prepare(self.people)
        self.stack.make_keys()
        self.stack.start_signer()
        self.stack.start_api()

    def tell(self, story, **more):
        """Runs a script; its assertions are the test's."""
        told = subprocess.run(
            ["node", ROOT / f"tests/web/{story}.mjs"], capture_output=True, text=True, timeout=900,
            env={**os.environ, "CRENEAU_URL": self.stack.url, "CRENEAU_WEB": str(WEB),
                 "CRENEAU_MAIL": str(self.stack.mail), "CRENEAU_DATABASE": self.stack.database[1],
                 "CRENEAU_PASSWORDS": json.dumps(self.stack.passwords), **more})
        self.assertEqual(told.returncode, 0, told.stdout + told.stderr)

    def elsewhere(self):
        """The shell, the board and the door, for stories that go there."""
        elsewhere = Elsewhere(self.stack)
        self.addCleanup(elsewhere.close)
        return elsewhere


class Browser(TownInABrowser):
    def test_an_association_books_by_keyboard_alone_and_gets_its_pass(self):
        self.tell("booking_path")

    def test_every_screen_is_accessible_in_both_themes_and_widths(self):
        self.tell("every_screen")

    def test_the_office_reads_its_figures(self):
        self.tell("office_tools")

    def test_a_series_is_changed_given_up_and_asked_for_again(self):
        self.tell("series")

    def test_the_office_answers_many_requests_at_once_and_keeps_slots(self):
        self.tell("answers")

    def test_a_yearly_round_is_shared_out(self):
        self.tell("rounds")

    def test_the_office_sees_what_did_not_arrive_and_who_stands_in(self):
        self.tell("desk")

    def test_people_and_associations_are_kept(self):
        self.tell("directory")

    def test_doors_badges_and_the_access_log(self):
        self.tell("access")

    def test_staff_get_duties_and_these_open_doors(self):
        self.tell("staff")

    def test_data_are_copied_restricted_and_erased(self):
        self.tell("privacy")

    def test_the_pages_load_little_and_ask_nobody_else(self):
        self.tell("first_load")

    def test_the_whole_life_of_a_booking_to_the_open_door_and_back(self):
        self.tell("whole_life", CRENEAU_ELSEWHERE=self.elsewhere().url)


class Beginning(TownInABrowser):
    people = [FOUNDER]
    make_town = staticmethod(town_before_everything)

    def test_a_town_is_set_up_from_nothing_to_its_first_booking(self):
        self.tell("first_steps", CRENEAU_ELSEWHERE=self.elsewhere().url,
                  CRENEAU_TOWN_FILE=str(self.stack.folder.parent / "town.json"))


if __name__ == "__main__":
    unittest.main()
