"""``hexi pack``: the pack that ships is sound, listed and described."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hexi.catalogue.pack import pack_path
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


def test_a_gap_in_admission_and_a_circle_in_a_chain_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "gansu"
    shutil.copytree(pack_path("gansu"), pack)
    land = pack / "admission" / "land.toml"
    text = land.read_text(encoding="utf-8")
    land.write_text(text.replace('"27", "30", "33"', '"27", "30"'), encoding="utf-8")
    chain = pack / "chains" / "medicine.toml"
    with chain.open("a", encoding="utf-8") as file:
        file.write('\n[[edge]]\nfrom = "wholesale"\nto = "herbs"\n')
    assert main(["--lang", "zh", "pack", "check", str(pack)]) == 1
    told = capsys.readouterr().err
    assert "admission/land.toml" in told and "33" in told and "空档" in told
    assert "chains/medicine.toml" in told and "wholesale → herbs" in told
