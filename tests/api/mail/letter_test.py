"""A letter as others read it: poppler's programs and zbarimg."""

import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from probe import DIGITS, facts, letter

ADDRESS = "12 bis avenue de la République\nBâtiment C\n93310 LE PRÉ-SAINT-GERVAIS"
MM = 72 / 25.4


def run(*command):
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    return done.stdout.decode()


class Letter(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-letter-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.file = self.folder / "letter.pdf"

    def draw(self, **changes):
        made = {"template": "booking_approved", "postal_address": ADDRESS, **changes}
        self.file.write_bytes(letter(made))
        return " ".join(run("pdftotext", "-layout", self.file, "-").split())

    def words(self):
        """(page, left, top, right, bottom, word) in millimetres."""
        text = run("pdftotext", "-bbox", self.file, "-")
        found = []
        for page, part in enumerate(text.split("<page ")[1:]):
            for box in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"'
                                  r' yMax="([\d.]+)">([^<]*)<', part):
                found.append((page, *(float(edge) / MM for edge in box[:4]), box[4]))
        return found

    def codes(self):
        run("pdftoppm", "-r", "300", "-png", self.file, self.folder / "page")
        read = []
        for page in sorted(self.folder.glob("page*.png")):
            done = subprocess.run(["zbarimg", "--quiet", "--raw", page], capture_output=True,
                                  timeout=60, check=False)
            read += done.stdout.decode().split()
        return read

    def test_says_what_the_mail_says_on_a4(self):
        text = self.draw()
        self.assertIn("595.276 x 841.89 pts (A4)",
                      " ".join(run("pdfinfo", self.file).split()))
        for words in ("Camille Éluard", "12 bis avenue de la République", "93310 LE PRÉ",
                      "Vie associative", "Le Pré, le samedi 21 novembre 2026",
                      "Objet : Réservation acceptée : Salle du rez-de-chaussée",
                      "Salle du rez-de-chaussée (LCR Danton)", "3 rue Danton, 93310 Le Pré",
                      "samedi 5 décembre 2026 de 18 h 20 à 21 h 10", "Apportez cette lettre",
                      "l'astreinte, 01 00 00 00 01", "tous les jours de 8 h à 23 h"):
            self.assertIn(words, text)
        for words in ("pass.png", "répondre à ce message", "automatiquement", "téléphone,"):
            self.assertNotIn(words, text)

    def test_speaks_the_language_of_its_reader(self):
        text = self.draw(locale="en")
        for words in ("Subject: Booking accepted", "Le Pré, Saturday 21 November 2026",
                      "Bring this letter", "Any question? Contact us:"):
            self.assertIn(words, text)

    def test_shows_a_code_that_opens_the_door(self):
        self.draw()
        self.assertEqual(self.codes(), [DIGITS])

    def test_says_instead_of_the_code_that_it_follows_or_is_withheld(self):
        self.assertIn("par courrier, au plus tard la veille", self.draw(**{"pass": None}))
        self.assertEqual(self.codes(), [])
        self.assertIn("il est réservé à son titulaire", self.draw(**{"pass": None}, withheld=True))
        self.assertEqual(self.codes(), [])

    def test_has_its_address_in_the_window_of_the_envelope(self):
        longest = "\n".join("W" * 24 for _ in range(5))
        for address in (ADDRESS, longest):
            self.draw(postal_address=address)
            last = address.split("\n")[-1].split()[0]
            inside = [word for word in self.words() if word[0] == 0 and 44 <= word[2] <= 90
                      and word[1] > 95]
            names = [word[5] for word in inside]
            self.assertIn("Camille", names)
            self.assertIn(last, names)
            for _, left, top, right, bottom, word in inside:
                self.assertTrue(left >= 100 and right <= 190.5 and top >= 44 and bottom <= 90, word)

    def test_numbers_its_pages_and_never_parts_the_code_from_its_caption(self):
        for dates in (1, 12, 20, 28, 33, 39, 60, 400):
            listed = [["2026-12-05T18:30", "2026-12-05T21:00"]] * dates
            text = self.draw(template="series_approved", facts=facts(
                series={"id": 7, "dates": listed, "missed": [], "reasons": []}))
            pages = int(re.search(r"Pages: +(\d+)", run("pdfinfo", self.file)).group(1))
            for page in range(1, pages + 1):
                self.assertIn(f"{page}/{pages}", text)
            self.assertEqual(text.count("En cas de problème sur place (LCR Danton)"), pages + 2,
                             "at the foot of each page, at the end of the text and by the code")
            caption = [word[0] for word in self.words() if word[5] == "fonctionne"]
            self.assertEqual(set(caption), {pages - 1})
            for old in self.folder.glob("page*.png"):
                old.unlink()
            self.assertEqual(self.codes(), [DIGITS])

    def test_of_the_same_message_is_the_same(self):
        self.draw()
        first = self.file.read_bytes()
        self.draw()
        self.assertEqual(self.file.read_bytes(), first)

    def test_takes_what_people_type(self):
        text = self.draw(facts=facts(purpose="<b>Loto</b> & \u202e\u0007 fin", doors=[]))
        self.assertIn("<b>Loto</b> &", text)


if __name__ == "__main__":
    unittest.main()
