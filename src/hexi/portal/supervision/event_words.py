"""Words of the supervision app's events (督办事件用语): acts, fields, codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values
from hexi.portal.supervision.models import OrderLevel, OrderState, ProblemState, VisitState
from hexi.portal.supervision.rules import book, kind_name, rule_words, visit_name

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "accept_order": lazy("accepted the answer of an order"),
    "answer_order": lazy("answered a supervision order"),
    "answer_problem": lazy("answered a problem"),
    "assign_responsible": lazy("said who answers for a project"),
    "call_meeting": lazy("called a coordination meeting"),
    "change_agenda": lazy("changed the agenda of a meeting"),
    "close_order": lazy("closed a supervision order"),
    "close_problem": lazy("closed a problem"),
    "drop_order": lazy("decided against a proposed order"),
    "drop_visit": lazy("dropped a visit"),
    "escalate_order": lazy("raised an unanswered order by a level"),
    "escalate_problem": lazy("raised an unanswered problem to the unit above"),
    "finish_decision": lazy("carried out a decision of a meeting"),
    "issue_order": lazy("issued a supervision order"),
    "keep_minutes": lazy("kept the minutes of a meeting"),
    "lapse_proposal": lazy("let a proposed order lapse"),
    "mail_supervision": lazy("mailed problems and orders"),
    "pass_problem": lazy("passed a problem on"),
    "plan_visit": lazy("planned a visit"),
    "propose_order": lazy("proposed a supervision order"),
    "raise_problem": lazy("raised a problem"),
    "record_visit": lazy("recorded a visit"),
    "reopen_problem": lazy("reopened a problem"),
    "send_order_back": lazy("sent the answer of an order back"),
}

_FIELDS: dict[str, Any] = {
    "about": lazy("About"),
    "addressee": lazy("Addressee"),
    "agenda": lazy("Agenda"),
    "decided": lazy("Decisions of the meeting"),
    "desk": lazy("Has risen to"),
    "heard": lazy("What was heard"),
    "in_time": lazy("In time"),
    "order_level": lazy("Level of the order"),
    "order_rule": lazy("Rule of proposal"),
    "order_state": lazy("State of the order"),
    "owner": lazy("Owner"),
    "owner_body": lazy("Responsible body"),
    "owner_person": lazy("Responsible person"),
    "paid": lazy("Paid on"),
    "planned": lazy("Planned for"),
    "agenda_points": lazy("Points on it"),
    "problem_kind": lazy("Kind of problem"),
    "problem_state": lazy("State of the problem"),
    "promised": lazy("To be solved by"),
    "result": lazy("Result"),
    "risen": lazy("Levels risen"),
    "supervisionorder.number": lazy("Number"),
    "visit_kind": lazy("Kind of visit"),
    "visit_state": lazy("State of the visit"),
    "visitor": lazy("Visitor"),
    "meeting": lazy("Meeting"),
    "meeting.day": lazy("Day"),
}


class _Names(Mapping[str, str]):
    """Names of the pack's kinds: read when shown, in the reader's language."""

    def __init__(self, ids: Callable[[], Iterator[str]], name: Callable[[str], str]) -> None:
        self._ids, self._name = ids, name

    def __getitem__(self, kind: str) -> str:
        return self._name(kind)

    def __iter__(self) -> Iterator[str]:
        return self._ids()

    def __len__(self) -> int:
        return sum(1 for _kind in self._ids())


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(
        _FIELDS,
        {
            "order_level": dict(OrderLevel.choices),
            "order_rule": _Names(lambda: (one.id for one in book().proposals), rule_words),
            "order_state": dict(OrderState.choices),
            "problem_kind": _Names(lambda: (one.id for one in book().kinds), kind_name),
            "problem_state": dict(ProblemState.choices),
            "visit_kind": _Names(lambda: (one.id for one in book().visits), visit_name),
            "visit_state": dict(VisitState.choices),
        },
    )
