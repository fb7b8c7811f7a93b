"""Promotion rules of a pack (招商规则数据): sound as shipped, and mistakes are told by line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hexi.catalogue.pack import pack_path
from hexi.promotion.checking import check_promotion

WRONG = (
    # file, what stands there, what somebody writes, where the fault is told
    ("clocks.toml", 'step = "answer"', 'step = "reply"', "clock.1.step"),
    ("clocks.toml", 'after = "judge"', 'after = "follow_up"', "clock.4.after"),
    ("clocks.toml", 'since = "2024-01-01"', 'since = "2024-13-01"', "clock.0.since"),
    ("funds.toml", 'values = ["local"]', 'value = ["local"]', "rule.0.value"),
    ("funds.toml", 'same = ["payer_city", "project_city"]', 'same = ["payer_city"]', "rule.6.same"),
    ("fair-competition.toml", 'clauses = ["tax", "other"]', 'clauses = ["taxes"]', "clauses"),
    ("fair-competition.toml", 'bounded = true', 'bounded = "yes"', "bounded"),
    ("report.toml", 'id = "funds_year"', 'id = ""', "column.8.id"),
    ("words.toml", 'list = "fund"', 'list = "money"', "list"),
)  # fmt: skip


def test_the_pack_is_sound() -> None:
    assert check_promotion("gansu") == []


@pytest.mark.parametrize(("file", "right", "wrong", "key"), WRONG)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, file: str, right: str, wrong: str, key: str
) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(pack_path("gansu") / "promotion", pack / "promotion")
    path = pack / "promotion" / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    faults = check_promotion(pack)
    assert any(key in fault.key and fault.line for fault in faults), faults


def test_a_pack_without_promotion_has_nothing_to_tell(tmp_path: Path) -> None:
    assert check_promotion(tmp_path) == []
