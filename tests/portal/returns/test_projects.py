"""The register of projects (项目名录): who is entered reports its progress until it is closed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.apply_import import apply_import
from hexi.portal.returns.acts.approve_return import approve_return
from hexi.portal.returns.acts.change_project import change_project
from hexi.portal.returns.acts.close_project import close_project, take_project_back
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.acts.prepare_import import prepare_import
from hexi.portal.returns.acts.register_project import register_project
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.acts.undo_import import undo_import
from hexi.portal.returns.models import Project, RegisterImport, Reporter, Return
from hexi.portal.returns.queries.expected import expected
from hexi.portal.returns.queries.tasks import fill_tasks
from hexi.portal.returns.registers.project_file import HEADS
from hexi.portal.returns.registers.register_file import read_file
from hexi.portal.returns.registers.register_tables import current_register
from hexi.portal.returns.registers.register_template import template
from hexi.warehouse.registry_check import faults_of_registry
from tests.portal.returns.bureau import AT, ENTERPRISES, LATER, Bureau, figures_of
from tests.portal.returns.test_import import workbook

FORM = "project-month"
NEW = {
    "code": "2401-620100-04-01-123456",
    "name": "高纯铝生产线",
    "unit": "安宁园区",
    "enterprise": ENTERPRISES[0][0],
    "industry": "3252",
    "place": "620105",
    "since": "2026-03-01",
    "until": "2027年12月31日",
}
COVER = {
    "cover.stage": "在建", "cover.started_on": "2026-03-01", "cover.completed_on": "",
    "cover.head": "张三", "cover.clerk_in_charge": "赵六", "cover.filler": "李四",
    "cover.phone": "0931-1234567",
}  # fmt: skip
HEAD = ["项目代码", "项目名称", "所属园区", "责任企业", "行业代码", "建设地点", "开工日期",
        "计划竣工日期"]  # fmt: skip


def entered(bureau: Bureau, who: str = "park", **changes: Any) -> Project:
    return register_project({**NEW, **changes}, by=bureau.person(who), at=AT)


def codes(refusal: Refusal) -> set[str]:
    return {part.code for part in getattr(refusal, "parts", (refusal,))}


def asked(period: int) -> list[str]:
    """Codes of who is asked for the progress return."""
    return [line.code for line in expected(form_book.form_at(FORM, period), period)]


def test_a_project_is_registered_with_its_reporter(bureau: Bureau) -> None:
    row = entered(bureau)
    assert (row.reporter.kind, row.reporter.code, row.reporter.home.code) == (
        "project", NEW["code"], "etdz-an",
    )  # fmt: skip
    assert (row.enterprise, row.since, row.until) == (
        bureau.maker.enterprise, date(2026, 3, 1), date(2027, 12, 31),
    )  # fmt: skip
    assert bureau.acts_of(row) == ["register_project"]


def test_every_wrong_field_is_told_at_once(bureau: Bureau) -> None:
    wrong = {"code": "项目一", "enterprise": "91620100MA71TEAT4Q", "industry": "9911", "name": "",
             "until": "2025-01-01"}  # fmt: skip
    with pytest.raises(Refusals) as told:
        entered(bureau, **wrong)
    assert codes(told.value) == {
        "project_code_wrong", "enterprise_unknown", "industry_unknown", "name_missing",
        "ends_early",
    }  # fmt: skip
    assert not Project.objects.exists()


def test_a_code_stands_once_in_all_registers(bureau: Bureau) -> None:
    entered(bureau)
    for code in (NEW["code"], ENTERPRISES[1][0]):
        with pytest.raises(Refusal, match="code_taken"):
            entered(bureau, code=code)


@pytest.mark.parametrize("who", ["maker", "reader", "stranger", ""])
def test_only_who_keeps_the_register_of_the_unit_enters_and_changes(
    who: str, bureau: Bureau
) -> None:
    with pytest.raises(NotPermitted):
        entered(bureau, who)
    row = entered(bureau, "zone")
    for act in (
        lambda: change_project(row.pk, {"name": "别名"}, by=bureau.person(who), at=AT),
        lambda: close_project(row.pk, date(2026, 10, 1), reason="竣工", by=bureau.person(who),
                              at=AT),
    ):  # fmt: skip
        with pytest.raises((NotPermitted, NotFound)):
            act()
    with pytest.raises(NotPermitted):
        entered(bureau, "park", code="2401-620300-04-01-1", unit="jc-etdz")


def test_it_is_asked_from_the_month_of_its_start_until_it_is_closed(bureau: Bureau) -> None:
    row = entered(bureau)
    code = [NEW["code"]]
    assert [asked(period) for period in (202602, 202603, 202610)] == [[], code, code]
    # past its planned end it still reports: that it is late is what the office wants to see
    assert asked(202806) == code
    close_project(row.pk, date(2026, 9, 15), reason="竣工验收", by=bureau.person("park"), at=AT)
    assert [asked(period) for period in (202609, 202610)] == [code, []]
    with pytest.raises(Refusal, match="project_closed"):
        open_return(FORM, 202610, row.pk, by=bureau.person("maker"), at=AT)
    take_project_back(row.pk, reason="未竣工", by=bureau.person("park"), at=AT)
    assert asked(202610) == code
    assert bureau.acts_of(row) == ["register_project", "close_project", "take_project_back"]


@pytest.mark.parametrize(
    ("day", "code"),
    [(None, "date_missing"), (date(2026, 3, 1), "date_before"), (date(2027, 1, 1), "date_future")],
)
def test_a_closing_needs_its_day(day: date | None, code: str, bureau: Bureau) -> None:
    row = entered(bureau)
    with pytest.raises(Refusal) as told:
        close_project(row.pk, day, reason="", by=bureau.person("park"), at=AT)
    assert codes(told.value) == {code, "reason_missing"}


def test_its_enterprise_fills_in_and_the_levels_approve(bureau: Bureau) -> None:
    row = entered(bureau)
    maker, today = bureau.person("maker"), form_book.day_of(AT)
    tasks = [t for t in fill_tasks(maker, today) if t.form_id == FORM]
    assert {(t.reporter, t.period) for t in tasks} == {(row.name, 202610), (row.name, 202609)}
    made = open_return(FORM, 202610, row.pk, by=maker, at=AT)
    assert (made.cover["project_code"], made.cover["project_name"]) == (row.code, row.name)
    saved = save_cells(made.pk, filled(made), by=maker, at=AT)
    assert not saved.refused, {k: str(v.message) for k, v in saved.refused.items()}
    submit_return(made.pk, by=maker, at=AT)
    for who in ("park", "zone", "province"):
        made = approve_return(made.pk, by=bureau.person(who), at=LATER)
    assert made.state == "approved" and made.waiting is None
    for who in ("drugs", "stranger", "reader"):
        assert not Return.objects.visible_to(bureau.person(who)).filter(pk=made.pk).exists()
        with pytest.raises((NotFound, NotPermitted)):
            open_return(FORM, 202609, row.pk, by=bureau.person(who), at=AT)


def filled(row: Return) -> dict[str, str]:
    """Every item of the form: zeros, and the totals that rules compare are equal."""
    zeros = {k: v for k, v in figures_of(row).items() if not k.startswith("cover.")}
    form = form_book.version_of(row.form, row.form_version)
    known = {f"cover.{field.code}" for field in form.cover}
    numbers = {k: "0" for k in zeros if k.removesuffix("@prior") in form.items}
    return {**numbers, **{k: v for k, v in COVER.items() if k in known and v}}


def test_a_change_of_what_matters_needs_a_reason(bureau: Bureau) -> None:
    row = entered(bureau)
    park = bureau.person("park")
    change_project(row.pk, {"name": "高纯铝二期"}, by=park, at=AT)
    with pytest.raises(Refusal, match="reason_missing"):
        change_project(row.pk, {"until": "2028-06-30"}, by=park, at=AT)
    with pytest.raises(Refusal, match="ends_early"):
        change_project(row.pk, {"until": "2026-02-01"}, by=park, at=AT, reason="提前")
    with pytest.raises(Refusal, match="no_change"):
        change_project(row.pk, {"name": "高纯铝二期"}, by=park, at=AT)
    change_project(row.pk, {"until": "2028-06-30", "enterprise": ENTERPRISES[1][0]}, by=park, at=AT,
                   reason="股权转让，工期调整")  # fmt: skip
    row = Project.objects.get()
    assert (row.enterprise.code, row.until) == (ENTERPRISES[1][0], date(2028, 6, 30))
    assert not fill_tasks(bureau.person("maker"), form_book.day_of(AT)) or all(
        task.form_id != FORM for task in fill_tasks(bureau.person("maker"), form_book.day_of(AT))
    )
    assert Reporter.objects.get(pk=row.pk).name == "高纯铝二期"


def test_it_stays_in_the_unit_in_which_it_has_reported(bureau: Bureau) -> None:
    row = entered(bureau)
    zone, maker = bureau.person("zone"), bureau.person("maker")
    made = open_return(FORM, 202610, row.pk, by=maker, at=AT)
    change_project(row.pk, {"unit": "etdz-xg"}, by=zone, at=AT, reason="登记有误")
    assert Return.objects.get(pk=made.pk).unit.code == "etdz-xg"
    assert bureau.person("park").covers(Project.objects.get().unit_path) is False
    save_cells(made.pk, filled(made), by=maker, at=AT)
    submit_return(made.pk, by=maker, at=AT)
    with pytest.raises(Refusal, match="unit_fixed"):
        change_project(row.pk, {"unit": "etdz-an"}, by=zone, at=AT, reason="再改")


# --- from a file --------------------------------------------------------------------------------


def line(code: str = NEW["code"], unit: str = "安宁园区", until: str = "2027-12-31") -> list[Any]:
    return [code, "高纯铝生产线", unit, ENTERPRISES[0][0], "3252", "620105", "2026-03-01", until]


def prepared(bureau: Bureau, *lines: list[Any], who: str = "zone") -> RegisterImport:
    content = workbook(*lines, head=HEAD)
    return prepare_import(content, "项目.xlsx", by=bureau.person(who), at=AT, kind="project")


def test_the_preview_says_what_would_change_and_changes_nothing(bureau: Bureau) -> None:
    entered(bureau)
    made = prepared(bureau, line(until="2028-06-30"), line("2402-620100-04-01-1"))
    assert [row["kind"] for row in made.lines] == ["changed", "new"]
    assert made.lines[0]["changes"] == [
        {"field": "until", "before": "2027-12-31", "after": "2028-06-30"}
    ]
    assert Project.objects.count() == 1 and bureau.acts_of(made) == ["prepare_import"]
    same = prepared(bureau, line())
    assert [row["kind"] for row in same.lines] == ["unchanged"]


def test_each_wrong_cell_is_told_by_its_place_and_the_rest_goes_on(bureau: Bureau) -> None:
    made = prepared(
        bureau,
        ["项目一", "甲", "不存在园区", "91620100MA71TEAT4Q", "9911", "999999", "昨天", "明天"],
        line("2402-620100-04-01-1", until="2026-01-01"),
        line("2403-620100-04-01-1"),
        line("2403-620100-04-01-1"),
        line("2404-620300-04-01-1", unit="jc-etdz"),
        line(ENTERPRISES[1][0]),
    )
    found = [{(f["place"], f["code"]) for f in row["faults"]} for row in made.lines]
    assert found == [
        {
            ("名录!A2", "project_code_wrong"),
            ("名录!C2", "unit_unknown"),
            ("名录!D2", "enterprise_unknown"),
            ("名录!E2", "industry_unknown"),
            ("名录!F2", "place_unknown"),
            ("名录!G2", "date_wrong"),
            ("名录!H2", "date_wrong"),
        },
        {("名录!H3", "ends_early")},
        set(),
        {("名录!A5", "twice_in_file")},
        {("名录!C6", "outside_scope")},
        {("名录!A7", "code_taken")},
    ]
    assert (made.counts["new"], made.counts["refused"]) == (1, 5)


def test_it_is_applied_at_once_and_undone(bureau: Bureau) -> None:
    entered(bureau)
    made = prepared(bureau, line(until="2028-06-30"), line("2402-620100-04-01-1"))
    zone = bureau.person("zone")
    before = bureau.events()
    apply_import(made.pk, by=zone, at=AT)
    assert bureau.events() == before + 3, "the import itself, and a row each"
    assert Project.objects.get(code=NEW["code"]).until == date(2028, 6, 30)
    undo_import(made.pk, reason="文件有误", by=zone, at=AT)
    assert [row.until for row in Project.objects.all()] == [date(2027, 12, 31)]
    assert not Reporter.objects.filter(code="2402-620100-04-01-1").exists()


def test_an_import_that_others_built_upon_is_not_undone(bureau: Bureau) -> None:
    made = prepared(bureau, line("2402-620100-04-01-1"))
    zone = bureau.person("zone")
    apply_import(made.pk, by=zone, at=AT)
    project = Project.objects.get()
    open_return(FORM, 202610, project.pk, by=bureau.person("maker"), at=AT)
    with pytest.raises(Refusal, match="changed_since"):
        undo_import(made.pk, reason="文件有误", by=zone, at=AT)


def test_the_template_and_the_export_are_files_that_the_import_reads(bureau: Bureau) -> None:
    with pytest.raises(Refusal, match="no_rows"):
        read_file(template(HEADS), "模板.xlsx", HEADS)
    entered(bureau)
    client = bureau.client("zone")
    exported = client.get("/reporting-projects/export.xlsx").content
    made = prepare_import(exported, "项目.xlsx", by=bureau.person("zone"), at=AT, kind="project")
    assert [row["kind"] for row in made.lines] == ["unchanged"]


# --- pages --------------------------------------------------------------------------------------


def test_a_project_is_entered_changed_and_closed_on_pages(bureau: Bureau) -> None:
    client = bureau.client("park")
    assert "还没有填报项目" in client.get("/reporting-projects/").content.decode()
    sent = {**NEW, "unit": "etdz-an"}
    wrong = client.post("/reporting-projects/new/", {**sent, "until": "2026-01-01"})
    assert wrong.status_code == 422 and "计划竣工日期早于开工日期" in wrong.content.decode()
    made = client.post("/reporting-projects/new/", sent)
    row = Project.objects.get()
    assert made.status_code == 302 and made["Location"] == f"/reporting-projects/{row.pk}/"
    page = client.get(f"/reporting-projects/{row.pk}/").content.decode()
    assert "甲机械有限公司" in page and "2027-12-31" in page
    assert client.get("/reporting-projects/?q=甲机械").content.decode().count(NEW["code"]) == 1
    late = client.get("/reporting-projects/?state=overdue").content.decode()
    assert "没有符合条件的项目" in late
    changed = client.post(
        f"/reporting-projects/{row.pk}/change/", {**sent, "name": "高纯铝二期", "reason": ""}
    )
    assert changed.status_code == 302
    closed = client.post(
        f"/reporting-projects/{row.pk}/close/", {"since": "2026-10-01", "reason": "竣工"}
    )
    assert closed.status_code == 302 and Project.objects.get().closed == date(2026, 10, 1)
    again = client.post(f"/reporting-projects/{row.pk}/reopen/", {"reason": "未竣工"})
    assert again.status_code == 302 and Project.objects.get().closed is None


def test_a_file_is_imported_on_pages(bureau: Bureau) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = bureau.client("zone")
    file = SimpleUploadedFile("项目.xlsx", workbook(line(), head=HEAD))
    answer = client.post("/reporting-projects/import/", {"file": file})
    made = RegisterImport.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/reporting-projects/imports/{made.pk}/",
    )
    assert "高纯铝生产线" in client.get(answer["Location"]).content.decode()
    # a preview of projects is none of enterprises
    assert client.get(f"/enterprises/imports/{made.pk}/").status_code == 404
    assert client.post(f"/reporting-projects/imports/{made.pk}/apply/").status_code == 302
    assert Project.objects.count() == 1
    undone = client.post(f"/reporting-projects/imports/{made.pk}/undo/", {"reason": "文件有误"})
    assert undone.status_code == 302 and not Project.objects.exists()


def test_a_program_keeps_the_register_too(bureau: Bureau) -> None:
    client = bureau.client("park")
    made = client.post("/api/reporting-projects", NEW, content_type="application/json")
    assert made.status_code == 200
    url = f"/api/reporting-projects/{made.json()['id']}"
    changed = client.patch(url, {"name": "别名"}, content_type="application/json")
    assert changed.json()["name"] == "别名"
    closed = client.post(f"{url}/close", {"since": "2026-10-01", "reason": "竣工"},
                         content_type="application/json")  # fmt: skip
    assert closed.json()["closed"] == "2026-10-01"
    reopened = client.post(f"{url}/reopen", {"reason": "未竣工"}, content_type="application/json")
    assert reopened.json()["closed"] is None
    assert [p["code"] for p in client.get("/api/reporting-projects").json()["items"]] == [
        NEW["code"]
    ]
    assert bureau.client("stranger").get(url).status_code == 404
    assert bureau.client("stranger").get("/api/reporting-projects").json()["items"] == []


def test_the_warehouse_knows_when_a_project_works_and_in_what_industry(bureau: Bureau) -> None:
    row = entered(bureau)
    close_project(row.pk, date(2026, 10, 1), reason="竣工", by=bureau.person("park"), at=AT)
    register = current_register()
    assert list(faults_of_registry(register)) == []
    (life,) = (r for r in register.reporter.to_pylist() if r["id"] == row.pk)
    assert (life["since"], life["until"]) == (202603, 202610)
    named = {unit["id"]: unit["code"] for unit in register.unit.to_pylist()}
    stands = {
        (m["tree"], named[m["unit"]], m["since"], m["until"])
        for m in register.membership.to_pylist()
        if m["reporter"] == row.pk
    }
    assert stands == {
        (tree, unit, 202603, 202610)
        for tree, unit in (
            ("jurisdiction", "etdz-an"), ("region", "etdz-an"), ("zone_type", "etdz-an"),
            ("industry", f"industry:{NEW['industry'][:2]}"),
        )
    }  # fmt: skip
