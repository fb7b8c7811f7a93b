"""Templates (Excel 模板): what they hold, and what is said of a file that is not right."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from hexi.portal.returns import form_book
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.filling.row_classes import row_names
from hexi.portal.returns.models import Return
from hexi.portal.returns.workbooks.comparing import preview
from hexi.portal.returns.workbooks.reading import Filled, read_workbook
from hexi.portal.returns.workbooks.template import template_of
from hexi.reports.return_template_layout import ITEMS, Layout
from hexi.reports.return_template_xlsx import Template, render
from tests.portal.returns.bureau import AT, FORM, PERIOD, Bureau
from tests.portal.returns.workbook_edits import SHEETS, edited, filled_in

Cells = dict[tuple[str, str], float | str]


def read(data: bytes) -> Filled:
    return read_workbook(data, "甲.xlsx")


def told(filled: Filled) -> list[tuple[str, str, str]]:
    return [(one["code"], one["sheet"], one["cell"]) for one in filled.answers]


@pytest.fixture
def row(bureau: Bureau) -> Return:
    bureau.submitted(202609)
    return bureau.opened()


def test_the_template_is_filled_with_what_is_known(bureau: Bureau, row: Return) -> None:
    save_cells(row.pk, {"output": "8", "partner/392/partner_export": "3"},
               by=bureau.person("maker"), at=AT)  # fmt: skip
    row.refresh_from_db()
    book = CalamineWorkbook.from_filelike(io.BytesIO(template_of(row)))
    lines = book.get_sheet_by_name(ITEMS).to_python(skip_empty_area=False)
    at = Layout(form_book.version_of(row.form, row.form_version)).item_rows["output"]
    assert lines[at][:6] == ["output", "工业总产值（当年价格） *", "万元", 8.0, "", 1200.0]
    shown = [meta.name for meta in book.sheets_metadata if "Hidden" not in str(meta.visible)]
    assert shown == ["封面", "填报", "进出口（分国别和地区）"]


def test_cells_are_protected_and_check_what_is_written(row: Return) -> None:
    with zipfile.ZipFile(io.BytesIO(template_of(row))) as package:
        xml = package.read(SHEETS["填报"]).decode()
    assert "<sheetProtection" in xml
    assert xml.count("<dataValidation ") > 40
    assert '"万元,元,亿元"' in xml


def test_a_template_comes_back_as_it_went(bureau: Bureau) -> None:
    row = bureau.filled()
    filled = read(template_of(row))
    assert (filled.form, filled.reporter, filled.period) == (FORM, bureau.maker.code, PERIOD)
    assert told(filled) == []
    for name, text in row.values.items():
        assert Decimal(filled.cells[name]) == Decimal(text), name
    assert preview(filled, by=bureau.person("maker"), at=AT).changes == []


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_every_figure_comes_back_exactly(bureau: Bureau, row: Return, value: Decimal) -> None:
    row.values = {"profit": f"{value:.2f}"}
    filled = read(template_of(row))
    assert Decimal(filled.cells["profit"]) == value


@pytest.mark.parametrize(
    ("cells", "code", "place"),
    [
        ({("填报", "D6"): "约30"}, "not_number", ("填报", "D6")),
        ({("填报", "D6"): "=1+1"}, "formula", ("填报", "D6")),
        ({("填报", "D6"): "１２"}, "text_number", ("填报", "D6")),
        ({("填报", "C6"): "美元"}, "unit_unknown", ("填报", "C6")),
        ({("填报", "A6"): "sales_value"}, "moved", ("填报", "A6")),
        ({("国别", "A6"): "火星"}, "class_unknown", ("进出口（分国别和地区）", "A6")),
        ({("国别", "B7"): 5}, "class_missing", ("进出口（分国别和地区）", "A7")),
        ({("国别", "A6"): "392 日本", ("国别", "A7"): "日本"}, "class_twice",
         ("进出口（分国别和地区）", "A7")),
        ({("_hexi", "B4"): "91620100MA71TEST1F"}, "seal", ("_hexi", "")),
        ({("_hexi", "B5"): "202611"}, "seal", ("_hexi", "")),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_cell(
    cells: Cells, code: str, place: tuple[str, str], row: Return
) -> None:
    assert (code, *place) in told(read(filled_in(template_of(row), cells)))


def test_hidden_rows_and_columns_and_merged_cells_are_told(row: Return) -> None:
    def spoil(xml: str) -> str:
        xml = xml.replace('<row r="6"', '<row hidden="1" r="6"')
        xml = xml.replace('<col min="4" max="7"', '<col hidden="1" min="5" max="5"', 1)
        return xml.replace(
            "<sheetProtection", '<mergeCells><mergeCell ref="D7:D8"/></mergeCells><sheetProtection'
        )

    said = told(read(edited(template_of(row), {SHEETS["填报"]: spoil})))
    assert ("hidden_row", "填报", "6:6") in said
    assert ("hidden_column", "填报", "E:E") in said
    assert ("merged", "填报", "D7:D8") in said


def test_a_strict_workbook_is_read_like_any_other(row: Return) -> None:
    """Excel can save by the strict standard, where every part has another name space."""
    names = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main":
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships":
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }  # fmt: skip

    def strict(xml: str) -> str:
        for old, new in names.items():
            xml = xml.replace(old, new)
        return xml

    data = filled_in(template_of(row), {("填报", "D6"): "=1+1", ("填报", "D7"): 30})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
    filled = read(edited(data, dict.fromkeys(parts, strict)))
    assert ("formula", "填报", "D6") in told(filled)
    assert filled.cells["output_new"] == "30"


def test_a_template_of_another_edition_is_not_taken(bureau: Bureau) -> None:
    row = bureau.opened()
    row.form_version = "2024"
    assert told(read(template_of(row))) == [("wrong_version", "", "")]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 half", b"hello", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_workbook_is_told_so(data: bytes) -> None:
    assert [one[0] for one in told(read(data))] == ["broken"]


def test_a_workbook_that_is_no_template_is_told_so(row: Return) -> None:
    def rename(xml: str) -> str:
        return xml.replace('name="_hexi"', 'name="other"')

    said = told(read(edited(template_of(row), {"xl/workbook.xml": rename})))
    assert said == [("not_template", "", "")]


def test_entities_and_bombs_are_refused(row: Return) -> None:
    def entity(xml: str) -> str:
        return xml.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1)

    assert "entities" in {
        c for c, _, _ in told(read(edited(template_of(row), {SHEETS["填报"]: entity})))
    }
    bomb = edited(template_of(row), {SHEETS["国别"]: lambda xml: xml + " " * 30_000_000})
    assert {c for c, _, _ in told(read(bomb))} <= {"expands", "too_large", "broken"}


# --- against what stands


def looked(bureau: Bureau, row: Return, cells: Cells, who: str = "maker") -> Any:
    filled = read(filled_in(template_of(row), cells))
    return preview(filled, by=bureau.person(who), at=AT)


def test_the_preview_shows_changes_and_writes_nothing(bureau: Bureau, row: Return) -> None:
    before = bureau.events()
    found = looked(
        bureau, row, {("填报", "D6"): 1300, ("填报", "C8"): "亿元", ("填报", "D8"): 0.12}
    )
    changed = {one["name"]: (one["before"], one["after"], one["cell"]) for one in found.changes}
    assert changed["output"] == ("", "1300.00", "D6")
    assert changed["sales_value"] == ("", "1200.00", "D8")
    row.refresh_from_db()
    assert (row.values, bureau.events()) == ({}, before)


def test_a_figure_ten_thousand_times_the_last_is_asked_about(bureau: Bureau, row: Return) -> None:
    found = looked(bureau, row, {("填报", "D6"): 12_500_000})
    asked = [one for one in found.answers if one["severity"] == "asked"]
    assert [(one["code"], one["cell"]) for one in asked] == [("scale", "D6")]
    assert "计量单位" in asked[0]["message"] and "unit" in asked[0]["message_en"]
    found = looked(bureau, row, {("填报", "D6"): 0.13})
    assert "scale" in {one["code"] for one in found.answers}


def test_negative_totals_and_lost_decimals_are_refused_at_the_cell(
    bureau: Bureau, row: Return
) -> None:
    found = looked(bureau, row, {("填报", "D6"): -5, ("填报", "D7"): 1.23456})
    refused = {(one["code"], one["cell"]) for one in found.answers if one["severity"] == "refused"}
    assert refused == {("negative", "D6"), ("not_kept", "D7")}


def test_rules_answer_at_the_cells_of_the_file(bureau: Bureau, row: Return) -> None:
    found = looked(bureau, row, {("填报", "D6"): 100, ("填报", "D7"): 200})
    rule = next(one for one in found.answers if one["code"] == "EM-01")
    assert (rule["severity"], rule["kind"], rule["sheet"], rule["cell"]) == (
        "check", "hard", "填报", "D7",
    )  # fmt: skip


def test_what_is_not_filled_in_is_one_answer_a_sheet(bureau: Bureau, row: Return) -> None:
    found = looked(bureau, row, {("填报", "D6"): "=1+1", ("填报", "D8"): 200})
    unfilled = [one for one in found.answers if one["code"] == "unfilled"]
    assert [one["sheet"] for one in unfilled] == ["填报"]
    assert "D11" in unfilled[0]["cell"].split(", ")
    # the cell with the formula has its own answer
    assert "D6" not in unfilled[0]["cell"].split(", ")
    assert "营业收入" in unfilled[0]["message"] and "Revenue" in unfilled[0]["message_en"]


def test_another_persons_workbook_is_refused(bureau: Bureau, row: Return) -> None:
    for who in ("drugs", "park", "province"):
        found = looked(bureau, row, {("填报", "D6"): 100}, who)
        assert [one["code"] for one in found.answers] == ["reporter_unknown"]
        assert found.changes == []


def test_what_others_changed_since_the_download_stays(bureau: Bureau, row: Return) -> None:
    template = template_of(row)
    save_cells(row.pk, {"output": "777"}, by=bureau.person("maker"), at=AT)
    filled = read(filled_in(template, {("填报", "D6"): 100, ("填报", "D8"): 50}))
    found = preview(filled, by=bureau.person("maker"), at=AT)
    assert ("overtaken", "D6") in {(one["code"], one["cell"]) for one in found.answers}
    assert "output" not in {one["name"] for one in found.changes}


def test_a_period_in_the_future_and_a_closed_enterprise_are_told(bureau: Bureau) -> None:
    row = bureau.opened()
    template = template_of(row)
    enterprise = bureau.maker.enterprise
    enterprise.closed = date(2026, 9, 1)
    enterprise.save()
    row.period = 202612
    future = read(template_of(row))
    said = {one["code"] for one in preview(future, by=bureau.person("maker"), at=AT).answers}
    assert {"future_period", "enterprise_closed"} <= said
    assert read(template).period == PERIOD


@pytest.mark.parametrize("form", form_book.book().versions, ids=lambda f: f"{f.id}-{f.version}")
def test_every_form_of_the_pack_has_a_template(form: Any) -> None:
    template = Template(
        form=form,
        reporter="某单位",
        period="本期",
        last_period="上期",
        year_period="上年同期",
        due=date(2026, 11, 11),
        values={code: "12345678901234.5" for code in form.items},
        rows={s.code: row_names(s.rows) for s in form.sections if s.dynamic},
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # the writer warns of what Excel would repair
        data = render(template)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    lines = book.get_sheet_by_name(ITEMS).to_python(skip_empty_area=False)
    layout = Layout(form)
    assert [lines[row][0] for row in layout.item_rows.values()] == list(layout.item_rows)
    for name in layout.row_sheets.values():
        assert name in book.sheet_names
