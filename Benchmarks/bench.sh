#!/bin/bash
# Measures the gateway beside HAProxy, nginx and Envoy, interleaved, each server alone on one core: bench.sh
#   PEERS      the peers' harness (default ../shared/bench/peers)      PEERS_DIR  its work folder (default .build/peers)
#   ROUNDS=7   SECONDS_RUN=3   SERVER_CPU=0   CLIENT_CPU=1   IDLE=10000
#   WORKS="W1 W2 ask W4 loops idle"   what to measure
# The raw lines stay in .build/bench/results; the table of medians and ratios goes to standard output.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PEERS=${PEERS:-$root/../shared/bench/peers} PEERS_DIR=${PEERS_DIR:-$root/.build/peers}
export SECONDS_RUN=${SECONDS_RUN:-3} SECONDS_WARM=${SECONDS_WARM:-1}
export SERVER_CPU=${SERVER_CPU:-0} CLIENT_CPU=${CLIENT_CPU:-1}
rounds=${ROUNDS:-7} idle=${IDLE:-10000} works=" ${WORKS:-W1 W2 ask W4 loops idle} "
work=$root/.build/bench
results=$work/results

[ -e "$PEERS/run.sh" ] || { echo "bench: $PEERS: no peers' harness there; set PEERS to its folder" >&2; exit 69; }
[ -e "$PEERS_DIR/rs256.tokens" ] || "$PEERS/setup.sh"
# Clients and servers of the idle measurement hold a descriptor a connection.
ulimit -n "$(ulimit -Hn)"
mkdir -p "$work"
: > "$results"
export CLIENT_CERT=$PEERS_DIR/client.pem CLIENT_KEY=$PEERS_DIR/client.key CA=$PEERS_DIR/ca.pem
export SUITE=TLS_AES_128_GCM_SHA256 GROUP=X25519

pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done; wait' EXIT
chosen() { [[ $works == *" $1 "* ]]; }

prepare() { # NAME DURABILITY CACHE [LOOPS]: a state folder with the peers' certificates and token issuer
    local state=$work/$1
    rm -rf "$state"
    mkdir -p "$state/certs" "$state/var" "$state/policies"
    cp "$PEERS_DIR"/{server.pem,server.key,ca.pem,rs256.pub,es256.pub} "$state/certs"
    chmod 600 "$state/certs/server.key"
    cp "$root/policies"/{redaction,escalation}.json5 "$root/Benchmarks/ratelimits.json5" "$state/policies"
    sed "s/@DURABILITY@/$2/; s/@CACHE@/$3/; s/@LOOPS@/${4:-1}/" "$root/Benchmarks/gateway.json5.in" \
        > "$state/policies/gateway.json5"
    sed 's|uri:spiffe://portcullis.dev/client/customer|dns:client|' "$root/policies/rbac.json5" \
        > "$state/policies/rbac.json5"
    "$root/.build/release/portcullis" knowledge import --database "$state/var/knowledge.db" \
        "$root/knowledge/faq.csv" > /dev/null 2>&1
}

serve() { # NAME [CPUS]: starts it, by default on SERVER_CPU; sets server to URL,PID
    local state=$work/$1 url= i
    taskset -c "${2:-$SERVER_CPU}" "$root/.build/release/portcullis" serve \
        --config "$state/policies/gateway.json5" --state "$state" --port 0 --metrics-port 0 \
        > "$state/out" 2> "$state/err" &
    pids+=("$!")
    for i in $(seq 100); do
        url=$(awk '$1 == "ready" { print $2 }' "$state/out")
        [ -n "$url" ] && { server=$url,$!; return; }
        sleep 0.1
    done
    echo "bench: the gateway does not start; see $state/err" >&2
    exit 1
}

ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }

