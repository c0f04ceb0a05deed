#!/usr/bin/env bash
# Install Neurarchy into its own folder: Node packages, the native engine, the TypeScript build, and a Python
# environment .venv with JupyterLab, the plot renderer and the kernel. Nothing outside this folder is
# touched, and root is not needed. Each step is skipped when what it depends on has not changed since it was
# last done, so the script can be run at any time.
set -euo pipefail

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
called_from=$PWD
cd "$root"

readonly NODE_NEEDED=20.19 PYTHON_NEEDED=3.10 CMAKE_NEEDED=3.20
readonly STATE=.install # one stamp and one log per step

# --- The machine: everything is checked before anything is changed ------------------------------------

packages=() # Debian packages to install
reasons=()  # what each is needed for

need() {
  packages+=("$1")
  reasons+=("$2")
}

have() { command -v "$1" >/dev/null 2>&1; }

# at_least FOUND WANTED: versions compared number by number.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]; }

check_node() {
  if ! have node; then
    need nodejs "Node.js $NODE_NEEDED or newer: found none"
  else
    local found
    found=$(node --version)
    at_least "${found#v}" "$NODE_NEEDED" ||
      need nodejs "Node.js $NODE_NEEDED or newer: found $found (Debian 12 itself carries an older one, see https://nodejs.org)"
  fi
  have npm || need npm "npm: found none"
}

check_python() {
  if ! have python3; then
    need python3 "Python $PYTHON_NEEDED or newer: found none"
    need python3-venv "Python's venv and pip: found none"
    return
  fi
  local found
  found=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  at_least "$found" "$PYTHON_NEEDED" || need python3 "Python $PYTHON_NEEDED or newer: found $found"
  python3 -c 'import ensurepip, venv' 2>/dev/null || need python3-venv "Python's venv and pip: found none"
}

# The same compilers build the engine now and the models later.
check_compilers() {
  local c=${CC:-} cxx=${CXX:-} name
  for name in gcc clang cc; do [ -n "$c" ] || ! have "$name" || c=$name; done
  for name in g++ clang++ c++; do [ -n "$cxx" ] || ! have "$name" || cxx=$name; done
  [ -n "$c" ] || need gcc "a C compiler, gcc or clang: found none"
  if [ -z "$cxx" ]; then
    need g++ "a C++ compiler, g++ or clang++: found none"
  elif [ -n "$c" ]; then
    local scratch
    scratch=$(mktemp -d)
    printf '#include <span>\n#include <omp.h>\nint main() { return omp_get_max_threads() < 1; }\n' >"$scratch/probe.cpp"
    "$cxx" -std=c++20 -fopenmp "$scratch/probe.cpp" -o "$scratch/probe" >/dev/null 2>&1 ||
      need g++ "C++20 with OpenMP: $cxx cannot build it (g++ 10 or newer can; clang++ needs libomp-dev too)"
    rm -rf "$scratch"
  fi
}

check_cmake() {
  if ! have cmake; then
    need cmake "CMake $CMAKE_NEEDED or newer: found none"
  else
    local found
    found=$(cmake --version | sed -n '1s/[^0-9]*//p')
    at_least "$found" "$CMAKE_NEEDED" || need cmake "CMake $CMAKE_NEEDED or newer: found $found"
  fi
  have ninja || have make || need make "make or ninja: found none"
}

check_node
check_python
check_compilers
check_cmake

