#!/bin/bash
# Serves from STATE, after making what is not there yet: run.sh BINARY STATE PORT.
# Metrics are at PORT + 1000, so that several can run side by side; PORT 0 takes free ports for both.
set -euo pipefail
binary=$1 state=$2 port=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

case $port in
    '' | *[!0-9]*) echo "run: PORT: found \"$port\", wanted a number from 0 to 65535" >&2; exit 64 ;;
esac
metrics=$((port == 0 || port > 64535 ? 0 : port + 1000))

"$here/scripts/prepare.sh" "$binary" "$state"
# Absolute, so that the curl line that is printed works wherever it is pasted.
state=$(cd "$state" && pwd)
exec "$binary" serve --config "$here/policies/gateway.json5" --state "$state" --port "$port" --metrics-port "$metrics"