# NAME WORK URL,PID LOAD...: LOAD SECONDS HOST PORT writes its counts to METRICS.
measure() {
    local name=$1 of=$2 url=${3%,*} pid=${3#*,} before after
    local host=${url#https://} && shift 3
    export METRICS=$work/metrics
    "$@" "$SECONDS_WARM" "${host%:*}" "${host#*:}"
    before=$(ticks "$pid")
    "$@" "$SECONDS_RUN" "${host%:*}" "${host#*:}"
    after=$(ticks "$pid")
    awk -v peer="$name" -v work="$of" -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" \
        -v rss="$(awk '/VmHWM/ { print $2 / 1024 }' "/proc/$pid/status")" '{
            for (i = 1; i <= NF; i++) { split($i, kv, "="); m[kv[1]] = kv[2] }
            printf "peer=%s work=%s rps=%.0f p50_us=%d p99_us=%d cpu_us_op=%.2f srv_cpu=%.0f rss_mb=%.1f errors=%d\n",
                peer, work, m["ops"] / m["secs"], m["p50_us"], m["p99_us"], t / hz * 1e6 / m["ops"],
                t / hz / m["secs"] * 100, rss, m["errors"]
        }' "$METRICS" | tee -a "$results" >&2
}

wrk_ask() { # SECONDS HOST PORT
    LD_PRELOAD=$PEERS_DIR/client_cert.so taskset -c "$load_cpus" wrk -t1 -c"$CONNECTIONS" -d"$1s" \
        -s "$root/Benchmarks/ask.lua" "https://$2:$3" > "$work/wrk"
}
wrk_health() {
    LD_PRELOAD=$PEERS_DIR/client_cert.so taskset -c "$load_cpus" wrk -t1 -c"$CONNECTIONS" -d"$1s" \
        -s "$PEERS/load.lua" "https://$2:$3/healthz" > "$work/wrk"
}
arrivals() { ASK=$work/ask.json taskset -c "$load_cpus" "$work/tlsload" "$2" "$3" "$1" "$CONNECTIONS" 3200 > "$METRICS"; }
load_cpus=$CLIENT_CPU

ask() { # NAME WORK URL,PID ALGORITHM MESSAGES
    export TOKENS=$PEERS_DIR/$4.tokens MESSAGES=$work/$5
    measure "$1" "$2" "$3" wrk_ask
}

peer() { # PEER or NAME=URL,PID, WORK [name of the work in the results]
    "$PEERS/run.sh" "$1" "$2" | sed "s/ work=[^ ]*/ work=${3:-$2}/" | tee -a "$results" >&2
}

# One message as long as the peers' body, and a thousand different ones from the knowledge base's own words.
echo "What are the opening hours of your branch in the city centre on Saturday, please?" > "$work/one"
printf '{"message":"%s"}' "$(cat "$work/one")" > "$work/ask.json"
python3 - "$root/knowledge/faq.csv" > "$work/many" << 'PYTHON'
import csv, itertools, json, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
texts = [row["question"] for row in rows] + [v for row in rows for v in row["variants"].split("|") if v]
openings = ["", "Hello, ", "Please tell me: ", "Good morning. "]
made = (opening + text for opening, text in itertools.product(openings, texts))
for text in itertools.islice(made, 1000):
    print(json.dumps(text, ensure_ascii=False)[1:-1])
PYTHON
# The peers' generator of arrivals, at our path.
sed 's|POST /ask |POST /v1/ask |' "$PEERS/tlsload.c" > "$work/tlsload.c"
cc -O2 -o "$work/tlsload" "$work/tlsload.c" -lssl -lcrypto -lm

prepare shipped strict 10000; serve shipped; shipped=$server
prepare no-cache strict 0; serve no-cache; no_cache=$server
prepare relaxed relaxed 10000; serve relaxed; relaxed=$server

for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds" >&2
    export CONNECTIONS=32
    if chosen W2; then
        for one in nginx "portcullis=$shipped" haproxy envoy; do peer "$one" W2; done
    fi
    if chosen W1; then
        for one in haproxy "portcullis=$shipped" nginx-cache; do peer "$one" W1-full; peer "$one" W1-resume; done
    fi
    if chosen ask; then
        export CONNECTIONS=64
        peer haproxy W3-rs256 ask-rs256
        ask portcullis ask-rs256 "$shipped" rs256 one
        peer envoy-cache W3-rs256 ask-rs256
        ask no-cache ask-rs256 "$no_cache" rs256 one
        peer envoy W3-rs256 ask-rs256
        ask messages ask-rs256 "$shipped" rs256 many
        ask relaxed ask-rs256 "$relaxed" rs256 one
        peer haproxy W3-es256 ask-es256
        ask portcullis ask-es256 "$shipped" es256 one
        ask no-cache ask-es256 "$no_cache" es256 one
        export CONNECTIONS=256
        peer haproxy W3-rs256 ask-256
        ask portcullis ask-256 "$shipped" rs256 one
    fi
    if chosen W4; then
        export CONNECTIONS=32 TOKENS=$PEERS_DIR/rs256.tokens
        peer haproxy W4-rs256 W4
        measure portcullis W4 "$shipped" arrivals
        taskset -c "$SERVER_CPU" python3 "$root/Benchmarks/sync.py" "$work" | tee -a "$results" >&2
    fi
    if chosen loops; then
        # Servers and generator share both cores: what counts is the CPU time of a request.
        export CONNECTIONS=64 TOKENS=$PEERS_DIR/rs256.tokens MESSAGES=$work/one
        load_cpus=$SERVER_CPU,$CLIENT_CPU
        for loops in 1 2; do
            prepare "loops-$loops" strict 10000 "$loops"; serve "loops-$loops" "$load_cpus"
            measure "loops-$loops" W2-loops "$server" wrk_health
            measure "loops-$loops" ask-loops "$server" wrk_ask
            kill "${server#*,}"
        done
        load_cpus=$CLIENT_CPU
    fi
done

# Fresh processes: what they held before would count.
if chosen idle; then
    prepare memory strict 10000; serve memory
    python3 "$root/Benchmarks/idle.py" portcullis "${server%,*}" "${server#*,}" "$idle" | tee -a "$results" >&2
    (
        . "$PEERS/common.sh"
        nginx_conf() { fill nginx.conf.in | sed 's/worker_connections 4096/worker_connections 16384/'; }
        RUN=$W/run/nginx-idle && rm -rf "$RUN" && mkdir -p "$RUN"
        nginx_conf > "$RUN/conf"
        nginx -c "$RUN/conf" 2> "$RUN/err" &
        trap 'kill $!; wait' EXIT
        sleep 1
        python3 "$root/Benchmarks/idle.py" nginx "https://127.0.0.1:$PORT" "$!" "$idle"
    ) | tee -a "$results" >&2
fi

echo
python3 "$root/Benchmarks/summary.py" "$results"
for name in shipped no-cache relaxed; do
    "$root/.build/release/portcullis" audit verify "$work/$name/var/audit" --unpinned --live | head -1
done
