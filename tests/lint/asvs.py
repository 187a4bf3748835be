#!/usr/bin/python3
"""docs/security/asvs.md has a row for every requirement of levels 1 and 2 of ASVS 5.0, and what a row
names is there: files, GoogleTests ("Suite.Test") and Python tests ("test_…")."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs/security/asvs.md"
# Section: how many of its first requirements are of levels 1 and 2; V10 and V17 do not apply.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5,
    "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4,
    "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2,
    "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1,
    "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3}
WITHOUT_PROOF = ("does not apply", "by design", "operation", "document", "**open**")


def known_tests():
    tests = set()
    for file in (ROOT / "tests").rglob("*.cpp"):
        tests.update(f"{suite}.{name}" for suite, name in re.findall(
            r"^(?:RC_GTEST_\w+|TEST(?:_P|_F)?)\(\s*(\w+),\s*(\w+)", file.read_text(), re.M))
    for file in (ROOT / "tests").rglob("*.py"):
        tests.update(re.findall(r"^ *def (test_\w+)", file.read_text(), re.M))
    return tests


def numbers_of(text):
    """"1.2.6–1.2.8" is three requirements."""
    first, _, last = text.partition("–")
    section, number = first.rsplit(".", 1)
    end = last.rsplit(".", 1)[1] if last else number
    return [f"{section}.{one}" for one in range(int(number), int(end) + 1)]


def is_there(name, tests):
    if re.fullmatch(r"[A-Z]\w*\.\w+", name) and "/" not in name and not (ROOT / name).exists():
        return name in tests
    if name.startswith("test_") and "/" not in name:
        return name in tests
    return any(ROOT.glob(name)) if "/" in name else True


def faults_of(text, tests):
    faults, seen = [], []
    for line in text.splitlines():
        if not re.match(r"\| \d", line):
            continue
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) != 4:
            faults.append(f"{len(cells)} cells: {line}")
            continue
        seen += numbers_of(cells[0])
        where, proof = cells[2], cells[3].rstrip("| ")
        for name in re.findall(r"`([^`]+)`", where + proof):
            if not is_there(name, tests):
                faults.append(f"{cells[0]}: there is no {name}")
        if "`" not in proof and not any(word in where for word in WITHOUT_PROOF):
            faults.append(f"{cells[0]}: neither a proof nor the reason why there is none")
    wanted = {f"{section}.{number}" for section, count in SECTIONS.items()
              for number in range(1, count + 1)}
    faults += [f"no row for {number}" for number in sorted(wanted - set(seen))]
    faults += [f"{number} stands twice" for number in sorted(set(seen)) if seen.count(number) > 1]
    return faults


def main():
    tests, text = known_tests(), TABLE.read_text()
    # The check itself can fail: each of these has to be found.
    for spoiled in (text.replace("`Wire.AHeaderValueCannotEndItsLine`", "`Wire.IsNotThere`"),
                    text.replace("`api/http/wire.cpp`", "`api/http/wires.cpp`"),
                    text.replace("`test_only_modern_tls_is_spoken`", "`test_nothing`"),
                    text.replace("does not apply: no HTTP client", "no HTTP client"),
                    re.sub(r"\| 7\.2\.4 .*\n", "", text)):
        if spoiled == text or not faults_of(spoiled, tests):
            sys.exit("asvs.py does not see what is wrong")
    faults = faults_of(text, tests)
    for fault in faults:
        print(f"{TABLE.relative_to(ROOT)}: {fault}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
