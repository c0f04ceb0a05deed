#!/usr/bin/env bash
# Set up what the tests need beyond what install.sh makes: Debian packages when root, Python packages in an
# environment of their own, .test-venv. Idempotent. What stays absent gets a line and is no error here: the
# test runner skips what needs it, and counts that as a failure where CI=true.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

debian=(libgtest-dev chromium clang) # the engine's own tests; the browser test; the other compiler

is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

install_debian() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get install --quiet --yes --no-install-recommends "$@" </dev/null && return
  apt-get update --quiet && apt-get install --quiet --yes --no-install-recommends "$@" </dev/null
}

mkdir -p .results
if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
  absent=()
  for package in "${debian[@]}"; do is_installed "$package" || absent+=("$package"); done
  if [ ${#absent[@]} -gt 0 ] && [ "$(id -u)" = 0 ]; then
    echo "tests/setup.sh: installing ${absent[*]}"
    install_debian "${absent[@]}" >.results/setup-debian.log 2>&1 || tail -n 5 .results/setup-debian.log
  fi
  for package in "${absent[@]}"; do
    is_installed "$package" || echo "ABSENT: $package (as root: apt-get install $package)"
  done
fi

stamp=.test-venv/requirements.sha256
wanted=$(cat tests/requirements.txt <(python3 --version) <(pwd -P) | sha256sum)
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
  echo "tests/setup.sh: making .test-venv"
  rm -rf .test-venv
  if python3 -m venv .test-venv &&
    .test-venv/bin/python -m pip install --disable-pip-version-check --quiet --requirement tests/requirements.txt; then
    echo "$wanted" >"$stamp"
  else
    rm -rf .test-venv
    echo "ABSENT: .test-venv (the Python packages of tests/requirements.txt could not be installed)"
  fi
fi
