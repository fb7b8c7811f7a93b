#!/bin/sh
# Write requirements/*.lock from pyproject.toml: exact versions with checksums for every platform,
# without the name of any host, so that each machine's own pip settings decide where packages
# come from. `make lock` keeps what is locked where it still fits; `make lock UPGRADE=1` renews it.
set -eu
cd "$(dirname "$0")/.."

UV_VERSION=0.13.8
venv=build/lock-venv
if [ ! -x "$venv/bin/uv" ]; then
  "$(sh tools/python.sh)" -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
fi

# The run lock comes first and holds the others to its versions: an environment can grow from
# `make up` to `make test` without any package changing under a running portal.
compile() {
  name=$1
  shift
  "$venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate ${UPGRADE:+--upgrade} "$@" \
    --output-file "requirements/$name.lock" pyproject.toml >/dev/null
  echo "requirements/$name.lock: $(grep -c '==' "requirements/$name.lock") packages"
}

compile run --group build --extra postgres
compile dev --group build --group dev --extra postgres --extra pdf --constraint requirements/run.lock
compile engines --group build --group dev --extra spark --extra clickhouse \
  --constraint requirements/dev.lock
compile ocr --extra ocr --constraint requirements/dev.lock
compile docs --group docs --constraint requirements/dev.lock
compile bench --group build --group bench --constraint requirements/run.lock

# Environments of their own: no package of the product is in them.
for name in node vtl theta mcdm complexity; do
  "$venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate ${UPGRADE:+--upgrade} --group "$name" \
    --output-file "requirements/$name.lock" >/dev/null
done

if grep -nE '://|@ |--(index|extra-index|find-links)|file:' requirements/*.lock; then
  echo "tools/lock.sh: a lock file names a host or a path (lines above)" >&2
  exit 1
fi
