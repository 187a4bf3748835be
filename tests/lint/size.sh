#!/usr/bin/env bash
# No source file above 400 lines, no header above 150 (CONTRIBUTING.md).
set -euo pipefail
cd "$(dirname "$0")/../.."
find api door-agent link policy qr tests \( -name '*.cpp' -o -name '*.hpp' -o -name '*.py' \) -print0 |
    xargs -0 awk 'FNR == 1 { if (file != "" && lines > limit) { print file ": " lines " lines"; bad = 1 } file = FILENAME; limit = FILENAME ~ /\.hpp$/ ? 150 : 400 }
        { lines = FNR }
        END { if (lines > limit) { print file ": " lines " lines"; bad = 1 } exit bad }'
