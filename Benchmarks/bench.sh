#!/bin/bash
# Measures the gateway beside nginx and HAProxy, interleaved, each server alone on one core: bench.sh
#   PEERS      the peers' harness (default ../shared/bench/peers)      PEERS_DIR  its work folder (default .build/peers)
#   ROUNDS=5   SECONDS_RUN=4   SERVER_CPU=0   CLIENT_CPU=1   CONNECTIONS=32   IDLE=1000
# The raw lines stay in .build/bench/results; the table of medians and ratios goes to standard output.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PEERS=${PEERS:-$root/../shared/bench/peers} PEERS_DIR=${PEERS_DIR:-$root/.build/peers}
export SECONDS_RUN=${SECONDS_RUN:-4} SECONDS_WARM=${SECONDS_WARM:-1} CONNECTIONS=${CONNECTIONS:-32}
export SERVER_CPU=${SERVER_CPU:-0} CLIENT_CPU=${CLIENT_CPU:-1}
rounds=${ROUNDS:-5} idle=${IDLE:-1000}
work=$root/.build/bench
results=$work/results

[ -e "$PEERS/run.sh" ] || { echo "bench: $PEERS: no peers' harness there; set PEERS to its folder" >&2; exit 69; }
[ -e "$PEERS_DIR/rs256.tokens" ] || "$PEERS/setup.sh"
mkdir -p "$work"
: > "$results"

pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done; wait' EXIT

prepare() { # NAME DURABILITY CACHE [SIGNATURES]: a state folder with the peers' certificates and token issuer
    local state=$work/$1
    rm -rf "$state"
    mkdir -p "$state/certs" "$state/var" "$state/policies"
    cp "$PEERS_DIR"/{server.pem,server.key,ca.pem,rs256.pub,es256.pub} "$state/certs"
    chmod 600 "$state/certs/server.key"
    cp "$root/policies"/{redaction,escalation}.json5 "$state/policies"
    sed "s/@DURABILITY@/$2/; s/@CACHE@/$3/; s/@SIGNATURES@/${4:-libjwt}/" "$root/Benchmarks/gateway.json5.in" > "$state/policies/gateway.json5"
    cp "$root/Benchmarks/ratelimits.json5" "$state/policies"
    sed 's|uri:spiffe://portcullis.dev/client/customer|dns:client|' "$root/policies/rbac.json5" \
        > "$state/policies/rbac.json5"
    "$root/.build/release/portcullis" knowledge import --database "$state/var/knowledge.db" \
        "$root/knowledge/faq.csv" > /dev/null
}

serve() { # NAME: starts it on SERVER_CPU; sets url and pid
    local state=$work/$1 i
    taskset -c "$SERVER_CPU" "$root/.build/release/portcullis" serve --config "$state/policies/gateway.json5" \
        --state "$state" --port 0 --metrics-port 0 > "$state/out" 2> "$state/err" &
    pid=$!
    pids+=("$pid")
    for i in $(seq 100); do
        url=$(awk '$1 == "ready" { print $2 }' "$state/out")
        [ -n "$url" ] && return
        sleep 0.1
    done
    echo "bench: the gateway does not start; see $state/err" >&2
    exit 1
}

ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }

ask() { # NAME URL PID MESSAGES
    local load before after
    export METRICS=$work/metrics TOKENS=$PEERS_DIR/rs256.tokens MESSAGES=$4
    export CLIENT_CERT=$PEERS_DIR/client.pem CLIENT_KEY=$PEERS_DIR/client.key CA=$PEERS_DIR/ca.pem
    export SUITE=TLS_AES_128_GCM_SHA256 GROUP=X25519
    load() {
        LD_PRELOAD=$PEERS_DIR/client_cert.so taskset -c "$CLIENT_CPU" wrk -t1 -c"$CONNECTIONS" -d"$1s" \
            -s "$root/Benchmarks/ask.lua" "$2" > "$work/wrk"
    }
    load "$SECONDS_WARM" "$2"
    before=$(ticks "$3")
    load "$SECONDS_RUN" "$2"
    after=$(ticks "$3")
    awk -v peer="$1" -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" \
        -v rss="$(awk '/VmHWM/ { print $2 / 1024 }' "/proc/$3/status")" '{
            for (i = 1; i <= NF; i++) { split($i, kv, "="); m[kv[1]] = kv[2] }
            printf "peer=%s work=ask rps=%.0f p50_us=%d p99_us=%d cpu_us_op=%.2f rss_mb=%.1f errors=%d\n", peer,
                m["ops"] / m["secs"], m["p50_us"], m["p99_us"], t / hz * 1e6 / m["ops"], rss, m["errors"]
        }' "$METRICS" | tee -a "$results" >&2
}

peer() { "$PEERS/run.sh" "$1" "$2" | tee -a "$results" >&2; } # PEER or NAME=URL,PID, and WORK

# One message as long as the peers' body, and a thousand different ones from the knowledge base's own words.
echo "What are the opening hours of your branch in the city centre on Saturday, please?" > "$work/one"
python3 - "$root/knowledge/faq.csv" > "$work/many" << 'PYTHON'
import csv, itertools, json, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
texts = [row["question"] for row in rows] + [v for row in rows for v in row["variants"].split("|") if v]
openings = ["", "Hello, ", "Please tell me: ", "Good morning. "]
made = (opening + text for opening, text in itertools.product(openings, texts))
for text in itertools.islice(made, 1000):
    print(json.dumps(text, ensure_ascii=False)[1:-1])
PYTHON

prepare shipped strict 10000
prepare no-cache strict 0
prepare no-cache-openssl strict 0 openssl
prepare relaxed relaxed 10000
serve shipped; shipped=$url,$pid
serve no-cache; no_cache=$url,$pid
serve no-cache-openssl; openssl=$url,$pid
serve relaxed; relaxed=$url,$pid

for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds" >&2
    for server in nginx "portcullis=$shipped" haproxy; do peer "$server" W2; done
    peer haproxy W3-rs256
    ask portcullis "${shipped%,*}" "${shipped#*,}" "$work/one"
    ask portcullis-messages "${shipped%,*}" "${shipped#*,}" "$work/many"
    ask portcullis-no-cache "${no_cache%,*}" "${no_cache#*,}" "$work/one"
    ask portcullis-openssl "${openssl%,*}" "${openssl#*,}" "$work/one"
    ask portcullis-relaxed "${relaxed%,*}" "${relaxed#*,}" "$work/one"
    for server in nginx "portcullis=$shipped"; do peer "$server" W1-full; done
done

# A gateway of its own: what it held before would count.
prepare memory strict 10000
serve memory
memory=$(python3 "$root/Benchmarks/idle.py" "${url##*:}" "$pid" "$idle" "$PEERS_DIR/ca.pem" "$PEERS_DIR/client.pem" \
    "$PEERS_DIR/client.key")

echo
python3 "$root/Benchmarks/summary.py" "$results"
echo "idle: $memory (wanted: under 100 MB)"
for name in shipped no-cache relaxed; do
    "$root/.build/release/portcullis" audit verify "$work/$name/var/audit" --unpinned --live | head -1
done
