"""Import of enterprise, year's plan and statistics with projects (承建企业、年度计划、入统导入)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event, Unit
from hexi.portal.core.refusal import Refusal
from hexi.portal.projects.acts.enter_statistics import leave_statistics
from hexi.portal.projects.acts.set_year_plan import set_year_plan
from hexi.portal.projects.models import ProjectRecord, YearPlan
from hexi.portal.projects.record_entry import read_record
from hexi.portal.projects.sheet.explained import explained_heads
from hexi.portal.projects.sweep.run import sweep_lamps
from hexi.portal.returns.acts.apply_import import apply_import
from hexi.portal.returns.acts.prepare_import import prepare_import
from hexi.portal.returns.acts.undo_import import undo_import
from hexi.portal.returns.models import RegisterImport
from hexi.portal.returns.registers.entry import UnitFinder
from tests.portal.projects.library import AT, TODAY, WAN, YI, Library
from tests.portal.projects.test_import import workbook
from tests.portal.returns.bureau import ENTERPRISES

HEAD = ("项目名称", "项目类别", "所属单位", "总投资（亿元）", "承建企业", "计划年份",
        "年度计划投资（亿元）", "名录代码", "入统时间")  # fmt: skip
CODE = "2401-620100-04-01-123456"
MAKER, DRUGS, METAL = ENTERPRISES


def row(name: str, **facts: Any) -> list[Any]:
    usual = {"total": 5, "enterprise": "", "year": "", "planned": "", "reporting": "", "since": ""}
    given = {**usual, **facts}
    return [name, "招商引资项目", "安宁园区", *(given[key] for key in usual)]


def prepared(library: Library, *rows: Sequence[Any]) -> RegisterImport:
    return prepare_import(
        workbook(*rows, head=HEAD), "项目.xlsx", by=library.person("zone"), at=AT, kind="library"
    )


def test_a_new_project_comes_with_firm_plan_and_statistics(library: Library) -> None:
    library.project(CODE)
    made = prepared(
        library,
        row("铝材一期", enterprise=MAKER[0], year=2026, planned=1.5, reporting=CODE,
            since="2026-04-10"),
        row("铝材二期", enterprise=MAKER[1], year="2026年", planned="8000万元",
            since="2026年5月6日"),
    )  # fmt: skip
    assert made.counts["new"] == 2, made.lines
    shown = {one["field"]: one["after"] for one in made.lines[0]["changes"]}
    assert (shown["planned"], shown["year"], shown["reporting"]) == ("15000", "2026", CODE)
    assert shown["enterprise"] == MAKER[0]
    apply_import(made.pk, by=library.person("zone"), at=AT)
    first, second = (ProjectRecord.objects.get(name=name) for name in ("铝材一期", "铝材二期"))
    assert first.enterprise is not None and second.enterprise == first.enterprise
    assert first.reporting is not None and first.reporting.code == CODE
    assert first.in_statistics_since == date(2026, 4, 10)
    # a day alone: the row of the register is named later
    assert (second.reporting, second.in_statistics_since) == (None, date(2026, 5, 6))
    plans = YearPlan.objects.filter(project__in=(first, second)).order_by("project_id")
    assert [(plan.year, plan.planned) for plan in plans] == [
        (2026, 3 * YI // 2), (2026, 8000 * WAN),
    ]  # fmt: skip
    events = Event.objects.filter(object_id=str(first.pk), object_type="projectrecord")
    (event,) = event_lines(events.filter(act="import_row"), library.person("zone"))
    told = {one["field"]: one["after"] for one in event.changes}
    assert told["年度计划投资"] == "2026 1.5 亿元"
    assert told["入统日期"] == "2026-04-10"
    undo_import(made.pk, reason="传错文件", by=library.person("zone"), at=AT)
    assert not ProjectRecord.objects.filter(name__startswith="铝材").exists()


@pytest.mark.parametrize(
    ("facts", "place", "code"),
    [
        ({"enterprise": "没有这家企业"}, "项目!E2", "enterprise_unknown"),
        ({"enterprise": METAL[0]}, "项目!E2", "enterprise_unknown"),
        ({"planned": 1}, "项目!F2", "year_missing"),
        ({"year": 2026}, "项目!G2", "planned_missing"),
        ({"year": "明年", "planned": 1}, "项目!F2", "year_wrong"),
        ({"year": 1066, "planned": 1}, "项目!F2", "year_wrong"),
        ({"year": 2026, "planned": "约3亿"}, "项目!G2", "money_wrong"),
        ({"year": 2026, "planned": 6}, "项目!G2", "planned_wrong"),
        ({"reporting": "9999", "since": "2026-04-10"}, "项目!H2", "reporting_unknown"),
        ({"reporting": CODE}, "项目!I2", "day_missing"),
        ({"since": "四月"}, "项目!I2", "date_wrong"),
        ({"since": "2026-12-01"}, "项目!I2", "day_ahead"),
    ],
)
def test_a_wrong_cell_beside_the_card_is_named(
    facts: dict[str, Any], place: str, code: str, library: Library
) -> None:
    library.project(CODE)
    (line,) = prepared(library, row("铝材一期", **facts)).lines
    assert line["kind"] == "refused"
    assert [(place, code)] == [(fault["place"], fault["code"]) for fault in line["faults"]]


def test_two_enterprises_of_one_name_are_told_apart_by_their_codes(library: Library) -> None:
    library.enter("91620100MA71TEAT3C", MAKER[1], "etdz-an")
    made = prepared(library, row("一期", enterprise=MAKER[1]), row("二期", enterprise=MAKER[0]))
    assert [line["kind"] for line in made.lines] == ["refused", "new"]
    assert made.lines[0]["faults"][0]["code"] == "enterprise_ambiguous"


def test_one_row_of_the_register_reports_one_project(library: Library) -> None:
    library.project(CODE)
    facts = {"reporting": CODE, "since": "2026-04-10"}
    made = prepared(library, row("铝材一期", **facts), row("铝材二期", **facts))
    codes = [[fault["code"] for fault in line["faults"]] for line in made.lines]
    assert codes == [["reports_for_another"], ["reports_for_another"]]
    made = prepared(library, row("铝材一期", **facts))
    apply_import(made.pk, by=library.person("zone"), at=AT)
    (line,) = prepared(library, row("铝材二期", **facts)).lines
    assert [fault["code"] for fault in line["faults"]] == ["reports_for_another"]


def known_row(library: Library, **facts: Any) -> list[Any]:
    return row(library.aluminium.name, total=12, **facts)


def test_a_known_project_gets_them_and_loses_them_when_undone(library: Library) -> None:
    library.project(CODE)
    zone, pk = library.person("zone"), library.aluminium.pk
    set_year_plan(pk, 2026, 4 * YI, "封顶", by=zone, at=AT)
    facts = {"enterprise": MAKER[1], "year": 2026, "planned": 5, "reporting": CODE,
             "since": "2026-04-10"}  # fmt: skip
    made = prepared(library, known_row(library, **facts))
    (line,) = made.lines
    assert {one["field"]: (one["before"], one["after"]) for one in line["changes"]} == {
        "enterprise": ("", MAKER[0]),
        "planned": ("40000", "50000"),
        "reporting": ("", CODE),
        "in_statistics_since": ("", "2026-04-10"),
    }
    apply_import(made.pk, by=zone, at=AT)
    plan = YearPlan.objects.get(project=pk, year=2026)
    assert (plan.planned, plan.content) == (5 * YI, "封顶")
    # empty cells, and the same ones again, change nothing
    assert prepared(library, known_row(library)).counts["unchanged"] == 1
    assert prepared(library, known_row(library, **facts)).counts["unchanged"] == 1
    answer = library.client("zone").get("/projects/export.xlsx")
    again = prepare_import(answer.content, "项目.xlsx", by=zone, at=AT, kind="library")
    assert again.counts["unchanged"] == 3, again.lines
    undo_import(made.pk, reason="传错文件", by=zone, at=AT)
    row_now = library.project_of("aluminium")
    assert (row_now.enterprise, row_now.reporting, row_now.in_statistics_since) == (None,) * 3
    assert YearPlan.objects.get(project=pk, year=2026).planned == 4 * YI


def test_a_plan_that_was_set_since_keeps_the_import(library: Library) -> None:
    zone = library.person("zone")
    made = prepared(library, row("铝材一期", year=2026, planned=1))
    apply_import(made.pk, by=zone, at=AT)
    fresh = ProjectRecord.objects.get(name="铝材一期")
    set_year_plan(fresh.pk, 2026, 2 * YI, "", by=zone, at=AT, reason="调整")
    with pytest.raises(Refusal) as refused:
        undo_import(made.pk, reason="传错文件", by=zone, at=AT)
    assert refused.value.code == "changed_since"


def test_an_import_of_a_time_with_fewer_columns_is_undone(library: Library) -> None:
    zone, row_then = library.person("zone"), library.aluminium
    made = prepared(library, known_row(library)[:3] + [13] + [""] * 5)
    apply_import(made.pk, by=zone, at=AT)
    made.refresh_from_db()
    set_year_plan(row_then.pk, 2026, 2 * YI, "", by=zone, at=AT, reason="调整")
    for copies in (made.undo["before"], made.undo["after"]):
        for copy in copies.values():
            del copy["plans"], copy["reporting_id"], copy["in_statistics_since"]
    made.save()
    undo_import(made.pk, reason="传错文件", by=zone, at=AT)
    assert library.project_of("aluminium").total == row_then.total
    assert YearPlan.objects.get(project=row_then.pk, year=2026).planned == 2 * YI


def test_an_imported_day_puts_the_lamp_out(library: Library) -> None:
    zone, pk = library.person("zone"), library.aluminium.pk
    sweep_lamps(TODAY, at=AT)
    rules = [one["rule"] for one in library.project_of("aluminium").lamp_reasons]
    assert "statistics" in rules
    made = prepared(library, known_row(library, since="2026-04-10"))
    apply_import(made.pk, by=zone, at=AT)
    sweep_lamps(TODAY, at=AT)
    rules = [one["rule"] for one in library.project_of("aluminium").lamp_reasons]
    assert "statistics" not in rules
    page = library.client("zone").get(f"/projects/{pk}/").content.decode()
    assert "2026-04-10" in page and "关联名录项目" in page
    leave_statistics(pk, reason="误报", by=zone, at=AT)
    assert library.project_of("aluminium").in_statistics_since is None


def test_the_template_explains_every_column(library: Library) -> None:
    answer = library.client("zone").get("/projects/template.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    first, explained, words = (book.get_sheet_by_name(one) for one in book.sheet_names)
    heads = first.to_python()[0]
    lines = explained.to_python()[1:]
    assert [line[0] for line in lines] == heads
    assert [line[0] for line in lines if line[1] == "是"] == ["项目名称", "项目类别", "单位"]
    assert all(line[2] for line in lines)
    # an empty template has no row, whatever its other sheets say
    with pytest.raises(Refusal) as refused:
        prepare_import(
            answer.content, "模板.xlsx", by=library.person("zone"), at=AT, kind="library"
        )
    assert refused.value.code == "no_rows"
    assert words.to_python()[0][0]


def test_every_allowed_word_is_read(library: Library) -> None:
    zone = library.person("zone")
    notes, units = explained_heads(zone).notes, UnitFinder()
    listed = {name: note.words for name, note in notes.items() if note.words}
    assert {"kind", "stage", "origin", "unit", "tags"} <= listed.keys()
    for name, words in listed.items():
        for word in words:
            said = f"{word} 5" if name == "sources" else word
            entry = read_record({name: said}, units, today=TODAY, partial=True)
            assert not entry.faults, (name, word)
    inside = Unit.objects.filter(name__in=listed["unit"])
    assert inside and all(zone.covers(unit.path) for unit in inside)
