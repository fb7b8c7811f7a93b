"""The pack's rules of supervision (督办规则): dated, complete, each fault with its line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from hexi.catalogue.faults import PackError
from hexi.catalogue.pack import pack_path
from hexi.supervision.book import LEVELS
from hexi.supervision.loading import check_supervision, load_supervision

TODAY = date(2026, 11, 20)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with the rules of supervision alone, to be spoiled."""
    folder = tmp_path / "office"
    shutil.copytree(pack_path("gansu") / "supervision", folder / "supervision")
    return folder


def spoil(pack: Path, file: str, old: str, new: str) -> list[str]:
    path = pack / "supervision" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [fault.sentence() for fault in check_supervision(pack)]


def test_the_pack_has_the_nine_kinds_and_the_six_visits() -> None:
    book = load_supervision("gansu")
    assert [kind.id for kind in book.kinds_on(TODAY)] == [
        "approval", "land", "finance", "eia", "tax", "customs", "utilities", "labour", "other",
    ]  # fmt: skip
    assert [one.name[:4] for one in book.visits if one.six] == [
        "创新孵化", "经营困难", "登记纳统", "战略调整", "增资扩产", "筹备上市",
    ]  # fmt: skip
    clocks = book.clocks_on(TODAY)
    assert [clocks.order_days[level] for level in LEVELS] == [5, 3, 2]
    assert check_supervision("gansu") == []


def test_a_kind_that_changes_holds_by_its_months(pack: Path) -> None:
    assert not spoil(
        pack,
        "problems.toml",
        '[[kinds]]\nid = "land"',
        '[[kinds]]\nid = "land"\nname = "用地（旧）"\nname_en = "Land (old)"\nbody = "国土局"\n'
        'body_en = "land bureau"\ndays = 20\nsince = "2000-01"\nuntil = "2006-01"\n'
        'source = "本系统设定"\n\n[[kinds]]\nid = "land"',
    )
    book = load_supervision(pack)
    before, now = book.kind("land", date(2005, 12, 31)), book.kind("land", TODAY)
    assert before is not None and now is not None
    assert (before.days, now.days) == (20, 10)
    assert book.kind("tax", date(2005, 12, 31)) is None


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("problems.toml", "days = 5", "days = 0", "problems.toml:10 kinds.0.days"),
        ("problems.toml", 'body = "行政审批服务局"', 'body = ""', "kinds.0.body"),
        ("problems.toml", 'id = "land"', 'id = "approval"', "kinds.1.id"),
        ("problems.toml", "days = 5", "days = 5\nhours = 3", "未知的键"),
        ("problems.toml", 'since = "2006-01"', 'since = "2006年"', "kinds.0.since"),
        ("clocks.toml", "red = 2", "purple = 2", "order_days"),
        ("clocks.toml", "red = 2", "red = 2.5", "order_days"),
        ("clocks.toml", "soon = 2", "soon = -1", "clocks.0.soon"),
        ("proposals.toml", 'level = "blue"', 'level = "green"', "proposals.0.level"),
        ("proposals.toml", 'lamp = "yellow"', 'lamp = "violet"', "proposals.0.lamp"),
        ("proposals.toml", 'when = "lamp"', 'when = "moon"', "proposals.0.when"),
        ("visits.toml", "six = true", 'six = "yes"', "kinds.0.six"),
    ],
)
def test_a_fault_is_told_with_file_line_and_key(
    pack: Path, file: str, old: str, new: str, told: str
) -> None:
    said = spoil(pack, file, old, new)
    assert any(told in sentence for sentence in said), said
    with pytest.raises(PackError):
        load_supervision(pack)


def test_a_missing_file_is_told_and_a_pack_without_supervision_needs_none(pack: Path) -> None:
    (pack / "supervision" / "clocks.toml").unlink()
    assert any("clocks.toml" in fault.file for fault in check_supervision(pack))
    shutil.rmtree(pack / "supervision")
    assert check_supervision(pack) == []
