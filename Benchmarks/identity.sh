#!/bin/bash
# What tokens and decisions cost, beside `openssl speed` of the signatures alone, in interleaved rounds: identity.sh [ROUNDS]
# Prints each round and the medians. Exits 1 where an RS256 token costs more than 1.3 times the verification of its
# signature, a remembered token 2 us or more, or a decision 1 us or more.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rounds=${1:-5}
(cd "$root" && PORTCULLIS_BENCH=1 "${SWIFT:-swift}" build -c release --product identity-driver --static-swift-stdlib >&2)
verifications() { openssl speed -seconds 1 "$1" 2> /dev/null | awk '/verify/ { next } NF > 4 { print $NF }' | tail -1; }
for ((round = 1; round <= rounds; round++)); do
    printf 'work=openssl-RS256 ns=%.0f failures=0\n' "$(awk "BEGIN { print 1e9 / $(verifications rsa2048) }")"
    printf 'work=openssl-ES256 ns=%.0f failures=0\n' "$(awk "BEGIN { print 1e9 / $(verifications ecdsap256) }")"
    "$root/.build/release/identity-driver" 1
done | tee /dev/stderr | awk '
    { split($1, n, "="); split($2, t, "="); split($3, f, "="); values[n[2]] = values[n[2]] " " t[2]; failures += f[2] }
    function median(name,    list, count, i, j, x) {
        count = split(values[name], list, " ")
        for (i = 2; i <= count; i++) { x = list[i] + 0; for (j = i - 1; j > 0 && list[j] + 0 > x; j--) list[j + 1] = list[j]; list[j + 1] = x }
        return list[int((count + 1) / 2)] + 0
    }
    END {
        for (name in values) printf "median %s %d ns\n", name, median(name)
        rs = median("cold-RS256") / median("openssl-RS256"); es = median("cold-ES256") / median("openssl-ES256")
        printf "ratio RS256 %.2f, ES256 %.2f\n", rs, es
        cached = median("cached-RS256") > median("cached-ES256") ? median("cached-RS256") : median("cached-ES256")
        exit !(failures == 0 && rs <= 1.3 && cached < 2000 && median("decision") < 1000)
    }'
