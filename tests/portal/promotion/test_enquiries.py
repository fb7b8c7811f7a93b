"""Enquiries (招商线索): the clock from receipt to follow-up, one record, and the public form."""

from __future__ import annotations

from typing import Any

import pytest

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.tasks import tasks_of
from hexi.portal.core.told import Refusals
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.promotion.acts.judge_enquiry import judge_enquiry
from hexi.portal.promotion.acts.send_enquiry import send_enquiry
from hexi.portal.promotion.acts.take_step import take_step
from hexi.portal.promotion.enquiry_clock import course
from hexi.portal.promotion.known_firms import known_firms
from hexi.portal.promotion.models import Enquiry
from hexi.portal.promotion.queries.inbox import filtered
from tests.portal.promotion.desk import AT, TODAY, YI, PromotionDesk, at

WORDS = "电话告知已收悉，安排专人对接。"


def steps(row: Enquiry) -> dict[str, Any]:
    fresh = Enquiry.objects.get(pk=row.pk)
    return {mark.step: mark for mark in course(fresh, fresh.steps.all()).marks}


def test_an_enquiry_is_registered_with_its_clock(desk: PromotionDesk) -> None:
    before = Event.objects.count()
    row = desk.enquiry()
    assert Event.objects.count() == before + 1
    assert row.amount == 15 * YI // 10 and row.firm_key == "新域装备"
    marks = steps(row)
    # 18 November 2026 is a Wednesday
    assert marks["register"].done == TODAY and marks["register"].in_time is False
    assert marks["answer"].due.day.isoformat() == "2026-11-19"
    assert marks["judge"].due.day.isoformat() == "2026-11-23"
    assert (row.due_step, row.due.isoformat()) == ("answer", "2026-11-19")


def test_every_fault_is_told_at_once(desk: PromotionDesk) -> None:
    with pytest.raises(Refusals) as told:
        desk.enquiry(firm="", received="2027-01-01", amount="3000万美元", firm_code="123", phone="")
    places = {part.place for part in told.value.parts}
    assert places == {"firm", "received", "amount", "firm_code", "phone"}
    assert not Enquiry.objects.exists()


def test_from_the_first_call_to_the_one_record(desk: PromotionDesk) -> None:
    row, by = desk.enquiry(), desk.person("zone")
    day = TODAY
    take_step(row.pk, "answer", WORDS, day=day, by=by, at=AT)
    judged = judge_enquiry(
        row.pk, "accepted", "符合主导产业", day=day, name="风电变流器项目", by=by, at=AT
    )
    project = judged.project
    assert project is not None and project.stage == "lead"
    assert (project.investor, project.total, project.industry, project.origin) == (
        "新域装备有限公司", 15 * YI // 10, "3829", "province_outside",
    )  # fmt: skip
    assert project.content == row.what and project.unit.code == "etdz-an"
    take_step(row.pk, "feedback", "已受理，请提供可研报告。", day=day, by=by, at=AT)
    later = at("2026-12-04")
    assert steps(row)["follow_up"].due.day.isoformat() == "2026-12-04"
    take_step(row.pk, "follow_up", "赴企业考察。", day=later.date(), by=by, at=later)
    assert steps(row)["follow_up"].due.day.isoformat() == "2026-12-18"
    desk.moved(project, "in_talks")
    desk.moved(project, "signed")
    # an agreement ends the follow-ups, and the inbox lets it go
    assert steps(row)["follow_up"].done is not None
    rows = filtered(Enquiry.objects.visible_to(by), {"show": "todo"}, later.date())
    assert not rows.exists()


def test_what_is_refused_is_fed_back_and_opens_no_record(desk: PromotionDesk) -> None:
    row, by = desk.enquiry(), desk.person("zone")
    count = ProjectRecord.objects.count()
    judge_enquiry(row.pk, "refused", "属于限制类产业", day=TODAY, by=by, at=AT)
    assert ProjectRecord.objects.count() == count
    take_step(row.pk, "feedback", "说明不予受理的理由。", day=TODAY, by=by, at=AT)
    assert "follow_up" not in steps(row)
    with pytest.raises(Refusal, match="wrong_state"):
        take_step(row.pk, "follow_up", WORDS, day=TODAY, by=by, at=AT)
    take_step(row.pk, "close", "已反馈，无后续。", day=TODAY, by=by, at=AT)
    with pytest.raises(Refusal, match="wrong_state"):
        take_step(row.pk, "close", "再办结", day=TODAY, by=by, at=AT)


def test_experts_lengthen_the_limit_of_the_judgement(desk: PromotionDesk) -> None:
    row, by = desk.enquiry(), desk.person("zone")
    take_step(row.pk, "experts", "请行业协会研判。", day=TODAY, by=by, at=AT)
    assert steps(row)["judge"].due.day.isoformat() == "2026-11-25"
    with pytest.raises(Refusal, match="wrong_state"):
        take_step(row.pk, "experts", "再请一次。", day=TODAY, by=by, at=AT)


def test_an_earlier_date_typed_later_is_not_in_time(desk: PromotionDesk) -> None:
    row, by = desk.enquiry(), desk.person("zone")
    take_step(row.pk, "answer", WORDS, day=row.received, by=by, at=at("2026-11-30"))
    answer = steps(row)["answer"]
    assert answer.done.isoformat() == "2026-11-30" and answer.in_time is False


