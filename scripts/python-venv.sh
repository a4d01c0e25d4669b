#!/bin/bash
# Makes .build/venv with the packages that Tests/requirements.txt pins, for the tests that drive the gateway from Python; does
# nothing where it is there already. Prints the interpreter's path.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$PWD/.build/venv wanted=Tests/requirements.txt
mkdir -p "$PWD/.build"
# Tests that run at once may all find it out of date.
exec 9> "$PWD/.build/venv.lock"
flock 9
if ! cmp -s "$wanted" "$venv/requirements.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv" >&2
    "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement "$wanted" >&2
    cp "$wanted" "$venv/requirements.txt"
fi
echo "$venv/bin/python"
