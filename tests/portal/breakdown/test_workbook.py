"""The sheet as a workbook (分解表文件): out and back, all or nothing, faults by cell."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from hexi.portal.breakdown.sheet.workbook import read_workbook
from hexi.portal.core.refusal import Refusal
from tests.portal.breakdown.bench import Bench


def downloaded(bench: Bench) -> bytes:
    answer = bench.client("zone").get(f"/breakdown/targets/{bench.gdp.pk}/sheet.xlsx")
    return bytes(answer.content)


def edited(data: bytes, changes: dict[tuple[int, int], Any]) -> bytes:
    """The workbook as a person would have saved it, with cells (row, column) written anew."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    buffer = io.BytesIO()
    out = Workbook(buffer, {"in_memory": True})
    for place, name in enumerate(book.sheet_names):
        sheet = out.add_worksheet(name)
        grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for r, row in enumerate(grid):
            for c, cell in enumerate(row):
                sheet.write(r, c, cell)
        for (r, c), value in changes.items() if place == 0 else ():
            sheet.write(r, c, value)
    out.close()
    return buffer.getvalue()


def sent(bench: Bench, data: bytes, who: str = "zone") -> Any:
    file = SimpleUploadedFile("分解表.xlsx", data)
    url = f"/breakdown/targets/{bench.gdp.pk}/import/"
    return bench.client(who).post(url, {"file": file}, follow=True)


def column(data: bytes, name: str) -> int:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)[2].index(name)


def test_what_goes_out_comes_back_unchanged(bench: Bench) -> None:
    bench.as_planned()
    filled = read_workbook(downloaded(bench), "x.xlsx")
    assert filled.target == bench.gdp.pk and filled.edit == bench.sheet.edit
    assert filled.cells["etdz-an/2020.final"] == "250"
    answer = sent(bench, downloaded(bench))
    assert "文件中没有与分解表不同的数字" in answer.content.decode()


def test_a_filled_file_changes_the_cells_and_leaves_one_event(bench: Bench) -> None:
    bench.as_planned()
    data = downloaded(bench)
    place = column(data, "2020.negotiated")
    before = bench.events()
    sent(bench, edited(data, {(5, place): 245, (6, place): "66.5"}))
    assert bench.part("etdz-an").figures["2020.negotiated"] == "245.00"
    assert bench.part("etdz-xg").figures["2020.negotiated"] == "66.50"
    assert bench.events() == before + 1


def test_one_wrong_cell_keeps_everything_out_and_is_named(bench: Bench) -> None:
    bench.as_planned()
    data = downloaded(bench)
    place = column(data, "2020.negotiated")
    letter = chr(65 + place)
    answer = sent(bench, edited(data, {(5, place): "约245", (6, place): 66}))
    page = answer.content.decode()
    assert f"分解!{letter}6" in page and "约245" in page
    assert "2020.negotiated" not in bench.part("etdz-xg").figures


def test_a_file_from_before_a_change_is_told_where_it_clashes(bench: Bench) -> None:
    bench.as_planned()
    data = downloaded(bench)
    bench.save({"etdz-an/2020.final": "240"}, by=bench.person("province"))
    place = column(data, "2020.final")
    page = sent(bench, edited(data, {(5, place): 230})).content.decode()
    assert "240.00" in page and "他人" in page
    assert bench.part().figures["2020.final"] == "240.00"


def test_figures_of_a_settled_part_are_not_changed_by_a_file(bench: Bench) -> None:
    bench.proposed()
    data = downloaded(bench)
    place = column(data, "2020.final")
    page = sent(bench, edited(data, {(5, place): 1})).content.decode()
    assert "尚未答复" in page
    assert bench.part().figures["2020.final"] == "250.00"


@pytest.mark.parametrize("data", [b"", b"PK", b"no workbook", b"PK\x03\x04" + b"\0" * 200])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read_workbook(data, "x.xlsx")
    assert caught.value.code == "broken_file"


def test_a_workbook_of_something_else_is_refused(bench: Bench) -> None:
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.add_worksheet("分解").write(0, 0, "1")
    book.close()
    with pytest.raises(Refusal) as caught:
        read_workbook(buffer.getvalue(), "x.xlsx")
    assert caught.value.code == "not_ours"


def test_only_who_may_write_the_sheet_may_import(bench: Bench) -> None:
    bench.as_planned()
    data = edited(downloaded(bench), {(5, 2): 9})
    before = bench.events()
    for who in ("reader", "park", "stranger"):
        sent(bench, data, who)
    assert bench.events() == before
