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

from stack import TOWN_FILE, Stack  # noqa: E402

BUILD = Path(os.environ.get("CRENEAU_BUILD", ROOT / "build/release"))
WEB = ROOT / "build/web"
OFFICE = "bureau@le-pre.example.org"
MANAGER = "camille.roussel@example.org"
INDIVIDUAL = "dominique.faure@example.org"
STAGE_MANAGER = "regie@le-pre.example.org"
ADMINISTRATOR = "administration@le-pre.example.org"
ACCESS_ADMINISTRATOR = "acces@le-pre.example.org"
PEOPLE = [OFFICE, MANAGER, INDIVIDUAL, STAGE_MANAGER, ADMINISTRATOR, ACCESS_ADMINISTRATOR]


def town_with_more_staff(folder):
    """The example town, somebody who prepares its rooms, and somebody who answers for its doors."""
    town = json.loads(TOWN_FILE.read_text())
    town["people"].append({"key": "regie", "name": "Alix Moreau", "email": STAGE_MANAGER,
                           "locale": "fr", "roles": ["stage_manager"]})
    town["people"].append({"key": "acces", "name": "Lou Blanc", "email": ACCESS_ADMINISTRATOR,
                           "locale": "fr", "roles": ["access_administrator"]})
    file = Path(folder) / "town.json"
    file.write_text(json.dumps(town))
    return file


class Browser(unittest.TestCase):
    """A town for each story."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-web-")
        self.addCleanup(temporary.cleanup)
        self.stack = Stack(BUILD, Path(temporary.name) / "town")
        self.stack.pages = WEB / "pages"
        self.stack.town_file = town_with_more_staff(temporary.name)
        self.addCleanup(self.stack.stop)
        self.stack.prepare(PEOPLE)
        self.stack.make_keys()
        self.stack.start_signer()
        self.stack.start_api()

    def tell(self, story):
        """Runs a script; its assertions are the test's."""
        told = subprocess.run(
            ["node", ROOT / f"tests/web/{story}.mjs"], capture_output=True, text=True, timeout=900,
            env={**os.environ, "CRENEAU_URL": self.stack.url, "CRENEAU_WEB": str(WEB),
                 "CRENEAU_MAIL": str(self.stack.mail), "CRENEAU_DATABASE": self.stack.database[1],
                 "CRENEAU_PASSWORDS": json.dumps(self.stack.passwords)})
        self.assertEqual(told.returncode, 0, told.stdout + told.stderr)

    def test_an_association_books_by_keyboard_alone_and_gets_its_pass(self):
        self.tell("booking_path")

    def test_every_screen_is_accessible_in_both_themes_and_widths(self):
        self.tell("every_screen")

    def test_the_office_reads_its_figures(self):
        self.tell("office_tools")

    def test_people_and_associations_are_kept(self):
        self.tell("directory")

    def test_doors_badges_and_the_access_log(self):
        self.tell("access")

    def test_the_pages_load_little_and_ask_nobody_else(self):
        self.tell("first_load")


if __name__ == "__main__":
    unittest.main()
