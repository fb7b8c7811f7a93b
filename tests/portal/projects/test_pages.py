"""Pages of the library (项目库页面): what they show to whom, and the steps taken on them."""

from __future__ import annotations

import json
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hexi.portal.core.models import Event, Person
from hexi.portal.core.tasks import tasks_of
from hexi.portal.projects.acts.publish_record import publish_record
from hexi.portal.projects.models import ProjectRecord, ProjectTag, StartBatch
from tests.portal.projects.library import AT, TODAY, Library

NAME = "年产5万吨高端铝箔项目"
#: a picture of one point, as a camera's file begins
PHOTO = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def text(library: Library, who: str, path: str, **asked: str) -> str:
    answer = library.client(who).get(path, asked)
    assert answer.status_code == 200, (path, answer.status_code)
    return unescape(answer.content.decode())


@pytest.fixture
def published(library: Library) -> ProjectRecord:
    return publish_record(library.aluminium.pk, by=library.person("province"), at=AT)


def test_the_list_says_how_many_there_are_and_what_they_come_to(library: Library) -> None:
    page = text(library, "admin", "/projects/")
    assert "6 个项目，总投资 124 亿元" in page
    assert NAME in page
    assert "电池级硫酸镍扩能项目" in page


def test_a_zone_sees_the_projects_of_its_own_units_alone(library: Library) -> None:
    page = text(library, "zone", "/projects/")
    assert "3 个项目，总投资 23 亿元" in page
    assert "硫酸镍" not in page
    assert "金昌" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "铝箔"}, 1),
        ({"stage": "construction"}, 2),
        ({"stage": "building"}, 2),
        ({"unit": "jc-etdz"}, 3),
        ({"kind": "promoted"}, 4),
        ({"industry": "32"}, 2),
        ({"tag": "provincial"}, 2),
        ({"year": "2026"}, 3),
        ({"leader": "王副市长"}, 1),
        ({"q": "没有的"}, 0),
    ],
)
def test_filters_narrow_and_facets_count_what_they_leave(
    asked: dict[str, str], found: int, library: Library
) -> None:
    answer = library.client("admin").get("/projects/", asked)
    assert f"{found} 个项目" in answer.content.decode()
    # every facet's value says how long the list becomes
    for facet in answer.context["facets"]:
        for choice in (*facet.first, *facet.more):
            if not choice.chosen:
                there = library.client("admin").get(choice.url)
                total = there.context["title"].partition(" ")[0]
                assert total == str(choice.count), (facet.key, choice.label)


def test_a_list_is_exported_with_heads_that_the_import_knows(library: Library) -> None:
    answer = library.client("zone").get("/projects/export.json", {"q": "铝箔"})
    (row,) = json.loads(answer.content)
    assert row["总投资（万元）"] == "120000"
    assert row["项目名称"] == NAME
    assert row["标签"] == "3341项目工程、省列"


def test_a_project_shows_where_it_stands(library: Library) -> None:
    page = text(library, "zone", f"/projects/{library.aluminium.pk}/")
    assert "总投资 12 亿元" in page
    assert "累计完成投资 1.5 亿元 (12.5%)" in page
    assert "2026-10" in page
    assert "王副市长" in page
    assert f"/projects/{library.aluminium.pk}/progress/" in page


def test_who_may_only_read_gets_no_buttons(library: Library) -> None:
    page = text(library, "reader", f"/projects/{library.aluminium.pk}/")
    assert "王副市长" in page
    for step in ("progress", "move", "change", "publish", "year"):
        assert f"/projects/{library.aluminium.pk}/{step}/" not in page


