#!/usr/bin/env bash
# Format the C and C++ sources (--write), or fail and name those that are not formatted (--check).
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

[ -x .test-venv/bin/clang-format ] || bash tests/setup.sh
mapfile -d '' files < <(find native tests -type d \( -name 'build*' -o -name node_modules \) -prune -o \
  -type f \( -name '*.[ch]' -o -name '*.[ch]pp' \) -print0)
case ${1:-} in
  --write) .test-venv/bin/clang-format -i "${files[@]}" ;;
  --check) .test-venv/bin/clang-format --dry-run --Werror "${files[@]}" ;;
  *)
    echo "usage: format-native.sh --write|--check" >&2
    exit 2
    ;;
esac
