#!/bin/bash
# Time and memory of the embedding model on one core: embedding.sh [ROUNDS]
# Exits 1 where the median for 16 tokens is 8 ms or more.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rounds=${1:-300}
model=$root/.build/models/all-MiniLM-L6-v2
"$root/scripts/model.sh" "$model"
(cd "$root" && PORTCULLIS_BENCH=1 "${SWIFT:-swift}" build -c release --product embedding-driver --static-swift-stdlib >&2)
taskset -c 0 "$root/.build/release/embedding-driver" "$model" "$rounds" | tee /dev/stderr | awk '
    /^bytes=/ && !seen++ { split($3, median, "=") }
    END { exit !(median[2] > 0 && median[2] < 8000) }'
