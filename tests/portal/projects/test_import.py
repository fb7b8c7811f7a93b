"""Import of sheets (项目导入): new, changed, unchanged and refused rows; mixed units; undoing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
import xlsxwriter

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.projects.acts.enter_progress import enter_progress
from hexi.portal.projects.models import ProjectRecord, ProjectTag
from hexi.portal.returns.acts.apply_import import apply_import
from hexi.portal.returns.acts.prepare_import import prepare_import
from hexi.portal.returns.acts.undo_import import undo_import
from hexi.portal.returns.models import RegisterImport
from tests.portal.projects.library import AT, WAN, YI, Library

HEAD = ("项目名称", "项目类别", "所属单位", "总投资（亿元）", "阶段", "计划开工时间", "标签")


def workbook(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("项目")
    for number, line in enumerate((head, *rows)):
        for column, value in enumerate(line):
            sheet.write(number, column, value)
    book.close()
    return buffer.getvalue()


def prepared(library: Library, content: bytes, who: str = "zone") -> RegisterImport:
    by = library.person(who)
    return prepare_import(content, "项目.xlsx", by=by, at=AT, kind="library")


def row(name: str, **facts: Any) -> list[Any]:
    usual = {"kind": "招商引资项目", "unit": "安宁园区", "total": 1.5, "stage": "储备",
             "start": "2027-03-01", "tags": ""}  # fmt: skip
    given = {**usual, **facts}
    return [name, *(given[key] for key in usual)]


def test_three_hundred_projects_come_in_and_go_again(library: Library) -> None:
    before = ProjectRecord.objects.count()
    rows = [row(f"先进制造项目{number:03d}号", tags="市列、3341") for number in range(300)]
    made = prepared(library, workbook(*rows))
    assert made.counts == {"new": 300, "changed": 0, "unchanged": 0, "refused": 0}
    assert ProjectRecord.objects.count() == before
    events = Event.objects.count()
    apply_import(made.pk, by=library.person("zone"), at=AT)
    assert ProjectRecord.objects.count() == before + 300
    # one on the import, one on each project
    assert Event.objects.count() == events + 1 + 300
    one = ProjectRecord.objects.get(name="先进制造项目017号")
    assert (one.total, one.stage, one.spells.count()) == (150_000_000, "reserve", 1)
    assert {tag.tag for tag in one.tags.all()} == {"municipal", "3341"}
    again = prepared(library, workbook(*rows))
    assert again.counts["unchanged"] == 300
    undo_import(made.pk, reason="传错文件", by=library.person("zone"), at=AT)
    assert Event.objects.count() == events + 1 + 300 + 1 + 1 + 300
    assert ProjectRecord.objects.count() == before
    assert not ProjectTag.objects.filter(project__name__startswith="先进制造").exists()


@pytest.mark.parametrize(
    ("head", "cell", "yuan"),
    [
        ("总投资（亿元）", 1.2, 12 * YI // 10),
        ("总投资（万元）", 3500, 3500 * WAN),
        ("总投资（万元）", "1.2亿", 12 * YI // 10),
        ("总投资（亿元）", "800万元", 800 * WAN),
        ("总投资", "3,500", 3500 * WAN),
        ("投资总额（元）", 35_000_000, 3500 * WAN),
        ("总投资（亿元）", 0.1 + 0.2, 3 * YI // 10),
    ],
)
def test_money_is_read_in_the_unit_that_cell_or_head_names(
    head: str, cell: Any, yuan: int, library: Library
) -> None:
    names = [head if one.startswith("总投资") else one for one in HEAD]
    made = prepared(library, workbook(row("碳纤维项目", total=cell), head=names))
    assert made.counts["new"] == 1, made.lines
    apply_import(made.pk, by=library.person("zone"), at=AT)
    assert ProjectRecord.objects.get(name="碳纤维项目").total == yuan


@pytest.mark.parametrize(
    ("facts", "place", "code"),
    [
        ({"total": "约3亿"}, "项目!D2", "money_wrong"),
        ({"total": "3000万美元"}, "项目!D2", "money_currency"),
        ({"total": 99_999_999_999}, "项目!D2", "money_too_much"),
        ({"unit": "无此园区"}, "项目!C2", "unit_unknown"),
        ({"unit": "金昌经济技术开发区"}, "项目!C2", "outside_scope"),
        ({"kind": "其他"}, "项目!B2", "kind_unknown"),
        ({"stage": "开工"}, "项目!2", "field_missing"),
        ({"start": "2027-02-30"}, "项目!F2", "date_wrong"),
        ({"tags": "没有的清单"}, "项目!G2", "tag_unknown"),
    ],
)
def test_a_wrong_cell_is_named_by_its_place(
    facts: dict[str, Any], place: str, code: str, library: Library
) -> None:
    made = prepared(library, workbook(row("石墨负极项目", **facts)))
    (line,) = made.lines
    assert line["kind"] == "refused"
    assert (place, code) in [(fault["place"], fault["code"]) for fault in line["faults"]]
    with pytest.raises(Refusal) as refused:
        apply_import(made.pk, by=library.person("zone"), at=AT)
    assert refused.value.code == "nothing_to_do"


def test_a_known_project_is_changed_where_the_sheet_differs(library: Library) -> None:
    known = library.aluminium
    sheet = workbook(
        [known.number, known.name, "招商引资项目", "安宁园区", 13, "在建"],
        head=["库内编号", "项目名称", "项目类别", "所属单位", "总投资（亿元）", "阶段"],
    )
    made = prepared(library, sheet)
    assert made.counts["changed"] == 1, made.lines
    (change,) = made.lines[0]["changes"]
    assert (change["field"], change["before"], change["after"]) == ("total", "120000", "130000")
    apply_import(made.pk, by=library.person("zone"), at=AT)
    changed = library.project_of("aluminium")
    assert (changed.total, changed.version) == (13 * YI, known.version + 1)
    undo_import(made.pk, reason="以批复为准", by=library.person("zone"), at=AT)
    back = library.project_of("aluminium")
    assert (back.total, back.longitude, back.planned_end) == (
        known.total, known.longitude, known.planned_end,
    )  # fmt: skip


def test_the_history_of_a_project_tells_of_the_import_and_of_its_undoing(
    library: Library,
) -> None:
    known, zone = library.aluminium, library.person("zone")
    sheet = workbook(
        row("石墨负极项目"),
        [known.name, "招商引资项目", "安宁园区", 13, "在建", "", "3341、市列"],
    )
    made = prepared(library, sheet)
    assert [line["kind"] for line in made.lines] == ["new", "changed"], made.lines
    apply_import(made.pk, by=zone, at=AT)
    mine = Event.objects.filter(object_type="projectrecord", object_id=str(known.pk))
    (event,) = event_lines(mine.filter(act="import_row"), zone)
    assert (event.who, event.object) == (zone.name, known.name)
    told = {one["field"]: (one["before"], one["after"]) for one in event.changes}
    assert told["总投资"] == ("12 亿元", "13 亿元")
    assert "市列" in told["标签"][1] and "市列" not in told["标签"][0]
    assert (told["文件"][1], told["文件行"][1]) == ("项目.xlsx", "项目!3")
    assert event.source_url == f"/projects/imports/{made.pk}/#row-1"
    page = library.client("zone").get(f"/projects/{known.pk}/").content.decode()
    assert f'href="{event.source_url}"' in page
    seen = library.client("zone").get(event.source_url).content.decode()
    assert 'id="row-1"' in seen
    fresh = ProjectRecord.objects.get(name="石墨负极项目")
    undo_import(made.pk, reason="以批复为准", by=zone, at=AT)
    (back,) = event_lines(mine.filter(act="undo_import_row"), zone)
    told = {one["field"]: (one["before"], one["after"]) for one in back.changes}
    assert (told["总投资"], back.reason) == (("13 亿元", "12 亿元"), "以批复为准")
    gone = Event.objects.filter(object_id=str(fresh.pk), act="undo_import_row")
    assert [one.object_name for one in gone] == ["石墨负极项目"]


def test_who_stands_above_reads_an_import_and_does_not_undo_it(library: Library) -> None:
    made = prepared(library, workbook(row("光伏玻璃项目")))
    address = f"/projects/imports/{made.pk}/"
    assert library.client("province").get(address).status_code == 404, "nothing is entered yet"
    apply_import(made.pk, by=library.person("zone"), at=AT)
    above = library.client("province").get(address)
    assert above.status_code == 200 and "/undo/" not in above.content.decode()
    assert "/undo/" in library.client("zone").get(address).content.decode()
    assert library.client("park").get(address).status_code == 404
    fresh = ProjectRecord.objects.get(name="光伏玻璃项目")
    mine = Event.objects.filter(object_id=str(fresh.pk), act="import_row")
    assert event_lines(mine, library.person("province"))[0].source_url == f"{address}#row-0"
    assert event_lines(mine, library.person("park"))[0].source_url == ""


def test_a_sheet_moves_no_stage_and_gives_no_number(library: Library) -> None:
    known = library.project_of("cold-chain")
    head = ["库内编号", "项目名称", "项目类别", "所属单位", "阶段"]
    made = prepared(
        library,
        workbook(
            [known.number, known.name, "招商引资项目", "安宁园区", "竣工"],
            ["XM20269999999", "别的项目", "招商引资项目", "安宁园区", "储备"],
            head=head,
        ),
    )
    faults = [fault["code"] for line in made.lines for fault in line["faults"]]
    assert faults == ["stage_by_file", "number_unknown"]


def test_what_was_built_on_an_import_keeps_it(library: Library) -> None:
    made = prepared(library, workbook(row("氢燃料电池项目")))
    zone = library.person("zone")
    apply_import(made.pk, by=zone, at=AT)
    fresh = ProjectRecord.objects.get(name="氢燃料电池项目")
    enter_progress(fresh.pk, 202611, invested=WAN, done=None, note="", by=zone, at=AT)
    with pytest.raises(Refusal) as refused:
        undo_import(made.pk, reason="传错文件", by=zone, at=AT)
    assert refused.value.code == "changed_since"
    assert ProjectRecord.objects.filter(pk=fresh.pk).exists()


def test_an_export_is_imported_again_without_a_change(library: Library) -> None:
    answer = library.client("zone").get("/projects/export.xlsx")
    made = prepared(library, answer.content)
    assert made.counts == {"new": 0, "changed": 0, "unchanged": 3, "refused": 0}, made.lines


def test_the_pages_of_the_import(library: Library) -> None:
    client = library.client("zone")
    assert client.get("/projects/template.xlsx").content[:2] == b"PK"
    file = io.BytesIO(workbook(row("储能电站项目"), row("坏行", total="约")))
    file.name = "项目.xlsx"
    answer = client.post("/projects/import/", {"file": file})
    made = RegisterImport.objects.get(kind="library")
    assert answer["Location"] == f"/projects/imports/{made.pk}/"
    page = client.get(answer["Location"]).content.decode()
    assert made.counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert "储能电站项目" in page
    assert "项目!D3" in page
    assert client.post(f"/projects/imports/{made.pk}/apply/").status_code == 302
    assert ProjectRecord.objects.filter(name="储能电站项目").exists()
    assert not ProjectRecord.objects.filter(name="坏行").exists()
    assert library.client("reader").get("/projects/import/").status_code == 403
    assert library.client("stranger").get(f"/projects/imports/{made.pk}/").status_code == 404


def test_only_who_prepared_it_applies_it(library: Library) -> None:
    made = prepared(library, workbook(row("光伏玻璃项目")))
    with pytest.raises(NotFound):
        apply_import(made.pk, by=library.person("stranger"), at=AT)
    with pytest.raises(NotPermitted):
        apply_import(made.pk, by=library.person("reader"), at=AT)
