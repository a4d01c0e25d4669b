#!/bin/bash
# Memory of a list of revocations and time of a look-up: revocations.sh [COUNT] [LOOKUPS]
# Exits 1 where 100,000 take 20 MB or a look-up of a good token takes 500 ns longer than without any.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
count=${1:-100000} lookups=${2:-2000000}
(cd "$root" && PORTCULLIS_BENCH=1 "${SWIFT:-swift}" build -c release --product revocations-driver --static-swift-stdlib >&2)
"$root/.build/release/revocations-driver" "$count" "$lookups" | tee /dev/stderr | awk '
    /^revocations=/ { split($1, n, "="); split($2, t, "="); split($3, r, "="); memory = t[2] > r[2] ? t[2] : r[2] }
    /^lookup=/ { split($1, n, "="); split($2, t, "="); ns[n[2]] = t[2] }
    END { exit !(memory < 20000000 && ns["good"] - ns["empty"] < 500) }'
