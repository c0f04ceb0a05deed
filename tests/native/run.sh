#!/usr/bin/env bash
# Build the engine's core without Node and run its GoogleTest suite.
#   tests/native/run.sh [--sanitize address,undefined | --sanitize thread] [GoogleTest options]
# The result of each test stands in native/build-tests*/result.json.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

sanitize=""
if [[ "${1:-}" == "--sanitize" ]]; then
  sanitize="$2"
  shift 2
fi
build="$root/native/build-tests${sanitize:+-${sanitize//,/-}}"

cmake -S "$root/native" -B "$build" -DNEURARCHY_TESTS=ON -DNEURARCHY_SANITIZE="$sanitize" >"$build.log" 2>&1 ||
  { cat "$build.log" >&2; exit 1; }
cmake --build "$build" --parallel "$(nproc)" >"$build.log" 2>&1 || { tail -n 60 "$build.log" >&2; exit 1; }

# Tests ask for more memory than there is: the allocator must say so, as the real one does.
export ASAN_OPTIONS="allocator_may_return_null=1:detect_leaks=1"
export UBSAN_OPTIONS="print_stacktrace=1"
export TSAN_OPTIONS="halt_on_error=1 allocator_may_return_null=1"
"$build/tests/neurarchy_tests" --gtest_output="json:$build/result.json" "$@"
