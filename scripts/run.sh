#!/bin/bash
# Serves from STATE, after making what is not there yet: run.sh BINARY STATE PORT [METRICS_PORT].
# Metrics are at PORT + 1000 unless said otherwise, so that several can run side by side. A port of 0, and PORT + 1000
# past 65535, takes a free one.
set -euo pipefail
binary=$1 state=$2 port=$3 metrics=${4:-}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

check() {
    case $2 in
        '' | *[!0-9]* | ??????*) wrong=1 ;;
        *) wrong=$((10#$2 > 65535)) ;;
    esac
    [ "$wrong" = 0 ] || { echo "run: $1: found \"$2\", wanted a number from 0 to 65535" >&2; exit 64; }
}
check PORT "$port"
[ -n "$metrics" ] || metrics=$((10#$port == 0 || 10#$port > 64535 ? 0 : 10#$port + 1000))
check METRICS_PORT "$metrics"

"$here/scripts/prepare.sh" "$binary" "$state"
exec "$binary" serve --config "$here/policies/gateway.json5" --state "$state" --port "$port" --metrics-port "$metrics"
