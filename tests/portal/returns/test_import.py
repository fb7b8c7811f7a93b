"""Import of the register (名录导入): a preview first, then all of it at once, and back again."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.returns.acts.apply_import import apply_import
from hexi.portal.returns.acts.change_enterprise import change_enterprise
from hexi.portal.returns.acts.prepare_import import prepare_import
from hexi.portal.returns.acts.undo_import import undo_import
from hexi.portal.returns.models import Enterprise, RegisterImport, Reporter, Spell
from hexi.portal.returns.registers.enterprise_file import HEADS
from hexi.portal.returns.registers.register_template import template
from tests.portal.returns.bureau import AT, ENTERPRISES, Bureau

HEAD = ["统一社会信用代码", "单位名称", "所属园区", "行业代码", "所在地", "开业日期", "变动日期"]
NEW = ["91620100MA71TEAT4Q", "戊新材料", "安宁园区", "3411", "620105", "2024-03-01", ""]
SAME = [ENTERPRISES[1][0], ENTERPRISES[1][1], "etdz-an", "34", "620105", "2020-01-01", ""]
MOVED = [ENTERPRISES[0][0], "甲机械集团", "西固园区", "34", "620105", "2020-01-01", "2026-05-01"]


def workbook(
    *rows: list[Any], head: list[str] | None = None, far: tuple[int, int] | None = None
) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("名录")
    for at, row in enumerate([head or HEAD, *rows]):
        sheet.write_row(at, 0, row)
    if far:
        sheet.write(*far, "x")
    book.close()
    return buffer.getvalue()


def table(*rows: list[str], encoding: str = "gb18030") -> bytes:
    return "\r\n".join(",".join(row) for row in [HEAD, *rows]).encode(encoding)


def prepared(bureau: Bureau, content: bytes, who: str = "zone") -> RegisterImport:
    return prepare_import(content, "名录.xlsx", by=bureau.person(who), at=AT)


def kinds(made: RegisterImport) -> list[str]:
    return [line["kind"] for line in made.lines]


@pytest.mark.parametrize("make", [workbook, table], ids=["xlsx", "csv in GB 18030"])
def test_the_preview_says_what_would_change_and_changes_nothing(make: Any, bureau: Bureau) -> None:
    made = prepared(bureau, make(NEW, SAME, MOVED))
    assert kinds(made) == ["new", "unchanged", "changed"]
    assert made.counts == {"new": 1, "changed": 1, "unchanged": 1, "refused": 0}
    changes = {c["field"]: (c["before"], c["after"]) for c in made.lines[2]["changes"]}
    assert changes == {
        "name": ("甲机械有限公司", "甲机械集团"),
        "unit": ("安宁园区", "西固园区"),
    }
    assert Enterprise.objects.count() == 3
    assert bureau.acts_of(made) == ["prepare_import"]


def test_each_wrong_cell_is_told_by_its_place_and_the_rest_goes_on(bureau: Bureau) -> None:
    made = prepared(
        bureau,
        workbook(
            ["91620100MA71TEAT4X", "戊", "安宁园区", "3411", "620105", "2024-03-01"],
            ["91620100MA71TEAT5U", "己", "不存在园区", "9911", "999999", "昨天"],
            [*MOVED[:-1], ""],
            NEW,
            NEW,
            [ENTERPRISES[2][0], "丙", "金昌经开区", "32", "620302", "2020-01-01"],
        ),
    )
    found = [{(f["place"], f["code"]) for f in line["faults"]} for line in made.lines]
    assert found == [
        {("名录!A2", "code_wrong")},
        {
            ("名录!C3", "unit_unknown"),
            ("名录!D3", "industry_unknown"),
            ("名录!E3", "place_unknown"),
            ("名录!F3", "date_wrong"),
        },
        {("名录!C4", "move_undated")},
        set(),
        {("名录!A6", "twice_in_file")},
        {("名录!C7", "outside_scope")},
    ]
    assert made.counts["new"] == 1 and made.counts["refused"] == 5
    assert "丙金属" not in str(made.lines), "what is out of scope is not named"


def test_it_is_applied_at_once_and_undone(bureau: Bureau) -> None:
    made = prepared(bureau, workbook(NEW, MOVED))
    before = bureau.events()
    zone = bureau.person("zone")
    apply_import(made.pk, by=zone, at=AT)
    assert bureau.events() == before + 3, "the import itself, and a row each"
    assert Enterprise.objects.get(code=NEW[0]).industry == "3411"
    spells = Spell.objects.filter(enterprise__code=MOVED[0])
    assert [(s.unit.code, s.since) for s in spells] == [
        ("etdz-an", date(2020, 1, 1)),
        ("etdz-xg", date(2026, 5, 1)),
    ]
    with pytest.raises(Refusal, match="import_done"):
        apply_import(made.pk, by=zone, at=AT)
    undo_import(made.pk, reason="文件有误", by=zone, at=AT)
    assert not Reporter.objects.filter(code=NEW[0]).exists()
    row = Enterprise.objects.get(code=MOVED[0])
    assert (row.name, row.spells.count()) == ("甲机械有限公司", 1)
    assert row.unit_path.endswith("/etdz-an/")
    with pytest.raises(Refusal, match="not_applied"):
        undo_import(made.pk, reason="再次", by=zone, at=AT)


def test_a_preview_that_is_out_of_date_is_not_applied(bureau: Bureau) -> None:
    made = prepared(bureau, workbook(MOVED))
    change_enterprise(bureau.maker.pk, {"name": "甲新名"}, by=bureau.person("zone"), at=AT)
    with pytest.raises(Refusal, match="overtaken"):
        apply_import(made.pk, by=bureau.person("zone"), at=AT)


def test_an_import_that_others_built_upon_is_not_undone(bureau: Bureau) -> None:
    zone = bureau.person("zone")
    made = prepared(bureau, workbook(MOVED))
    apply_import(made.pk, by=zone, at=AT)
    change_enterprise(bureau.maker.pk, {"address": "新址"}, by=zone, at=AT)
    with pytest.raises(Refusal, match="changed_since"):
        undo_import(made.pk, reason="文件有误", by=zone, at=AT)


def test_only_who_made_it_applies_it(bureau: Bureau) -> None:
    made = prepared(bureau, workbook(NEW))
    with pytest.raises(NotFound):
        apply_import(made.pk, by=bureau.person("park"), at=AT)
    with pytest.raises(NotPermitted):
        apply_import(made.pk, by=bureau.person("maker"), at=AT)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7 \0\0", "unreadable"),
        (b"PK\x03\x04 broken", "unreadable"),
        (b"", "columns_missing"),
        ("姓名,年龄\n甲,3".encode(), "columns_missing"),
        (workbook(), "no_rows"),
        # one cell at the far corner of a sheet
        (workbook(NEW, far=(1_000_000, 16_000)), "far_cell"),
        (template(HEADS), "no_rows"),
    ],
)
def test_a_file_that_is_no_register_is_refused_whole(
    content: bytes, code: str, bureau: Bureau
) -> None:
    with pytest.raises(Refusal, match=code) as told:
        prepared(bureau, content)
    assert told.value.file == "名录.xlsx"
    assert not RegisterImport.objects.exists()


def test_the_template_is_read_back(bureau: Bureau) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(template(HEADS)))
    head = book.get_sheet_by_index(0).to_python()[0]
    row = [*NEW[:6], "私营", "小型", "是", "否", "安宁区", "赵六", "0931-1", "a@b.cn", ""]
    made = prepared(bureau, workbook(row, head=[str(h) for h in head]))
    assert kinds(made) == ["new"]
