"""The units are understood by systemd and shut off what their programs do not need."""

import re
import subprocess
import tempfile
import unittest
from pathlib import Path

UNITS = Path(__file__).resolve().parents[3] / "systemd"
NAMES = ("creneau-api", "creneau-signer", "creneau-door-agent")


def analyze(*arguments):
    return subprocess.run(["systemd-analyze", "--no-pager", *map(str, arguments)], text=True,
                          capture_output=True, timeout=60, check=False)


def settings_of(name):
    lines = (UNITS / f"{name}.service").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


class UnitsTest(unittest.TestCase):
    def test_every_unit_is_hardened(self):
        for name in NAMES:
            done = analyze("security", "--offline=true", UNITS / f"{name}.service")
            found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
            self.assertTrue(found, done.stdout + done.stderr)
            self.assertLessEqual(float(found[1]), 2.0, name)

    def test_a_bare_unit_would_fail_the_limit(self):
        with tempfile.TemporaryDirectory() as folder:
            unit = Path(folder) / "bare.service"
            unit.write_text("[Service]\nExecStart=/bin/true\n")
            done = analyze("security", "--offline=true", "--threshold=20", unit)
            self.assertNotEqual(done.returncode, 0, done.stdout)

    def test_systemd_understands_every_line(self):
        for name in NAMES:
            with tempfile.TemporaryDirectory() as folder:
                unit = Path(folder) / f"{name}.service"
                # The programs are not installed where the tests run.
                unit.write_text(re.sub(r"=/usr/bin/creneau-\S+", "=/bin/true",
                                       (UNITS / f"{name}.service").read_text()))
                done = analyze("verify", "--man=no", unit)
                complaints = [line for line in done.stderr.splitlines() if unit.name in line]
                self.assertEqual(complaints, [])

    def test_the_signer_has_no_network_and_the_agent_releases_its_locks(self):
        signer = settings_of("creneau-signer")
        for line in ("PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX", "LimitCORE=0",
                     "MemorySwapMax=0", "Type=notify"):
            self.assertIn(line, signer)
        agent = settings_of("creneau-door-agent")
        self.assertIn("ExecStopPost=/usr/bin/creneau-door-agent --config "
                      "/etc/creneau/door-agent.toml release", agent)
        for line in ("Type=notify", "Restart=always", "StartLimitIntervalSec=0"):
            self.assertIn(line, agent)
        self.assertTrue([line for line in agent if line.startswith("WatchdogSec=")])

    def test_users_and_folders_can_be_made(self):
        with tempfile.TemporaryDirectory() as root:
            for folder in ("etc", "run", "usr/lib/sysusers.d", "usr/lib/tmpfiles.d"):
                (Path(root) / folder).mkdir(parents=True)
            (Path(root) / "etc/passwd").touch()
            (Path(root) / "etc/group").touch()
            for kind in ("sysusers", "tmpfiles"):
                text = (UNITS / f"{kind}.d/creneau.conf").read_text()
                (Path(root) / f"usr/lib/{kind}.d/creneau.conf").write_text(text)
            subprocess.run(["systemd-sysusers", f"--root={root}", "creneau.conf"], check=True,
                           capture_output=True, timeout=60)
            subprocess.run(["systemd-tmpfiles", "--create", f"--root={root}", "creneau.conf"],
                           check=True, capture_output=True, timeout=60)
            groups = (Path(root) / "etc/group").read_text()
            self.assertRegex(groups, r"(?m)^creneau:x?:\d+:creneau-signer$")
            for path, mode in (("run/creneau-signer", 0o750), ("var/lib/creneau", 0o750),
                               ("var/lib/creneau-signer/keys", 0o700),
                               ("var/lib/creneau-door-agent", 0o700)):
                self.assertEqual((Path(root) / path).stat().st_mode & 0o777, mode, path)


if __name__ == "__main__":
    unittest.main()