if [ ${#packages[@]} -gt 0 ]; then
  {
    echo "install.sh: something is missing; nothing was changed"
    for i in "${!packages[@]}"; do printf '  %-14s %s\n' "${packages[$i]}" "${reasons[$i]}"; done
    echo "On Debian or Ubuntu: apt-get install ${packages[*]}"
  } >&2
  exit 1
fi

# --- The steps ---------------------------------------------------------------------------------------

# fingerprint PATH... -- WORD...: one hash over the content of files and folders, and over words.
fingerprint() {
  local made=(-name node_modules -o -name 'build*' -o -path 'kernel/install/labextension/labextension')
  {
    while [ "$1" != -- ]; do
      find "$1" -type d \( "${made[@]}" \) -prune -o -type f ! -name '*.log' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
      shift
    done
    printf '%s\n' "$@"
  } | sha256sum | cut -d ' ' -f 1
}

# step NAME TITLE FINGERPRINT PRODUCT COMMAND...: run the command unless the product is there and was made
# from the same fingerprint. The stamp is written last, so a step that was cut short is done again.
step() {
  local name=$1 title=$2 print=$3 product=$4
  shift 4
  local stamp=$STATE/$name log=$STATE/$name.log
  printf '%-42s' "$title"
  if [ -e "$product" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$print" ]; then
    echo "up to date"
    return
  fi
  mkdir -p "$STATE"
  rm -f "$stamp"
  SECONDS=0
  if ! "$@" >"$log" 2>&1 </dev/null; then
    echo "failed"
    {
      tail -n 20 "$log" | sed 's/^/  | /'
      printf 'install.sh: the step "%s" failed; its whole output is in %s\n' "$title" "$root/$log"
    } >&2
    exit 1
  fi
  echo "$print" >"$stamp"
  echo "done in $SECONDS s"
}

# In the commands every line ends in &&: `set -e` does not reach into a condition.
install_packages() { npm ci --include=dev --no-audit --no-fund; }

build_native() { rm -rf native/build && npm run --silent build:native; }

build_typescript() { rm -rf dist && npm run --silent build; }

make_environment() {
  rm -rf .venv && python3 -m venv .venv &&
    .venv/bin/python -m pip install --disable-pip-version-check --quiet --requirement kernel/install/requirements.txt
}

build_renderer() { bash kernel/install/build-labextension.sh .venv; }

install_kernelspec() { node dist/kernel/main.js install --prefix "$root/.venv"; }

run_notebook() {
  .venv/bin/python kernel/install/run_notebook.py notebooks/izhikevich.ipynb "$STATE" &&
    [ -s "$STATE/izhikevich.png" ]
}

# Binaries made for one processor, compiler or place are not used on another.
machine=$(
  node -p 'process.version + process.arch + process.execPath'
  grep -m 1 '^flags' /proc/cpuinfo 2>/dev/null || uname -m
  ${CXX:-c++} --version 2>/dev/null | head -n 1
)
packages_print=$(fingerprint package-lock.json .npmrc -- "$(node --version)")
native_print=$(fingerprint native -- "$packages_print" "$machine" "$root")
typescript_print=$(fingerprint lib kernel tsconfig.json tsconfig.build.json -- "$packages_print")
environment_print=$(fingerprint kernel/install/requirements.txt -- "$(python3 --version)" "$root")
renderer_print=$(fingerprint kernel/install/labextension -- "$environment_print")
kernelspec_print=$(fingerprint kernel/install -- "$environment_print" "$machine" "$root")
notebook_print=$(fingerprint notebooks/izhikevich.ipynb -- "$native_print" "$typescript_print" "$kernelspec_print")

echo "Installing Neurarchy into $root"
step packages "1/7 Node packages" "$packages_print" node_modules install_packages
step native "2/7 native engine" "$native_print" native/build/Release/neurarchy.node build_native
step typescript "3/7 TypeScript build" "$typescript_print" dist/kernel/main.js build_typescript
step environment "4/7 JupyterLab in .venv" "$environment_print" .venv/bin/jupyter-lab make_environment
step renderer "5/7 plot renderer for JupyterLab" "$renderer_print" \
  .venv/share/jupyter/labextensions/neurarchy-plotly build_renderer
step kernelspec "6/7 Jupyter kernel" "$kernelspec_print" .venv/share/jupyter/kernels/neurarchy/kernel.json install_kernelspec
step notebook "7/7 notebooks/izhikevich.ipynb" "$notebook_print" "$STATE/izhikevich.png" run_notebook

echo
cat "$STATE/notebook.log"
printf 'picture: %s\n\n' "$root/$STATE/izhikevich.png"
lab=.venv/bin/jupyter-lab
notebook=notebooks/izhikevich.ipynb
if [ "$called_from" != "$root" ]; then
  lab=$root/$lab
  notebook=$root/$notebook
fi
printf 'Open it in JupyterLab:\n  %q %q\n' "$lab" "$notebook"
