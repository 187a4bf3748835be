#!/usr/bin/python3
"""What the pages of the web application never do: write HTML, run text, speak to other windows, keep
anything but the language and an opened pass; and what each field of a password is."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "api/web"
NEVER = re.compile(r"dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write"
                   r"|\beval\(|new Function\(|\bpostMessage\b|addEventListener\(\"message\""
                   r"|\bonPaste\b|sessionStorage|indexedDB|document\.cookie")
# Where something is kept, and nowhere else.
KEEPERS = {"localStorage": {"src/words/index.ts"},
           "caches": {"src/town/kept_passes.ts", "public/pass-worker.js"}}


def faults_of(name, text):
    faults = [f"{name}: {found.group()}" for found in NEVER.finditer(text)]
    faults += [f"{name}: {word}" for word, keepers in KEEPERS.items()
               if re.search(rf"\b{word}\b[.\[]", text) and name not in keepers]
    for element in re.findall(r"<[A-Za-z]+\s(?:[^<>]|=>)*", text):
        password = re.search(r'autocomplete="(?:current|new)-password"', element)
        if bool(password) != ('type="password"' in element):
            faults.append(f"{name}: a password has its type and its autocomplete: {element[:60]!r}")
    return faults


def main():
    files = [file for folder in ("src", "public") for file in sorted((WEB / folder).rglob("*"))
             if file.suffix in (".ts", ".tsx", ".js", ".mjs")]
    texts = {str(file.relative_to(WEB)): file.read_text() for file in files}
    sign_in = texts["src/screens/sign_in.tsx"]
    # The check itself can fail: each of these has to be found.
    for spoiled in (sign_in + "<p dangerouslySetInnerHTML={x} />", sign_in + "postMessage(1)",
                    sign_in + "localStorage.setItem('a', 'b')",
                    sign_in.replace('type="password"', 'type="text"', 1),
                    sign_in.replace('autocomplete="current-password"', 'autocomplete="off"', 1)):
        if spoiled == sign_in or not faults_of("src/screens/sign_in.tsx", spoiled):
            sys.exit("pages.py does not see what is wrong")
    faults = [fault for name, text in texts.items() for fault in faults_of(name, text)]
    for fault in faults:
        print(f"api/web/{fault}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
