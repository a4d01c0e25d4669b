#!/bin/bash
# Makes the virtual environment of Tests/requirements.txt under .build/venv; does nothing where it is there.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=.build/venv
cmp -s Tests/requirements.txt "$folder/requirements.txt" && exit 0
echo "python-venv: making $folder" >&2
rm -rf "$folder"
mkdir -p .build
python3 -m venv "$folder" || {
    echo "python-venv: python3 cannot make a virtual environment; Debian has that in python3-venv" >&2
    exit 69
}
"$folder/bin/pip" install --quiet --disable-pip-version-check --no-input --requirement Tests/requirements.txt
# The stamp comes last: half an environment is none.
cp Tests/requirements.txt "$folder/requirements.txt"
