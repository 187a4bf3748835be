#!/usr/bin/env bash
# Installs what packages.txt lists and is missing; leaves a stamp so that the next call is quick.
set -euo pipefail
cd "$(dirname "$0")/.."
stamp=build/.packages-$(sha256sum packages.txt | cut -c1-16)
[ -e "$stamp" ] && exit 0
mkdir -p build

wanted=$(awk '$1 == "deb" { print $2 }' packages.txt)
while read -r kind command package; do
    if [ "$kind" = deb-unless ] && ! command -v "$command" >/dev/null; then
        wanted="$wanted $package"
    fi
done < packages.txt

missing=""
for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
        missing="$missing $package"
done
if [ -n "$missing" ]; then
    sudo=""
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    echo "installing:$missing"
    $sudo apt-get update -q
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
fi

npm_wanted=$(awk '$1 == "npm" { print $2 }' packages.txt)
if [ -n "$npm_wanted" ]; then
    mkdir -p build/node
    # shellcheck disable=SC2086
    npm install --prefix build/node --no-save --no-audit --no-fund --loglevel=error $npm_wanted
fi
touch "$stamp"
