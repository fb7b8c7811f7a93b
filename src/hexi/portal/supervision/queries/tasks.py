"""What waits for a person in supervision (督办待办): problems, orders, decisions, visits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Role
from hexi.portal.core.scope import viewer
from hexi.portal.core.tasks import MOST, SEEN, Task, task
from hexi.portal.supervision.models import OrderState
from hexi.portal.supervision.queries import meetings, orders, problems, visits

__all__ = ["KINDS", "tasks", "waiting_for"]

KINDS: dict[str, Any] = {
    "problem": lazy("Answer a problem"),
    "problem-close": lazy("Close or reopen a problem"),
    "order": lazy("Answer a supervision order"),
    "order-decide": lazy("Decide on a supervision order"),
    "decision": lazy("Carry out a decision"),
    "visit": lazy("Pay a visit"),
}


def tasks(person: Person, today: date) -> Iterable[Task]:
    """Those of one person."""
    yield from _problems(person, today)
    yield from _orders(person, today)
    yield from _decisions(person, today)
    yield from _visits(person, today)


def waiting_for(request: HttpRequest) -> int:
    """Problems and orders to answer for the person of a request; shown in the navigation."""
    person = viewer(request)
    if person is None or person.role == Role.READER:
        return 0
    # every page asks this: one query for all three
    mine = (
        problems.mine_to_answer(person),
        problems.mine_to_close(person),
        orders.mine_to_answer(person),
    )
    first, *others = (rows.order_by().values("pk") for rows in mine)
    return int(first.union(*others, all=True).count())


def _problems(person: Person, today: date) -> Iterable[Task]:
    for kind, rows in (
        ("problem", problems.mine_to_answer(person)),
        ("problem-close", problems.mine_to_close(person)),
    ):
        for row in rows.order_by("deadline", "pk")[:MOST]:
            yield task(
                kind,
                row.title,
                f"{row.about} · {name_of(row.unit)}",
                reverse("problem", args=[row.pk]),
                today=today,
                # closing has no deadline of its own
                due=row.deadline if kind == "problem" else None,
                state=row.get_state_display(),
                lamp="on_the_way",
            )


def _orders(person: Person, today: date) -> Iterable[Task]:
    for kind, rows in (
        ("order", orders.mine_to_answer(person)),
        ("order-decide", orders.mine_to_decide(person)),
    ):
        for row in rows.order_by("deadline", "pk")[:MOST]:
            yield task(
                kind,
                row.subject,
                " · ".join(filter(None, (row.number, str(row.get_level_display())))),
                reverse("supervision-order", args=[row.pk]),
                today=today,
                due=row.deadline if row.state == OrderState.ISSUED else None,
                state=row.get_state_display(),
                lamp="on_the_way",
            )


def _decisions(person: Person, today: date) -> Iterable[Task]:
    rows = meetings.mine_to_do(person).filter(Q(done_at=None) | Q(done_at__date__gte=today - SEEN))
    for row in rows.order_by("due", "pk")[:MOST]:
        done = row.done_at is not None
        yield task(
            "decision",
            row.what,
            f"{row.item.meeting} · {row.item.title}",
            f"{reverse('meeting', args=[row.item.meeting_id])}#decision-{row.pk}",
            today=today,
            due=row.due,
            done=done,
            state=str(lazy("Done") if done else lazy("To do")),
            lamp="met" if done else "on_the_way",
        )


def _visits(person: Person, today: date) -> Iterable[Task]:
    for row in visits.mine_to_pay(person).order_by("planned", "pk")[:MOST]:
        yield task(
            "visit",
            row.about,
            name_of(row.unit),
            reverse("visit", args=[row.pk]),
            today=today,
            due=row.planned,
            state=row.get_state_display(),
            lamp="waiting",
        )