def test_the_public_sees_what_is_published_and_no_more(
    library: Library, published: ProjectRecord
) -> None:
    listed = text(library, "", "/projects/")
    assert "1 个项目" in listed
    assert "硫酸镍" not in listed
    for path in (f"/projects/{published.pk}/", "/projects/", "/projects/map/", "/projects/board/"):
        page = text(library, "", path)
        assert NAME in page
        for secret in ("王副市长", "李管家", "1.5 亿元", "12.5%", "5,000 万元"):
            assert secret not in page, (path, secret)
    other = library.project_of("foil")
    assert library.client("").get(f"/projects/{other.pk}/").status_code == 404
    assert library.client("stranger").get(f"/projects/{other.pk}/").status_code == 200
    kept = json.loads(library.client("").get("/projects/export.json").content)
    assert [row["项目名称"] for row in kept] == [NAME]
    assert "累计完成投资（万元）" not in kept[0]
    assert "项目管家" not in kept[0]


def test_another_office_sees_a_published_project_as_the_public_does(
    library: Library, published: ProjectRecord
) -> None:
    page = text(library, "stranger", f"/projects/{published.pk}/")
    assert NAME in page
    assert "王副市长" not in page
    assert NAME not in text(library, "stranger", "/projects/")
    assert NAME in text(library, "stranger", "/projects/", open="1")


