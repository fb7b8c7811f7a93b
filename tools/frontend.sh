#!/bin/sh
# Fetch the front-end packages of package-lock.json and lay the files that pages load into the
# portal's static folder, beside their licences. Nothing of them is committed and no page loads
# them from another host. A machine without Node gets one from the locked Python package.
set -eu
cd "$(dirname "$0")/.."
venv=$1
vendor=src/hexi/portal/static/vendor

if ! npm --version >/dev/null 2>&1; then
  if [ ! -x "$venv/bin/npm" ]; then
    echo "Hexi: 本机没有 Node，改用 Python 包中的 Node / no Node here, taking one from requirements/node.lock"
    "$venv/bin/python" -m pip --disable-pip-version-check install --quiet \
      --require-hashes --requirement requirements/node.lock
  fi
  PATH=$PWD/$venv/bin:$PATH
  export PATH
fi

echo "Hexi: 取前端包 / fetching package-lock.json with npm $(npm --version 2>/dev/null)"
# No package runs a script of its own at set-up.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

mkdir -p "$vendor"
lay() {
  cp "node_modules/$1" "$vendor/$2.part"
  mv "$vendor/$2.part" "$vendor/$2"
}
lay echarts/dist/echarts.min.js echarts.min.js
lay echarts/LICENSE echarts.LICENSE.txt
lay echarts/NOTICE echarts.NOTICE.txt
