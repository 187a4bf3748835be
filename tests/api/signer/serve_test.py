"""The running signer: whom it answers, what it refuses, what it writes down, how it stops."""

import os
import shutil
import signal
import socket
import struct
import time
import unittest
from pathlib import Path

from nacl.signing import VerifyKey

from opened_policy import open_policy
from signer_town import (CLIENT, DOOR, SANITIZER, SIGNER, TOWN, ZONE, SignerTown, clock, run,
                         wait_for)

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
SUDO = () if os.geteuid() == 0 else ("sudo", "-n")


class ServeTest(unittest.TestCase):
    def setUp(self):
        self.town = SignerTown()
        self.addCleanup(self.town.close)

    def with_keys(self, signer="", **start):
        self.town.write_config(signer)
        self.town.make_key("pass")
        self.town.make_key("policy")
        self.town.start(**start)

    def public_key(self, key_id=1):
        return (self.town.keys_folder / f"key-{key_id:03}.private").read_bytes()[46:]

    def still_signs(self):
        """Every refusal test ends with a pass that is signed and verifies."""
        credential = self.town.credential()
        signed = self.town.ask("pass", str(credential))
        self.assertIsInstance(signed, bytes, signed)
        self.check_pass(signed, self.town.row(credential))
        return signed

    def check_pass(self, signed, row):
        self.assertEqual(len(signed), 83)
        body, signature = signed[:19], signed[19:]
        message = b"RDQ1\0door-credential" + struct.pack(">I", TOWN) + body
        VerifyKey(self.public_key(body[1])).verify(message, signature)
        self.assertEqual(body[0], 0xD1)
        self.assertEqual(int.from_bytes(body[2:9], "big"), row["pass_id"])
        self.assertEqual(struct.unpack(">BIHHB", body[9:]), (
            row["revision"], row["not_before"], row["duration_min"], row["scope"], row["once"]))

    # ------------------------------------------------------------ passes

    def test_only_rows_that_may_open_a_door_are_signed(self):
        self.with_keys()
        now = int(time.time())
        rows = {
            "not_approved": [{"status": word} for word in ("pending", "refused", "cancelled")],
            "revoked": [{"revoked_at": now}],
            "ended": [{"not_before": now - 7200, "duration_min": 120}],
            "over_cap": [{"duration_min": 1441}, {"duration_min": 44640}],
            "too_early": [{"not_before": now + 200 * 86400}],
            "unknown_row": [{"town": TOWN + 1}],
        }
        for word, cases in rows.items():
            for case in cases:
                credential = self.town.credential(**case)
                self.assertEqual(self.town.ask("pass", str(credential)), word, case)
        self.assertEqual(self.town.ask("pass", "999999"), "unknown_row")
        self.assertEqual(self.town.log.read_text(), "")
        self.still_signs()

    def test_the_same_row_gives_the_same_bytes_in_every_process(self):
        self.with_keys()
        credential = str(self.town.credential(once=1, revision=3))
        first = self.town.ask("pass", credential)
        self.assertEqual(self.town.stop(), 0)
        self.town.start()
        self.assertEqual(self.town.ask("pass", credential), first)
        self.check_pass(first, self.town.row(int(credential)))
        self.assertNotEqual(self.town.ask("pass", str(self.town.credential(revision=3))), first)

    def test_what_was_signed_is_written_down_without_the_bytes(self):
        self.with_keys()
        credential = self.town.credential()
        signed = self.town.ask("pass", str(credential))
        row = self.town.row(credential)
        line = self.town.log.read_text().strip().split()
        self.assertEqual(line[1:6], [f"town={TOWN}", f"credential={credential}",
                                     f"pass={row['pass_id']:014x}", "revision=0", "key=1"])
        everything = b"".join(path.read_bytes() for path in self.town.folder.rglob("*")
                              if path.is_file())
        self.assertNotIn(signed[19:], everything)
        self.assertNotIn(signed[19:].hex().encode(), everything)

    def test_nothing_is_signed_that_cannot_be_written_down(self):
        self.with_keys(before=("prlimit", "--fsize=250"))
        credential = str(self.town.credential())
        words = [self.town.ask("pass", credential) for _ in range(6)]
        self.assertIn("failed", words)
        signed = sum(isinstance(word, bytes) for word in words)
        lines = self.town.log.read_text()
        self.assertEqual(lines.count("\n"), signed, "no line is cut")
        self.assertTrue(lines.endswith("\n"))
        self.town.stop()
        self.town.start()
        self.still_signs()

    def test_signatures_are_rationed(self):
        self.with_keys("passes_per_credential_per_hour = 3\npasses_per_minute = 8")
        one, others = str(self.town.credential()), [self.town.credential() for _ in range(9)]
        words = [self.town.ask("pass", one) for _ in range(5)]
        self.assertEqual(words[3:], ["rate", "rate"])
        answers = [self.town.ask("pass", str(other)) for other in others]
        self.assertIn("rate", answers)
        self.assertIsInstance(answers[0], bytes)
        self.town.stop()
        self.town.write_config()
        self.town.start()
        self.still_signs()

    def test_a_refused_key_file_signs_nothing(self):
        self.with_keys()
        key = self.town.keys_folder / "key-001.private"
        good = key.read_bytes()
        credential = str(self.town.credential())
        for damage in (lambda: key.chmod(0o644), lambda: key.write_bytes(good[:40]),
                       lambda: key.write_bytes(bytes(78)), key.unlink):
            damage()
            self.assertEqual(self.town.ask("pass", credential), "no_key")
            key.write_bytes(good)
            key.chmod(0o600)
        self.assertIn(f"{key}: is readable by others", self.town.process.log.read_text())
        self.still_signs()
        self.town.retire(1)
        self.assertEqual(self.town.ask("pass", credential), "no_key")
        self.assertEqual(self.town.make_key("pass"), 3)
        self.still_signs()

    def test_expired_certificates_sign_nothing(self):
        self.with_keys(env=clock("+130d"))
        later = int(time.time()) + 130 * 86400
        credential = str(self.town.credential(not_before=later))
        self.assertEqual(self.town.ask("pass", credential), "no_key")
        self.assertEqual(self.town.ask("policy", "danton"), "no_key")
        self.assertIn("the last pass certificate has ended", self.town.process.log.read_text())
        self.town.stop()
        self.town.start()
        self.still_signs()

    # ------------------------------------------------------------ policies

    def policy(self, agent="danton"):
        data = self.town.ask("policy", agent)
        self.assertIsInstance(data, bytes, data)
        return open_policy(data, TOWN, agent, self.town.fingerprints())

    def version(self, agent="danton"):
        return self.policy(agent)[0]["version"]

    def test_an_exported_policy_opens_by_its_written_form(self):
        self.with_keys()
        self.assertEqual(self.town.make_key("pass"), 3)
        revoked = self.town.row(self.town.credential(revoked_at=1, revision=2))
        self.town.credential(revoked_at=1, scope=ZONE + 1)
        self.town.credential(revoked_at=1, not_before=1000)
        living = self.town.credential()
        manifest, keys, revocations = self.policy()
        self.assertEqual([door["scope"] for door in manifest["doors"]], [DOOR, DOOR + 1])
        self.assertEqual(manifest["doors"][0]["name"], f"Porte n° {DOOR}")
        self.assertEqual(manifest["zones"], [{"scope": ZONE, "doors": [DOOR]}])
        self.assertEqual(manifest["nonce"], b"")
        self.assertEqual(revocations, {revoked["pass_id"]: (
            2, revoked["not_before"] + 60 * revoked["duration_min"])})
        self.assertEqual(set(keys), {1, 3}, "the next key is published ahead")
        signed = self.town.ask("pass", str(living))
        message = b"RDQ1\0door-credential" + struct.pack(">I", TOWN) + signed[:19]
        VerifyKey(keys[signed[1]]["public_key"]).verify(message, signed[19:])
        self.town.retire(1)
        self.assertEqual(set(self.policy()[1]), {1, 3}, "its passes are about")
        self.town.retire(1, "--withdraw")
        self.assertEqual(set(self.policy()[1]), {3})

    def test_version_grows_though_the_clock_goes_back(self):
        self.with_keys()
        first = self.version()
        second = self.version()
        self.assertGreater(second, first)
        self.town.stop()
        self.town.start(env=clock("-12h"))
        third = self.version()
        self.assertEqual(third, second + 1)
        other = self.version("semanaz")
        self.assertLess(other, second, "each agent has its own versions")
        self.town.stop()
        self.town.start()
        self.assertGreater(self.version(), third)

    def test_policy_is_refused_for_unknown_agents(self):
        self.with_keys()
        for agent in ("nobody", "x" * 65, "danton'", ""):
            word = self.town.ask("policy", agent)
            self.assertIn(word, ("unknown_agent", "malformed"))
        self.still_signs()

    # ------------------------------------------------------------ the socket

    def test_senseless_requests_are_refused(self):
        self.with_keys()
        for body in (b"", b"{", b"[]", b"\xff\xfe", b"[" * 1000, b'{"ask":"sign_pass"}',
                     b'{"ask":"keys"}', b'{"ask":"sign_pass","credential":"1"}'):
            self.assertEqual(self.town.framed(body), "malformed", body)
        for raw in (b"\xff\xff\xff\xff", struct.pack(">I", 1025) + b"x" * 1025,
                    struct.pack(">I", 2) + b"{}trailing", b"GET / HTTP/1.1\r\n\r\n"):
            self.assertTrue(self.town.raw(raw).endswith(b"\x01malformed"), raw)
        self.still_signs()

    def test_a_client_that_says_nothing_is_dropped(self):
        self.with_keys()
        started = time.monotonic()
        slow = [self.town.connect() for _ in range(5)]
        for client in slow:
            client.sendall(b"\0\0")
        self.still_signs()
        for client in slow:
            client.settimeout(15)
            self.assertEqual(client.recv(1), b"")
            client.close()
        self.assertLess(time.monotonic() - started, 15)

    def test_a_thousand_connections_keep_nobody_out(self):
        self.with_keys()
        crowd = []
        for number in range(1000):
            client = socket.socket(socket.AF_UNIX)
            client.setblocking(False)
            crowd.append(client)
            try:
                client.connect(str(self.town.socket))
            except BlockingIOError:
                pass
            if number % 250 == 0:
                self.still_signs()
        self.still_signs()
        descriptors = len(list(Path(f"/proc/{self.signer_pid()}/fd").iterdir()))
        self.assertLess(descriptors, 64)
        for client in crowd:
            client.close()
        self.still_signs()

    def signer_pid(self):
        return self.town.process.child.pid

    def test_another_user_is_not_answered(self):
        self.with_keys()
        self.assertEqual(self.town.socket.stat().st_mode & 0o777, 0o660)
        credential = str(self.town.credential())
        # Even with the file system's permissions out of the way.
        self.town.folder.chmod(0o755)
        self.town.socket.chmod(0o666)
        client = Path("/tmp") / f"signer_ask_{os.getpid()}"
        shutil.copy(CLIENT, client)
        client.chmod(0o755)
        self.addCleanup(client.unlink)
        done = run([*SUDO, *NOBODY, client, self.town.socket, "pass", credential], check=False,
                   env=SANITIZER)
        self.assertEqual(done.stdout.strip(), "unreachable")
        wait_for(lambda: "of user 65534" in self.town.process.log.read_text(), what="the warning")
        self.still_signs()

    def test_members_of_the_client_group_are_answered(self):
        self.with_keys('client_group = "nogroup"')
        self.assertEqual(self.town.socket.stat().st_gid, 65534)
        credential = str(self.town.credential())
        self.town.folder.chmod(0o755)
        client = Path("/tmp") / f"signer_ask_group_{os.getpid()}"
        shutil.copy(CLIENT, client)
        client.chmod(0o755)
        self.addCleanup(client.unlink)
        done = run([*SUDO, *NOBODY, client, self.town.socket, "pass", credential], check=False,
                   env=SANITIZER)
        self.assertEqual(done.stdout[:3], "ok ", done.stdout)

    def test_socket_left_behind_is_replaced_and_a_living_one_is_not(self):
        self.with_keys()
        second = run([SIGNER, "--config", self.town.config, "serve"], check=False, env=SANITIZER)
        self.assertEqual(second.returncode, 1)
        self.assertIn("another signer answers", second.stderr)
        self.still_signs()
        self.town.process.kill()
        self.town.stop()
        self.assertTrue(self.town.socket.exists())
        self.town.start()
        self.still_signs()
        self.assertEqual(self.town.stop(), 0)
        self.assertFalse(self.town.socket.exists())
        self.town.socket.write_text("somebody's file")
        third = run([SIGNER, "--config", self.town.config], check=False, env=SANITIZER)
        self.assertEqual(third.returncode, 1)
        self.assertEqual(self.town.socket.read_text(), "somebody's file")

    def test_keys_can_neither_be_dumped_nor_traced(self):
        self.with_keys()
        limits = Path(f"/proc/{self.signer_pid()}/limits").read_text()
        core = next(line for line in limits.splitlines() if line.startswith("Max core"))
        self.assertEqual(core.split()[4:6], ["0", "0"])
        # What may not be dumped belongs to root in /proc, whoever runs it.
        self.assertEqual(Path(f"/proc/{self.signer_pid()}/mem").stat().st_uid, 0)

    def test_sigterm_in_the_middle_of_a_request_stops_it_cleanly(self):
        self.with_keys()
        client = self.town.connect()
        client.sendall(struct.pack(">I", 100) + b'{"ask"')
        os.kill(self.signer_pid(), signal.SIGTERM)
        self.assertEqual(self.town.process.child.wait(10), 0)
        client.close()
        self.assertEqual(self.town.stop(), 0)
        self.town.start()
        self.still_signs()

    # ------------------------------------------------------------ the API's side

    def test_the_client_gives_up_in_bounded_time(self):
        def asked(path, patience):
            started = time.monotonic()
            done = run([CLIENT, path, "pass", "1", str(patience)], check=False, env=SANITIZER)
            self.assertEqual(done.stdout.strip(), "unreachable")
            return time.monotonic() - started

        self.assertLess(asked(self.town.folder / "nothing.sock", 5000), 4)
        silent = self.town.folder / "silent.sock"
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(silent))
            self.assertLess(asked(silent, 5000), 4)
            listener.listen(0)
            self.assertLess(asked(silent, 400), 4)
            crowd = []
            for _ in range(4):
                client = socket.socket(socket.AF_UNIX)
                client.setblocking(False)
                client.connect_ex(str(silent))
                crowd.append(client)
            self.assertLess(asked(silent, 400), 4)
            for client in crowd:
                client.close()
        self.assertLess(asked("/" + "x" * 200, 5000), 4)
        self.with_keys()
        self.still_signs()

    def test_a_database_that_comes_back_is_used_again(self):
        self.with_keys()
        self.still_signs()
        self.town.database.execute("ALTER TABLE credentials RENAME TO elsewhere")
        self.assertEqual(self.town.ask("pass", "1"), "failed")
        self.town.database.execute("ALTER TABLE elsewhere RENAME TO credentials")
        self.still_signs()

    def test_the_signer_does_not_start_without_its_town(self):
        self.town.config.write_text(self.town.config.read_text().replace('"essai"', '"ailleurs"'))
        done = run([SIGNER, "--config", self.town.config], check=False, env=SANITIZER)
        self.assertEqual(done.returncode, 1)
        self.assertIn('no town "ailleurs"', done.stderr)


if __name__ == "__main__":
    unittest.main()
