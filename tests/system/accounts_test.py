"""Accounts as people meet them: an invitation, a reset and a code to sign in come by mail, and stand
nowhere else. The programs are the built ones, the SMTP server is python3-aiosmtpd."""

import base64
import os
import re
import sqlite3
import tempfile
import unittest
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE, SmtpSink
from api_client import ApiClient
from living_codes import found_below
from processes import wait_for
from stack import Stack

ADMINISTRATOR = "administration@le-pre.example.org"
GUEST = "dominique.faure@example.org"
PHRASE = "un chat sur la fenêtre"


class Accounts(unittest.TestCase):
    """One town whose API alone runs."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-accounts-")
        cls.addClassCleanup(temporary.cleanup)
        cls.smtp = SmtpSink(Path(temporary.name))
        cls.addClassCleanup(cls.smtp.process.stop)
        cls.stack = Stack(BUILD, Path(temporary.name) / "town",
                          smtp_url=f"smtp://127.0.0.1:{cls.smtp.port}")
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER, ADMINISTRATOR])
        cls.stack.start_api()
        cls.public = cls.stack.client()

    def mailed(self, email, words):
        """The newest mail to somebody whose subject holds the words."""
        def found():
            return next((mail for mail in reversed(self.smtp.mails())
                         if email in mail.to and words in mail.subject), None)
        return wait_for(found, what=f"the mail “{words}” to {email}")

    def code_in(self, mail, form):
        codes = set(re.findall(form, mail.text()))
        self.assertEqual(len(codes), 1, mail.text())
        return codes.pop()

    def person(self, email):
        database = sqlite3.connect(f"file:{self.stack.database[1]}?mode=ro", uri=True)
        try:
            return database.execute("SELECT id FROM people WHERE email = ?", [email]).fetchone()[0]
        finally:
            database.close()

    def nowhere_but_in_the_mail(self, code):
        self.nowhere_on_disk({"code": code.encode(), "plain": code.replace("-", "").encode()})
        self.assertTrue(any(code in mail.text() for mail in self.smtp.mails()))

    def nowhere_on_disk(self, forms):
        """Database, its log and backup, the key's file and the logs hold none of these bytes."""
        backup = self.stack.folder / "town.backup"
        backup.unlink(missing_ok=True)
        self.stack.command("backup", backup)
        self.assertIn(BOOKER.encode(), backup.read_bytes())
        self.assertEqual(found_below(self.stack.folder, forms), [])

    def signs_in(self, email, **by):
        return self.stack.client().call("POST", "/api/v1/sessions", {"email": email, **by}).status

    def test_an_invitation_by_mail_opens_an_account(self):
        office = self.stack.client(OFFICE)
        office.expect(201, "POST", "/api/v1/invitations", {"person_id": self.person(GUEST)})
        code = self.code_in(self.mailed(GUEST, "Votre compte"),
                            r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
        self.nowhere_but_in_the_mail(code)
        accept = {"email": GUEST, "code": code.lower(), "password": PHRASE}
        wrong = {**accept, "code": "0000-0000-0000"}
        self.public.expect(401, "POST", "/api/v1/invitations/accept", wrong)
        self.public.expect(204, "POST", "/api/v1/invitations/accept", accept)
        self.public.expect(401, "POST", "/api/v1/invitations/accept", accept)
        self.assertEqual(self.signs_in(GUEST, password=PHRASE), 201)
        again = {"person_id": self.person(GUEST)}
        self.assertEqual(office.expect(409, "POST", "/api/v1/invitations", again)["code"],
                         "already_has_password")

    def test_a_reset_by_mail_ends_the_sessions_and_tells_the_person(self):
        booker = self.stack.client(BOOKER)
        self.public.expect(202, "POST", "/api/v1/password-resets", {"email": BOOKER})
        code = self.code_in(self.mailed(BOOKER, "Nouveau mot de passe"),
                            r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
        self.nowhere_but_in_the_mail(code)
        reset = {"email": BOOKER, "code": code, "password": "12345678910a"}
        weak = self.public.expect(422, "POST", "/api/v1/password-resets/accept", reset)
        self.assertEqual(weak["errors"][0]["code"], "breached")
        reset["password"] = self.stack.passwords[BOOKER] = PHRASE + " du salon"
        self.public.expect(204, "POST", "/api/v1/password-resets/accept", reset)
        self.assertEqual(booker.call("GET", "/api/v1/me").status, 401)
        self.mailed(BOOKER, "a changé")
        self.stack.client(BOOKER).expect(200, "GET", "/api/v1/me")

    def test_a_code_by_mail_signs_in_who_is_no_staff(self):
        for email in (OFFICE, "nobody@example.org", BOOKER):
            self.public.expect(202, "POST", "/api/v1/sessions/codes", {"email": email})
        code = self.code_in(self.mailed(BOOKER, "code de connexion"), r"\b[0-9]{8}\b")
        self.nowhere_but_in_the_mail(code)
        self.assertEqual(self.signs_in(OFFICE, code=code), 401)
        self.assertEqual(self.signs_in(BOOKER, code=code), 201)
        self.assertEqual(self.signs_in(BOOKER, code=code), 401)
        self.assertFalse([mail for mail in self.smtp.mails() if "nobody" in mail.to or
                          (OFFICE in mail.to and "connexion" in mail.subject)])

    def refused(self, email, code, **more):
        """A sign-in with the right password that is not enough."""
        body = {"email": email, "password": self.stack.passwords[email], **more}
        answer = self.public.expect(401, "POST", "/api/v1/sessions", body)
        self.assertEqual(answer["code"], code)

    def test_staff_link_an_app_before_anything_else_and_sign_in_by_its_codes(self):
        client = ApiClient(self.stack.url)
        password = self.stack.passwords[ADMINISTRATOR]
        self.assertEqual(client.sign_in(ADMINISTRATOR, password)["second_factor"], "must_enrol")
        held = client.expect(403, "GET", "/api/v1/people")
        self.assertEqual(held["code"], "second_factor_enrolment_required")
        app, recovery = client.enrol()
        self.assertEqual(client.expect(200, "GET", "/api/v1/me")["second_factor"], "on")
        client.expect(200, "GET", "/api/v1/people")
        self.mailed(ADMINISTRATOR, "second facteur")

        self.refused(ADMINISTRATOR, "second_factor_required")
        code = app.code(client.town_time())
        again = {"email": ADMINISTRATOR, "password": password, "totp": code}
        self.public.expect(201, "POST", "/api/v1/sessions", again)
        self.refused(ADMINISTRATOR, "wrong_credentials", totp=code)  # it has served
        by_recovery = {"recovery_code": recovery[0].lower()}
        self.assertEqual(self.signs_in(ADMINISTRATOR, password=password, **by_recovery), 201)
        self.refused(ADMINISTRATOR, "wrong_credentials", **by_recovery)
        self.mailed(ADMINISTRATOR, "code de secours")
        self.assertEqual(self.signs_in(ADMINISTRATOR, password=password,
                                       recovery_code=recovery[1]), 201)
        self.nowhere_on_disk({"secret": app.secret.encode(), "code": recovery[2].encode(),
                              "raw": base64.b32decode(app.secret),
                              "hex": base64.b32decode(app.secret).hex().encode()})

        done = self.stack.command("reset-second-factor", ADMINISTRATOR)
        self.assertIn("second factor removed", done.stdout)
        client.expect(401, "GET", "/api/v1/me")
        self.mailed(ADMINISTRATOR, "a été retiré")
        self.assertEqual(client.sign_in(ADMINISTRATOR, password)["second_factor"], "must_enrol")

    def test_doctor_names_the_list_and_nothing_is_set_without_it(self):
        done = self.stack.command("doctor", check=False)
        self.assertRegex(done.stdout, r"ok breached_passwords 999\d+ of SecLists .*, 2019-10-03")
        self.assertIn("ok account_key", done.stdout)
        key = self.stack.folder / "accounts.key"
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        good, self.stack.breached_passwords = self.stack.breached_passwords, "/nonexistent/list"
        self.addCleanup(self.stack.write_config)
        self.addCleanup(setattr, self.stack, "breached_passwords", good)
        self.stack.write_config()
        os.chmod(key, 0o640)
        self.addCleanup(os.chmod, key, 0o600)
        done = self.stack.command("doctor", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("PROBLEM breached_passwords /nonexistent/list", done.stdout)
        self.assertIn("PROBLEM account_key", done.stdout)
        done = self.stack.command("set-password", BOOKER, stdin=PHRASE + "\n", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no password is set without it", done.stderr)


if __name__ == "__main__":
    unittest.main()
