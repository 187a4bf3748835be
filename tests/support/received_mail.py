"""Mails as a person receives them: parsed by Python's email package, QR read by real decoders."""

import email
import email.policy
import re
import subprocess
from pathlib import Path


class ReceivedMail:
    """One message, from a Maildir file or from the SMTP sink."""

    def __init__(self, raw):
        self.message = email.message_from_bytes(raw, policy=email.policy.default)
        self.subject = str(self.message["Subject"])
        self.to = str(self.message["To"])
        self.message_id = str(self.message["Message-ID"])

    def booking_id(self):
        """The booking's number as the text tells it."""
        told = re.search(r"(?:Numéro de réservation|Booking number)\s*: (\d+)", self.text())
        return int(told.group(1)) if told else None

    def parts(self, content_type):
        return [part for part in self.message.walk() if part.get_content_type() == content_type]

    def text(self):
        return self.parts("text/plain")[0].get_content()

    def calendars(self):
        return [part.get_content() for part in self.parts("text/calendar")]

    def attached_picture(self):
        """The PNG that is attached by name (the other one stands inline)."""
        for part in self.parts("image/png"):
            if part.get_content_disposition() == "attachment":
                return part.get_content()
        return None

    def inline_picture(self):
        for part in self.parts("image/png"):
            if part.get_content_disposition() != "attachment" and part["Content-ID"]:
                return part.get_content()
        return None


def maildir_mails(folder):
    """Every mail in a Maildir, oldest first."""
    files = sorted((Path(folder) / "new").glob("*"), key=lambda file: file.stat().st_mtime_ns)
    return [ReceivedMail(file.read_bytes()) for file in files]


def read_with_zbar(png):
    """The text of the QR code in a PNG file, as zbarimg reads it."""
    out = subprocess.run(["zbarimg", "--raw", "-q", str(png)], capture_output=True, text=True,
                         check=True, timeout=30)
    return out.stdout.strip()


def read_with_zxing(png):
    """The text of the QR code in a PNG file, as ZXingReader reads it."""
    out = subprocess.run(["ZXingReader", "-format", "QRCode", str(png)], capture_output=True,
                         text=True, check=True, timeout=30)
    for line in out.stdout.splitlines():
        if line.startswith("Text:"):
            return line.split(":", 1)[1].strip().strip('"')
    raise AssertionError(f"ZXingReader read nothing in {png}: {out.stdout}")
