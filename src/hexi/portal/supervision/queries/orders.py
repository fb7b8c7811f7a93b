"""Supervision orders as pages, tasks and acts ask for them (督办单查询)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Q, Value, When

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible
from hexi.portal.supervision.models import OrderLevel, OrderState, SupervisionOrder

__all__ = [
    "RUNNING",
    "filtered_orders",
    "held_order",
    "mine_to_answer",
    "mine_to_decide",
    "one_order",
    "whole_orders",
]

#: states in which somebody still has to do something
RUNNING = (OrderState.ISSUED, OrderState.ANSWERED, OrderState.ACCEPTED)
_ORDER = (OrderState.PROPOSED, *RUNNING, OrderState.CLOSED, OrderState.DROPPED)


def whole_orders() -> Any:
    """Orders with everything that a line of them shows."""
    return SupervisionOrder.objects.select_related(
        "unit", "addressee", "addressee_person", "project__unit", "problem"
    ).annotate(
        state_order=Case(
            *(When(state=state, then=Value(number)) for number, state in enumerate(_ORDER)),
            default=Value(len(_ORDER)),
        )
    )


def one_order(order_id: int, person: Person | None) -> SupervisionOrder:
    """The order, if this person may see it."""
    found: SupervisionOrder = one_visible(_for(person), person, pk=order_id)
    return found


def held_order(order_id: int, person: Person | None) -> SupervisionOrder:
    """The same, locked for an act."""
    one_visible(_for(person), person, pk=order_id)
    row: SupervisionOrder = (
        SupervisionOrder.objects.select_for_update(of=("self",))
        .select_related("unit", "addressee", "addressee_person", "project", "problem")
        .get(pk=order_id)
    )
    return row


def _for(person: Person | None) -> Any:
    """What was only proposed is seen by those who decide on it."""
    rows = whole_orders()
    if person is not None and person.grants(Permission.SUPERVISE):
        return rows
    return rows.exclude(state__in=(OrderState.PROPOSED, OrderState.DROPPED))


def mine_to_answer(person: Person) -> Any:
    """Issued orders that this person, or the person's own office, has to answer."""
    if not person.grants(Permission.ANSWER_PROBLEM):
        return SupervisionOrder.objects.none()
    mine = Q(addressee_person=person)
    for unit in person.scope_units():
        mine |= Q(addressee=unit, addressee_person=None)
    return whole_orders().filter(mine, state=OrderState.ISSUED)


def mine_to_decide(person: Person) -> Any:
    """Proposals to issue or drop, answers to accept or send back, of the person's own office."""
    if not person.grants(Permission.SUPERVISE):
        return SupervisionOrder.objects.none()
    states = (OrderState.PROPOSED, OrderState.ANSWERED, OrderState.ACCEPTED)
    return whole_orders().filter(unit__in=person.scope_units(), state__in=states)


def filtered_orders(person: Person | None, asked: Mapping[str, Any], today: date) -> Any:
    """What this person may see, by the filters of the address; also used by the API."""
    rows = _for(person).visible_to(person)
    if (state := asked.get("state")) in OrderState.values:
        rows = rows.filter(state=state)
    elif state == "late":
        rows = rows.filter(state=OrderState.ISSUED, deadline__lt=today)
    elif state != "all":
        rows = rows.exclude(state__in=(OrderState.CLOSED, OrderState.DROPPED))
    if (level := asked.get("level")) in OrderLevel.values:
        rows = rows.filter(level=level)
    if unit := asked.get("unit"):
        rows = rows.filter(addressee__path__contains=f"/{unit}/")
    if query := str(asked.get("q") or "").strip():
        rows = rows.filter(
            Q(subject__icontains=query)
            | Q(project__name__icontains=query)
            | Q(problem__title__icontains=query)
        )
    return rows.order_by("state_order", "deadline", "-pk")
