#!/bin/bash
# Serves from STATE, making what is not there yet: run.sh BINARY STATE PORT.
# A second run keeps certificates, keys, tickets and log, and renews only the development tokens that expired.
set -euo pipefail
binary=$1 state=$2 port=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
certs=$state/certs
roles="customer agent admin auditor service"

umask 077
mkdir -p "$certs/clients" "$certs/tokens" "$state/var"

[ -e "$certs/ca.crt" ] || "$binary" ca init --dir "$certs"
[ -e "$certs/server.crt" ] || "$binary" ca issue --dir "$certs" --server --dns localhost --ip 127.0.0.1 --ip ::1
for role in $roles; do
    [ -e "$certs/clients/$role.crt" ] || "$binary" ca issue --dir "$certs" --role "$role"
    "$binary" token inspect --key "$certs/token-signing.pub" --quiet "$certs/tokens/$role.jwt" 2> /dev/null ||
        "$binary" token issue --key "$certs/token-signing.key" --role "$role" --out "$certs/tokens/$role.jwt"
done
[ -e "$state/var/portcullis.db" ] ||
    "$binary" knowledge import --database "$state/var/portcullis.db" "$here/knowledge/faq.csv"

exec "$binary" serve --config "$here/policies/gateway.json5" --state "$state" --port "$port"
