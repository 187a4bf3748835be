#!/usr/bin/env bash
# Every fuzz target over its corpus for a bounded number of runs (clang 19, libFuzzer, ASan, UBSan).
# Usage: run.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-20000}
mkdir -p build
cmake --preset fuzz >build/fuzz-configure.log || { cat build/fuzz-configure.log; exit 1; }
cmake --build --preset fuzz --target creneau-fuzz
for program in build/fuzz/tests/fuzz/*_fuzz; do
    name=$(basename "$program" _fuzz)
    work=build/fuzz/found/$name
    mkdir -p "$work"
    "$program" -runs="$runs" -max_total_time=60 -seed=1 -artifact_prefix="$work/crash-" "$work" \
        "tests/fuzz/corpus/$name" >"$work.log" 2>&1 || { tail -50 "$work.log"; exit 1; }
    echo "fuzz $name: $runs runs without a finding"
done
