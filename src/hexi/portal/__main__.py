"""Running the portal by itself (单独运行门户): ``python -m hexi.portal up|worker|link|manage``."""

from __future__ import annotations

import sys

from hexi.portal.bootstrap import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
