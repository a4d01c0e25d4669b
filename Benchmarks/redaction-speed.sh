#!/bin/bash
# Times redaction: redaction-speed.sh [FILE...]    (default: the bank's FAQ)
#   SECONDS_RUN=2   WORKS="speed doubling counts"
# A FILE is JSONL with a "text" in each line, or plain text with a message a line.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=${SECONDS_RUN:-2}
works=" ${WORKS:-speed doubling counts} "
[[ $# -gt 0 ]] || set -- "$root/knowledge/faq.csv"
(cd "$root" && PORTCULLIS_BENCH=1 "${SWIFT:-swift}" build -c release --product redaction-driver --static-swift-stdlib >&2)
driver=$root/.build/release/redaction-driver

if [[ $works == *" speed "* ]]; then
    for file; do
        echo "file=$file"
        "$driver" speed "$file" "$seconds"
    done
fi
if [[ $works == *" counts "* ]]; then python3 "$root/Benchmarks/Redaction/counts.py" "$driver"; fi
if [[ $works == *" doubling "* ]]; then "$driver" doubling; fi
