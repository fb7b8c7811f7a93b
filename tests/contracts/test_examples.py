"""Examples of the readme (示例): what a reader copies out of it runs, on the sample plan."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hexi.cli import main
from tests.contracts.project import ROOT, SOURCE

SAMPLE = SOURCE / "samples" / "yunling.docx"
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
NAMES = ("PLAN", "PARK", "ZONE", "规划", "园区", "开发区")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample under every name that the examples use."""
    for name in NAMES:
        for form in ("docx", "pdf"):
            shutil.copy(SAMPLE.with_suffix(f".{form}"), tmp_path / f"{name}.{form}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("readme", READMES, ids=lambda p: p.name)
def test_the_program_of_the_readme_prints_findings(readme: Path, desk: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        answer = subprocess.run(
            [sys.executable, "-c", block],
            cwd=desk,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )
        assert answer.returncode == 0, answer.stderr
        assert answer.stdout.strip()


@pytest.mark.parametrize("readme", READMES, ids=lambda p: p.name)
def test_the_commands_of_the_readme_run(
    readme: Path, desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = re.findall(r"^    \S*/hexi (.+)$", readme.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) >= 4
    for line in lines:
        arguments = shlex.split(line, comments=True)
        before = set(desk.iterdir())
        assert main(arguments) in (0, 1), line
        printed = capfd.readouterr()
        # it prints something, or it makes a file or a folder
        assert printed.out or set(desk.iterdir()) > before, line
        if "--out" in arguments:
            assert (desk / arguments[arguments.index("--out") + 1]).stat().st_size > 0
