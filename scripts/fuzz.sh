#!/bin/bash
# Fuzzes with libFuzzer and the address sanitizer. New inputs that reach new code go to .build-fuzz/corpus, crashers to
# Tests/Fuzz/Crashers/TARGET, from where every `make test` replays them.
#   fuzz.sh smoke                    a few seconds for each target
#   fuzz.sh run SECONDS [TARGET]     SECONDS for each target, or for one
set -euo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
export PORTCULLIS_FUZZ=1 SWIFT_BACKTRACE=enable=no

case ${1:-} in
    smoke) seconds=${FUZZ_SECONDS:-3} targets= ;;
    run) seconds=$2 targets=${3:-} ;;
    *) sed -n '4,5s/^# *//p' "$0" >&2; exit 64 ;;
esac

# For release, where SwiftPM leaves `main` alone and libFuzzer's own is not linked; overflow and preconditions trap all the
# same.
"$swift" build --quiet -c release --scratch-path .build-fuzz --product fuzz-runner \
    -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing -Xswiftc -parse-as-library -Xswiftc -use-ld=lld
[ -n "$targets" ] || targets=$(ls Tests/Fuzz/Corpus)

for target in $targets; do
    mkdir -p ".build-fuzz/corpus/$target" "Tests/Fuzz/Crashers/$target"
    log=.build-fuzz/$target.log
    if FUZZ_TARGET=$target .build-fuzz/release/fuzz-runner -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="Tests/Fuzz/Crashers/$target/" ".build-fuzz/corpus/$target" "Tests/Fuzz/Corpus/$target" \
        2> "$log"; then
        echo "fuzz: $target: $(tail -1 "$log")"
    else
        cat "$log" >&2
        echo "fuzz: $target failed; the input is kept in Tests/Fuzz/Crashers/$target" >&2
        exit 1
    fi
    rmdir --ignore-fail-on-non-empty "Tests/Fuzz/Crashers/$target"
done
rmdir --ignore-fail-on-non-empty Tests/Fuzz/Crashers 2> /dev/null || true