def test_a_project_is_entered_with_every_fault_at_its_field(library: Library) -> None:
    client = library.client("zone")
    answer = client.post(
        "/projects/new/",
        {"name": "", "kind": "promoted", "unit": "etdz-an", "stage": "reserve",
         "total": "约3亿", "investor_code": "123", "planned_start": "2027-01-01",
         "planned_end": "2026-01-01"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert {"name", "total", "investor_code"} <= set(answer.context["form"].errors)
    events = Event.objects.count()
    done = client.post(
        "/projects/new/",
        {"name": "新能源装备制造基地", "kind": "promoted", "unit": "etdz-an", "stage": "reserve",
         "total": "1.2亿", "source_own": "8000", "source_loan": "4000万元", "tags": ["municipal"]},
    )  # fmt: skip
    assert done.status_code == 302
    made = ProjectRecord.objects.get(name="新能源装备制造基地")
    assert "企业自筹 8,000 万元" in text(library, "zone", f"/projects/{made.pk}/")
    assert made.total == 120_000_000
    assert made.sources == {"own": 80_000_000, "loan": 40_000_000}
    assert Event.objects.count() == events + 1


def test_an_older_page_does_not_write_over_a_newer_change(library: Library) -> None:
    row, client = library.aluminium, library.client("zone")
    page = client.get(f"/projects/{row.pk}/change/")
    initial = {k: v for k, v in page.context["form"].initial.items() if v not in (None, "")}
    first = {**initial, "capacity": "5万吨", "reason": "补充", "seen": row.version}
    assert client.post(f"/projects/{row.pk}/change/", first).status_code == 302
    second = {**initial, "capacity": "6万吨", "reason": "补充", "seen": row.version}
    assert client.post(f"/projects/{row.pk}/change/", second).status_code == 422
    assert library.project_of("aluminium").capacity == "5万吨"


def test_a_step_says_at_the_field_what_its_gate_asks_for(library: Library) -> None:
    row, client = library.project_of("cold-chain"), library.client("zone")
    page = client.get(f"/projects/{row.pk}/move/")
    assert page.context["moves"][0].to == "approved"
    answer = client.post(f"/projects/{row.pk}/move/", {"to": "approved", "day": "2026-11-01"})
    assert answer.status_code == 422
    assert {"reason", "evidence"} <= set(answer.context["faults"])
    # the state's code is a field of the record: it is told above, with the way to it
    assert any("国家项目代码" in told for told in answer.context["others"])
    assert library.project_of("cold-chain").stage == "signed"


def test_a_file_proves_a_step(library: Library) -> None:
    row, client = library.project_of("foil"), library.client("stranger")
    paper = SimpleUploadedFile(
        "竣工验收.pdf", b"%PDF-1.7 acceptance of the works", "application/pdf"
    )
    answer = client.post(
        f"/projects/{row.pk}/move/",
        {"to": "completed", "day": "2026-11-10", "reason": "竣工验收", "file": paper,
         "back": "/projects/board/"},
    )  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (302, "/projects/board/")
    moved = library.project_of("foil")
    assert (moved.stage, moved.actual_end) == ("completed", date(2026, 11, 10))
    assert moved.files.get().of == "stage:completed"


def test_the_way_back_stays_in_the_library(library: Library) -> None:
    row, client = library.project_of("foil"), library.client("stranger")
    answer = client.post(
        f"/projects/{row.pk}/move/",
        {"to": "suspended", "day": "2026-11-10", "reason": "资金未到位",
         "back": "//elsewhere.example/projects/"},
    )  # fmt: skip
    assert answer["Location"] == f"/projects/{row.pk}/"


def test_a_month_is_entered_from_the_site(library: Library) -> None:
    row, client = library.aluminium, library.client("zone")
    photo = SimpleUploadedFile("现场.jpg", PHOTO, "image/jpeg")
    sent = {
        "month": "202611",
        "invested": "1,200",
        "done": "41.5",
        "note": "主体封顶",
        "file": photo,
    }
    assert client.post(f"/projects/{row.pk}/progress/", sent).status_code == 302
    told = row.progress.get(month=202611)
    assert (told.invested, str(told.done), told.note) == (12_000_000, "41.50", "主体封顶")
    kept = row.files.get(of="month:202611")
    shown = client.get(f"/projects/{row.pk}/files/{kept.pk}/")
    assert b"".join(shown.streaming_content) == PHOTO
    assert library.client("stranger").get(f"/projects/{row.pk}/files/{kept.pk}/").status_code == 404
    refused = client.post(
        f"/projects/{row.pk}/progress/", {"month": "202611", "invested": "约300", "done": "120"}
    )
    assert refused.status_code == 422
    faults = refused.context["faults"]
    # both figures at once, each at its field, in words and not by the field's key
    assert set(faults) == {"invested", "done"}
    assert faults["invested"][0].startswith("“约300”不是金额")


def test_a_started_project_is_entered_in_statistics_on_its_page(library: Library) -> None:
    """The lamp asks for it, so the page has the way: the row of the register, or what is wrong."""
    row, client, code = library.aluminium, library.client("zone"), library.project().code
    page = f"/projects/{row.pk}/"
    assert f'<option value="{code}">' in client.get(page).content.decode()
    sent = {"reporting": "2401-620100-04-01-999999", "since": "2026-11-01"}
    refused = client.post(f"{page}statistics/", sent)
    assert refused.status_code == 422 and "名录" in refused.content.decode()
    assert client.post(f"{page}statistics/", sent | {"since": ""}).status_code == 422
    assert client.post(f"{page}statistics/", sent | {"reporting": code}).status_code == 302
    row.refresh_from_db()
    assert row.reporting is not None and row.in_statistics_since == date(2026, 11, 1)
    shown = client.get(page).content.decode()
    assert f"/reporting-projects/{row.reporting_id}/" in shown and "2026-11-01 入统" in shown
    assert "登记入统" not in shown
    # a reader sees it and has no step; before its start a project says nothing of it
    assert "退统" not in library.client("reader").get(page).content.decode()
    waiting = library.registered(name="未开工项目")
    assert "登记入统" not in client.get(f"/projects/{waiting.pk}/").content.decode()
    assert client.post(f"{page}leave-statistics/", {"reason": ""}).status_code == 422
    assert client.post(f"{page}leave-statistics/", {"reason": "代码有误"}).status_code == 302
    row.refresh_from_db()
    assert row.reporting is None


def test_an_enterprise_is_named_by_its_code_and_sees_its_project(library: Library) -> None:
    row, client = library.aluminium, library.client("zone")
    maker = library.project().enterprise
    address = f"/projects/{row.pk}/change/"
    form = client.get(address).context["form"]
    assert form.initial["enterprise"] == ""
    sent = {name: form[name].value() or "" for name in form.fields} | {"reason": "补充项目企业"}
    wrong = client.post(address, sent | {"enterprise": "91620100MA71TEAT0X"})
    assert "enterprise" in wrong.context["form"].errors
    assert client.post(address, sent | {"enterprise": maker.code}).status_code == 302
    row.refresh_from_db()
    assert row.enterprise == maker
    assert client.get(address).context["form"].initial["enterprise"] == maker.code


def test_what_was_before_the_library_is_not_called_skipped(library: Library) -> None:
    """Entered while it was being built: its start is known by its day, the stages before it not."""
    made = library.registered(
        name="在建入库项目", kind="enterprise", stage="construction", total=10**8,
        state_code="2503-620105-04-01-123456", industry="3252", planned_end=date(2027, 6, 30),
        actual_start=date(2025, 4, 2), stage_since=date(2025, 6, 1),
    )  # fmt: skip
    way = library.client("zone").get(f"/projects/{made.pk}/").context["way"]
    assert [(stop.state, stop.since) for stop in way] == [
        ("unrecorded", ""), ("unrecorded", ""), ("passed", "2025-04-02"), ("here", "2025-06-01"),
        ("ahead", ""), ("ahead", ""),
    ]  # fmt: skip


def test_the_line_of_the_plan_rises_as_the_lamps_let_it_fall(library: Library) -> None:
    """Work from March on: nothing of the plan in February, a tenth of it by the end of March."""
    answer = library.client("zone").get(f"/projects/{library.aluminium.pk}/")
    invested, plan = answer.context["chart"]["series"]
    assert plan["data"] == [0, 0] + [4000.0 * n for n in range(1, 11)]
    assert invested["data"][9] == 15000


def test_board_counts_as_the_list_does(library: Library) -> None:
    answer = library.client("admin").get("/projects/board/")
    for one in answer.context["columns"]:
        column = one["column"]
        listed = library.client("admin").get(one["url"])
        assert listed.context["title"].startswith(f"{column.count} ")
        assert len(column.cards) + column.more == column.count
    assert sum(one["column"].count for one in answer.context["columns"]) == 6


def test_timeline_and_map_show_every_project_that_they_can(library: Library) -> None:
    line = library.client("admin").get("/projects/timeline/").context["line"]
    assert (len(line.bars), line.undated) == (5, 1)
    drawn = library.client("admin").get("/projects/map/")
    placed = set(drawn.context["map"].ids.tolist())
    assert library.aluminium.pk in placed
    assert sum(one["dot"].count for one in drawn.context["dots"]) == len(placed)
    # one has a point of its own, the others stand at the seats of their cities
    assert drawn.context["rough"] == 5
    assert sorted(one["dot"].exact for one in drawn.context["dots"]) == [False, True]
    assert len(drawn.context["lines"]) == len(placed) == 6


def test_a_batch_starts_its_projects_together(library: Library) -> None:
    client = library.client("zone")
    answer = client.post(
        "/projects/batches/",
        {"name": "2026年四季度集中开工", "unit": "lz-etdz", "day": "2026-11-18", "place": "安宁"},
    )
    batch = StartBatch.objects.get()
    assert answer["Location"] == f"/projects/batches/{batch.pk}/"
    page = client.get(f"/projects/batches/{batch.pk}/")
    assert {row.name for row in page.context["candidates"]} == {
        "重组疫苗产业化基地", "冷链物流枢纽（一期）",
    }  # fmt: skip
    chosen = {"project": [library.project_of("vaccine").pk]}
    assert client.post(f"/projects/batches/{batch.pk}/join/", chosen).status_code == 302
    # a reserve cannot start: the approval is missing, and the batch says of which project
    refused = client.post(f"/projects/batches/{batch.pk}/start/")
    assert refused.status_code == 422
    assert "重组疫苗产业化基地" in refused.content.decode()
    assert library.client("stranger").get(f"/projects/batches/{batch.pk}/").status_code == 404


def test_two_records_are_compared_and_merged(library: Library) -> None:
    twin = library.registered(
        name="高端铝箔项目（年产5万吨）", investor="河西铝业股份有限公司", place="620105"
    )
    client = library.client("zone")
    listed = client.get("/projects/duplicates/")
    assert [(pair.one.pk, pair.other.pk) for pair in listed.context["pairs"]] == [
        (library.aluminium.pk, twin.pk)
    ]
    path = f"/projects/duplicates/{library.aluminium.pk}/{twin.pk}/"
    assert "逐项对照" in client.get(path).content.decode()
    keep = {"keep": library.aluminium.pk, "reason": "同一项目"}
    assert client.post(f"{path}merge/", keep).status_code == 302
    twin.refresh_from_db()
    assert twin.merged_into_id == library.aluminium.pk
    assert library.client("stranger").get(path).status_code == 404
    assert client.post(f"/projects/{twin.pk}/unmerge/", {"reason": "确属两个"}).status_code == 302
    twin.refresh_from_db()
    assert twin.merged_into_id is None


def test_a_yearly_list_is_carried_over(library: Library) -> None:
    ProjectTag.objects.filter(tag="provincial").update(since="2026-01-01", until="2027-01-01")
    client = library.client("province")
    page = client.get("/projects/renewal/", {"tag": "provincial", "year": "2027"})
    assert [line.name for line in page.context["found"].waiting.rows] == [NAME]
    assert [line.name for line in page.context["found"].over.rows] == ["电池级硫酸镍扩能项目"]
    sent = {"tag": "provincial", "year": "2027", "project": [library.aluminium.pk]}
    assert client.post("/projects/renewal/renew/", sent).status_code == 302
    assert ProjectTag.objects.filter(tag="provincial", since="2027-01-01").count() == 1


def test_a_long_yearly_list_names_its_first_projects_and_counts_all(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ProjectTag.objects.filter(tag="provincial").update(since="2026-01-01", until="2027-01-01")
    monkeypatch.setattr("hexi.portal.projects.queries.renewals.TICKED", 1)
    library.registered(name="另一省列项目", tags=["provincial"])
    ProjectTag.objects.filter(tag="provincial").update(since="2026-01-01", until="2027-01-01")
    page = library.client("province").get(
        "/projects/renewal/", {"tag": "provincial", "year": "2027"}
    )
    waiting = page.context["found"].waiting
    assert (len(waiting.rows), waiting.number) == (1, 2)
    assert "前1个，共2个" in page.content.decode()


def test_a_steward_finds_the_month_among_the_tasks(library: Library) -> None:
    steward = Person.objects.get(username="zone")
    ProjectRecord.objects.filter(pk=library.aluminium.pk).update(steward=steward)
    library.aluminium.progress.filter(month=202610).delete()
    (due,) = [one for one in tasks_of(steward, TODAY) if one.kind == "progress"]
    assert (due.done, due.overdue, due.due) == (False, True, date(2026, 11, 10))
    client = library.client("zone")
    assert (
        client.post(due.url.partition("?")[0], {"month": "202610", "invested": "500"}).status_code
        == 302
    )
    (told,) = [one for one in tasks_of(steward, TODAY) if one.kind == "progress"]
    assert told.done


def test_open_data_hold_the_published_projects_and_no_person(
    library: Library, published: ProjectRecord
) -> None:
    for path in ("/projects/oc4ids.json", "/api/projects.oc4ids"):
        made = json.loads(library.client("").get(path).content)
        assert [one["title"] for one in made["projects"]] == [NAME]
        one = made["projects"][0]
        assert one["status"] == "implementation"
        # the period is the planned one; a planned day stands at one milestone alone
        planned = published.planned_start, published.planned_end
        days = one["period"]["startDate"], one["period"]["endDate"]
        assert days == tuple(f"{day}T00:00:00Z" for day in planned)
        dues = [stone["dueDate"] for stone in one["milestones"] if "dueDate" in stone]
        assert len(dues) == len(set(dues))
        text_of = json.dumps(made, ensure_ascii=False)
        for secret in ("王副市长", "李管家", "硫酸镍"):
            assert secret not in text_of


def test_open_data_are_absent_while_nothing_is_published(library: Library) -> None:
    assert library.client("").get("/projects/oc4ids.json").status_code == 404
    assert library.client("admin").get("/api/projects.oc4ids").status_code == 404
