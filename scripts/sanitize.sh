#!/bin/bash
# Runs all tests under a sanitizer, the gateway that the end-to-end tests start included: sanitize.sh address|thread [FILTER]
# Any report fails it, also one of a gateway that was killed before its exit status could tell. Tests/Support has the
# suppressions, each with its reason, and what teaches the thread sanitizer about the slow path of Swift's Mutex.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift} kind=${1:-} support=$PWD/Tests/Support
export SWIFT_BACKTRACE=enable=no
# The sanitizers start a thread of their own before the gateway can confine itself, and trace their process at its end.
export PORTCULLIS_SANDBOX=off
# What tests multiply their times with: a clock measures the sanitizer too.
export PORTCULLIS_PATIENCE=10
scratch=.build-${kind:0:1}san reports=$PWD/.build-${kind:0:1}san/reports
options=log_path=$reports/report:print_suppressions=0
case $kind in
    address)
        export ASAN_OPTIONS=$options:suppressions=$support/asan-suppressions.txt:detect_leaks=1
        export LSAN_OPTIONS=suppressions=$support/lsan-suppressions.txt:print_suppressions=0
        ;;
    thread)
        # A report is a failed run at its end, also in a gateway that a test started.
        export TSAN_OPTIONS=$options:suppressions=$support/tsan-suppressions.txt:exitcode=66:second_deadlock_stack=1
        ;;
    *) sed -n '2s/^.*: //p' "$0" >&2; exit 64 ;;
esac

"$swift" build --build-tests --sanitize="$kind" --scratch-path "$scratch"
rm -rf "$reports"
mkdir -p "$reports"
preload=
if [ "$kind" = thread ]; then
    clang=$(dirname "$(command -v "$swift")")/clang
    [ -x "$clang" ] || clang=clang
    "$clang" -shared -fPIC -O1 -Wall -Werror -o "$scratch/tsan_mutex.so" "$support/tsan_mutex.c"
    preload=$PWD/$scratch/tsan_mutex.so
fi
# The program is run by itself: what is preloaded belongs into it and not into the compiler.
program=$scratch/debug/portcullisPackageTests.xctest
# Without a sandbox there is nothing to see for its tests; those of the user ask from inside it.
words=(--testing-library swift-testing --skip SandboxTests --skip SandboxRulesTests --skip UserTests)
[ -n "${2:-}" ] && words+=(--filter "$2")
# These measure or bound memory, address space or time, which under a sanitizer are the sanitizer's.
words+=(--skip 'a million keys take no more memory' --skip 'Under attack' --skip 'to start leaves none of the others running')
words+=(--skip 'answers an open connection first')
status=0
PORTCULLIS_BINARY=$PWD/$scratch/debug/portcullis LD_PRELOAD=$preload "$program" "${words[@]}" || status=$?
reported=("$reports"/*)
if [ -e "${reported[0]}" ]; then
    cat "${reported[@]}" >&2
    echo "sanitize: ${#reported[@]} process(es) with reports, all of them above" >&2
    [ "$status" != 0 ] || status=66
fi
exit "$status"
