"""A registered plan goes out as a workbook, CSV, Markdown and JSON that say the same."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest
from python_calamine import CalamineWorkbook

from hexi.plans.audit.finding import Evidence, Finding, Verdict
from hexi.plans.documents import Document
from hexi.plans.register import Plan, build_plan
from hexi.plans.statements.statement import Statement
from hexi.reports import plan_csv, plan_json, plan_markdown, plan_xlsx
from hexi.reports.legal_text import inert
from hexi.reports.plan_tables import plan_tables
from tests.plans.register.plan_text import plan_document, plan_statements

DOCUMENT: Document = plan_document()
STATEMENTS: list[Statement] = plan_statements(DOCUMENT)
PLAN: Plan = build_plan(DOCUMENT, STATEMENTS)
FINDING = Finding(
    check="G1",
    verdict=Verdict.OUTSIDE,
    rank="identity",
    title="进出口总额的目标与增速不符",
    title_en="target and rate of trade differ",
    arithmetic="20 × 1.15⁵ = 40.2",
    expected="39.4–41.1 亿元",
    hypothesis="",
    hypothesis_en="",
    evidence=(Evidence("规划.txt", 10, 14, "40亿元"),),
)


def workbook(plan: Plan = PLAN) -> CalamineWorkbook:
    data = plan_xlsx.render(plan, STATEMENTS, [FINDING])
    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def test_the_workbook_has_a_sheet_for_each_part() -> None:
    assert workbook().sheet_names == [
        "概况",
        "目标",
        "数量陈述",
        "重点项目",
        "任务与保障",
        "园区",
        "核算",
    ]


def test_figures_are_numbers_in_the_workbook() -> None:
    head, first, *_ = workbook().get_sheet_by_name("目标").to_python()
    row = dict(zip(head, first, strict=True))
    assert (row["指标"], row["基期值"], row["目标值"], row["年均增速（%）"]) == (
        "进出口总额",
        20,
        40,
        15,
    )
    assert (row["界限"], row["属性"], row["目标年"]) == ("以上", "预期性", 2025)


def test_decimals_are_shown_as_printed_and_heads_are_frozen() -> None:
    statements = [replace(STATEMENTS[0], value=Decimal("21.20"))]
    data = plan_xlsx.render(PLAN, statements)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        styles = book.read("xl/styles.xml").decode()
        sheet = book.read("xl/worksheets/sheet3.xml").decode()
    assert "#,##0.00" in styles or 'numFmtId="4"' in styles
    assert 'state="frozen"' in sheet


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1"])
def test_text_from_outside_never_becomes_a_formula(text: str) -> None:
    hostile = replace(PLAN, targets=(replace(PLAN.targets[0], indicator=text),))
    with zipfile.ZipFile(io.BytesIO(plan_xlsx.render(hostile))) as book:
        assert not any(
            b"<f>" in book.read(name) for name in book.namelist() if "worksheets/" in name
        )
    rows = list(csv.reader(io.StringIO(plan_csv.render(hostile).decode())))
    assert rows[1][2] == f"'{text}"


@pytest.mark.parametrize("text", ["-5.2", "+3", "-1,204.5%", "甲-乙"])
def test_plain_numbers_and_words_are_left_as_they_are(text: str) -> None:
    assert inert(text) == text


def test_negative_numbers_stay_numbers_in_csv() -> None:
    falling = [replace(STATEMENTS[0], value=Decimal("-4.0"))]
    rows = list(
        csv.reader(io.StringIO(plan_csv.render(PLAN, falling, table="statements").decode()))
    )
    assert dict(zip(*rows, strict=True))["数值"] == "-4.0"


def test_csv_carries_a_byte_order_mark_only_where_asked() -> None:
    assert plan_csv.render(PLAN, bom=True).startswith(b"\xef\xbb\xbf")
    assert not plan_csv.render(PLAN).startswith(b"\xef\xbb\xbf")


def test_every_table_can_be_asked_for() -> None:
    keys = [table.key for table in plan_tables(PLAN, STATEMENTS, [FINDING])]
    assert keys == list(get_args(plan_csv.TableKey))
    for key in get_args(plan_csv.TableKey):
        rows = list(csv.reader(io.StringIO(plan_csv.render(PLAN, STATEMENTS, table=key).decode())))
        assert all(len(row) == len(rows[0]) for row in rows)


def test_markdown_shows_targets_and_leaves_empty_columns_out() -> None:
    text = plan_markdown.render(PLAN, STATEMENTS, [FINDING])
    assert text.startswith("# 云岭省青石新区“十四五”外贸发展规划\n")
    assert "- 规划期：2021—2025（2035）" in text
    heads = next(line for line in text.splitlines() if line.startswith("| 序号"))
    assert "目标值" in heads and "分面" not in heads
    tables = [block.splitlines() for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)]
    for lines in tables:
        cells = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
        assert len(cells) == 1


def test_markdown_marks_of_the_text_are_escaped() -> None:
    hostile = replace(PLAN, title="甲|乙 *丙* <b>丁</b>\n#戊")
    assert plan_markdown.render(hostile).splitlines()[0] == (
        "# 甲\\|乙 \\*丙\\* \\<b\\>丁\\</b\\> \\#戊"
    )


def test_english_exports_have_no_chinese_headings() -> None:
    for table in plan_tables(PLAN, STATEMENTS, [FINDING], "en"):
        assert not re.search(
            "[\u4e00-\u9fff]", table.title + "".join(c.head for c in table.columns)
        )


def test_json_is_the_record() -> None:
    assert json.loads(plan_json.render(PLAN)) == json.loads(json.dumps(PLAN.as_record()))


def test_a_text_longer_than_a_cell_is_cut_and_control_characters_go() -> None:
    task = PLAN.chapters[0].tasks[0]
    long = replace(task, title="甲\x00\x0b乙", text="长" * 40_000)
    plan = replace(PLAN, chapters=(replace(PLAN.chapters[0], tasks=(long,)),))
    row = workbook(plan).get_sheet_by_name("任务与保障").to_python()[1]
    assert row[4] == "甲  乙"
    assert len(str(row[5])) == 32_767
