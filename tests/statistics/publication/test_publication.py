"""Bulletins and yearbooks: said where the figures are there, left out and named where not."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook

from hexi.catalogue import PackError, load_pack
from hexi.reports import bulletin_docx, yearbook_xlsx
from hexi.statistics.indicators import load_definitions
from hexi.statistics.publication import Figure, TableOf, compose, load_publications
from hexi.statistics.publication.composing import period_name

BULLETIN = """
[publication]
id = "zones"
kind = "bulletin"
title = "{period}开发区主要统计指标公报"
title_en = "Bulletin"
frequency = "year"
unit = "gs"
publisher = "测试统计局"
notes = ["本公报数据为初步数。"]

[[section]]
title = "一、综合"
text = [
  "{period}，全省开发区实现{output}。{margin}；{tax}。",
  "{tax.name}为{tax.value}。",
]

[[section.table]]
title = "{period}各开发区主要指标"
kinds = ["zone"]
indicators = ["output", "margin"]
views = ["period", "growth"]
"""


@dataclass
class Book:
    """Figures of a small province."""

    figures: dict[tuple[str, str, str, str], Figure] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def say(self, unit: str, indicator: str, view: str, value: str, status: str = "A") -> None:
        said = Decimal(value) if value else None
        self.figures[unit, indicator, view, "2025"] = Figure(said, status)

    def figure(self, unit: str, indicator: str, view: str, period: str) -> Figure | None:
        return self.figures.get((unit, indicator, view, period))

    def name(self, indicator: str) -> str:
        return {"output": "工业总产值", "margin": "利润率", "tax": "税收"}[indicator]

    def unit_of_measure(self, indicator: str) -> str:
        return "%" if indicator == "margin" else "亿元"

    def rows(self, unit: str, table: TableOf) -> Sequence[tuple[str, str, int]]:
        if table.tree != "jurisdiction":
            return [("c", "制造业", 0)]
        return [("gs", "全省", 0), ("z1", "甲开发区", 1), ("z2", "乙开发区", 1)]

    def notes(self, unit: str, indicators: Sequence[str], period: str) -> Sequence[str]:
        return [f"{period}：{note}" for note in self.said]

    def periods(self, last: str, count: int) -> Sequence[str]:
        return [last] if count == 1 else [str(int(last) - back) for back in reversed(range(count))]


@pytest.fixture
def book() -> Book:
    book = Book()
    book.say("gs", "output", "period", "1234.5")
    book.say("gs", "output", "growth", "8.2")
    book.say("gs", "margin", "period", "6.3")
    book.say("gs", "margin", "growth", "-0.4")
    book.say("z1", "output", "period", "1000.0")
    book.say("z2", "output", "period", "", "Q")
    return book


def pack(root: Path, text: str) -> Path:
    (root / "publications").mkdir(parents=True)
    (root / "publications" / "zones.toml").write_text(text, encoding="utf-8")
    (root / "pack.toml").write_text('[pack]\nid = "x"\n', encoding="utf-8")
    return root


def load(root: Path, text: str = BULLETIN):  # type: ignore[no-untyped-def]
    return load_publications(pack(root, text), {"output", "margin", "tax"}, {"gs"})


def test_a_sentence_says_value_and_growth_and_a_share_changes_by_points(
    tmp_path: Path, book: Book
) -> None:
    [publication] = load(tmp_path)
    [part] = compose(publication, book, "2025").parts
    assert part.paragraphs == (
        "2025年，全省开发区实现工业总产值1234.5亿元，比上年增长8.2%。"
        "利润率6.3%，比上年下降0.4个百分点。",
    )


def test_a_sentence_with_a_gap_is_left_out_and_named(tmp_path: Path, book: Book) -> None:
    [publication] = load(tmp_path)
    assert compose(publication, book, "2025").left_out == ("{tax}。", "{tax.name}为{tax.value}。")


def test_a_table_says_why_a_cell_is_empty(tmp_path: Path, book: Book) -> None:
    [publication] = load(tmp_path)
    [sheet] = compose(publication, book, "2025").parts[0].sheets
    assert sheet.title == "2025年各开发区主要指标"
    assert sheet.head == (
        "单位", "工业总产值（亿元）", "工业总产值增速（%）", "利润率（%）", "利润率增速（百分点）",
    )  # fmt: skip
    assert sheet.rows[2].cells == ("※", "…", "…", "…")


def test_the_bulletin_opens_in_word_with_its_sentences(tmp_path: Path, book: Book) -> None:
    [publication] = load(tmp_path)
    document = docx.Document(io.BytesIO(bulletin_docx.render(compose(publication, book, "2025"))))
    said = [p.text for p in document.paragraphs]
    assert said[0] == "2025年开发区主要统计指标公报"
    assert any("比上年增长8.2%" in text for text in said)
    assert [cell.text for cell in document.tables[0].rows[3].cells][:2] == ["　乙开发区", "※"]


def test_a_wide_table_goes_on_in_a_table_of_its_own(tmp_path: Path, book: Book) -> None:
    """Without a paragraph between, a word processor takes two tables for one and repeats a wrong
    head over the second."""
    wide = BULLETIN.replace('views = ["period", "growth"]', 'views = ["period", "growth", "ytd"]')
    [publication] = load(tmp_path, wide)
    document = docx.Document(io.BytesIO(bulletin_docx.render(compose(publication, book, "2025"))))
    first, second = document.tables
    between = first._tbl.getnext()
    assert between.text == "续表"
    assert between.getnext() is second._tbl
    assert second.rows[0].cells[0].text == "单位"


def test_the_yearbook_has_numbers_and_contents(tmp_path: Path, book: Book) -> None:
    [publication] = load(tmp_path, BULLETIN.replace('"bulletin"', '"yearbook"'))
    data = yearbook_xlsx.render(compose(publication, book, "2025"))
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert workbook.sheet_names == ["目录", "表1"]
    rows = workbook.get_sheet_by_name("表1").to_python()
    assert rows[3][:2] == ["全省", 1234.5]
    assert rows[5][1] == "※"


def test_faults_of_a_template_are_told_by_file_and_line(tmp_path: Path) -> None:
    broken = BULLETIN.replace("{tax.value}", "{taxes}").replace('unit = "gs"', 'unit = "xx"')
    with pytest.raises(PackError) as caught:
        load(tmp_path, broken)
    told = [(f.file, f.line, f.found) for f in caught.value.faults]
    assert ("publications/zones.toml", 8, "xx") in told
    assert any(found == "{taxes}" for _, _, found in told)


def test_a_quarter_is_said_since_january(tmp_path: Path, book: Book) -> None:
    quarterly = BULLETIN.replace('"year"', '"quarter"').replace(
        'views = ["period", "growth"]', 'views = ["ytd", "ytd_growth"]'
    )
    [publication] = load(tmp_path, quarterly)
    for view, value in (("ytd", "987.6"), ("ytd_growth", "5.1")):
        book.figures["gs", "output", view, "2025-Q3"] = Figure(Decimal(value))
    composed = compose(publication, book, "2025-Q3")
    assert composed.title == "2025年前三季度开发区主要统计指标公报"
    assert composed.parts[0].paragraphs == (
        "2025年前三季度，全省开发区实现工业总产值987.6亿元，同比增长5.1%。",
    )
    assert composed.parts[0].sheets[0].head[1:3] == ("工业总产值（亿元）", "工业总产值增速（%）")


def test_a_single_quarter_cannot_be_asked_for(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        load(tmp_path, BULLETIN.replace('"year"', '"quarter"'))
    assert [fault.found for fault in caught.value.faults] == ["growth", "period"]


def test_a_table_by_another_tree_has_its_classes(tmp_path: Path, book: Book) -> None:
    [publication] = load(tmp_path, BULLETIN.replace('kinds = ["zone"]', 'tree = "industry"'))
    [sheet] = compose(publication, book, "2025").parts[0].sheets
    assert sheet.head[0] == "行业" and [row.name for row in sheet.rows] == ["制造业"]


def test_public_notes_follow_those_of_the_template(tmp_path: Path, book: Book) -> None:
    [publication] = load(tmp_path)
    book.said.append("停产检修")
    assert compose(publication, book, "2025").notes == ("本公报数据为初步数。", "2025：停产检修")


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2025-Q1", "2025年一季度"),
        ("2025-Q2", "2025年上半年"),
        ("2025-Q3", "2025年前三季度"),
        ("2025-Q4", "2025年全年"),
        ("2025-H1", "2025年上半年"),
    ],
)
def test_periods_since_january_are_named_as_bulletins_do(period: str, said: str) -> None:
    assert period_name(period, to_date=True) == said


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2025", "2025年"),
        ("2025-Q2", "2025年二季度"),
        ("2025-H1", "2025年上半年"),
        ("2025-03", "2025年3月"),
        ("2025-01/05", "2025年1—5月"),
    ],
)
def test_periods_are_named_as_bulletins_do(period: str, said: str) -> None:
    assert period_name(period) == said


def test_the_publications_of_the_gansu_pack_name_only_what_is_defined() -> None:
    definitions = load_definitions("gansu")
    units = {unit.id for unit in load_pack("gansu").units}
    published = load_publications("gansu", definitions.indicators, units)
    assert {p.id: p.kind for p in published} == {
        "zones-month": "bulletin", "zones-quarter": "bulletin", "zones-yearbook": "yearbook",
    }  # fmt: skip
