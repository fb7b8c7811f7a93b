"""``python -m hexi.cli`` does what ``hexi`` does."""

from __future__ import annotations

import sys

from hexi.cli import main

if __name__ == "__main__":
    sys.exit(main())
