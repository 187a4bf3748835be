#!/usr/bin/env bash
# Takes the pictures of the guides anew: the browser tests look at every screen, the guides name theirs.
set -euo pipefail
cd "$(dirname "$0")/.."
shots=build/web/shots
rm -rf "$shots"
CRENEAU_SHOTS=$PWD/$shots /usr/bin/python3 -B tests/web/browser_test.py
grep -oh 'pictures/[a-z0-9-]*\.png' docs/guide/*.md | sort -u | while read -r picture; do
    convert "$shots/${picture#pictures/}" -strip -colors 64 "PNG8:docs/guide/$picture"
done
