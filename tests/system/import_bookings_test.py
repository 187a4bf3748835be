"""`creneau-api import-bookings` as the office runs it: a dry run, a commit, a second import."""

import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE
from stack import PARIS, Stack

HEAD = "Salle;Date;Début;Fin;Nombre de personnes;Objet;Association;Courriel;Référence\r\n"


class Import(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-import-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.stack = Stack(BUILD, cls.folder / "town")
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.start_api()
        cls.office = cls.stack.client(OFFICE)

    def day(self, days):
        return (datetime.now(PARIS) + timedelta(days=days)).strftime("%d/%m/%Y")

    def row(self, days, end="20h30", people="12", reference=""):
        return (f"LCR Danton;{self.day(days)};18h30;{end};{people};\"Répétition ; chœur\n« Noël »\";"
                f"Chorale de l’Exemple;{BOOKER};{reference}\r\n")

    def imported(self, text, *options, status=0, encoding="cp1252"):
        file = self.folder / "bookings.csv"
        file.write_bytes(text.encode(encoding))
        done = self.stack.command("import-bookings", file, "--as", OFFICE, *options, check=False)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout.replace(str(file), "F")

    def bookings(self):
        return self.office.expect(200, "GET", "/api/v1/bookings?limit=200")["items"]

    def test_what_the_report_says_is_what_happens_while_the_server_runs(self):
        text = HEAD + self.row(30) + self.row(31, people="5000") + self.row(32)
        before = self.bookings()
        dry = self.imported(text, status=1)
        self.assertIn("F, ligne 2 : passerait\n", dry)
        self.assertIn("F, ligne 4, colonne « personnes » : ", dry)  # each row takes two lines
        self.assertIn("(over_capacity)", dry)
        self.assertIn("2 passeraient, 0 déjà importées, 1 refusées\nrien n’a été enregistré\n", dry)
        self.assertIn("rien n’a été enregistré", self.imported(text, "--commit", status=1))
        self.assertEqual(self.bookings(), before)
        kept = self.imported(text, "--commit", "--skip-refused", "--approve")
        self.assertIn("2 réservées, 0 déjà importées, 1 refusées", kept)
        made = [one for one in self.bookings() if one not in before]
        self.assertEqual(len(made), 2)
        self.assertEqual({one["status"] for one in made}, {"approved"})
        self.assertEqual(made[0]["purpose"], "Répétition ; chœur\n« Noël »")
        again = self.imported(text, "--commit", "--skip-refused")
        self.assertIn("0 réservées, 2 déjà importées, 1 refusées", again)
        self.assertEqual(len(self.bookings()), len(before) + 2)

    def test_a_file_that_cannot_be_read_is_named_by_its_line(self):
        self.assertIn("F, ligne 2 : guillemets mal placés",
                      self.imported(HEAD + 'LCR "Danton";x\r\n', status=1))
        self.assertIn("F, ligne 1 : n’est pas du texte",
                      self.imported(HEAD, status=1, encoding="utf-16"))
        self.assertIn("colonne « salle » : Cette colonne manque",
                      self.imported(HEAD.replace("Salle", "Date"), status=1))

    def test_only_the_office_imports(self):
        file = self.folder / "bookings.csv"
        file.write_text(HEAD + self.row(40), encoding="utf-8-sig")
        done = self.stack.command("import-bookings", file, "--as", BOOKER, "--commit", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("(not_allowed)", done.stdout)
        self.assertIn("1 passeraient", self.imported(HEAD + self.row(40), encoding="utf-8-sig"))


if __name__ == "__main__":
    unittest.main()
