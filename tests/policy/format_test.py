"""policy/FORMAT.md suffices: a file built by our code is read and verified without our code.

Usage: format_test.py POLICY_SAMPLE
"""

import hashlib
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

import cbor2
import nacl.exceptions
import nacl.signing

SAMPLE = sys.argv.pop(1)
TOWN = 93061
AGENT = "danton"
CERTIFICATE = b"RDQ1\0key-certificate"
POLICY = b"RDQ1\0door-policy"
PASS = b"RDQ1\0door-credential"


def blake2b(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def open_envelope(envelope, public_key, key_id, label, agent=""):
    """The payload of a COSE_Sign1, verified as RFC 9052 says."""
    protected, unprotected, payload, signature = cbor2.loads(envelope)
    if cbor2.loads(protected) != {1: -8, 4: bytes([key_id])} or unprotected != {}:
        raise ValueError("header")
    if protected != bytes.fromhex("a201270441") + bytes([key_id]):
        raise ValueError("header is not the constant")
    aad = label + struct.pack(">I", TOWN) + agent.encode()
    signed = cbor2.dumps(["Signature1", protected, aad, payload])
    nacl.signing.VerifyKey(public_key).verify(signed, signature)
    return cbor2.loads(payload)


def open_certificate(root, envelope, pinned, use):
    if blake2b(root).hex() not in pinned:
        raise ValueError("unknown root")
    certificate = open_envelope(envelope, root, 0, CERTIFICATE)
    if (certificate["form"], certificate["town"], certificate["use"]) != (1, TOWN, use):
        raise ValueError("certificate")
    return certificate


def first_bits(data, bits):
    return int.from_bytes(data, "big") >> (8 * len(data) - bits)


def bits_of(pages):
    bits = len(pages).bit_length() - 1
    assert len(pages) == 1 << bits
    return bits


def read_rule_pages(pages):
    bits = bits_of(pages)
    rules = {"revocations": {}, "schedules": {}, "access_sets": {}}
    for index, page in enumerate(cbor2.loads(page) for page in pages):
        assert list(page) == ["form", *rules] and page["form"] == 2
        for name, width in (("revocations", 7), ("schedules", 4), ("access_sets", 4)):
            ids = [row[0] for row in page[name]]
            assert ids == sorted(set(ids))
            assert all(first_bits(blake2b(i.to_bytes(width, "big")), bits) == index for i in ids)
            rules[name].update({row[0]: row[1:] for row in page[name]})
    return rules


def read_badge_pages(pages):
    bits = bits_of(pages)
    records = {}
    for index, page in enumerate(cbor2.loads(page) for page in pages):
        assert list(page) == ["form", "badges"] and page["form"] == 2
        hashes = [row[0] for row in page["badges"]]
        assert hashes == sorted(set(hashes))
        assert all(first_bits(badge, bits) == index for badge in hashes)
        records.update({row[0]: row[1:] for row in page["badges"]})
    return records


def badge_hash(policy, number):
    return hashlib.blake2b(number, digest_size=16, key=policy["badge_key"]).digest()


def in_schedule(policy, schedule, now):
    times = policy["schedules"][schedule][1]
    return any(start <= now < end for start, end in zip(times[::2], times[1::2]))


ALWAYS, EMERGENCY, LONGER, REVOKED = 1, 2, 4, 8


def judge(policy, number, scope, now, trusted):
    """Reason and unlock_ms for a badge of low assurance that nobody has shown before, by the table
    of FORMAT.md, from its first row to its last."""
    record = policy["records"].get(badge_hash(policy, number))
    if record is None:
        return "unknown_credential", 0
    door = {d["scope"]: d for d in policy["doors"]}.get(scope)
    if door is None:
        return "wrong_door", 0
    if door["state"] != "in_service":
        return {"lockdown": "lockdown", "disabled": "door_disabled"}[door["state"]], 0
    _, start, end, access, flags = record
    zones = {zone["scope"]: zone["doors"] for zone in policy["zones"]}
    pairs = policy["access_sets"][access][0]
    schedules = [schedule for place, schedule in zip(pairs[::2], pairs[1::2])
                 if place == scope or scope in zones.get(place, ())]
    age = now - policy["issued_at"]
    free_hours = flags & (ALWAYS | EMERGENCY)
    if flags & REVOKED:
        return "revoked", 0
    if door["high_assurance"] or not schedules:
        return "wrong_door", 0
    if not trusted and not free_hours:
        return "clock_untrusted", 0
    if age > policy["settings"]["expired_s"] and not flags & EMERGENCY and (
            not flags & ALWAYS or age > 2_592_000):
        return "policy_expired", 0
    if trusted and now < start:
        return "not_yet_valid", 0
    if trusted and now >= end:
        return "expired", 0
    unlock = door["longer_unlock_ms"] if flags & LONGER else door["unlock_ms"]
    if free_hours:
        return "granted_profile", unlock
    hours = {policy["schedules"][s][0] for s in schedules if in_schedule(policy, s, now)}
    if not hours:
        return "outside_hours", 0
    return "granted_booking" if hours == {True} else "granted_profile", unlock


def open_policy(data, pinned):
    magic, root, certificate, manifest, pages = cbor2.loads(data)
    if magic != "creneau-policy/2":
        raise ValueError("magic")
    key = open_certificate(root, certificate, pinned, "policy")
    policy = open_envelope(manifest, key["public_key"], key["key_id"], POLICY, AGENT)
    if (policy["form"], policy["town"], policy["agent"]) != (2, TOWN, AGENT):
        raise ValueError("manifest")
    if policy["generation"] != key["generation"]:
        raise ValueError("generation")
    if not key["not_before"] <= policy["issued_at"] < key["not_after"]:
        raise ValueError("issued_at")
    if [blake2b(page) for page in pages] != policy["rule_pages"] + policy["badge_pages"]:
        raise ValueError("pages")
    assert all(len(page) <= 65536 for page in pages)
    rules = len(policy["rule_pages"])
    policy.update(read_rule_pages(pages[:rules]))
    policy["records"] = read_badge_pages(pages[rules:])
    assert len(policy["records"]) == policy["badges"]
    keys = {}
    for issuer, envelope in policy["pass_certificates"]:
        opened = open_certificate(issuer, envelope, pinned, "pass")
        keys[opened["key_id"]] = opened
    return policy, keys


class Format(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="creneau-policy-")
        subprocess.run([SAMPLE, cls.folder.name], check=True)
        folder = cls.folder_path = pathlib.Path(cls.folder.name)
        cls.file = (folder / "policy.cose").read_bytes()
        cls.large = (folder / "large.cose").read_bytes()
        cls.expected = json.loads((folder / "expected.json").read_text(encoding="ascii"))
        cls.pinned = {cls.expected["root"]}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_everything_said_is_read(self):
        policy, keys = open_policy(self.file, self.pinned)
        revocations = policy["revocations"]
        start = self.expected["pass_start"]
        self.assertEqual(policy["issued_at"], self.expected["issued_at"])
        self.assertEqual((policy["generation"], policy["version"]), (1, 7))
        self.assertEqual(policy["nonce"], b"")
        self.assertEqual(policy["settings"],
                         {"skew_s": 120, "fresh_s": 3600, "expired_s": 259200})
        self.assertEqual(policy["doors"][1], {
            "scope": 2, "key": "danton-salle", "name": "Porte de la salle",
            "state": "in_service", "passes_when_expired": False, "high_assurance": False,
            "unlock_ms": 8000, "longer_unlock_ms": 15000, "held_open_s": 0, "pre_alarm_s": 0,
            "relock": "on_closing", "passback": "off", "passback_min": 0, "free_access": 0,
            "free_after_first": False})
        self.assertEqual(policy["zones"], [{"scope": 0x8001, "doors": [1, 2]}])
        self.assertEqual(keys[1]["longest_pass_min"], 1440)
        self.assertEqual(revocations, {5: [5, start], 7: [7, start], 2**56 - 1: [255, start]})

    def test_a_pass_verifies_with_the_key_found_inside(self):
        _, keys = open_policy(self.file, self.pinned)
        data = int(self.expected["digits"]).to_bytes(83, "big")
        key = nacl.signing.VerifyKey(keys[data[1]]["public_key"])
        key.verify(PASS + struct.pack(">I", TOWN) + data[:19], data[19:])

    def test_public_keys_are_raw_in_the_file(self):
        _, keys = open_policy(self.file, self.pinned)
        self.assertIn(keys[1]["public_key"], self.file)

    def test_pages_follow_the_hash_of_the_pass_id(self):
        policy, _ = open_policy(self.large, self.pinned)
        self.assertGreater(len(policy["rule_pages"]), 1)
        self.assertEqual(len(policy["revocations"]), 9903)

    def test_badges_are_found_by_the_hash_of_their_number(self):
        policy, _ = open_policy(self.large, self.pinned)
        self.assertGreater(len(policy["badge_pages"]), 1)
        self.assertEqual(len(policy["records"]), 5000)
        self.assertEqual(policy["records"][badge_hash(policy, bytes.fromhex("04a26b3c"))][0], 42)
        self.assertEqual(policy["badge_key"], b"\x5b" * 32)
        self.assertEqual(badge_hash(policy, bytes.fromhex("04a26b3c")).hex(),
                         "b04d5f691b00add5c4303e85d7c48ad2")
        self.assertNotIn(badge_hash(policy, bytes.fromhex("04a26b3d")), policy["records"])

    def test_badges_are_decided_by_the_text_of_the_format(self):
        policy, _ = open_policy((self.folder_path / "judged.cose").read_bytes(), self.pinned)
        judged = json.loads((self.folder_path / "judged.json").read_text(encoding="ascii"))
        for badge, scope, now, trusted, reason, unlock in judged:
            number = bytes([0x04, 0x11, 0x22, badge])
            self.assertEqual(judge(policy, number, scope, now, trusted), (reason, unlock),
                             (badge, scope, now, trusted))
        reasons = {row[4] for row in judged}
        self.assertLessEqual({"granted_profile", "granted_booking", "unknown_credential",
                              "outside_hours", "expired", "wrong_door", "lockdown", "revoked",
                              "clock_untrusted", "policy_expired"}, reasons)

    def test_the_form_is_canonical(self):
        self.assertEqual(cbor2.dumps(cbor2.loads(self.file)), self.file)

    def test_an_altered_file_or_another_root_is_refused(self):
        with self.assertRaises(ValueError):
            open_policy(self.file, {"00" * 32})
        for part in (b"danton-salle", b"passes_when_expired\xf4"):
            at = self.file.index(part) + len(part) - 1
            altered = bytearray(self.file)
            altered[at] ^= 1
            with self.assertRaises(nacl.exceptions.BadSignatureError):
                open_policy(bytes(altered), self.pinned)
        open_policy(self.file, self.pinned)


if __name__ == "__main__":
    unittest.main()
