"""What somebody would try against accounts, files and mails, on the real server with a real SMTP
server behind it: it fails, and the next honest request works. Rights, replays and races have tests
of their own (rights_matrix_test, accounts_test, race_test)."""

import os
import re
import struct
import tempfile
import unittest
import zlib
from pathlib import Path

from system_case import BOOKER, BUILD, OFFICE, SmtpSink
from living_codes import found_below
from processes import wait_for
from stack import Stack, soon

NOBODY = "personne@example.org"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
# Of an answer: what differs between any two of them.
OF_ITS_OWN = ("date", "x-request-id", "retry-after", "content-length")


def png(width, height, *more, end=b""):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", head), *more, (b"IDAT", zlib.compress(b"\0" * 4)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks) + end


def jpeg(width, height):
    return (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x0b\x08"
            + struct.pack(">HH", height, width)
            + b"\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0data\xff\xd9")


def zeros_in_a_pdf(size):
    packed = zlib.compressobj(9)
    stream = b"".join(packed.compress(b"\0" * (1 << 20)) for _ in range(size >> 20))
    stream += packed.flush()
    return (b"%PDF-1.7\n1 0 obj\n<< /Length " + str(len(stream)).encode()
            + b" /Filter /FlateDecode >>\nstream\n" + stream + b"\nendstream\nendobj\n%%EOF\n")


