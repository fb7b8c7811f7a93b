"""Sixteen clients at one server (并发填报): every save is answered, and none is lost.

The server runs as an office starts it, on its own database; ``benchmarks/returns.py`` does the
same for a minute.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[3] / "benchmarks" / "returns.py"


@pytest.mark.slow
def test_no_save_fails_and_none_is_lost() -> None:
    command = [sys.executable, str(BENCHMARK), "--workbooks", "0", "--clients", "16"]
    done = subprocess.run(
        [*command, "--seconds", "4"], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "claim no failed write (0) and no lost one (0): holds" in done.stdout
