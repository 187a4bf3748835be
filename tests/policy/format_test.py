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


def page_of(pass_id, bits):
    return int.from_bytes(blake2b(pass_id.to_bytes(7, "big")), "big") >> (256 - bits)


def open_policy(data, pinned):
    magic, root, certificate, manifest, pages = cbor2.loads(data)
    if magic != "creneau-policy/1":
        raise ValueError("magic")
    key = open_certificate(root, certificate, pinned, "policy")
    policy = open_envelope(manifest, key["public_key"], key["key_id"], POLICY, AGENT)
    if (policy["form"], policy["town"], policy["agent"]) != (1, TOWN, AGENT):
        raise ValueError("manifest")
    if policy["generation"] != key["generation"]:
        raise ValueError("generation")
    if not key["not_before"] <= policy["issued_at"] < key["not_after"]:
        raise ValueError("issued_at")
    if [blake2b(page) for page in pages] != policy["pages"]:
        raise ValueError("pages")
    bits = len(pages).bit_length() - 1
    assert len(pages) == 1 << bits
    revocations = {}
    for index, page in enumerate(pages):
        assert len(page) <= 65536
        for pass_id, revision, end in cbor2.loads(page)["revocations"]:
            assert page_of(pass_id, bits) == index
            revocations[pass_id] = (revision, end)
    keys = {}
    for issuer, envelope in policy["pass_certificates"]:
        opened = open_certificate(issuer, envelope, pinned, "pass")
        keys[opened["key_id"]] = opened
    return policy, keys, revocations


class Format(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="creneau-policy-")
        subprocess.run([SAMPLE, cls.folder.name], check=True)
        folder = pathlib.Path(cls.folder.name)
        cls.file = (folder / "policy.cose").read_bytes()
        cls.large = (folder / "large.cose").read_bytes()
        cls.expected = json.loads((folder / "expected.json").read_text(encoding="ascii"))
        cls.pinned = {cls.expected["root"]}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_everything_said_is_read(self):
        policy, keys, revocations = open_policy(self.file, self.pinned)
        start = self.expected["pass_start"]
        self.assertEqual(policy["issued_at"], self.expected["issued_at"])
        self.assertEqual((policy["generation"], policy["version"]), (1, 7))
        self.assertEqual(policy["nonce"], b"")
        self.assertEqual(policy["settings"],
                         {"skew_s": 120, "fresh_s": 3600, "expired_s": 259200})
        self.assertEqual(policy["doors"][1], {
            "scope": 2, "key": "danton-salle", "name": "Porte de la salle", "unlock_ms": 8000,
            "enabled": True, "passes_when_expired": False})
        self.assertEqual(policy["zones"], [{"scope": 0x8001, "doors": [1, 2]}])
        self.assertEqual(keys[1]["longest_pass_min"], 1440)
        self.assertEqual(revocations, {5: (5, start), 7: (7, start), 2**56 - 1: (255, start)})

    def test_a_pass_verifies_with_the_key_found_inside(self):
        _, keys, _ = open_policy(self.file, self.pinned)
        data = int(self.expected["digits"]).to_bytes(83, "big")
        key = nacl.signing.VerifyKey(keys[data[1]]["public_key"])
        key.verify(PASS + struct.pack(">I", TOWN) + data[:19], data[19:])

    def test_public_keys_are_raw_in_the_file(self):
        _, keys, _ = open_policy(self.file, self.pinned)
        self.assertIn(keys[1]["public_key"], self.file)

    def test_pages_follow_the_hash_of_the_pass_id(self):
        policy, _, revocations = open_policy(self.large, self.pinned)
        self.assertGreater(len(policy["pages"]), 1)
        self.assertEqual(len(revocations), 9903)

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
