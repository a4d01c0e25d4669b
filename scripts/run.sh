#!/bin/bash
# Serves from STATE, after making what is not there yet: run.sh BINARY STATE PORT [more options of serve].
set -euo pipefail
binary=$1 state=$2 port=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
"$here/scripts/prepare.sh" "$binary" "$state"
exec "$binary" serve --config "$here/policies/gateway.json5" --state "$state" --port "$port" "${@:4}"
