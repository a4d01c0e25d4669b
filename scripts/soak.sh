#!/bin/bash
# Good and hostile clients at once for MINUTES, then a drain, then the log is verified: soak.sh MINUTES
# Fails where a good client was not served, memory rose, descriptors were lost, the drain failed or the log does not verify.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
minutes=${1:-5} binary=$root/.build/release/portcullis state=$(mktemp -d) pid=
finish() {
    [ -z "$pid" ] || kill -9 "$pid" 2> /dev/null || true
    rm -rf "$state"
}
trap finish EXIT

"$root/scripts/prepare.sh" "$binary" "$state" > "$state/prepared" 2>&1 || { cat "$state/prepared" >&2; exit 70; }
# The limits of requests are not what is shown here: nothing is refused by them.
cp -r "$root/policies" "$state/policies"
cp "$root/Benchmarks/ratelimits.json5" "$state/policies"
# A small store of sessions is full after the warm-up, so that what grows later is a leak.
sed -i 's/sessions_max: [0-9]*/sessions_max: 512/' "$state/policies/gateway.json5"
: > "$state/out"
"$binary" serve --config "$state/policies/gateway.json5" --state "$state" --port 0 --metrics-port 0 \
    > "$state/out" 2> "$state/err" &
pid=$!
for _ in $(seq 100); do
    address=$(awk '$1 == "ready" { sub("https://", "", $2); print $2 }' "$state/out")
    [ -n "$address" ] && break
    sleep 0.1
done
[ -n "$address" ] || { echo "soak: the gateway does not start:" >&2; cat "$state/err" >&2; exit 70; }

status=0
PYTHONDONTWRITEBYTECODE=1 python3 "$root/Tests/Conformance/soak.py" "$address" "$pid" "$state" \
    "$root/Tests/EdgeTests/HTTP1/requests.txt" "$root/knowledge/faq.csv" "$minutes" || status=1
kill -TERM "$pid"
wait "$pid" || { echo "soak: FAILED: the drain ended with $?" >&2; status=1; }
pid=
"$binary" audit verify --unpinned "$state/var/audit" || { echo "soak: FAILED: the log does not verify" >&2; status=1; }
[ $status = 0 ] && echo "soak: passed" || { echo "soak: FAILED" >&2; tail -5 "$state/err" >&2; }
exit $status
