"""The sweep (督办扫描): rises and proposes once, one failing row stops no other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hexi.portal.core.models import Event
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.acts.seed_reporters import seed_reporters
from hexi.portal.returns.models import Reporter
from hexi.portal.supervision.acts.answer_problem import answer_problem
from hexi.portal.supervision.acts.drop_order import drop_order
from hexi.portal.supervision.acts.issue_order import OrderText, issue_order
from hexi.portal.supervision.acts.mail_supervision import mail_supervision
from hexi.portal.supervision.models import Problem, SupervisionOrder
from hexi.portal.supervision.queries.digest import SupervisionDigest
from hexi.portal.supervision.sweep import run
from hexi.portal.supervision.sweep.run import Swept, sweep_supervision
from tests.portal.projects.library import AT
from tests.portal.supervision.desk import LATE, WEEK, Desk

NOTHING = Swept(0, 0, 0, 0, 0)


def proposals(**wanted: Any) -> list[SupervisionOrder]:
    return list(SupervisionOrder.objects.filter(state="proposed", **wanted).order_by("pk"))


def test_an_unanswered_order_rises_once_a_deadline_and_stays_at_the_top(desk: Desk) -> None:
    made = desk.order()
    assert sweep_supervision(at=WEEK) == NOTHING  # 27 November is its last day
    levels = []
    for day in ("2026-11-30", "2026-12-04", "2026-12-09", "2026-12-31"):
        at = AT.replace(month=int(day[5:7]), day=int(day[8:]))
        risen = sweep_supervision(at=at).orders_risen
        assert sweep_supervision(at=at).orders_risen == 0
        made.refresh_from_db()
        levels.append((risen, made.level, made.deadline))
    assert levels == [
        (1, "yellow", date(2026, 12, 3)),
        (1, "red", date(2026, 12, 8)),
        (0, "red", date(2026, 12, 8)),
        (0, "red", date(2026, 12, 8)),
    ]
    assert [step.level for step in made.steps.all()] == ["blue", "yellow", "red"]
    assert Event.objects.filter(act="escalate_order").count() == 2


def test_a_late_problem_rises_unit_by_unit_until_the_top(desk: Desk) -> None:
    made = desk.problem(kind="tax")  # five working days, then five more before it rises
    assert made.rises_after == date(2026, 12, 4)
    desks = []
    for day in (4, 7, 14, 15, 22, 31):
        sweep_supervision(at=AT.replace(month=12, day=day))
        made.refresh_from_db()
        desks.append((made.risen, made.desk.code if made.desk else ""))
    assert desks == [(0, ""), (1, "lz"), (1, "lz"), (2, "gs"), (2, "gs"), (2, "gs")]
    assert Event.objects.filter(act="escalate_problem").count() == 2


def test_red_lamps_and_late_problems_propose_orders_once(desk: Desk) -> None:
    desk.lamp("aluminium", "red", 202609, 202610, 202611)
    desk.lamp("foil", "yellow", 202611)
    desk.lamp("vaccine", "yellow", 202610, 202611)
    desk.problem(kind="tax")
    done = sweep_supervision(at=LATE)
    assert (done.proposed, done.failed) == (3, 0)
    assert [(p.subject[:4], p.level, p.rule) for p in proposals()] == [
        ("年产5万", "red", "lamp-red-long"),
        ("重组疫苗", "blue", "lamp-yellow"),
        ("年产5万", "yellow", "problem-very-late"),
    ]
    assert sweep_supervision(at=LATE).proposed == 0


def test_what_was_put_aside_is_proposed_again_only_by_a_stricter_rule(desk: Desk) -> None:
    desk.problem(kind="tax")
    sweep_supervision(at=AT.replace(day=30))
    [first] = proposals()
    assert (first.rule, first.unit.code, first.addressee.code) == (
        "problem-late", "lz", "lz-etdz",
    )  # fmt: skip
    drop_order(first.pk, "已口头催办", by=desk.person("province"), at=WEEK)
    assert sweep_supervision(at=AT.replace(month=12, day=1)).proposed == 0
    sweep_supervision(at=LATE)
    [second] = proposals()
    assert (second.rule, second.level) == ("problem-very-late", "yellow")


def test_a_proposal_whose_ground_is_gone_lapses(desk: Desk) -> None:
    desk.lamp("foil", "red", 202611)
    problem = desk.problem(kind="tax")
    sweep_supervision(at=AT.replace(day=30))
    assert len(proposals()) == 2
    desk.lamp("foil", "green")
    answer_problem(problem.pk, "已退税。", by=desk.person("zone"), at=AT.replace(day=30))
    assert sweep_supervision(at=AT.replace(month=12, day=1)).lapsed == 2
    assert not proposals()


def test_an_issued_proposal_is_an_order_with_a_number_and_nothing_more_is_proposed(
    desk: Desk,
) -> None:
    desk.lamp("foil", "red", 202611)
    sweep_supervision(at=AT)
    [waiting] = proposals()
    given = OrderText(unit=waiting.unit.code, addressee=waiting.addressee.code, level="yellow",
                      subject=waiting.subject, grounds="红灯", demand="限期整改。")  # fmt: skip
    made = issue_order(given, proposal=waiting.pk, by=desk.person("province"), at=AT)
    assert (made.pk, made.number) == (waiting.pk, "督办〔2026〕1号")
    with pytest.raises(Refusal, match="overtaken"):
        issue_order(given, proposal=waiting.pk, by=desk.person("province"), at=AT)
    desk.lamp("foil", "red", 202612)
    assert sweep_supervision(at=LATE).proposed == 0


def test_one_failing_row_stops_no_other_and_is_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = desk.problem(kind="tax"), desk.problem(kind="tax", title="另一问题")
    escalate = run.escalate_problem

    def broken(key: int, **given: Any) -> bool:
        if key == bad.pk:
            raise OSError("disk full")
        return escalate(key, **given)

    monkeypatch.setattr(run, "escalate_problem", broken)
    done = sweep_supervision(at=LATE)
    assert (done.problems_risen, done.failed) == (1, 1)
    monkeypatch.undo()
    assert sweep_supervision(at=LATE).problems_risen == 1
    assert [p.risen for p in Problem.objects.order_by("pk")] == [1, 1]
    assert good.pk > bad.pk


def test_a_letter_goes_out_once_a_step_and_a_bad_address_stops_no_other(desk: Desk) -> None:
    seed_reporters(at=AT)
    for code in ("lz-etdz", "lz"):
        rows = Reporter.objects.filter(unit__code=code)
        assert rows.update(email=f"{code}@example.cn") == 1
    desk.problem(kind="tax")
    desk.order()
    sent: list[SupervisionDigest] = []
    assert mail_supervision("http://x", sent.append, at=AT) == (1, [])
    assert (sent[0].to, len(sent[0].problems), len(sent[0].orders)) == ("lz-etdz@example.cn", 1, 1)
    assert mail_supervision("http://x", sent.append, at=AT) == (0, [])
    sweep_supervision(at=LATE)

    def refuse(letter: SupervisionDigest) -> None:
        if letter.to.startswith("lz@"):
            raise OSError("no route")
        sent.append(letter)

    assert mail_supervision("http://x", refuse, at=LATE) == (1, ["lz@example.cn"])
    assert mail_supervision("http://x", sent.append, at=LATE) == (1, [])
