#!/bin/bash
# Scores redaction on labelled rows and times it, beside Presidio, interleaved on one core: redaction.sh [WORK]
#   ROUNDS=3   SECONDS_RUN=6   WORKS="scores speed counts doubling"   CORE=1
#   ROWS=../shared/data/pii (bank_*.jsonl, synth_*.jsonl)   SCORER=../shared/bench/pii/score.py
# Exits 1 where a wanted figure does not hold.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
here=$root/Benchmarks/Redaction
work=${1:-$root/.build/redaction-bench}
rounds=${ROUNDS:-3} seconds=${SECONDS_RUN:-6} works=" ${WORKS:-scores speed counts doubling} " core=${CORE:-1}
rows=${ROWS:-$root/../shared/data/pii} scorer=${SCORER:-$root/../shared/bench/pii/score.py}
for needed in "$rows" "$scorer"; do
    [ -e "$needed" ] || { echo "redaction.sh: $needed is not there; set ROWS and SCORER" >&2; exit 66; }
done
mkdir -p "$work"
binary=$root/.build/release/portcullis
(cd "$root" && PORTCULLIS_BENCH=1 "${SWIFT:-swift}" build -c release --product redaction-driver --static-swift-stdlib >&2)
driver=$root/.build/release/redaction-driver

presidio=$work/presidio
if ! cmp -s "$here/requirements.txt" "$presidio/requirements.txt"; then
    echo "redaction.sh: installing Presidio" >&2
    rm -rf "$presidio"
    python3 -m venv "$presidio"
    "$presidio/bin/pip" install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$here/requirements.txt" >&2
    cp "$here/requirements.txt" "$presidio/requirements.txt"
fi
python=$presidio/bin/python
failed=0

if [[ $works == *" scores "* ]]; then
    python3 "$here/scores.py" "$binary" "$python" "$rows" "$scorer" "$work" || failed=1
fi
if [[ $works == *" speed "* ]]; then
    cat "$rows"/bank_*.jsonl "$rows"/synth_*.jsonl > "$work/dense.jsonl"
    python3 "$here/sparse.py" "$root"/README.md "$root"/docs/*.md "$root"/policies/README.md > "$work/sparse.jsonl"
    : > "$work/speed"
    for round in $(seq "$rounds"); do
        for corpus in dense sparse; do
            echo "round $round of $rounds, $corpus" >&2
            taskset -c "$core" "$driver" speed "$work/$corpus.jsonl" "$seconds" | sed "s/^/corpus=$corpus /" >> "$work/speed"
            taskset -c "$core" "$python" "$here/presidio.py" "$work/$corpus.jsonl" "$work/$corpus-presidio.jsonl" \
                --seconds "$seconds" | sed "s/^/corpus=$corpus work=presidio /" >> "$work/speed"
        done
    done
    python3 "$here/speed.py" "$work/speed" || failed=1
fi
if [[ $works == *" counts "* ]]; then python3 "$here/counts.py" "$driver" || failed=1; fi
if [[ $works == *" doubling "* ]]; then
    echo "hostile texts from 64 KiB to 1 MiB" >&2
    taskset -c "$core" "$driver" doubling || failed=1
fi
exit $failed
