#!/bin/sh
# Print the path of a Python that can carry Hexi: 3.11 or newer, able to make virtual environments.
# PYTHON=... overrides the search.
set -u

fits='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'

if [ -n "${PYTHON:-}" ]; then
  candidates=$PYTHON
else
  candidates="python3 python3.14 python3.13 python3.12 python3.11 python"
fi

for candidate in $candidates; do
  # A name on the PATH may be a shim that fails, so each one is run before it is believed.
  if "$candidate" -c "$fits" >/dev/null 2>&1; then
    "$candidate" -c 'import sys; print(sys.executable)'
    exit 0
  fi
done

{
  echo "Hexi: 未找到可用的 Python。需要 3.11 或更高版本，并带有 venv 和 pip 模块。"
  echo "Hexi: no usable Python found. Version 3.11 or newer with the venv and pip modules is needed."
  for candidate in $candidates; do
    if version=$("$candidate" --version 2>/dev/null); then
      echo "  $candidate: $version"
    else
      echo "  $candidate: -"
    fi
  done
  echo "  Debian, Ubuntu: apt-get install python3 python3-venv"
  echo "  或指定解释器 / or name one: make up PYTHON=/path/to/python3.12"
} >&2
exit 1
