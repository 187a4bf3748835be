#!/usr/bin/env bash
# The layering check can fail: each crossing planted in a copy is found, the clean tree passes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

plant() { # plant FILE LINE
    rm -rf "${copy:?}"/*
    mkdir -p "$copy/$(dirname "$1")"
    echo "$2" >"$copy/$1"
    if "$here/layering.sh" "$copy" >/dev/null 2>&1; then
        echo "not found: $2 in $1"
        exit 1
    fi
}

plant api/booking/approve_booking.cpp '#include <pistache/http.h>'
plant api/booking/approve_booking.cpp '#include <soci/soci.h>'
plant api/booking/approve_booking.cpp '#include "api/http/request.hpp"'
plant api/people/sign_in.cpp '#include <gmime/gmime.h>'
plant api/access/windows.cpp '#include "api/booking/booking.hpp"'
plant api/http/pass_routes.cpp '#include "api/signer/key_store.hpp"'
plant door-agent/door/step.cpp '#include <modbus/modbus.h>'
plant door-agent/door/agent.cpp '#include "api/store/session.hpp"'
plant door-agent/main.cpp '#include <linux/input.h>'
plant policy/manifest.cpp '#include "door-agent/config.hpp"'
plant qr/digits.cpp '#include "policy/decide.hpp"'
plant policy/decide.cpp 'auto now = std::chrono::system_clock::now();'

"$here/layering.sh"
echo "layering: every planted crossing was found and the tree is clean"
