"""What pages and the API of supervision say (督办页面内容): exceptions, coverage, agenda, files."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import python_calamine
from django.test import Client, RequestFactory

from hexi.portal.core.acts.keep_token import make_token
from hexi.portal.core.models import Event
from hexi.portal.projects.acts.change_record import change_record
from hexi.portal.projects.sweep.run import sweep_lamps
from hexi.portal.supervision.acts.call_meeting import Point
from hexi.portal.supervision.acts.record_visit import record_visit
from hexi.portal.supervision.models import Meeting, Problem, SupervisionOrder
from hexi.portal.supervision.queries.exceptions import exceptions
from hexi.portal.supervision.queries.meetings import drawn_problems
from hexi.portal.supervision.queries.tasks import waiting_for
from hexi.portal.supervision.queries.visits import coverage_of
from tests.portal.projects.library import AT
from tests.portal.supervision.desk import TODAY, Desk

#: three weeks later, when everything of the desk is late
THEN = date(2026, 12, 11)


def api(desk: Desk, who: str) -> Client:
    person = desk.person(who)
    assert person is not None
    return Client(headers={"Authorization": f"Bearer {make_token(person, '接口', at=AT)}"})


def test_the_leaders_page_has_exceptions_and_nothing_else(desk: Desk) -> None:
    zone = desk.person("zone")
    assert zone is not None
    assert exceptions(zone, {}, TODAY).quiet
    desk.lamp("aluminium", "red")
    desk.lamp("foil", "red")  # of another zone
    desk.lamp("vaccine", "green")
    desk.problem(kind="tax")
    desk.order()
    desk.meeting(Point(title="调度"), day=TODAY)
    desk.visit()
    now = exceptions(zone, {}, TODAY)
    # a problem in time is no exception; the order and the visit of today are
    assert (now.red, now.yellow, now.late, now.running, now.due) == (1, 0, 0, 1, 1)
    assert [m.title for m in now.meetings] == ["重点项目协调会"]
    later = exceptions(zone, {}, THEN)
    assert (later.late, len(later.meetings)) == (1, 0)
    assert exceptions(zone, {"leader": "王副市长"}, THEN).late == 1
    nobody = exceptions(zone, {"leader": "别人"}, THEN)
    assert nobody.quiet and nobody.watched == 0
    assert exceptions(zone, {"unit": "etdz-an"}, THEN).red == 1


def test_the_page_leads_to_the_list_of_all_that_burn(desk: Desk) -> None:
    """The page stops after some lines; the list behind it has as many as the page counts."""
    desk.lamp("aluminium", "red")
    desk.order()
    desk.visit()
    page = desk.client("zone").get("/supervision/?unit=etdz-an&leader=王副市长")
    found = page.context["found"]
    assert found.red == 1 and found.all_lamps.keys() == {"red"}
    listed = desk.client("zone").get(found.all_lamps["red"])
    assert listed.context["title"].startswith("1 ")
    assert found.all_lamps["red"] in page.content.decode().replace("&amp;", "&")
    whole = desk.client("zone").get("/supervision/").content.decode()
    assert "全部督办单" in whole and "全部走访" in whole


def test_the_page_says_that_all_is_well_and_as_of_when(desk: Desk) -> None:
    said = desk.client("zone").get("/supervision/").content.decode()
    assert "一切正常" in said and "截至" in said and "共查看 3 个项目" in said


def test_an_enterprise_is_led_to_its_problems(desk: Desk) -> None:
    desk.problem(by="maker")
    response = desk.client("maker").get("/supervision/", follow=True)
    said = response.content.decode()
    assert response.redirect_chain and "厂区北侧用地未交付" in said
    # what offices do among themselves is not offered
    assert "/supervision/orders/" not in said and "/supervision/meetings/" not in said


def test_coverage_counts_the_visits_of_the_last_months(desk: Desk) -> None:
    zone = desk.person("zone")
    found, since = coverage_of(zone, TODAY, "projects")
    assert (found.hosts, found.visited, since) == (1, 0, date(2026, 8, 20))
    record_visit(desk.visit().pk, TODAY, "缺工。", by=zone, at=AT)
    found, _since = coverage_of(zone, TODAY, "projects")
    assert (found.hosts, found.visited, found.missing) == (1, 1, ())
    firms, _since = coverage_of(zone, TODAY, "enterprises")
    assert sorted(host.name for host in firms.missing) == ["乙制药有限公司", "甲机械有限公司"]


def test_an_agenda_leaves_to_another_meeting_what_stands_there(desk: Desk) -> None:
    zone, unit = desk.person("zone"), desk.zone
    first, second = desk.problem(), desk.problem(kind="tax", title="退税未到")
    assert [p.pk for p in drawn_problems(zone, unit, THEN)] == [second.pk, first.pk]
    assert [p.pk for p in drawn_problems(zone, unit, THEN, least_late=8)] == [second.pk]
    desk.meeting(Point(problem=second.pk))
    assert [p.pk for p in drawn_problems(zone, unit, THEN)] == [first.pk]


def test_the_ledger_is_exported_as_it_is_filtered(desk: Desk) -> None:
    desk.problem()
    desk.problem(kind="tax", title="退税未到")
    content = desk.client("zone").get("/supervision/problems/export.xlsx?kind=tax").content
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows: list[list[Any]] = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["问题", "退税未到"]
    assert "税务局" in rows[1]


def test_a_program_raises_and_answers(desk: Desk) -> None:
    body = {"kind": "land", "title": "接口提出的问题", "project": desk.aluminium.pk,
            "owner_unit": "lz-etdz"}  # fmt: skip
    made = api(desk, "park").post("/api/supervision/problems", body, "application/json")
    assert made.status_code == 201 and made.json()["deadline"] == "2026-12-04"
    number = made.json()["id"]
    wrong = api(desk, "park").post(
        "/api/supervision/problems", {**body, "kind": "x"}, "application/json"
    )
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "no_kind")
    said = {"text": "已交地。"}
    path = f"/api/supervision/problems/{number}/answers"
    assert api(desk, "park").post(path, said, "application/json").status_code == 403
    assert api(desk, "stranger").post(path, said, "application/json").status_code == 404
    assert api(desk, "zone").post(path, said, "application/json").status_code == 201
    one = api(desk, "maker").get(f"/api/supervision/problems/{number}").json()
    assert [a["text"] for a in one["answers"]] == ["已交地。"]
    order = desk.order()
    path = f"/api/supervision/orders/{order.pk}/answers"
    assert api(desk, "zone").post(path, said, "application/json").status_code == 201
    assert Event.objects.filter(act="answer_order").count() == 1


@pytest.mark.parametrize("who", ["zone", "park"])
def test_a_page_that_is_refused_says_why_and_changes_nothing(desk: Desk, who: str) -> None:
    problem = desk.problem()
    client = desk.client(who)
    before = Event.objects.count()
    answer = client.post(f"/supervision/problems/{problem.pk}/answer/", {"text": " "})
    assert answer.status_code == (422 if who == "zone" else 403)
    close = client.post(f"/supervision/problems/{problem.pk}/close/", {"reason": "已解决"})
    assert close.status_code == (403 if who == "zone" else 409)
    new = client.post("/supervision/problems/new/", {"project": desk.aluminium.pk, "days": "许多"})
    assert new.status_code == 422
    said = new.content.decode()
    assert "问题没有名称" in said and "没有这一问题类型" in said and "工作日" in said
    assert Event.objects.count() == before and Problem.objects.count() == 1


def test_the_meeting_is_called_and_its_minutes_kept_from_the_page(desk: Desk) -> None:
    first, second = desk.problem(), desk.problem(kind="tax", title="退税未到")
    client = desk.client("zone")
    sent = {"unit": "lz-etdz", "title": "协调会", "day": "2026-12-01", "point": ["其他", ""],
            "problem": [first.pk, second.pk], f"place-{first.pk}": "2",
            f"place-{second.pk}": "1"}  # fmt: skip
    assert client.post("/supervision/meetings/new/", sent).status_code == 302
    meeting = Meeting.objects.get()
    items = list(meeting.items.order_by("order"))
    assert [item.problem_id for item in items] == [second.pk, first.pk, None]
    lines = {"item": [i.pk for i in items], f"minutes-{items[0].pk}": "尽快退税。",
             f"what-{items[0].pk}": ["办结退税", ""], f"unit-{items[0].pk}": ["lz", ""],
             f"person-{items[0].pk}": ["", ""],
             f"due-{items[0].pk}": ["2026-12-20", ""]}  # fmt: skip
    assert client.post(f"/supervision/meetings/{meeting.pk}/minutes/", lines).status_code == 302
    second.refresh_from_db()
    assert second.deadline == date(2026, 12, 20)
    assert SupervisionOrder.objects.count() == 0


def test_the_navigation_counts_all_that_waits_for_a_person(desk: Desk) -> None:
    zone = desk.person("zone")
    request = RequestFactory().get("/")
    request.user = zone
    assert waiting_for(request) == 0
    raised = desk.problem(owner="lz-etdz")
    Problem.objects.filter(pk=raised.pk).update(owner_person=zone)
    order = desk.order()
    SupervisionOrder.objects.filter(pk=order.pk).update(addressee_person=zone)
    # a problem and an order may bear the same number
    assert waiting_for(request) == 2
    mine = desk.answered()
    Problem.objects.filter(pk=mine.pk).update(raiser=zone)
    assert waiting_for(request) == 3


def test_a_leader_by_account_stands_on_the_page_by_name(desk: Desk) -> None:
    leader = desk.person("zone")
    change_record(
        desk.project_of("foil").pk,
        {"leader": leader},
        by=desk.person("admin"),
        at=AT,
        reason="调整",
    )
    desk.lamp("foil", "red", 202611)
    page = desk.client("province").get("/supervision/", {"leader": leader.name})
    [line] = page.context["found"].lamps
    assert (line.leader, page.context["found"].red) == (leader.name, 1)


def test_an_order_by_hand_starts_from_what_the_lamp_saw(desk: Desk) -> None:
    sweep_lamps(TODAY, at=AT)
    row = desk.project_of("cold-chain")
    page = desk.client("province").get("/supervision/orders/new/", {"project": row.pk})
    assert page.context["grounds"] and page.context["grounds"] in page.content.decode()
    assert [one.value for one in page.context["issuers"] if one.chosen] == ["gs"]


def test_who_stands_above_answers_an_order_in_the_place_of_its_addressee(desk: Desk) -> None:
    made = desk.order()
    address = f"/supervision/orders/{made.pk}/"
    above = desk.client("province").get(address)
    assert above.context["may_answer"] and above.context["for_others"] == "兰州经济技术开发区"
    own = desk.client("zone").get(address)
    assert own.context["may_answer"] and own.context["for_others"] == ""
