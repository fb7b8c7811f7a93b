"""Starting the portal (启动): what the office can mend is one message, and nothing is changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hexi.catalogue.pack import pack_path


def start(home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("HEXI_DATABASE_URL",)}
    surroundings = {
        **kept,
        "HEXI_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "hexi.portal.config.settings",
        **variables,
    }
    command = [sys.executable, "-m", "hexi.cli", "up", "--no-serve"]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HEXI_MODE", "cloud", "HEXI_MODE"),
        ("HEXI_DATABASE_URL", "mysql://x/y", "HEXI_DATABASE_URL"),
        ("HEXI_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x", "数据库"),
        ("HEXI_PACK", "/nowhere/at/all", "数据包"),
    ],
)
def test_a_fault_of_the_surroundings_is_one_message(
    name: str, value: str, said: str, tmp_path: Path
) -> None:
    done = start(tmp_path / "home", **{name: value})
    assert done.returncode == 4, done.stderr
    assert said in done.stderr and "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_pack_with_a_fault_changes_nothing_that_stands(tmp_path: Path) -> None:
    home, pack = tmp_path / "home", tmp_path / "pack"
    shutil.copytree(pack_path("gansu"), pack)
    assert start(home, HEXI_PACK=str(pack)).returncode == 0
    targets = pack / "targets.csv"
    lines = targets.read_text(encoding="utf-8").splitlines()
    targets.write_text(
        "\n".join([*lines[:4], lines[4].replace(",expected,", ",maybe,"), *lines[5:]]) + "\n",
        encoding="utf-8",
    )
    done = start(home, HEXI_PACK=str(pack))
    assert done.returncode == 4
    assert "targets.csv:5" in done.stderr and "nature" in done.stderr
    targets.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert start(home, HEXI_PACK=str(pack)).returncode == 0, "whole again, and loaded anew"
