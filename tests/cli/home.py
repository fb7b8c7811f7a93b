"""A command in a process of its own (独立进程中的命令): a portal is set up once in one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["run_in"]


def run_in(home: Path, *arguments: str, language: str = "zh") -> subprocess.CompletedProcess[str]:
    """``hexi`` in a process of its own, with nothing said from outside but where its home is."""
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("HEXI_")}
    return subprocess.run(
        [sys.executable, "-m", "hexi.cli", "--lang", language, *arguments],
        env={**surroundings, "HEXI_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
