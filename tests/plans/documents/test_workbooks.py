"""Workbooks: every sheet is a table under its name."""

from __future__ import annotations

import pytest

from hexi.plans.documents import DocumentError, header_path, read_document, row_label
from tests.plans.documents.support import assert_places_hold, grid, outline, tables, texts
from tests.writers.workbook import workbook


def test_sheets_become_tables_with_title_and_unit_lines() -> None:
    data = workbook(
        {
            "主要指标": [
                ["“十四五”主要指标", None, None],
                ["单位：亿元", None, None],
                ["指标", "2020年", "2025年"],
                ["生产总值", 186.4, 300],
                ["财政收入", 11.2, 0.1 + 0.2],
            ],
            "空表": [],
            "园区": [["园区", "面积"], ["东园", 1250000.5], ["西园", 3]],
        }
    )
    document = read_document(data, name="指标.xlsx")
    assert outline(document) == [(1, "主要指标"), (1, "园区")]
    assert texts(document, "note") == ["“十四五”主要指标", "单位：亿元"]
    first, second = tables(document)
    assert grid(first)[1] == ["生产总值", "186.4", "300"]
    assert grid(first)[2][2] == "0.3"
    assert grid(second)[1] == ["东园", "1250000.5"]
    assert "单位：亿元" in first.caption
    cell = next(c for c in first.cells if c.text == "300")
    assert header_path(first, cell) == ("2025年",)
    assert row_label(first, cell) == "生产总值"
    assert_places_hold(document)


def test_merged_head_cells_span() -> None:
    data = workbook(
        {
            "表": [
                [None, None, None],
                [None, "2020年", "2025年"],
                ["生产总值", 186.4, 300],
                ["财政收入", 11, 17],
            ]
        },
        merged=[("表", 0, 1, 0, 2, "目标值"), ("表", 0, 0, 1, 0, "指标")],
    )
    (block,) = tables(read_document(data, name="a.xlsx"))
    cell = next(c for c in block.cells if c.text == "17")
    assert header_path(block, cell) == ("目标值", "2025年")


def test_a_workbook_of_another_program_is_read_by_its_content() -> None:
    data = workbook({"指标": [["指标", "2025年"], ["生产总值", 300], ["财政收入", 17]]})
    document = read_document(data, name="指标.et")
    assert document.format == "xlsx"
    assert document.notices == ()
    assert read_document(data, name="指标.docx").notices != ()


def test_a_cut_old_workbook_is_refused_with_what_to_do() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + "Workbook".encode("utf-16-le")
    with pytest.raises(DocumentError) as refusal:
        read_document(data + b"\x00" * 600, name="指标.xls")
    assert refusal.value.code == "broken"
    assert refusal.value.file == "指标.xls"
    assert refusal.value.remedy
