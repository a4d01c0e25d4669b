#!/bin/bash
# Streams completions through the gateway, beside the model's server alone: streams.sh
# Measures what the way through the gateway adds to the time of the first word, one stream at a time and interleaved with direct
# calls; then STREAMS at once on two loops: words that are missing and the gateway's memory.
#   STREAMS=1000   WORDS=40   INTERVAL_MS=250   ROUNDS=200
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
streams=${STREAMS:-1000} words=${WORDS:-40} interval=${INTERVAL_MS:-250} rounds=${ROUNDS:-200}
work=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done; wait; rm -rf "$work"' EXIT
# Clients, server and gateway each hold a descriptor or two a stream.
ulimit -n "$(ulimit -Hn)"

# The model's server ends when its input does.
mkfifo "$work/model.in"
python3 "$root/Tests/EndToEnd/Support/completion_server.py" < "$work/model.in" > "$work/model" &
pids+=("$!")
exec {held}> "$work/model.in"
for _ in $(seq 100); do [ -s "$work/model" ] && break; sleep 0.1; done
port=$(cat "$work/model")

"$root/scripts/prepare.sh" "$root/.build/release/portcullis" "$work/state" > "$work/prepared" 2>&1
cp -r "$root/policies" "$work/policies"
cp "$root/Benchmarks/ratelimits.json5" "$work/policies"
sed -i -E "s/loops: 0/loops: 2/; s/(connections_per_address_max|handshakes_per_address_max|handshakes_in_flight_max): [0-9]+/\1: 20000/" \
    "$work/policies/gateway.json5"
cat > "$work/policies/models.json5" << POLICY
{
  version: 1, currency: "USD",
  servers: { local: { url: "http://127.0.0.1:$port/v1", answer_form: "none" } },
  models: { played: { server: "local", model: "m", context_tokens: 8192, answer_tokens: 500 } },
  use: { answer: ["played"], summary: [] },
  budgets: { default: {}, roles: {} },
  patience: { attempts: 1, deadline_ms: 120000 },
}
POLICY
"$root/.build/release/portcullis" serve --config "$work/policies/gateway.json5" --state "$work/state" --port 0 \
    --metrics-port 0 > "$work/out" 2> "$work/err" &
gateway=$!
pids+=("$gateway")
for _ in $(seq 100); do grep -q '^ready ' "$work/out" && break; sleep 0.1; done
url=$(awk '$1 == "ready" { print $2 }' "$work/out")
[ -n "$url" ] || { cat "$work/err" >&2; exit 1; }
certs=$work/state/certs
python3 "$root/Benchmarks/streams.py" "$url" "$certs/ca.crt" "$certs/clients/customer.crt" "$certs/clients/customer.key" \
    "$(cat "$certs/tokens/customer.jwt")" "$port" "$gateway" "$streams" "$words" "$interval" "$rounds"