class Attacks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="creneau-attacks-")
        cls.addClassCleanup(temporary.cleanup)
        cls.smtp = SmtpSink(Path(temporary.name))
        cls.addClassCleanup(cls.smtp.process.stop)
        cls.stack = Stack(BUILD, Path(temporary.name) / "town",
                          smtp_url=f"smtp://127.0.0.1:{cls.smtp.port}")
        cls.addClassCleanup(cls.stack.stop)
        cls.stack.prepare([OFFICE, BOOKER])
        cls.stack.start_api()
        cls.public, cls.booker, cls.office = map(cls.stack.client, (None, BOOKER, OFFICE))

    def sign_in(self, email, password, network, cookie=None):
        headers = {"X-Forwarded-For": network, **({"Cookie": cookie} if cookie else {})}
        return self.public.call("POST", "/api/v1/sessions", {"email": email, "password": password},
                                headers)

    # ------------------------------------------------------------ accounts

    def me(self, cookie):
        return self.public.call("GET", "/api/v1/me", headers={"Cookie": cookie}).status

    def seen(self, answer):
        """All that a stranger can tell one answer from another by."""
        body = answer.json() if answer.body else None
        if body:
            body.pop("request_id", None)
            body["detail"] = re.sub(r"\d+", "some", body["detail"])  # seconds to wait
        return (answer.status, body, [line for line in answer.header_lines
                                      if line[0].lower() not in OF_ITS_OWN])

    def test_an_address_that_is_known_cannot_be_told_from_one_that_is_not(self):
        code = {"code": "0000-0000-0000", "password": "un chat sur la fenêtre"}
        for path, more, network in (
                ("sessions/codes", {}, "192.0.2.1"), ("password-resets", {}, "192.0.2.2"),
                ("sessions", {"password": "no such password"}, "192.0.2.3"),
                ("sessions", {"code": "00000000"}, "192.0.2.4"),
                ("password-resets/accept", code, "192.0.2.5"),
                ("invitations/accept", code, "192.0.2.6")):
            for _ in range(6):  # and both are slowed down alike
                known, unknown = (
                    self.public.call("POST", f"/api/v1/{path}", {"email": email, **more},
                                     {"X-Forwarded-For": network})
                    for email in ("sacha.lemoine@example.org", NOBODY))
                self.assertEqual(self.seen(known), self.seen(unknown), path)
                waits = [int(one.headers.get("retry-after", 0)) for one in (known, unknown)]
                self.assertLessEqual(abs(waits[0] - waits[1]), 1)

    def test_guessing_is_slowed_down_by_account_and_by_network(self):
        account = "robin.ashworth@example.org"
        answers = [self.sign_in(account, f"guess number {number}", f"198.51.100.{number}")
                   for number in range(6)]
        self.assertEqual([answer.status for answer in answers], [401] * 5 + [429])
        self.assertEqual(answers[-1].headers["content-type"], "application/problem+json")
        self.assertGreaterEqual(int(answers[-1].headers["retry-after"]), 1)
        network = "203.0.113.9"
        statuses = [self.sign_in(f"nobody{number}@example.org", "no such password", network).status
                    for number in range(27)]
        self.assertEqual(statuses[:25], [401] * 25)
        self.assertEqual(statuses[25:], [429] * 2)
        right = self.stack.passwords[BOOKER]
        self.assertEqual(self.sign_in(BOOKER, right, network).status, 429, "whoever it is")
        self.assertEqual(self.sign_in(BOOKER, right, "203.0.113.10").status, 201)

    def test_a_session_is_never_the_one_that_a_client_brought(self):
        right, network = self.stack.passwords[BOOKER], "192.0.2.20"
        chosen = ["A" * 43, "0" * 64, "", "x", "../../town.db", "' OR 1=1 --"]
        tokens = set()
        for planted in chosen:
            cookie = f"creneau={planted}"
            self.assertEqual(self.me(cookie), 401, planted)
            opened = self.sign_in(BOOKER, right, network, cookie)
            self.assertEqual(opened.status, 201)
            tokens.add(re.match(r"creneau=([\w-]{22,});", opened.headers["set-cookie"])[1])
            self.assertEqual(self.me(cookie), 401, "it was not adopted")
        self.assertEqual(len(tokens - set(chosen)), len(chosen))
        older = f"creneau={sorted(tokens)[0]}"
        again = self.sign_in(BOOKER, right, network, older)
        newer = again.headers["set-cookie"].split(";")[0]
        self.assertEqual((self.me(older), self.me(newer)), (401, 200))
        self.assertEqual(self.me(f"creneau=planted; {newer}"), 401, "of two, none is guessed")
        self.assertEqual(found_below(self.stack.folder, {"token": newer[8:].encode()}), [])

    # ------------------------------------------------------------ files

    def paper(self):
        person = self.booker.expect(200, "GET", "/api/v1/me")["id"]
        paper = self.booker.expect(201, "POST", f"/api/v1/people/{person}/papers",
                                   {"kind": "insurance", "valid_from": "2026-01-01"})
        return f"/api/v1/papers/{paper['id']}/file"

    def send(self, file, body, kind, name=None):
        headers = {"Content-Type": kind, **({"Content-Disposition": name} if name else {})}
        return self.booker.call("PUT", file, body, headers)

    def kept(self):
        return sorted(entry.name for entry in (self.stack.folder / "papers").iterdir())

    def test_what_is_not_plainly_a_pdf_or_a_picture_is_not_kept(self):
        file, pdf = self.paper(), "application/pdf"
        before = self.kept()
        script = b"<script>alert(1)</script>"
        for what, body, kind, code in (
                ("a flood of pixels", png(65535, 65535), "image/png", "picture_too_large"),
                ("a wide picture", jpeg(65500, 1), "image/jpeg", "picture_too_large"),
                ("a picture and a page", png(9, 9, end=script), "image/png", "file_truncated"),
                ("a chunk longer than the file", png(9, 9)[:33] + b"\xff" * 9, "image/png",
                 "file_truncated"),
                ("a GIF that is a PDF too", b"GIF89a/*" + PDF, pdf, "unknown_file_type"),
                ("a JPEG that is a PDF too", jpeg(9, 9) + PDF, pdf, "other_file_type"),
                ("a page before a PDF", script + PDF, pdf, "unknown_file_type"),
                ("a PDF and an archive", PDF + b"PK\x03\x04" + b"\0" * 99, pdf, "file_truncated"),
                ("an archive", b"PK\x03\x04" + b"\0" * 99, pdf, "unknown_file_type"),
                ("an SVG", b"<svg onload='alert(1)'/>", "image/png", "unknown_file_type"),
                ("a PDF with a script", PDF.replace(b"<<>>", b"<</S/J#61vaScript/JS(x)>>"), pdf,
                 "active_content"),
                ("a PDF with a file inside", PDF.replace(b"<<>>", b"<</EmbeddedFiles 1 0 R>>"), pdf,
                 "active_content"),
                ("nothing", b"", pdf, "file_empty")):
            answer = self.send(file, body, kind)
            self.assertEqual(answer.status, 422, what)
            self.assertEqual([error["code"] for error in answer.json()["errors"]], [code], what)
        for kind in ("image/gif", "image/svg+xml", "application/zip", "text/html"):
            self.assertEqual(self.send(file, PDF, kind).status, 415, kind)
        self.assertEqual(self.kept(), before)
        self.assertEqual(self.send(file, jpeg(9, 9), "image/jpeg").status, 200)

    def memory(self):
        status = Path(f"/proc/{self.stack.api.child.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024

    def test_nothing_is_unpacked_that_would_grow(self):
        file, bomb = self.paper(), zeros_in_a_pdf(256 << 20)
        self.assertLess(len(bomb), 1 << 20)
        text = png(9, 9, (b"zTXt", b"a\0\0" + zlib.compress(b"\0" * (1 << 24), 9)))
        lying = PDF.replace(b"<<>>", b"<</Length 99999999999999999999>>")
        before = self.memory()
        for body, kind in ((bomb, "application/pdf"), (lying, "application/pdf"),
                           (text, "image/png")):
            self.assertEqual(self.send(file, body, kind).status, 200)
            part = self.booker.call("GET", file, headers={"Range": "bytes=0-99999"})
            self.assertEqual(part.body, body[:100000])
        self.assertLess(self.memory() - before, 100, "MiB: the files themselves, not their content")

    def test_a_files_name_leads_nowhere(self):
        file = self.paper()
        for sent, told in (("../../../../etc/passwd", "passwd.pdf"),
                           ("..%2F..%2Ftown.db", "town.pdf"), ("C:%5CWindows%5Ca.exe", "a.pdf"),
                           ("a%0D%0ASet-Cookie:%20b=c", None), ("%E2%80%AEfdp.exe", "fdp.pdf"),
                           ("%00.pdf", None), ("..", "document.pdf")):
            answer = self.send(file, PDF, "application/pdf", f"attachment; filename*=UTF-8''{sent}")
            self.assertEqual(answer.status, 200, (sent, answer.body))
            name = answer.json()["file"]["name"]
            self.assertNotRegex(name, r"[\x00-\x1f/\\:\u202e]|^\.")
            self.assertTrue(name.endswith(".pdf"))
            if told:
                self.assertEqual(name, told)
            got = self.booker.call("GET", file)
            self.assertEqual(got.body, PDF)
            self.assertRegex(got.headers["content-disposition"],
                             r"^attachment; filename\*=UTF-8''[\w.%~-]+$")
            self.assertNotIn("set-cookie", got.headers)
        for name in self.kept():
            self.assertRegex(name, r"^[0-9a-f]{64}$")
        self.assertEqual(oct(os.stat(self.stack.folder / "papers").st_mode & 0o777), "0o700")

    # ------------------------------------------------------------ mails

    def mails_to(self, email):
        return [mail for mail in self.smtp.mails() if email in self.readers_of(mail)]

    @staticmethod
    def readers_of(mail):
        return [address.addr_spec for address in mail.message["To"].addresses]

    def check_heads(self, mail, email):
        """One reader, the usual headers once each, nobody else named."""
        names = [name.lower() for name in mail.message.keys()]
        self.assertEqual(len(names), len(set(names)), names)
        self.assertFalse({"bcc", "cc", "x-added", "resent-to"} & set(names))
        self.assertEqual(self.readers_of(mail), [email])
        for name, value in mail.message.items():
            self.assertNotIn("\n", str(value), name)

    def test_no_name_and_no_text_becomes_a_header_of_a_mail(self):
        evil = "mechant@evil.example"
        spoiled = [f"=?utf-8?q?Ami=0D=0ABcc=3A_{evil}?=", f"Ami\u2028Bcc: {evil}",
                   f"\"Ami\" <{evil}>,", f"Ami\nBcc: {evil}", f"{{{{{{name}}}}}} <b>&lt;{evil}"]
        for number, text in enumerate(spoiled):
            email = f"invite{number}@example.org"
            person = self.office.call("POST", "/api/v1/people", {"name": text, "email": email})
            if person.status == 201:
                self.office.expect(201, "POST", "/api/v1/invitations",
                                   {"person_id": person.json()["id"]})
                mail = wait_for(lambda email=email: self.mails_to(email), what=f"{number}")[0]
                self.check_heads(mail, email)
            else:
                self.assertEqual(person.status, 422, text)
            start, end = soon(60 * 24 * (20 + number))
            booking = self.stack.book(self.booker, start, end, purpose=text)
            mail = wait_for(lambda booking=booking: [
                mail for mail in self.mails_to(BOOKER) if mail.booking_id() == booking["id"]],
                what=f"the mail about {text!r}")[0]
            self.check_heads(mail, BOOKER)
        self.assertFalse(self.mails_to(evil))

    def test_no_address_carries_a_second_reader(self):
        evil = "mechant@evil.example"
        for email in (f"{BOOKER}\r\nBcc: {evil}", f"{BOOKER}, {evil}", f"{BOOKER} {evil}",
                      f"{BOOKER}\n{evil}", f"{BOOKER}%0abcc:{evil}", f"<{BOOKER}>\0{evil}"):
            for path in ("password-resets", "sessions/codes"):
                answer = self.public.call("POST", f"/api/v1/{path}", {"email": email},
                                          {"X-Forwarded-For": "192.0.2.30"})
                self.assertIn(answer.status, (202, 422), email)
            refused = self.office.call("POST", "/api/v1/people", {"name": "Ami", "email": email})
            self.assertEqual(refused.status, 422, email)
        self.public.expect(202, "POST", "/api/v1/password-resets", {"email": BOOKER})
        wait_for(lambda: [mail for mail in self.mails_to(BOOKER)
                          if "Nouveau mot de passe" in mail.subject], what="the honest reset")
        self.assertFalse(self.mails_to(evil))


if __name__ == "__main__":
    unittest.main()