def test_a_step_has_a_day_that_can_be(desk: PromotionDesk) -> None:
    row, by = desk.enquiry(), desk.person("zone")
    for day, place in ((None, "day"), (at("2026-11-21").date(), "day"),
                       (at("2026-11-01").date(), "day")):  # fmt: skip
        with pytest.raises(Refusal) as told:
            take_step(row.pk, "answer", WORDS, day=day, by=by, at=AT)
        assert told.value.place == place
    with pytest.raises(Refusal, match="text_missing"):
        take_step(row.pk, "answer", "  ", day=TODAY, by=by, at=AT)


def test_who_asks_about_a_project_goes_on_with_its_record(desk: PromotionDesk) -> None:
    wanted = desk.project_of("hydrogen")
    row, by = desk.enquiry(unit="jc-etdz", by="admin"), desk.person("admin")
    judged = judge_enquiry(
        row.pk, "accepted", "与氢能项目对接", day=TODAY, project=wanted.pk, by=by, at=AT
    )
    assert judged.project_id == wanted.pk


def test_strangers_neither_see_nor_act(desk: PromotionDesk) -> None:
    row = desk.enquiry()
    for username in ("stranger", "maker", ""):
        person = desk.person(username)
        assert not Enquiry.objects.visible_to(person).exists()
        with pytest.raises((NotFound, NotPermitted)):
            take_step(row.pk, "answer", WORDS, day=TODAY, by=person, at=AT)
    assert Enquiry.objects.visible_to(desk.person("reader")).exists()
    with pytest.raises(NotPermitted):
        take_step(row.pk, "answer", WORDS, day=TODAY, by=desk.person("reader"), at=AT)
    with pytest.raises(NotPermitted):
        desk.enquiry(unit="jc-etdz")


def test_a_known_firm_is_shown_where_it_stands(desk: PromotionDesk) -> None:
    row = desk.enquiry(firm="河西铝业股份有限公司")
    by = desk.person("zone")
    assert {one.kind for one in known_firms(by, "河西铝业有限公司", "")} == {"线索", "项目"}
    assert [one.what for one in known_firms(by, row.firm, "", beside=row.pk)] == [
        "年产5万吨高端铝箔项目"
    ]
    assert known_firms(desk.person("stranger"), row.firm, "") == []


def test_the_inbox_waits_in_my_tasks(desk: PromotionDesk) -> None:
    desk.enquiry()
    mine = [task for task in tasks_of(desk.person("park"), TODAY) if task.kind == "enquiry"]
    assert [(task.overdue, task.due.isoformat()) for task in mine if task.due] == [
        (True, "2026-11-19")
    ]
    assert "新域装备" in mine[0].what


# --- the public form --------------------------------------------------------------------------

FORM = {
    "unit": "lz-etdz", "firm": "远航物流有限公司", "contact": "李女士", "phone": "13800000000",
    "what": "建设冷链仓储", "amount": "8000",
}  # fmt: skip


def test_the_public_asks_and_the_zone_reads(desk: PromotionDesk) -> None:
    client = desk.client("")
    assert client.get("/invest/").status_code == 200
    answer = client.post("/invest/ask/", FORM)
    assert answer.status_code == 302 and answer["Location"] == "/invest/sent/"
    row = Enquiry.objects.get()
    assert (row.channel, row.by_name, row.amount) == ("portal", "", 8000 * 10**4)
    assert row.sender and "127.0.0.1" not in row.sender
    assert Enquiry.objects.visible_to(desk.person("zone")).count() == 1
    assert client.get(f"/promotion/enquiries/{row.pk}/").status_code == 302


def test_what_programs_fill_in_is_thrown_away(desk: PromotionDesk) -> None:
    answer = desk.client("").post("/invest/ask/", {**FORM, "website": "http://x"})
    assert answer.status_code == 302 and not Enquiry.objects.exists()


def test_a_flood_is_refused(desk: PromotionDesk) -> None:
    for number in range(5):
        send_enquiry({**FORM, "firm": f"企业{number}"}, sender="a", at=AT)
    with pytest.raises(Refusal, match="too_many_enquiries"):
        send_enquiry(FORM, sender="a", at=AT)
    send_enquiry(FORM, sender="b", at=AT)


def test_a_closed_portal_has_no_public_form(desk: PromotionDesk, settings: Any) -> None:
    from dataclasses import replace

    settings.HEXI = replace(settings.HEXI, public_reading=False)
    with pytest.raises(NotFound):
        send_enquiry(FORM, sender="a", at=AT)
    assert desk.client("").get("/invest/").status_code == 302
    assert desk.client("zone").get("/invest/").status_code == 404


def test_wrong_fields_are_told_on_the_form(desk: PromotionDesk) -> None:
    answer = desk.client("").post("/invest/ask/", {**FORM, "phone": "", "amount": "很多"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "电话和电子邮箱均未填写" in text and "不是人民币金额" in text


def test_the_record_names_the_public_form_and_not_the_portal(desk: PromotionDesk) -> None:
    made = send_enquiry(FORM, sender="a", at=AT)
    (event,) = Event.objects.filter(object_type="enquiry", object_id=str(made.pk))
    assert event.who is None and event_lines([event])[0].who == "网上表单"
