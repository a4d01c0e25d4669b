#!/bin/sh
# Fuzzes each target for its share of SECONDS, or one TARGET for all of them.
#
#   scripts/fuzz.sh SECONDS [TARGET]
#
# New inputs join Tests/Fuzz/Corpus/TARGET only with PORTCULLIS_FUZZ_KEEP=1; an input that crashes, hangs or runs out
# of memory is kept in Tests/Fuzz/Crashers/TARGET, the exit code is 1, and every later `make test` replays it.
set -eu
cd "$(dirname "$0")/.."

usage() {
    echo "usage: scripts/fuzz.sh SECONDS [TARGET]" >&2
    echo "targets: $(ls Tests/Fuzz/Corpus | tr '\n' ' ')" >&2
    exit 64
}
case ${1-} in '' | *[!0-9]*) usage ;; esac
seconds=$1
targets=${2-$(ls Tests/Fuzz/Corpus)}
for target in $targets; do [ -d "Tests/Fuzz/Corpus/$target" ] || usage; done

# The crash reporter would outlive the process and change its exit code.
export SWIFT_BACKTRACE=enable=no
PORTCULLIS_FUZZ=1 swift build --scratch-path .build-fuzz --product fuzz-runner -c release \
    -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library -Xswiftc -use-ld=lld

count=$(echo "$targets" | wc -w)
share=$((seconds / count))
[ "$share" -gt 0 ] || share=1
work=.build-fuzz/corpus
failed=
for target in $targets; do
    corpus=Tests/Fuzz/Corpus/$target
    crashers=Tests/Fuzz/Crashers/$target
    found=$work/$target
    [ "${PORTCULLIS_FUZZ_KEEP-}" = 1 ] && found=$corpus
    mkdir -p "$found" "$crashers"
    echo "fuzz $target for $share s"
    PORTCULLIS_FUZZ_TARGET=$target .build-fuzz/release/fuzz-runner -max_total_time="$share" -timeout=10 \
        -rss_limit_mb=2048 -max_len=4096 -print_final_stats=0 -verbosity=0 -artifact_prefix="$crashers/" \
        "$found" "$corpus" || failed="$failed $target"
    rmdir "$crashers" 2>/dev/null || true
done
[ -z "$failed" ] || { echo "crashed:$failed; inputs are in Tests/Fuzz/Crashers" >&2; exit 1; }
