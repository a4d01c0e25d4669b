#!/bin/bash
# Goodput under more load than the gateway can serve: overload.sh
# Measures what it serves at most (64 connections, always busy), then offers 1, 2 and 3 times that in Poisson arrivals over
# many connections. Good is 200 within DEADLINE_MS of its arrival. Each on a core of its own.
#   SERVER_CPU=0   CLIENT_CPU=1   SECONDS_RUN=5   CONNECTIONS=8000   DEADLINE_MS=2000
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=${SECONDS_RUN:-5} connections=${CONNECTIONS:-8000} deadline=${DEADLINE_MS:-2000}
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2> /dev/null || true; wait; rm -rf "$work"' EXIT

cc -O2 -Wall -Wextra -o "$work/openload" "$root/Benchmarks/openload.c" -lssl -lcrypto -lm
"$root/scripts/prepare.sh" "$root/.build/release/portcullis" "$work/state" > "$work/prepared"
cp -r "$root/policies" "$work/policies"
cp "$root/Benchmarks/ratelimits.json5" "$work/policies"
sed -i -E "s/loops: 0/loops: 1/; s/(connections_per_address_max|handshakes_per_address_max|handshakes_in_flight_max): [0-9]+/\1: 20000/" \
    "$work/policies/gateway.json5"
taskset -c "${SERVER_CPU:-0}" "$root/.build/release/portcullis" serve --config "$work/policies/gateway.json5" \
    --state "$work/state" --port 0 --metrics-port 0 > "$work/out" 2> "$work/err" &
pid=$!
for _ in $(seq 100); do
    grep -q '^ready ' "$work/out" && break
    sleep 0.1
done
port=$(awk '$1 == "ready" { sub(".*:", "", $2); print $2 }' "$work/out")
metrics=$(awk '$1 == "ready" { print $4 }' "$work/out")
[ -n "$port" ] || { cat "$work/err" >&2; exit 1; }

export CLIENT_CERT=$work/state/certs/clients/customer.crt CLIENT_KEY=$work/state/certs/clients/customer.key
export TOKENS=$work/state/certs/tokens/customer.jwt
load() { taskset -c "${CLIENT_CPU:-1}" "$work/openload" 127.0.0.1 "$port" "$@"; }
load 1 64 100000 60000 > "$work/warm"
peak=$(load "$seconds" 64 100000 60000 | sed 's/.*good_per_s=\([0-9]*\).*/\1/')
echo "peak=$peak requests/s"
for times in 1 2 3; do echo "${times}x $(load "$seconds" "$connections" $((peak * times)) "$deadline")"; done
curl -sS "$metrics" | grep '^portcullis_requests_shed_total'
