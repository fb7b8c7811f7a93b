"""Acts of supervision (督办行为): who may, what follows, and exactly one event each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event, Person, Unit
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.tasks import tasks_of
from hexi.portal.core.told import Refusals
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.supervision.acts.accept_order import accept_order
from hexi.portal.supervision.acts.answer_order import answer_order
from hexi.portal.supervision.acts.answer_problem import answer_problem
from hexi.portal.supervision.acts.assign_responsible import (
    Responsible,
    assign_many,
    assign_responsible,
)
from hexi.portal.supervision.acts.call_meeting import Point, call_meeting
from hexi.portal.supervision.acts.change_agenda import change_agenda
from hexi.portal.supervision.acts.close_order import close_order
from hexi.portal.supervision.acts.close_problem import close_problem
from hexi.portal.supervision.acts.drop_visit import drop_visit
from hexi.portal.supervision.acts.finish_decision import finish_decision
from hexi.portal.supervision.acts.keep_minutes import Decided, Said, keep_minutes
from hexi.portal.supervision.acts.pass_problem import pass_problem
from hexi.portal.supervision.acts.raise_problem import NewProblem, raise_problem
from hexi.portal.supervision.acts.record_visit import record_visit
from hexi.portal.supervision.acts.reopen_problem import reopen_problem
from hexi.portal.supervision.acts.send_order_back import send_order_back
from hexi.portal.supervision.models import (
    Decision,
    Problem,
    ProblemState,
    SupervisionOrder,
)
from tests.portal.projects.library import AT
from tests.portal.supervision.desk import LATE, TODAY, WEEK, Desk

By = Person | None
DUE = date(2026, 11, 30)


def minutes_of(desk: Desk, meeting: Any, by: By, at: datetime = AT) -> Any:
    item = meeting.items.get(order=1)
    decided = [Decided("完成征拆并交地", "lz-etdz", DUE)]
    return keep_minutes(meeting.pk, [Said(item.pk, "限期交地。", decided)], by=by, at=at)


def finish(desk: Desk, by: By) -> None:
    minutes_of(desk, desk.meeting(), desk.person("zone"))
    finish_decision(Decision.objects.latest("pk").pk, "已交地。", by=by, at=AT)


def new_problem(desk: Desk, by: By) -> None:
    given = NewProblem(kind="land", title="用地", project=desk.aluminium.pk)
    raise_problem(given, by=by, at=AT)


def call(desk: Desk, by: By) -> None:
    call_meeting(unit="lz-etdz", title="协调会", day=TODAY, place="", chair="",
                 points=[Point(title="调度")], by=by, at=AT)  # fmt: skip


#: act to (who does it, how, events before it, who may not)
DONE: dict[str, tuple[str, Callable[[Desk, By], Any], int, tuple[str, ...]]] = {
    "assign_responsible": (
        "park",
        lambda d, by: assign_responsible(
            d.aluminium.pk, Responsible(leader_name="张副市长"), reason="分工调整", by=by, at=AT
        ),
        0,
        ("", "stranger", "reader", "maker"),
    ),
    "raise_problem": ("maker", new_problem, 0, ("", "stranger", "reader", "drugs")),
    "answer_problem": (
        "zone",
        lambda d, by: answer_problem(d.problem().pk, "已交地。", by=by, at=AT),
        1,
        ("", "stranger", "reader", "maker", "park"),
    ),
    "close_problem": (
        "park",
        lambda d, by: close_problem(d.answered().pk, "已拿到用地手续。", by=by, at=AT),
        2,
        # nobody but the one who raised it, the administrator included
        ("", "stranger", "reader", "maker", "zone", "province", "admin"),
    ),
    "reopen_problem": (
        "park",
        lambda d, by: reopen_problem(d.answered().pk, "仍未交地。", by=by, at=AT),
        2,
        ("", "stranger", "reader", "maker", "zone", "province", "admin"),
    ),
    "pass_problem": (
        "zone",
        lambda d, by: pass_problem(
            d.problem().pk, unit="lz", person=None, body="", reason="属市级事权", by=by, at=AT
        ),
        1,
        ("", "stranger", "reader", "maker", "park"),
    ),
    "issue_order": (
        "province",
        lambda d, by: d.order(by=by.username if by else ""),
        0,
        ("", "stranger", "reader", "maker", "park", "zone"),
    ),
    "answer_order": (
        "zone",
        lambda d, by: answer_order(d.order().pk, "已办。", by=by, at=AT),
        1,
        ("", "stranger", "reader", "maker", "park"),
    ),
    "accept_order": (
        "province",
        lambda d, by: accept_order(d.replied().pk, by=by, at=AT),
        2,
        ("", "stranger", "reader", "maker", "park", "zone"),
    ),
    "send_order_back": (
        "province",
        lambda d, by: send_order_back(d.replied().pk, "没有时限", by=by, at=AT),
        2,
        ("", "stranger", "reader", "maker", "park", "zone"),
    ),
    "close_order": (
        "province",
        lambda d, by: close_order(d.replied().pk, "已核实。", by=by, at=AT),
        2,
        ("", "stranger", "reader", "maker", "park", "zone"),
    ),
    "call_meeting": ("zone", call, 0, ("", "stranger", "reader", "maker", "park")),
    "change_agenda": (
        "zone",
        lambda d, by: change_agenda(d.meeting().pk, [Point(title="新议题")], by=by, at=AT),
        2,
        ("", "stranger", "reader", "maker", "park"),
    ),
    "keep_minutes": (
        "zone",
        lambda d, by: minutes_of(d, d.meeting(), by),
        2,
        ("", "stranger", "reader", "maker", "park"),
    ),
    "finish_decision": ("zone", finish, 3, ("", "stranger", "reader", "maker", "park")),
    "plan_visit": (
        "park",
        lambda d, by: d.visit(by=by.username if by else ""),
        0,
        ("", "stranger", "reader", "maker"),
    ),
    "record_visit": (
        "park",
        lambda d, by: record_visit(d.visit().pk, TODAY, "缺熟练工。", by=by, at=AT),
        1,
        ("", "stranger", "reader", "maker"),
    ),
    "drop_visit": (
        "park",
        lambda d, by: drop_visit(d.visit().pk, "改为书面调度", by=by, at=AT),
        1,
        ("", "stranger", "reader", "maker"),
    ),
}


@pytest.mark.parametrize("act", DONE)
def test_an_act_writes_exactly_one_event_with_words(act: str, desk: Desk) -> None:
    who, do, others, _not = DONE[act]
    before = desk.events()
    do(desk, desk.person(who))
    assert desk.events() == before + others + 1
    event = Event.objects.first()
    assert event is not None and event.act == act
    [line] = event_lines([event])
    assert line.act_label != act
    # no code stands bare where a person reads it
    assert all(change["field"].isascii() is False for change in line.changes), line.changes


@pytest.mark.parametrize("act", DONE)
def test_who_may_not_changes_nothing(act: str, desk: Desk) -> None:
    _who, do, others, refused = DONE[act]
    for who in refused:
        before = desk.events()
        with pytest.raises((NotPermitted, NotFound)):
            do(desk, desk.person(who))
        assert desk.events() == before + others, who


def test_a_problem_has_the_days_and_the_owner_of_its_kind(desk: Desk) -> None:
    made = desk.problem(by="maker", kind="tax", owner="jc")
    # an enterprise does not choose who answers: its own unit passes it on
    assert (made.owner_unit.code, made.owner_body, made.days) == ("etdz-an", "税务局", 5)
    assert made.deadline == date(2026, 11, 27) and made.announced
    far = desk.problem(kind="land", days=40)
    # 23 November to 25 December are 25 working days, then 15 more in days not settled yet
    assert far.deadline == date(2027, 1, 15) and not far.announced


def test_everything_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    with pytest.raises(Refusals) as told:
        desk.problem(kind="weather", title=" ", days=0, owner="nowhere")
    assert {part.code for part in told.value.parts} == {
        "title_missing", "no_kind", "days", "no_unit",
    }  # fmt: skip
    assert not Problem.objects.exists()


def test_only_the_raiser_closes_unless_the_raiser_is_gone(desk: Desk) -> None:
    problem = desk.answered()
    Person.objects.filter(username="park").update(is_active=False)
    close_problem(problem.pk, "提出人已调离，经核实已解决。", by=desk.person("zone"), at=AT)
    problem.refresh_from_db()
    assert (problem.state, problem.closed_by) == (ProblemState.CLOSED, "zone 同志")


def test_a_reopened_problem_gets_its_days_again_and_keeps_its_answers(desk: Desk) -> None:
    problem = desk.answered()
    reopen_problem(problem.pk, "仍未交地。", by=desk.person("park"), at=WEEK)
    problem.refresh_from_db()
    assert (problem.state, problem.round, problem.deadline) == ("open", 2, date(2026, 12, 11))
    assert problem.answers.count() == 1
    answer_problem(problem.pk, "已交地。", by=desk.person("zone"), at=LATE)
    assert [a.in_time for a in problem.answers.all()] == [True, True]


def test_a_person_who_is_named_works_for_the_office_that_is_named(desk: Desk) -> None:
    stranger = desk.person("stranger")
    assert stranger is not None
    with pytest.raises(Refusal, match="not_of_unit"):
        desk.problem(owner_person=stranger.pk)


def test_orders_are_numbered_by_unit_and_year(desk: Desk) -> None:
    numbers = [desk.order().number for _ in range(2)]
    mine = desk.order(by="zone", unit="lz-etdz", addressee="etdz-an")
    assert [*numbers, mine.number] == ["督办〔2026〕1号", "督办〔2026〕2号", "督办〔2026〕1号"]
    assert mine.deadline == date(2026, 11, 27)


def test_who_answers_an_order_does_not_judge_the_answer(desk: Desk) -> None:
    made = desk.order(by="zone", unit="lz-etdz", addressee="etdz-an")
    answer_order(made.pk, "代园区回复。", by=desk.person("zone"), at=AT)
    for act in (
        lambda: accept_order(made.pk, by=desk.person("zone"), at=AT),
        lambda: close_order(made.pk, "行", by=desk.person("zone"), at=AT),
    ):
        with pytest.raises(Refusal, match="own_answer"):
            act()


def test_an_answer_that_was_sent_back_says_why_and_the_clock_begins_anew(desk: Desk) -> None:
    made = desk.replied()
    send_order_back(made.pk, "没有时限", by=desk.person("province"), at=WEEK)
    made.refresh_from_db()
    assert (made.state, made.deadline) == ("issued", date(2026, 12, 4))
    assert [a.sent_back for a in made.answers.all()] == ["没有时限"]
    with pytest.raises(Refusal, match="overtaken"):
        close_order(made.pk, "已办", by=desk.person("province"), at=WEEK)


def test_minutes_become_tasks_and_date_the_problems(desk: Desk) -> None:
    meeting = desk.meeting()
    minutes_of(desk, meeting, desk.person("zone"))
    problem = Problem.objects.get()
    assert problem.deadline == DUE
    mine = [t for t in tasks_of(desk.person("zone"), TODAY) if t.kind == "decision"]
    assert [(t.what, t.due, t.done) for t in mine] == [("完成征拆并交地", DUE, False)]
    finish_decision(Decision.objects.get().pk, "已交地。", by=desk.person("zone"), at=AT)
    mine = [t for t in tasks_of(desk.person("zone"), TODAY) if t.kind == "decision"]
    assert [t.done for t in mine] == [True]


def test_a_decision_says_who_does_what_by_when(desk: Desk) -> None:
    meeting = desk.meeting()
    item = meeting.items.get(order=1)
    zone = desk.person("zone")
    for decided, code in (
        (Decided("交地", "", DUE), "decision_incomplete"),
        (Decided("交地", "lz-etdz", None), "decision_incomplete"),
        (Decided("交地", "lz-etdz", date(2026, 11, 1)), "due_before_meeting"),
    ):
        with pytest.raises(Refusal, match=code):
            keep_minutes(meeting.pk, [Said(item.pk, "", [decided])], by=zone, at=AT)
    assert not Decision.objects.exists()
    with pytest.raises(Refusal, match="minutes_missing"):
        keep_minutes(meeting.pk, [Said(item.pk, " ")], by=zone, at=AT)


def test_a_meeting_that_was_held_stays_as_it_was(desk: Desk) -> None:
    meeting = desk.meeting()
    zone = desk.person("zone")
    minutes_of(desk, meeting, zone)
    with pytest.raises(Refusal, match="overtaken"):
        minutes_of(desk, meeting, zone)
    with pytest.raises(Refusal, match="overtaken"):
        change_agenda(meeting.pk, [Point(title="后加的议题")], by=zone, at=AT)


def test_the_agenda_keeps_its_problems_in_the_order_given(desk: Desk) -> None:
    first, second = desk.problem(), desk.problem(title="变电站未接入", kind="utilities")
    meeting = desk.meeting(Point(problem=first.pk), Point(problem=second.pk))
    change_agenda(
        meeting.pk,
        [Point(problem=second.pk), Point(problem=first.pk), Point(title="其他")],
        by=desk.person("zone"), at=AT,
    )  # fmt: skip
    kept = [item.problem_id for item in meeting.items.order_by("order")]
    assert kept == [second.pk, first.pk, None]


def test_a_problem_heard_at_a_visit_keeps_the_visit(desk: Desk) -> None:
    visit = desk.visit()
    record_visit(visit.pk, TODAY, "缺熟练工，招工难。", by=desk.person("park"), at=AT)
    made = desk.problem(kind="labour", title="招工难", visit=visit.pk)
    assert made.visit == visit
    with pytest.raises(Refusal, match="paid_ahead"):
        record_visit(visit.pk, date(2026, 12, 1), "未到", by=desk.person("park"), at=AT)


def test_many_projects_are_assigned_at_once_or_none(desk: Desk) -> None:
    zone = desk.person("zone")
    keys = [desk.project_of(key).pk for key in ("aluminium", "vaccine")]
    before = desk.events()
    leader = Person.objects.get(username="reader")
    given = Responsible(leader=leader.pk, body="项目办")
    assert assign_many(keys, given, reason="分工", by=zone, at=AT) == 2
    assert desk.events() == before + 2
    rows = ProjectRecord.objects.filter(pk__in=keys)
    assert {(r.leader_name, r.leader_id, r.body) for r in rows} == {
        (leader.name, leader.pk, "项目办")
    }
    beyond = [*keys, desk.project_of("nickel").pk]
    with pytest.raises(NotFound):
        assign_many(
            beyond, Responsible(leader_name="另人"), reason="", by=desk.person("zone"), at=AT
        )
    assert {r.leader_name for r in rows.all()} == {leader.name}
    assert desk.events() == before + 2


def test_what_waits_stands_in_the_tasks_of_who_must_act(desk: Desk) -> None:
    def kinds(who: str) -> set[str]:
        return {t.kind for t in tasks_of(desk.person(who), TODAY) if not t.done}

    desk.answered()
    desk.problem(title="供水")
    desk.order()
    assert {"problem", "order"} <= kinds("zone")
    assert "problem-close" in kinds("park")
    assert not kinds("stranger") & {"problem", "order", "problem-close"}
    assert SupervisionOrder.objects.count() == 1


def test_the_unit_of_a_problem_is_where_its_project_stands(desk: Desk) -> None:
    assert desk.problem().unit == Unit.objects.get(code="etdz-an")
