#!/usr/bin/env bash
# Builds the web application into build/web/pages; nothing is done again that has not changed.
# Packages rest in build/web, so that no tool that walks the sources meets them.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build/web
node="npm --prefix build/web --no-audit --no-fund --loglevel=error"

lock=build/web/.lock-$(sha256sum api/web/package-lock.json | cut -c1-16)
if [ ! -e "$lock" ]; then
    rm -f build/web/.lock-*
    cp api/web/package.json api/web/package-lock.json build/web/
    $node ci
    touch "$lock"
fi
ln -sfn ../../build/web/node_modules api/web/node_modules

sources=$(find api/web api/http/openapi.yaml -type f -not -name contract.ts -print0 | sort -z |
    xargs -0 sha256sum | sha256sum | cut -c1-16)
built=build/web/.built-$sources
[ -e "$built" ] && [ -e build/web/pages/index.html ] && exit 0
rm -f build/web/.built-*
cd api/web
bin=node_modules/.bin
"$bin/openapi-typescript" ../http/openapi.yaml --output src/town/contract.ts >/dev/null
"$bin/tsc" --noEmit
"$bin/vite" build --logLevel warn
cd ../..
touch "$built"
