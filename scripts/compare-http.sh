#!/bin/bash
# Sends the table of hostile requests over mTLS to this gateway, nginx, HAProxy and Envoy, and fails where the gateway is
# laxer than the strictest of them without a reason in Tests/Conformance/laxer.txt.
#   PEERS      the peers' harness (default ../shared/bench/peers)      PEERS_DIR  its work folder (default .build/peers)
#   PORT=28440  the first of four ports
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PEERS=${PEERS:-$root/../shared/bench/peers} PEERS_DIR=${PEERS_DIR:-$root/.build/peers}
export SERVER_CPU=${SERVER_CPU:-0-$(($(nproc) - 1))}
first=${PORT:-28440}
binary=$root/.build/release/portcullis

[ -e "$PEERS/common.sh" ] || { echo "compare-http: $PEERS: no peers' harness there; set PEERS" >&2; exit 69; }
[ -e "$PEERS_DIR/rs256.tokens" ] || "$PEERS/setup.sh"
. "$PEERS/common.sh"

pids=() state=$(mktemp -d)
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2> /dev/null || true; done
    rm -rf "$state"
}
trap finish EXIT

servers=()
for peer in nginx haproxy envoy; do
    PORT=$((++first))
    serve "$peer"
    pids+=($STARTED)
    servers+=("$peer=127.0.0.1:$PORT")
done

mkdir -p "$state/certs" "$state/var" "$state/policies"
cp "$PEERS_DIR"/{server.pem,server.key,ca.pem,rs256.pub,es256.pub} "$state/certs"
chmod 600 "$state/certs/server.key"
cp "$root"/policies/{redaction,escalation}.json5 "$root/Benchmarks/ratelimits.json5" "$state/policies"
# The table's bound of a body is 1024 bytes.
sed 's/@DURABILITY@/relaxed/; s/@CACHE@/10000/; s/@SIGNATURES@/libjwt/; s/loops: 1/loops: 1, body_bytes_max: 1024, message_bytes_max: 1024/' \
    "$root/Benchmarks/gateway.json5.in" > "$state/policies/gateway.json5"
sed 's|uri:spiffe://portcullis.dev/client/customer|dns:client|' "$root/policies/rbac.json5" > "$state/policies/rbac.json5"
"$binary" knowledge import --database "$state/var/knowledge.db" "$root/knowledge/faq.csv" > /dev/null
: > "$state/out"
"$binary" serve --config "$state/policies/gateway.json5" --state "$state" --port 0 --metrics-port 0 \
    > "$state/out" 2> "$state/err" &
pids+=($!)
for _ in $(seq 100); do
    ours=$(awk '$1 == "ready" { sub("https://", "", $2); print $2 }' "$state/out")
    [ -n "$ours" ] && break
    sleep 0.1
done
[ -n "$ours" ] || { echo "compare-http: the gateway does not start:" >&2; cat "$state/err" >&2; exit 70; }

PYTHONDONTWRITEBYTECODE=1 python3 "$root/Tests/Conformance/compare_http.py" "$root/Tests/EdgeTests/HTTP1/requests.txt" \
    "$root/Tests/Conformance/laxer.txt" "$CA" "$CLIENT_CERT" "$CLIENT_KEY" "$(head -1 "$PEERS_DIR/rs256.tokens")" \
    "portcullis=$ours/v1/ask" "${servers[@]}"
