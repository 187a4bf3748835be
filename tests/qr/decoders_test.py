"""Two decoders written by others read every picture to the same 200 digits, however it is shown.

Usage: decoders_test.py QR_SAMPLES
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SAMPLES = sys.argv.pop(1)
COUNT = 36
CONVERT = "/usr/bin/convert"

# name: (which picture, arguments of ImageMagick's convert)
SHOWN = {
    "as_mailed": ("mail", []),
    "two_pixels_a_module": ("small", []),
    "rotated_45_degrees": ("mail", ["-background", "white", "-rotate", "45"]),
    "110_pixels_wide": ("mail", ["-resize", "110x110"]),
    "blurred_2_5_at_300_pixels": ("mail", ["-resize", "300x300", "-blur", "0x2.5"]),
    "laminated": ("laminated", []),
    "on_a_dark_background": ("mail", ["-bordercolor", "black", "-border", "80"]),
}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def zbar(picture):
    read = run("/usr/bin/zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(picture))
    return read.stdout.strip()


def zxing(picture):
    read = run("/usr/bin/ZXingReader", "-format", "QRCode", str(picture))
    for line in read.stdout.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "Text":
            return value.strip().strip('"')
    return ""


def version_by_size(picture, scale):
    size = run(CONVERT, str(picture), "-format", "%w %h", "info:").stdout.split()
    modules = int(size[0]) // scale - 8
    assert size[0] == size[1]
    return (modules - 17) // 4


class Decoders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="creneau-qr-")
        subprocess.run([SAMPLES, str(COUNT), cls.folder.name], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def stems(self):
        return [pathlib.Path(self.folder.name, str(i)) for i in range(COUNT)]

    def shown(self, stem, kind, changes):
        source = stem.with_suffix(f".{kind}.png")
        if not changes:
            return source
        result = stem.with_suffix(".shown.png")
        subprocess.run([CONVERT, str(source), *changes, str(result)], check=True)
        return result

    def test_every_code_has_its_version(self):
        for stem in self.stems():
            self.assertEqual(version_by_size(stem.with_suffix(".mail.png"), 8), 5)
            self.assertEqual(version_by_size(stem.with_suffix(".laminated.png"), 8), 7)

    def check_all(self, name):
        kind, changes = SHOWN[name]
        failures = []
        for stem in self.stems():
            digits = stem.with_suffix(".txt").read_text(encoding="ascii")
            self.assertEqual(len(digits), 200)
            picture = self.shown(stem, kind, changes)
            for decoder in (zbar, zxing):
                if decoder(picture) != digits:
                    failures.append(f"{decoder.__name__} {stem.name}")
        self.assertEqual(failures, [], f"{len(failures)} of {2 * COUNT} reads failed")


for shown_name in SHOWN:
    def check(self, name=shown_name):
        self.check_all(name)
    setattr(Decoders, f"test_reads_{shown_name}", check)


if __name__ == "__main__":
    unittest.main()
