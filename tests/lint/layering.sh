#!/usr/bin/env bash
# Fails on an include that crosses the lines drawn in ARCHITECTURE.md ("Who may use whom").
# Usage: layering.sh [ROOT]
set -euo pipefail
root=${1:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$root"
failures=0

# forbid WHY PATTERN FILES...: no line of FILES may match PATTERN.
forbid() {
    local why=$1 pattern=$2 hits
    shift 2
    [ $# -gt 0 ] || return 0
    if hits=$(grep -nE "$pattern" "$@"); then
        echo "layering: $why"
        echo "$hits"
        failures=1
    fi
}

# sources FOLDER...: every C++ file below them, minus the paths on stdin's patterns.
sources() { find "$@" \( -name '*.cpp' -o -name '*.hpp' \) 2>/dev/null | sort; }
except() { grep -vE "$1" || true; }

all() { sources api door-agent link policy qr; }

mapfile -t files < <(all | except '^api/http/')
forbid "only api/http includes Pistache and http_parser" '#include <(pistache/|http_parser)' "${files[@]}"

mapfile -t files < <(all | except '^api/store/|_store\.cpp$')
forbid "only api/store and *_store.cpp include SOCI" '#include <soci' "${files[@]}"

mapfile -t files < <(sources api)
forbid "queries name their columns (kept_statements.hpp)" 'SELECT \*' "${files[@]}"

mapfile -t files < <(all | except '^api/mail/|^door-agent/sync/')
forbid "only api/mail knows MIME and SMTP, only door-agent/sync asks a town" '#include <(gmime|curl)/' "${files[@]}"

mapfile -t files < <(all | except '^door-agent/locks/')
forbid "only door-agent/locks includes libmodbus" '#include <modbus' "${files[@]}"

mapfile -t files < <(all | except '^door-agent/gpio/')
forbid "only door-agent/gpio includes libgpiod" '#include <gpiod' "${files[@]}"

mapfile -t files < <(all | except '^door-agent/readers/')
forbid "only door-agent/readers includes libevdev, libserialport, PC/SC" \
    '#include <(libevdev|libserialport|winscard|PCSC|linux/input)' "${files[@]}"

# may FOLDER ALLOWED: project includes of FOLDER must begin with one of ALLOWED (a regex).
may() {
    local folder=$1 allowed=$2 hits
    [ -d "$folder" ] || return 0
    hits=$(sources "$folder" | xargs -r grep -nE '#include "(api|door-agent|link|policy|qr)/' |
        grep -vE "#include \"($allowed)" || true)
    if [ -n "$hits" ]; then
        echo "layering: $folder may include only $allowed"
        echo "$hits"
        failures=1
    fi
}

may qr 'qr/'
may api/allocation 'api/allocation/'
may policy 'policy/|qr/'
may link 'link/|policy/|qr/'
may door-agent 'door-agent/|link/|policy/|qr/'
may door-agent/gpio 'door-agent/gpio/'
may door-agent/locks 'door-agent/(locks|clock|gpio)/'
may door-agent/readers 'door-agent/(readers|clock|gpio)/'
may api/store 'api/store/'
may api/audit 'api/audit/|api/store/|api/people/ids\.hpp'
may api/people 'api/people/|api/audit/|api/store/|api/mail/(account_facts|outbox_store)\.hpp'
may api/access 'api/access/|api/audit/|api/people/|api/store/|link/|policy/|qr/|api/mail/(alarm_facts|facts|lockdown_facts|outbox_store|template_words)\.hpp'
may api/profiles 'api/profiles/|api/access/|api/audit/|api/booking/|api/people/|api/store/'
may api/arrivals 'api/arrivals/|api/access/|api/audit/|api/booking/|api/people/|api/store/|api/mail/(movement_facts|outbox_store|template_words)\.hpp'
may api/booking 'api/booking/|api/audit/|api/allocation/|api/access/|api/people/|api/store/|api/mail/(facts|legal_facts|message_store|news_facts|outbox_store|paper_facts|round_facts|series_calendar_store)\.hpp'
may api/privacy 'api/privacy/|api/audit/|api/documents/csv_text\.hpp|api/estate/erased_key\.hpp|api/people/|api/store/'
may api/reports 'api/reports/|api/booking/|api/people/|api/store/'
may api/estate 'api/estate/|api/audit/|api/store/|policy/policy\.hpp'
may api/documents 'api/documents/'
may api/mail 'api/mail/|api/documents/|api/store/|api/signer/signer_client|qr/'
may api/signer 'api/signer/|api/access/|api/store/|policy/|qr/'

# The API process never links what reads a private key: its folders see the signer's client alone.
mapfile -t files < <(sources api | except '^api/signer/')
forbid "outside api/signer only signer_client.hpp is visible" \
    '#include "api/signer/' \
    <(grep -hE '#include "api/signer/' "${files[@]}" | grep -v 'signer_client' || true)

# Who may do what is decided in two files; a rule of bookings asks for one role as a fact.
mapfile -t files < <(sources api | grep -vE '^api/(people/people_rights|booking/booking_rights)\.|^api/booking/judge_request\.cpp$')
forbid "rights are decided in people_rights and booking_rights" \
    '(has|has_anywhere|has_over)\((people::)?Role::' "${files[@]}"

# Pure rules: no clock, no I/O.
mapfile -t files < <(sources api policy door-agent | grep -E '(_rules|recurrence|/decide|/step)\.(cpp|hpp)$' || true)
forbid "pure rules read no clock and do no I/O" \
    'system_clock::now|steady_clock::now|time\(nullptr\)|#include <(fstream|iostream|cstdio|soci|sys/)' "${files[@]}"

exit $failures
