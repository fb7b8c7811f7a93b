#!/bin/sh
# Print the path of the Chromium that browser tests drive. HEXI_CHROMIUM=... overrides the search.
for candidate in "${HEXI_CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$candidate" ] && path=$(command -v "$candidate"); then
    echo "$path"
    exit 0
  fi
done
echo "Hexi: 未找到 Chromium。请安装（Debian: apt-get install chromium）或设置 HEXI_CHROMIUM。" >&2
echo "Hexi: no Chromium found. Install it (Debian: apt-get install chromium) or set HEXI_CHROMIUM." >&2
exit 1
