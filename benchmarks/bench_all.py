"""Run every claim in turn and say at the end which of them hold: what ``make bench`` calls."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CLAIMS = (
    "statements",
    "audit",
    "pipeline",
    "readers",
    "portal_page",
    "returns",
    "checking",
    "warehouse",
    "indicators",
    "suppression",
    "forecast",
    "monitoring",
    "assessment",
    "assessment_year",
    "assessment_page",
    "admission",
    "chains",
    "projects",
    "projects_load",
)


def main() -> int:
    held: dict[str, bool] = {}
    for claim in CLAIMS:
        sys.stdout.write(f"\n== {claim}\n")
        sys.stdout.flush()
        program = Path(__file__).with_name(f"{claim}.py")
        done = subprocess.run([sys.executable, program], check=False)
        held[claim] = done.returncode == 0
    sys.stdout.write("\n")
    for claim, good in held.items():
        sys.stdout.write(f"{claim:12} {'holds' if good else 'does not hold'}\n")
    return 0 if all(held.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
