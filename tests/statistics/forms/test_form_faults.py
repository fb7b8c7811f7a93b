"""A form with a mistake is told with file, line and key, and all mistakes at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hexi.catalogue.pack import pack_path
from hexi.statistics.forms import check_forms

FILE = "forms/zone-year.2024.toml"
Change = Callable[[str], str]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    shutil.copytree(pack_path("gansu"), tmp_path / "gansu")
    return tmp_path / "gansu"


def faults(pack: Path, change: Change, file: str = FILE) -> list[tuple[str, int, str, str]]:
    path = pack / file
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")
    return [(f.file, f.line, f.key, f.expected_en) for f in check_forms(pack)]


def line_of(pack: Path, text: str, file: str = FILE) -> int:
    lines = (pack / file).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('unit = "万元"', 'unit = "贝"', "a unit of measure"),
        ('entry_units = ["元", "亿元"]', 'entry_units = ["亩"]', "a unit of 万元"),
        ('kind = "flow"', 'kind = "stream"', "one of flow, stock, average, count"),
        ("decimals = 2", "decimals = 9", "a whole number from 0 to 4"),
        ("prior = true", "previous = true", "one of "),
        ('code = "zone_gdp"', 'code = "Zone GDP"', "a code of small letters and digits"),
        ('indicator = "gdp"', 'indicator = "nothing"', "a known indicator"),
        ('frequency = "year"', 'frequency = "daily"', "one of month, quarter, half, year"),
        ("due = 40", "due = 0", "a whole number from 1 to 250"),
        ('since = "2024-01"', 'since = "2024-03"', "the first month of a period"),
        ('version = "2024"', 'version = "2025"', "the file forms/zone-year.2025.toml"),
        ('kind = "zone"', 'kind = "moon"', "one of enterprise, project"),
    ],
)
def test_a_mistake_is_told_where_it_stands(pack: Path, old: str, new: str, expected: str) -> None:
    found = faults(pack, lambda text: text.replace(old, new, 1))
    line = line_of(pack, new)
    assert any(
        place == FILE and at in (line, line_of(pack, "id =")) and en.startswith(expected)
        for place, at, _, en in found
    ), found


def test_an_item_of_a_section_that_is_not_there(pack: Path) -> None:
    found = faults(pack, lambda t: t.replace('section = "zone_land"', 'section = "moon"'))
    assert {en for _, _, _, en in found} == {"a section of this form", "a section with items"}


def test_stocks_do_not_add_up_over_time(pack: Path) -> None:
    stock = 'kind = "stock"\n'
    found = faults(pack, lambda t: t.replace(stock, stock + 'over_time = "sum"\n', 1))
    assert [en for _, _, _, en in found] == ["stocks and averages do not add up over time"]


def test_an_item_has_one_home(pack: Path) -> None:
    found = faults(pack, lambda t: t.replace('code = "zone_gdp"', 'code = "zone_tax"'))
    assert ("an item code that no other form has") in {en for *_, en in found}


def test_versions_of_a_form_mean_the_same_by_an_item(pack: Path) -> None:
    file = "forms/enterprise-month.2026.toml"
    found = faults(pack, lambda t: t.replace('unit = "立方米"', 'unit = "万立方米"'), file)
    assert ("item.water.unit", "“立方米”, as in forms/enterprise-month.2024.toml") in {
        (key, en) for _, _, key, en in found
    }


def test_two_versions_cannot_begin_together(pack: Path) -> None:
    file = "forms/enterprise-month.2026.toml"
    found = faults(pack, lambda t: t.replace('since = "2026-01"', 'since = "2024-01"'), file)
    assert (file, "a month after the version before") in {(f, en) for f, _, _, en in found}


def test_a_condition_over_what_the_register_does_not_have(pack: Path) -> None:
    file = "forms/enterprise-month.2026.toml"
    found = faults(pack, lambda t: t.replace("reporter.above_scale", "reporter.colour"), file)
    assert [key for _, _, key, _ in found] == ["reporting.0.when"]


def test_all_mistakes_come_at_once(pack: Path) -> None:
    found = faults(pack, lambda t: t.replace('unit = "万元"', 'unit = "贝"'))
    assert len([1 for *_, en in found if en == "a unit of measure"]) > 5


def test_only_a_flow_is_reported_to_date(pack: Path) -> None:
    for kind, wrong in (("flow", False), ("stock", True)):
        mark = f'kind = "{kind}"\nreported = "to_date"'
        found = faults(pack, lambda t, old=f'kind = "{kind}"', new=mark: t.replace(old, new, 1))  # type: ignore[misc]
        told = [en for place, _at, key, en in found if place == FILE and key.endswith("reported")]
        assert bool(told) == wrong
