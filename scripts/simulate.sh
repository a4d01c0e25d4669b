#!/bin/bash
# Runs the audit log over a simulated disk and clock, a seed a run: simulate.sh COUNT [FIRST SEED]
set -euo pipefail
cd "$(dirname "$0")/.."
# For release, where a run takes a tenth of the time; `-enable-testing` lets the simulation reach the writer's parts.
PORTCULLIS_SIMULATE=1 "${SWIFT:-swift}" build --quiet -c release --scratch-path .build-sim --product simulate \
    -Xswiftc -enable-testing
exec .build-sim/release/simulate "$@"
