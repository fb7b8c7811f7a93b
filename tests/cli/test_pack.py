"""``hexi pack``: the pack that ships is sound, listed and described."""

from __future__ import annotations

from pathlib import Path

import pytest

from hexi.cli import main


def test_the_shipped_pack_is_sound_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "zh", "pack", "check"]) == 0
    assert "gansu" in capsys.readouterr().out
    assert main(["pack", "list"]) == 0
    assert "gansu" in capsys.readouterr().out.split()


def test_its_description_is_markdown(tmp_path: Path) -> None:
    out = tmp_path / "pack.md"
    assert main(["pack", "docs", "gansu", "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "地区生产总值" in text
