"""Opens a policy file as policy/FORMAT.md says, with parsers that are not ours."""

import hashlib
import struct

import cbor2
import nacl.signing


def _hash(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def _open(envelope, public_key, key_id, aad):
    protected, unprotected, payload, signature = cbor2.loads(envelope)
    if protected != bytes.fromhex("a201270441") + bytes([key_id]) or unprotected != {}:
        raise ValueError("header")
    signed = cbor2.dumps(["Signature1", protected, aad, payload])
    nacl.signing.VerifyKey(public_key).verify(signed, signature)
    return cbor2.loads(payload)


def open_policy(data, town, agent, roots):
    """(manifest, pass certificates by key id, revocations by pass id); raises if any part fails."""
    number = struct.pack(">I", town)

    def certificate(root, envelope, use):
        if _hash(root).hex() not in roots:
            raise ValueError("unknown root")
        opened = _open(envelope, root, 0, b"RDQ1\0key-certificate" + number)
        if (opened["town"], opened["use"]) != (town, use):
            raise ValueError("certificate")
        return opened

    magic, root, issued, envelope, pages = cbor2.loads(data)
    if magic != "creneau-policy/2":
        raise ValueError("magic")
    key = certificate(root, issued, "policy")
    manifest = _open(envelope, key["public_key"], key["key_id"],
                     b"RDQ1\0door-policy" + number + agent.encode())
    if (manifest["town"], manifest["agent"]) != (town, agent):
        raise ValueError("manifest")
    if [_hash(page) for page in pages] != manifest["rule_pages"] + manifest["badge_pages"]:
        raise ValueError("pages")
    revocations = {pass_id: (revision, end) for page in pages[:len(manifest["rule_pages"])]
                   for pass_id, revision, end in cbor2.loads(page)["revocations"]}
    opened = [certificate(*pair, "pass") for pair in manifest["pass_certificates"]]
    return manifest, {one["key_id"]: one for one in opened}, revocations
