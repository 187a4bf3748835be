"""The life of a key through the real program, and everything that must be refused on the way."""

import hashlib
import os
import time
import unittest

from signer_town import SIGNER, TOWN, SignerTown, clock


class KeysTest(unittest.TestCase):
    def setUp(self):
        self.town = SignerTown()
        self.addCleanup(self.town.close)

    def refused(self, word, done):
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(f"[{word}]", done.stderr)

    def files(self):
        return sorted(path.name for path in self.town.keys_folder.iterdir()) \
            if self.town.keys_folder.exists() else []

    def states(self, **more):
        lines = self.town.keys("list", **more).stdout.splitlines()[1:]
        return {int(line.split()[0]): line.split()[2] for line in lines if line[:3].strip().isdigit()}

    # ------------------------------------------------------------ roots

    def test_two_roots_are_made_once(self):
        done = self.town.keys("init-root", "--out", self.town.media)
        for name, fingerprint in zip(("root", "spare-root"), self.town.fingerprints()):
            public = bytes.fromhex((self.town.media / f"{name}.public").read_text())
            self.assertEqual(hashlib.blake2b(public, digest_size=32).hexdigest(), fingerprint)
            self.assertIn(fingerprint, done.stdout)
            mode = (self.town.media / f"{name}.private").stat().st_mode
            self.assertEqual(mode & 0o777, 0o600)
        self.assertIn("removable media", done.stdout)
        before = {path: path.read_bytes() for path in self.town.media.iterdir()}
        (self.town.media / "root.private").unlink()
        self.refused("exists", self.town.keys("init-root", "--out", self.town.media, check=False))
        before.pop(self.town.media / "root.private")
        self.assertEqual({path: path.read_bytes() for path in self.town.media.iterdir()}, before)

    # ------------------------------------------------------------ the usual life

    def test_a_key_lives_from_request_to_the_end_of_its_certificate(self):
        request = self.town.request()
        self.assertEqual(self.states(), {1: "requested"})
        certificate = self.town.sign(request)
        self.town.import_certificate(certificate, *self.town.trust())
        self.assertEqual(self.states(), {1: "signing"})
        self.assertEqual(self.town.make_key(), 2, "the next key is published ahead")
        self.assertEqual(self.states(), {1: "signing", 2: "published"})
        self.town.make_key("policy")
        done = self.town.retire(1)
        self.assertIn("published until", done.stdout)
        self.assertNotIn("key-001.private", self.files())
        self.assertEqual(self.states(), {1: "retired", 2: "published", 3: "signing"})
        self.refused("already_retired", self.town.retire(1, check=False))
        self.town.retire(1, "--withdraw")
        self.assertEqual(self.states()[1], "withdrawn")
        self.refused("unknown_key", self.town.retire(9, check=False))
        self.assertEqual(self.states(env=clock("+31d"))[2], "signing")
        self.assertEqual(set(self.states(env=clock("+400d")).values()), {"ended"})

    def test_alarm_rings_thirty_days_before_the_last_certificate_ends(self):
        self.town.make_key("pass")
        self.town.make_key("policy")
        self.assertNotIn("alarm", self.town.keys("list").stdout)
        listed = self.town.keys("list", env=clock("+95d")).stdout
        self.assertIn("alarm: the last pass certificate ends in", listed)
        self.assertIn("alarm: the last policy certificate ends in", listed)

    def test_sign_shows_what_it_signs_and_needs_a_yes(self):
        request = self.town.request()
        self.town.init_root()
        out = self.town.folder / "certificate"
        sign = ("sign", "--root", self.town.media / "spare-root.private", "--request", request,
                "--out", out, "--not-before", "2027-01-01", "--days", "10",
                "--longest-pass-min", "240", "--generation", "4")
        for answer in ("no\n", "", "YES\n", "y\n"):
            self.refused("not_confirmed", self.town.keys(*sign, check=False, stdin=answer))
            self.assertFalse(out.exists())
        shown = self.town.keys(*sign, stdin="yes\n").stdout
        for part in (self.town.fingerprints()[1], "town       7", "pass", "2027-01-01T00:00:00Z",
                     "2027-01-11T00:00:00Z", "240 min", "generation    4"):
            self.assertIn(part, shown)
        self.refused("exists", self.town.keys(*sign, check=False, stdin="yes\n"))
        self.town.import_certificate(out, *self.town.trust())

    # ------------------------------------------------------------ four eyes

    def refuse_confirmations(self, kind, key, attempt):
        """Every confirmation that is not what two people want of that key now is refused."""
        now = int(time.time())
        others = {"key_import", "key_retire", "key_withdraw"} - {kind}
        self.refused("needs_confirmation", attempt())
        self.refused("needs_confirmation", attempt("--confirmed", "4711"))
        for what, subject, values in (
                (kind, key, {"confirmed_by_id": None, "confirmed_at": None}),
                (kind, key, {"asked_at": now - 90000, "ends_at": now - 3600}),
                (kind, key, {"town_id": TOWN + 1}),
                (kind, key, {"asked_by_id": TOWN + 1}),
                (kind, key + 1, {}), ("person_export", key, {}),
                *((other, key, {}) for other in others)):
            done = attempt(*self.town.confirmed(what, subject, **values))
            self.refused("needs_confirmation", done)
        for change, back in (
                ("UPDATE people SET enabled = 0 WHERE id = 17", "UPDATE people SET enabled = 1"),
                (f"UPDATE people SET active_until = {now} WHERE id = 7",
                 "UPDATE people SET active_until = NULL"),
                ("UPDATE person_roles SET role = 'office' WHERE person_id = 17",
                 "UPDATE person_roles SET role = 'administrator' WHERE person_id = 17"),
                (f"UPDATE people SET let_in_at = {now - 6 * 86400} WHERE id = 17",
                 f"UPDATE people SET let_in_at = {now - 8 * 86400} WHERE id = 17"),
                (f"UPDATE person_roles SET given_by_id = 7, given_at = {now} WHERE person_id = 17",
                 f"UPDATE person_roles SET given_at = {now - 8 * 86400} WHERE person_id = 17"),
                ("UPDATE person_roles SET scope_kind = 'site', scope_id = 7 WHERE person_id = 7",
                 "UPDATE person_roles SET scope_kind = 'town', scope_id = 0")):
            self.town.database.execute(change)
            self.refused("needs_confirmation", attempt(*self.town.confirmed(kind, key)))
            self.town.database.execute(back)

    def test_a_key_beside_a_living_one_is_imported_by_two_people(self):
        self.town.make_key()
        certificate = self.town.sign(self.town.request())

        def attempt(*options):
            return self.town.import_certificate(certificate, *options, check=False)

        self.refuse_confirmations("key_import", 2, attempt)
        self.assertEqual(self.states(), {1: "signing", 2: "requested"})
        self.town.import_certificate(certificate, *self.town.confirmed("key_import", 2))
        self.assertEqual(self.states(), {1: "signing", 2: "published"})

    def test_a_key_is_retired_and_withdrawn_by_two_people(self):
        self.town.make_key()
        for state, kind, options in (("retired", "key_retire", ()),
                                     ("withdrawn", "key_withdraw", ("--withdraw",))):
            before = self.states()
            self.refuse_confirmations(kind, 1, lambda *more, wanted=options: self.town.keys(
                "retire", "--id", "1", *wanted, *more, check=False))
            self.assertEqual(self.states(), before)
            self.town.retire(1, *options)
            self.assertEqual(self.states(), {1: state})

    def test_what_becomes_of_a_key_is_written_before_and_after(self):
        self.town.make_key()
        log = self.town.keys_folder.parent / "keys.log"
        self.assertEqual(log.stat().st_mode & 0o777, 0o600)

        def written():
            return [line.split(" ", 1)[1] for line in log.read_text().splitlines()]

        number = written()[0].split("confirmation=")[1].split()[0]
        self.assertEqual(written(), [f"key_import key=1 confirmation={number} {word}"
                                     for word in ("begun", "done")])
        self.town.keys("retire", "--id", "1", check=False)
        self.assertEqual(written()[2:], ["key_retire key=1 confirmation=0 needs_confirmation"])
        self.assertEqual(self.states()[1], "signing")
        confirmed = self.town.confirmed("key_withdraw", 1)
        self.town.keys("retire", "--id", "1", "--withdraw", *confirmed)
        self.assertEqual(written()[3:], [f"key_withdraw key=1 confirmation={confirmed[1]} {word}"
                                         for word in ("begun", "done")])
        # What cannot be written is not done.
        key = self.town.make_key()
        log.unlink()
        log.mkdir()
        done = self.town.retire(key, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(self.states()[key], "signing")
        log.rmdir()
        self.town.retire(key)
        self.assertEqual(self.states()[key], "retired")

    def test_first_keys_and_keys_nobody_believes_yet_need_one_person(self):
        for key, use in ((1, "pass"), (2, "policy"), (3, "command")):
            request = self.town.request(use)
            self.town.import_certificate(self.town.sign(request), *self.town.trust())
        self.assertEqual(set(self.states().values()), {"signing"})
        self.town.request()
        self.town.keys("retire", "--id", "4")
        self.assertEqual(set(self.states()), {1, 2, 3})

    # ------------------------------------------------------------ refusals

    def test_certificate_of_a_root_that_nobody_pinned_is_refused(self):
        request = self.town.request()
        certificate = self.town.sign(request)
        before = self.files()
        done = self.town.import_certificate(certificate, check=False)
        self.refused("no_pinned_root", done)
        self.assertIn(str(certificate), done.stderr)
        other = self.town.folder / "other-media"
        self.town.keys("init-root", "--out", other)
        self.refused("unknown_root", self.town.import_certificate(
            certificate, "--trust-roots", other / "root.fingerprint", check=False))
        self.assertEqual(self.files(), before, "a refused import pins nothing")
        self.town.import_certificate(certificate, *self.town.trust())
        self.refused("different_roots", self.town.import_certificate(
            certificate, "--trust-roots", other / "root.fingerprint", check=False))
        again = self.town.request()
        foreign = self.town.folder / "foreign"
        self.town.keys("sign", "--root", other / "root.private", "--request", again, "--out",
                       foreign, "--yes")
        self.refused("unknown_root", self.town.import_certificate(foreign, check=False))
        self.town.import_certificate(self.town.sign(again, root="spare-root"),
                                     *self.town.confirmed("key_import", 2))

    def test_roots_of_the_configuration_count_alone(self):
        request = self.town.request()
        certificate = self.town.sign(request)
        self.town.write_config(f'root_fingerprints = ["{"0" * 64}"]')
        self.refused("unknown_root", self.town.import_certificate(certificate, check=False))
        self.refused("different_roots", self.town.import_certificate(
            certificate, *self.town.trust(), check=False))
        self.town.write_config(f'root_fingerprints = ["{self.town.fingerprints()[0]}"]')
        self.town.import_certificate(certificate)

    def test_only_a_root_certifies(self):
        request = self.town.request()
        done = self.town.keys("sign", "--root", self.town.keys_folder / "key-001.private",
                              "--request", request, "--out", self.town.folder / "c", "--yes",
                              check=False)
        self.refused("not_a_root", done)
        self.assertFalse((self.town.folder / "c").exists())

    def test_a_certificate_for_another_town_is_refused(self):
        other = SignerTown()
        self.addCleanup(other.close)
        other.config.write_text(other.config.read_text().replace('"essai"', '"autre"'))
        request = other.request()
        other.media = self.town.media
        certificate = other.sign(request)
        self.town.request()
        self.refused("bad_signature", self.town.import_certificate(
            certificate, *self.town.trust(), check=False))
        other.import_certificate(certificate, *self.town.trust())

    def test_expired_and_late_certificates_are_refused(self):
        request = self.town.request()
        old = self.town.sign(request, "--not-before", "2020-01-01", "--days", "100")
        self.refused("ended", self.town.import_certificate(old, *self.town.trust(), check=False))
        old.unlink()
        good = self.town.sign(request)
        self.town.retire(1)
        self.refused("unknown_key", self.town.import_certificate(good, *self.town.trust(),
                                                                 check=False))
        self.town.make_key()

    def test_damaged_files_are_refused_with_their_name(self):
        request = self.town.request()
        certificate = self.town.sign(request)
        text, good = request.read_text(), certificate.read_bytes()
        for content in ("", "{", text[:100], text.replace('"town": 7', '"town": 8')):
            request.write_text(content)
            done = self.town.keys("sign", "--root", self.town.media / "root.private", "--request",
                                  request, "--out", self.town.folder / "c", "--yes", check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn(str(request), done.stderr)
        for content in (b"", good[:40], good[:-1], good + b"\0", good[:-3] + b"abc", b"\xff" * 300):
            certificate.write_bytes(content)
            done = self.town.import_certificate(certificate, *self.town.trust(), check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn(str(certificate), done.stderr)
        self.assertEqual(self.files(), ["key-001.private"])
        certificate.write_bytes(good)
        self.town.import_certificate(certificate, *self.town.trust())

    def test_bad_command_lines_change_nothing(self):
        for arguments in (("request", "--use", "root", "--out", "x"), ("request", "--use", "pass"),
                          ("retire", "--id", "0x"), ("retire", "--id", "300"), ("sign",), ("xyz",)):
            done = self.town.keys(*arguments, check=False)
            self.assertNotEqual(done.returncode, 0, arguments)
        self.assertEqual(self.files(), [])

    # ------------------------------------------------------------ a full disk

    def test_full_disk_leaves_nothing_half_written(self):
        full = ("prlimit", "--fsize=4")
        done = self.town.keys("init-root", "--out", self.town.media, check=False, before=full)
        self.assertEqual((done.returncode, list(self.town.media.iterdir())), (1, []))
        self.assertIn("cannot write", done.stderr)
        out = self.town.folder / "request"
        for limit in ("--fsize=4", "--fsize=100"):
            done = self.town.keys("request", "--use", "pass", "--out", out, check=False,
                                  before=("prlimit", limit))
            self.assertEqual((done.returncode, self.files(), out.exists()), (1, [], False))
        request = self.town.request()
        certificate = self.town.sign(request)
        for limit in ("--fsize=4", "--fsize=131"):
            done = self.town.import_certificate(certificate, *self.town.trust(), check=False,
                                                before=("prlimit", limit))
            self.assertEqual(done.returncode, 1)
            self.assertNotIn("key-001.certificate", self.files())
        self.town.import_certificate(certificate, *self.town.trust())
        done = self.town.retire(1, check=False, before=full)
        self.assertEqual((done.returncode, self.states()), (1, {1: "signing"}))
        self.assertFalse([name for name in self.files() if name.endswith(".new")])
        self.town.retire(1)

    # ------------------------------------------------------------ killed at any step

    def killed_at_every_step(self, prepare, command, check):
        """Runs `command` killed at the first, second, … change to the disk until it survives."""
        for step in range(1, 60):
            context = prepare()
            calls = "fsync,renameat2,unlink,write,mkdir,ftruncate"
            strace = ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={calls}", "-e",
                      f"inject={calls}:signal=KILL:when={step}")
            done = self.town.keys(*command(context), check=False, before=strace)
            check(context)
            if done.returncode == 0:
                self.assertGreater(step, 4, "the kills must have hit something")
                return
        self.fail("the command never survived")

    def test_request_killed_anywhere_leaves_a_whole_key_or_none(self):
        def check(out):
            listed = self.town.keys("list").stdout
            self.assertNotIn("problem", listed)
            if out.exists():
                self.town.sign(out)

        def prepare():
            for path in self.town.folder.glob("*.request"):
                path.unlink()
            for path in self.town.folder.glob("*.certificate"):
                path.unlink()
            return self.town.folder / "one.request"

        self.killed_at_every_step(
            prepare, lambda out: ("request", "--use", "pass", "--out", out), check)
        self.town.make_key()
        self.assertFalse([name for name in self.files() if name.endswith(".new")])

    def test_import_killed_anywhere_leaves_the_old_or_the_new_state(self):
        def prepare():
            for path in self.town.keys_folder.glob("*"):
                path.unlink()
            return self.town.sign(self.town.request())

        def check(certificate):
            self.assertNotIn("problem", self.town.keys("list").stdout)
            self.assertIn(self.states()[1], ("requested", "signing"))
            self.town.import_certificate(certificate, *self.town.trust())
            self.assertEqual(self.states()[1], "signing")

        self.killed_at_every_step(
            prepare,
            lambda certificate: ("import", "--certificate", certificate, *self.town.trust()), check)

    def test_retire_killed_anywhere_keeps_or_destroys_the_key(self):
        def prepare():
            for path in self.town.keys_folder.glob("*"):
                path.unlink()
            return self.town.make_key()

        def check(key):
            self.assertIn(self.states()[key], ("signing", "retired"))
            self.town.retire(key, check=False)
            self.assertEqual(self.states()[key], "retired")
            self.assertNotIn("key-001.private", self.files())

        self.killed_at_every_step(prepare, lambda key: ("retire", "--id", str(key), *self.town.confirmed("key_retire", key)), check)


if __name__ == "__main__":
    assert SIGNER.exists(), SIGNER
    unittest.main()
