#!/bin/bash
# Makes what a development gateway needs and STATE does not have yet: prepare.sh BINARY STATE.
# Keeps every certificate, key, ticket and log that is there, and renews only the tokens that expired. Each step takes
# up what an interrupted run left of it.
set -euo pipefail
binary=$1 state=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
certs=$state/certs

umask 077
mkdir -p "$certs/clients" "$certs/tokens" "$state/var"

[ -e "$certs/ca.crt" ] || "$binary" ca init --dir "$certs"
[ -e "$certs/server.crt" ] || "$binary" ca issue --dir "$certs" --server --dns localhost --ip 127.0.0.1 --ip ::1
[ -e "$certs/token-keys/jwks.json" ] || "$binary" token keys init --keys "$certs/token-keys"
for role in customer agent admin auditor service; do
    token=$certs/tokens/$role.jwt
    [ -e "$certs/clients/$role.crt" ] || "$binary" ca issue --dir "$certs" --role "$role"
    if ! "$binary" token inspect --quiet --key "$certs/token-keys/signing.pub" "$token" 2> /dev/null; then
        rm -f "$token"
        # The first time there is no gateway yet whose log could have it.
        "$binary" token issue --unrecorded --key "$certs/token-keys/signing.key" --role "$role" --ttl 86400 --out "$token"
    fi
done
"$binary" knowledge import --if-empty --policy "$here/policies/redaction.json5" \
    --database "$state/var/knowledge.db" "$here/knowledge/faq.csv"
customers=(--key "$certs/customers.key" --database "$state/var/customers.db")
"$binary" customers init "${customers[@]}"
"$binary" customers seed --if-empty "${customers[@]}"
"$binary" bank seed --database "$state/var/bank.db"
