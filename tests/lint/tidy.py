#!/usr/bin/python3
"""clang-tidy over every source file that is not known to be clean; exits 1 when one has findings.

A clean file is remembered by all that its result depends on: its own text and that of each header of
ours it includes, its compile command, .clang-tidy and clang-tidy's version. The next run passes it
over until one of these changes. Findings are never remembered.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("api", "door-agent", "link", "policy", "qr")
CLANG_TIDY = "clang-tidy-19"
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
FINDING = re.compile(r"^(/\S+?:\d+:\d+: )?(error|warning): ", re.MULTILINE)


def included(path, seen):
    """Every file of ours that `path` draws in, itself among them."""
    if path in seen or not path.is_file():
        return seen
    seen.add(path)
    for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
        included(ROOT / name, seen)
    return seen


def fingerprint(entry, version):
    path = pathlib.Path(entry["file"])
    rules = [folder / ".clang-tidy" for folder in path.parents if ROOT in (folder, *folder.parents)]
    digest = hashlib.sha256(version)
    digest.update(entry["command"].replace(str(ROOT), "").encode())
    for part in sorted(included(path, set()) | {rule for rule in rules if rule.exists()}):
        digest.update(f"\n{part.relative_to(ROOT)}\n".encode())
        digest.update(part.read_bytes())
    return digest.hexdigest()


def findings(output):
    """The diagnostics of one run, each with its notes; clang's counts are left out."""
    starts = [match.start() for match in FINDING.finditer(output)] + [len(output)]
    return [output[a:b].rstrip().replace(f"{ROOT}/", "") for a, b in zip(starts, starts[1:])]


def check(entry, build):
    ran = subprocess.run([CLANG_TIDY, "--quiet", "-p", build, entry["file"]],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    found = findings(ran.stdout)
    if ran.returncode != 0 and not found:
        found = [f"{entry['file']}: {CLANG_TIDY} ended with {ran.returncode} and said nothing"]
    return found


def is_same(entry, version, stamp):
    """False when something was edited while clang-tidy read it."""
    return fingerprint(entry, version) == stamp.name


def wanted(build, paths):
    entries = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    folders = [ROOT / path for path in paths or FOLDERS]
    by_file = {entry["file"]: entry for entry in entries
               if any(folder in (pathlib.Path(entry["file"]), *pathlib.Path(entry["file"]).parents)
                      for folder in folders)}
    return [by_file[name] for name in sorted(by_file)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="build/tidy", help="where compile_commands.json is")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("paths", nargs="*", help=f"files or folders; by default {FOLDERS}")
    options = parser.parse_args()

    began = time.monotonic()
    build = ROOT / options.build
    clean = build / "clean"
    clean.mkdir(exist_ok=True)
    version = subprocess.run([CLANG_TIDY, "--version"], stdout=subprocess.PIPE, check=True).stdout
    entries = wanted(build, options.paths)
    if not entries:
        sys.exit(f"tidy: no source file of {build}/compile_commands.json is under {options.paths}")
    stamps = {entry["file"]: clean / fingerprint(entry, version) for entry in entries}
    changed = [entry for entry in entries if not stamps[entry["file"]].exists()]

    told, unclean = set(), 0
    pool = concurrent.futures.ThreadPoolExecutor(options.jobs)
    runs = {pool.submit(check, entry, build): entry for entry in changed}
    try:
        for done, run in enumerate(concurrent.futures.as_completed(runs), 1):
            name = runs[run]["file"]
            print(f"[{done}/{len(changed)}] {pathlib.Path(name).relative_to(ROOT)}", flush=True)
            if not run.result() and is_same(runs[run], version, stamps[name]):
                stamps[name].touch()
            unclean += bool(run.result())
            for finding in run.result():  # a header's finding comes up in each file that includes it
                if finding not in told:
                    print(finding, flush=True)
                    told.add(finding)
    finally:
        pool.shutdown(cancel_futures=True)

    took = f"{len(changed)} checked, {len(entries) - len(changed)} unchanged, " \
           f"{time.monotonic() - began:.0f} s"
    if unclean:
        sys.exit(f"tidy: {len(told)} findings in {unclean} of {len(entries)} files ({took})")
    print(f"tidy: {len(entries)} files, no findings ({took})")


if __name__ == "__main__":
    main()
