"""Sending to a real SMTP server: what it gets, and how its faults are told."""

import logging
import os
import socket
import sys
import tempfile
import time
import unittest
import warnings
from pathlib import Path

from probe import compose, mail, send

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

from smtp_sink import SmtpSink, make_certificate  # noqa: E402

LOGIN = ("salles", "un mot de passe accentué: é")


class SmtpCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        warnings.simplefilter("ignore", UserWarning)  # the sink allows AUTH without TLS on purpose
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        cls.temporary = tempfile.TemporaryDirectory(prefix="creneau-smtp-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = Path(cls.temporary.name)
        cls.certificate = make_certificate(cls.folder)
        cls.password = cls.folder / "password"
        cls.password.write_text(LOGIN[1] + "\n", encoding="utf-8")
        cls.password.chmod(0o600)

    def url(self, sink, scheme="smtp", host="127.0.0.1"):
        return f"{scheme}://{host}:{sink.port}"

    def assert_delivers(self, sink, settings, message="Subject: fin\r\n\r\nBonjour\r\n"):
        """The valid mail that ends each test of a refusal."""
        before = len(sink.mails)
        self.assertEqual(send(settings, message), ("sent", ""))
        self.assertEqual(len(sink.mails), before + 1)
        return sink.mails[-1]


class Delivery(SmtpCase):
    def test_arrives_byte_for_byte(self):
        message = compose(mail()).decode("ascii")
        with SmtpSink() as sink:
            got = self.assert_delivers(sink, {"smtp_url": self.url(sink)}, message)
        self.assertEqual(got.content, message.encode())
        self.assertEqual(got.sender, "salles@le-pre.example.org")
        self.assertEqual(got.readers, ["camille@example.org"])
        self.assertEqual(got.host_name, "le-pre.example.org")
        self.assertFalse(got.tls)

    def test_keeps_lines_that_begin_with_a_dot(self):
        message = "Subject: x\r\n\r\n.\r\n..\r\n.fin\r\n"
        with SmtpSink() as sink:
            got = self.assert_delivers(sink, {"smtp_url": self.url(sink)}, message)
        self.assertEqual(got.content, message.encode())

    def test_goes_straight_to_the_server_whatever_proxy_the_environment_names(self):
        env = {**os.environ, "ALL_PROXY": "http://127.0.0.1:9", "all_proxy": "socks5://127.0.0.1:9"}
        with SmtpSink() as sink:
            self.assertEqual(send({"smtp_url": self.url(sink)}, env=env), ("sent", ""))
            self.assertEqual(len(sink.mails), 1)


class Protection(SmtpCase):
    def test_uses_starttls_with_a_verified_certificate_and_signs_in(self):
        with SmtpSink(tls="starttls", certificate=self.certificate, login=LOGIN) as sink:
            got = self.assert_delivers(sink, {
                "smtp_url": self.url(sink), "smtp_ca_file": self.certificate[0],
                "smtp_user": LOGIN[0], "smtp_password_file": str(self.password)})
        self.assertTrue(got.tls)
        self.assertEqual(got.login, LOGIN[0])

    def test_uses_smtps(self):
        with SmtpSink(tls="immediate", certificate=self.certificate) as sink:
            got = self.assert_delivers(sink, {"smtp_url": self.url(sink, "smtps"),
                                              "smtp_ca_file": self.certificate[0]})
        self.assertTrue(got.tls)

    def assert_refused_certificate(self, sink, settings):
        result, reason = send(settings)
        self.assertEqual(result, "transient", reason)
        self.assertEqual(sink.mails, [])
        self.assertEqual(sink.readers_named, [])

    def test_says_nothing_to_a_server_whose_certificate_nobody_vouches_for(self):
        other = make_certificate(self.folder, stem="other")
        for tls, scheme in (("starttls", "smtp"), ("immediate", "smtps")):
            with self.subTest(tls=tls), SmtpSink(tls=tls, certificate=self.certificate) as sink:
                self.assert_refused_certificate(
                    sink, {"smtp_url": self.url(sink, scheme), "smtp_ca_file": other[0]})
                self.assert_delivers(sink, {"smtp_url": self.url(sink, scheme),
                                            "smtp_ca_file": self.certificate[0]})

    def test_says_nothing_to_a_self_signed_server_without_an_anchor(self):
        with SmtpSink(tls="immediate", certificate=self.certificate) as sink:
            self.assert_refused_certificate(sink, {"smtp_url": self.url(sink, "smtps")})
            self.assert_delivers(sink, {"smtp_url": self.url(sink, "smtps"),
                                        "smtp_ca_file": self.certificate[0]})

    def test_says_nothing_to_a_server_of_another_name(self):
        elsewhere = make_certificate(self.folder, "DNS:mail.example.org", "elsewhere")
        for tls, scheme in (("starttls", "smtp"), ("immediate", "smtps")):
            with self.subTest(tls=tls), SmtpSink(tls=tls, certificate=elsewhere) as sink:
                self.assert_refused_certificate(
                    sink, {"smtp_url": self.url(sink, scheme), "smtp_ca_file": elsewhere[0]})
        with SmtpSink(tls="immediate", certificate=self.certificate) as sink:
            self.assert_delivers(sink, {"smtp_url": self.url(sink, "smtps", "localhost"),
                                        "smtp_ca_file": self.certificate[0]})

    def test_gives_up_when_a_server_that_must_offer_tls_does_not(self):
        with SmtpSink(login=LOGIN) as sink:
            settings = {"smtp_url": self.url(sink), "smtp_ca_file": self.certificate[0],
                        "smtp_user": LOGIN[0], "smtp_password_file": str(self.password)}
            self.assert_refused_certificate(sink, settings)
            del settings["smtp_ca_file"]
            self.assert_delivers(sink, settings)

    def test_keeps_a_mail_whose_password_was_refused(self):
        wrong = self.folder / "wrong"
        wrong.write_text("faux\n")
        wrong.chmod(0o600)
        with SmtpSink(login=LOGIN) as sink:
            settings = {"smtp_url": self.url(sink), "smtp_user": LOGIN[0],
                        "smtp_password_file": str(wrong)}
            result, reason = send(settings)
            self.assertEqual(result, "transient", reason)
            self.assertNotIn("faux", reason)
            self.assert_delivers(sink, {**settings, "smtp_password_file": str(self.password)})


class Faults(SmtpCase):
    CASES = (
        ("refuse-sender", "permanent", "550"),
        ("refuse-reader", "permanent", "550"),
        ("refuse-message", "permanent", "550"),
        ("busy-reader", "transient", "451"),
        ("busy-message", "transient", "451"),
        ("close-reader", "transient", ""),
        ("close-message", "transient", ""),
    )

    def test_are_told_apart(self):
        for fault, expected, code in self.CASES:
            with self.subTest(fault=fault), SmtpSink(fault=fault) as sink:
                result, reason = send({"smtp_url": self.url(sink)})
                self.assertEqual(result, expected, reason)
                self.assertIn(code, reason)
                self.assertNotIn("@", reason)
                sink.fault = "none"
                self.assert_delivers(sink, {"smtp_url": self.url(sink)})

    def test_do_not_hold_the_worker(self):
        for fault in ("mute", "hang-reader", "hang-message"):
            with self.subTest(fault=fault), SmtpSink(fault=fault) as sink:
                began = time.monotonic()
                result, reason = send({"smtp_url": self.url(sink), "connect_timeout_ms": 1500,
                                       "total_timeout_ms": 1500})
                self.assertEqual(result, "transient", reason)
                self.assertLess(time.monotonic() - began, 15)
                sink.fault = "none"
                self.assert_delivers(sink, {"smtp_url": self.url(sink)})

    def test_do_not_undo_a_mail_that_was_accepted(self):
        with SmtpSink(fault="hang-quit") as sink:
            began = time.monotonic()
            self.assert_delivers(sink, {"smtp_url": self.url(sink), "total_timeout_ms": 1500})
            self.assertLess(time.monotonic() - began, 15)

    def test_include_a_server_that_is_not_there(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            result, reason = send({"smtp_url": f"smtp://127.0.0.1:{unused.getsockname()[1]}"})
        self.assertEqual(result, "transient", reason)


if __name__ == "__main__":
    unittest.main()
