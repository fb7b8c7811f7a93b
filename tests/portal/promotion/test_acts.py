"""Acts of promotion (招商行为): each leaves one event with its words; a refused one leaves none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event, Person
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.promotion.acts.approach_firm import approach_firm
from hexi.portal.promotion.acts.change_agreement import change_agreement
from hexi.portal.promotion.acts.drop_agreement import drop_agreement
from hexi.portal.promotion.acts.import_firms import import_firms
from hexi.portal.promotion.acts.judge_enquiry import judge_enquiry
from hexi.portal.promotion.acts.keep import keep
from hexi.portal.promotion.acts.link_result import link_result
from hexi.portal.promotion.acts.log_contact import log_contact
from hexi.portal.promotion.acts.set_year_aim import set_year_aim
from hexi.portal.promotion.acts.settle_contact import settle_contact
from hexi.portal.promotion.acts.sign_agreement import sign_agreement
from hexi.portal.promotion.acts.take_step import take_step
from hexi.portal.promotion.acts.verify_voucher import verify_voucher
from tests.portal.promotion.desk import AT, ENQUIRY, SERVICE, TODAY, PromotionDesk

Things = dict[str, int]
HEAD = {"title": "改过的协议", "parties": "甲方、乙方"}
CSV = "名录,企业名称,as_of,source\n世界500强,甲集团,2026-08-01,公布稿\n".encode()
#: act to how it is done, and the events of other acts that it does as well
DONE: dict[str, tuple[Callable[[PromotionDesk, Things, Person | None], Any], int]] = {
    "register_enquiry": (lambda desk, _t, by: desk.enquiry(by=by.username if by else ""), 0),
    "answer_enquiry": (
        lambda _d, t, by: take_step(t["enquiry"], "answer", "已答复", day=TODAY, by=by, at=AT), 0,
    ),
    "ask_experts": (
        lambda _d, t, by: take_step(t["enquiry"], "experts", "请协会", day=TODAY, by=by, at=AT), 0,
    ),
    "give_feedback": (
        lambda _d, t, by: take_step(t["judged"], "feedback", "已反馈", day=TODAY, by=by, at=AT), 0,
    ),
    "follow_up_enquiry": (
        lambda _d, t, by: take_step(t["told"], "follow_up", "赴企业", day=TODAY, by=by, at=AT), 0,
    ),
    "close_enquiry": (
        lambda _d, t, by: take_step(t["told"], "close", "办结", day=TODAY, by=by, at=AT), 0,
    ),
    # accepting enters the project in the library, which is an act of its own
    "judge_enquiry": (
        lambda _d, t, by: judge_enquiry(
            t["enquiry"], "accepted", "可行", day=TODAY, name="新项目", by=by, at=AT
        ), 1,
    ),
    "log_contact": (
        lambda _d, t, by: log_contact(
            t["project"], {"day": "2026-11-20", "way": "call", "text": "通话"}, by=by, at=AT
        ), 0,
    ),
    "settle_contact": (lambda _d, t, by: settle_contact(t["contact"], by=by, at=AT), 0),
    "keep_activity": (
        lambda _d, t, by: keep(
            "activity",
            {"unit": "lz-etdz", "name": "兰洽会", "kind": "fair", "day": "2026-07-06"},
            row_id=t["activity"], by=by, at=AT,
        ), 0,
    ),
    "keep_agent": (
        lambda _d, t, by: keep(
            "agent",
            {"unit": "lz-etdz", "name": "商会", "kind": "chamber", "since": "2026-01-01"},
            row_id=t["agent"], by=by, at=AT,
        ), 0,
    ),
    "keep_firm": (
        lambda _d, _t, by: keep(
            "firm",
            {"unit": "lz-etdz", "of_list": "listed", "name": "乙", "source": "名录",
             "as_of": "2026-08-01"}, by=by, at=AT,
        ), 0,
    ),
    "import_firms": (lambda _d, _t, by: import_firms(CSV, "名录.csv", "lz-etdz", by=by, at=AT), 0),
    "approach_firm": (lambda _d, t, by: approach_firm(t["firm"], day=TODAY, by=by, at=AT), 1),
    "link_result": (
        lambda _d, t, by: link_result(t["activity"], t["project"], "", by=by, at=AT), 0,
    ),
    "change_agreement": (
        lambda _d, t, by: change_agreement(t["agreement"], HEAD, (SERVICE,), by=by, at=AT), 0,
    ),
    "sign_agreement": (
        lambda _d, t, by: sign_agreement(t["agreement"], day=TODAY, by=by, at=AT), 0,
    ),
    "drop_agreement": (lambda _d, t, by: drop_agreement(t["agreement"], "不谈了", by=by, at=AT), 0),
    "verify_voucher": (lambda _d, t, by: verify_voucher(t["voucher"], "verified", by=by, at=AT), 0),
    "set_year_aim": (
        lambda _d, _t, by: set_year_aim(
            "lz-etdz", 2026, {"growth": "15", "source": "要点"}, by=by, at=AT
        ), 0,
    ),
}  # fmt: skip


def everything(desk: PromotionDesk) -> Things:
    """One of each, and an enquiry that was judged and one that was fed back on."""
    by = desk.person("zone")
    found = desk.everything()
    for name in ("judged", "told"):
        row = desk.enquiry(firm=f"{name}有限公司")
        judge_enquiry(row.pk, "accepted", "可行", day=TODAY, by=by, at=AT)
        found[name] = row.pk
    take_step(found["told"], "feedback", "已反馈", day=TODAY, by=by, at=AT)
    return found


@pytest.mark.parametrize("act", DONE)
def test_an_act_writes_exactly_one_event(act: str, desk: PromotionDesk) -> None:
    do, others = DONE[act]
    things = everything(desk)
    before = Event.objects.count()
    do(desk, things, desk.person("admin"))
    assert Event.objects.count() == before + others + 1
    event = Event.objects.first()
    assert event is not None and (event.act, event.at) == (act, AT)
    (line,) = event_lines([event])
    assert line.act_label != act and line.object
    assert not [one for one in line.changes if one["field"].isascii()], "a field without words"


@pytest.mark.parametrize("act", DONE)
@pytest.mark.parametrize("who", ["", "stranger", "reader", "maker"])
def test_a_refused_act_changes_nothing(act: str, who: str, desk: PromotionDesk) -> None:
    do, _others = DONE[act]
    things = everything(desk)
    before = Event.objects.count()
    with pytest.raises((NotPermitted, NotFound)):
        do(desk, things, desk.person(who))
    assert Event.objects.count() == before


def test_what_an_event_keeps_is_what_was_entered(desk: PromotionDesk) -> None:
    desk.enquiry()
    kept = Event.objects.filter(act="register_enquiry")[0].after
    assert kept["firm"] == ENQUIRY["firm"] and kept["promotion_channel"] == "phone"
    assert kept["received"] == date(2026, 11, 18).isoformat() and kept["amount"] == 150_000_000


@pytest.mark.parametrize("noun", ["activity", "agent", "firm"])
def test_every_wrong_field_of_a_form_is_told(noun: str, desk: PromotionDesk) -> None:
    """A day that is none leaves nothing to compare, and no page that breaks."""
    with pytest.raises(Refusals) as told:
        keep(noun, {"unit": "nowhere", "until": "2026-02-30", "as_of": "明天", "rank": "第一"},
             by=desk.person("zone"), at=AT)  # fmt: skip
    wrong = {part.place: part.code for part in told.value.parts}
    assert wrong["unit"] == "unit_unknown" and wrong["name"] == "name_missing"
    other = {"firm": ("as_of", "date_wrong")}.get(noun, ("until", "date_wrong"))
    assert wrong[other[0]] == other[1]


def test_a_firm_stands_once_on_a_list_and_is_changed_there(desk: PromotionDesk) -> None:
    things, by = desk.everything(), desk.person("zone")
    facts = {"unit": "lz-etdz", "of_list": "central", "name": "中铝集团有限公司", "source": "名录",
             "as_of": "2026-08-01"}  # fmt: skip
    with pytest.raises(Refusal, match="listed_already"):
        keep("firm", facts, by=by, at=AT)
    keep("firm", {**facts, "rank": "3"}, row_id=things["firm"], by=by, at=AT)
    event = Event.objects.filter(act="keep_firm")[0]
    assert event.before["name"] == "中铝集团" and event.after["rank"] == 3


def test_the_last_day_does_not_lie_before_the_first(desk: PromotionDesk) -> None:
    given = {"unit": "lz-etdz", "name": "兰洽会", "kind": "fair", "day": "2026-07-06",
             "until": "2026-07-05"}  # fmt: skip
    with pytest.raises(Refusal, match="ends_before"):
        keep("activity", given, by=desk.person("zone"), at=AT)


def test_no_step_is_taken_that_is_none(desk: PromotionDesk) -> None:
    row = desk.enquiry()
    with pytest.raises(NotFound):
        take_step(row.pk, "judge", "可行", day=TODAY, by=desk.person("zone"), at=AT)
