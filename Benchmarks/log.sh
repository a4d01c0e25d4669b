#!/bin/bash
# Measures the log beside a plain C loop of the same group commit, interleaved on the same disk: log.sh [DIR]
#   ROUNDS=7   SECONDS_RUN=2   PRODUCERS="1 32 128"   RECORDS=10000000   WORKS="append verify length"
# DIR (default .build/log-bench) must be on the disk that is measured; `length` needs 5 GB there for RECORDS.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=${1:-$root/.build/log-bench}
rounds=${ROUNDS:-7} seconds=${SECONDS_RUN:-2} producers=${PRODUCERS:-1 32 128} records=${RECORDS:-10000000}
works=" ${WORKS:-append verify length} "
mkdir -p "$work"
gcc -O2 -Wall -Wextra -pthread -o "$work/groupcommit" "$root/Benchmarks/Log/groupcommit.c"
for product in log-driver portcullis-verify; do
    (cd "$root" && PORTCULLIS_BENCH=1 "${SWIFT:-swift}" build -c release --product "$product" --static-swift-stdlib >&2)
done
driver=$root/.build/release/log-driver
results=$work/results
: > "$results"
note() { tee -a "$results" >&2; }

if [[ $works == *" append "* ]]; then
    for round in $(seq "$rounds"); do
        echo "round $round of $rounds" >&2
        python3 "$root/Benchmarks/sync.py" "$work" | note
        for count in $producers; do
            "$work/groupcommit" "$work" "$count" "$seconds" 1398 | note
            rm -rf "$work/log"; mkdir -p "$work/log"
            "$driver" append "$work/log" "$count" "$seconds" | note
            # The same with no checkpoint in the time: what publishing costs a batch.
            rm -rf "$work/log"; mkdir -p "$work/log"
            "$driver" append "$work/log" "$count" "$seconds" 1000000 | sed 's/peer=portcullis/peer=unpublished/' | note
        done
    done
    python3 "$root/Benchmarks/Log/summary.py" "$results"
fi
if [[ $works == *" verify "* ]]; then
    python3 "$root/Benchmarks/verify.py" "$root/.build/release/portcullis-verify" --directory "$work"
fi
if [[ $works == *" length "* ]]; then
    rm -rf "$work/log"; mkdir -p "$work/log"
    echo "making a log of $records records" >&2
    "$driver" make "$work/log" "$records"
    for _ in 1 2 3; do "$driver" open "$work/log"; done
    for _ in 1 2 3; do "$driver" prove "$work/log" 1000; done
fi
rm -rf "$work/log"
