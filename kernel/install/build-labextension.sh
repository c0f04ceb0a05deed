#!/usr/bin/env bash
# Build the renderer of plotly figures for JupyterLab and install it under a prefix, for example a Python environment:
#
#   bash kernel/install/build-labextension.sh PREFIX
#
# writes PREFIX/share/jupyter/labextensions/neurarchy-plotly. Needs Node and npm only. Run again, it does nothing unless
# the sources of the renderer have changed; a copy for another prefix is made from the same build.
set -euo pipefail

prefix=${1:?usage: build-labextension.sh PREFIX}
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/labextension" && pwd)
built=$source/labextension
target=$prefix/share/jupyter/labextensions/neurarchy-plotly

# The content of the sources; kept in the build and in every copy of it.
stamp() {
  (cd "$source" && find package.json package-lock.json core/package.json src -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)
}
wanted=$(stamp)

is_current() { [ "$(cat "$1/.stamp" 2>/dev/null)" = "$wanted" ]; }

build() {
  local log
  log=$(mktemp)
  if ! (cd "$source" && npm ci --ignore-scripts --no-audit --no-fund && npm run build) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "build-labextension.sh: the renderer could not be built, see above" >&2
    return 1
  fi
  rm -f "$log"
  # 280 MB that only a change of the renderer needs again.
  rm -rf "$source/node_modules"
  printf '%s\n' "$wanted" >"$built/.stamp"
}

# A copy that appears at once, whole: JupyterLab may be running.
install_copy() {
  local fresh=$target.new.$$
  mkdir -p "$(dirname "$target")"
  rm -rf "$fresh"
  cp -R "$built" "$fresh"
  rm -rf "$target"
  mv "$fresh" "$target"
}

is_current "$built" || build
is_current "$target" || install_copy
