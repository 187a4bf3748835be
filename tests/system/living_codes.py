"""The forms in which somebody could have kept a pass that opens, and where they stand."""

import base64

SIGNED = 19  # bytes; the signature follows


def forms_of(digits, picture):
    """{name: bytes} of one pass and of the picture mailed with it."""
    whole = int(digits).to_bytes(83, "big")
    signature = whole[SIGNED:]
    forms = {
        "digits": digits.encode(),
        "signature": signature,  # the raw bytes of the whole pass hold it too
        "hex": signature.hex().encode(),
        "HEX": signature.hex().upper().encode(),
        # A line of MIME holds 57 bytes, so that these are found with and without line breaks.
        "picture": picture[57:114],
        "picture in base64": base64.b64encode(picture[57:114]),
    }
    for name, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
        forms[f"signature in {name}"] = encode(signature[:63])
        forms[f"pass in {name}"] = encode(whole[21:81])
    return forms


def found_below(folder, forms):
    """[(file, form)] of every form in any file below the folder."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            found += [(file.relative_to(folder).as_posix(), name)
                      for name, form in forms.items() if form in content]
    return found
