#!/bin/sh
# Install one lock file into a virtual environment, making the environment first where there is
# none. Usage: tools/environment.sh VENV NAME, where requirements/NAME.lock says what to install.
# Packages come from wherever this machine's pip settings say; checksums decide what is accepted.
set -eu
cd "$(dirname "$0")/.."
venv=$1
name=$2

# An environment whose Python was removed or is too old is made again rather than repaired.
if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  python=$(sh tools/python.sh)
  echo "Hexi: 建立环境 / making $venv with $("$python" --version)"
  "$python" -m venv --clear "$venv"
fi

echo "Hexi: 安装依赖 / installing requirements/$name.lock"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check "$@"; }
pip install --quiet --require-hashes --requirement "requirements/$name.lock" || {
  status=$?
  echo "Hexi: 依赖安装失败。请检查网络和 pip 设置（pip config list）后重试。" >&2
  echo "Hexi: installing failed. Check the network and the pip settings, then try again." >&2
  exit "$status"
}

case $name in
  run | dev | bench | engines)
    # The build back end is in the lock, so no isolated build asks for an unlocked one.
    pip install --quiet --no-deps --no-build-isolation --editable .
    ;;
esac
