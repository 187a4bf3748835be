"""qr/FORMAT.md suffices: its test vector is verified by its rules alone, without our code."""

import pathlib
import re
import struct
import unittest

import nacl.exceptions
import nacl.signing

FORMAT = pathlib.Path(__file__).resolve().parents[2] / "qr" / "FORMAT.md"
LABEL = b"RDQ1\0door-credential"


def documented_vector():
    text = FORMAT.read_text(encoding="utf-8").split("## Test vector", 1)[1]
    return dict(re.findall(r"^([a-z0-9 -]+): (\S+)$", text, re.MULTILINE))


def bytes_of(text):
    if text.startswith("]Q1"):
        text = text[3:]
    text = text.rstrip("\r\n\t")
    if not re.fullmatch(r"[0-9]{200}", text, re.ASCII):
        raise ValueError("malformed: shape")
    number = int(text)
    if number >= 2**664:
        raise ValueError("malformed: range")
    return number.to_bytes(83, "big")


def fields_of(data):
    version, key_id, pass_id, revision, start, minutes, scope, flags = struct.unpack(
        ">BB7sBIHHB", data[:19])
    if version != 0xD1 or key_id == 0 or not 1 <= minutes <= 44640 or scope == 0 or flags > 1:
        raise ValueError("malformed: fields")
    return {"key_id": key_id, "pass_id": int.from_bytes(pass_id, "big"), "revision": revision,
            "not_before": start, "end": start + 60 * minutes, "scope": scope, "once": flags == 1}


def verify(public_key, town, data):
    message = LABEL + struct.pack(">I", town) + data[:19]
    nacl.signing.VerifyKey(public_key).verify(message, data[19:])


class Format(unittest.TestCase):
    def setUp(self):
        self.vector = documented_vector()
        self.key = bytes.fromhex(self.vector["public key"])
        self.town = int(self.vector["town id"])
        self.data = bytes_of(self.vector["digits"])

    def test_the_documented_signature_verifies(self):
        verify(self.key, self.town, self.data)
        self.assertEqual(self.data[:19].hex(), self.vector["bytes 0-18"])
        self.assertEqual(self.data[19:].hex(), self.vector["signature"])

    def test_the_fields_are_those_of_the_text(self):
        self.assertEqual(fields_of(self.data), {
            "key_id": 1, "pass_id": 0x0123456789ABCD, "revision": 0, "not_before": 1796491200,
            "end": 1796491200 + 140 * 60, "scope": 0x8001, "once": False})

    def test_the_key_comes_from_the_documented_seed(self):
        key = nacl.signing.SigningKey(bytes.fromhex(self.vector["seed"]))
        self.assertEqual(bytes(key.verify_key), self.key)
        signed = bytes.fromhex(self.vector["signed bytes"])
        self.assertEqual(key.sign(signed).signature, self.data[19:])

    def test_another_town_and_every_flipped_bit_fail(self):
        with self.assertRaises(nacl.exceptions.BadSignatureError):
            verify(self.key, self.town + 1, self.data)
        for bit in range(8 * 83):
            changed = bytearray(self.data)
            changed[bit // 8] ^= 1 << (bit % 8)
            with self.assertRaises(nacl.exceptions.BadSignatureError):
                verify(self.key, self.town, bytes(changed))
        verify(self.key, self.town, self.data)


if __name__ == "__main__":
    unittest.main()
