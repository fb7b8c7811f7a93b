"""Warnings as pages and tasks ask for them (预警查询)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Q, Value, When
from django.http import HttpRequest

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.scoreboard.models import EarlyWarning, WarningState

__all__ = ["filtered_warnings", "one_warning", "to_answer", "to_close", "waiting_for", "whole"]


_NONE = Q(pk__in=())


def whole() -> Any:
    """Warnings with everything that a line of them shows."""
    return EarlyWarning.objects.select_related(
        "target__plan__unit", "target__unit", "target__parent__unit", "target__parent__plan__unit",
        "unit", "desk", "person", "target__latest",
    ).annotate(state_order=_order())  # fmt: skip


def _order() -> Case:
    """What waits first."""
    states = (WarningState.OPEN, WarningState.ANSWERED)
    return Case(
        *(When(state=state, then=Value(number)) for number, state in enumerate(states)),
        default=Value(len(states)),
    )


def one_warning(warning_id: int, person: Person | None) -> EarlyWarning:
    """The warning, if this person may see it."""
    found: EarlyWarning | None = whole().visible_to(person).filter(pk=warning_id).first()
    if found is None:
        raise NotFound
    return found


def to_answer(person: Person | None) -> Any:
    """Open warnings that this person, or the person's office, has to answer."""
    return whole().filter(_answerable(person)).order_by("deadline", "pk")


def to_close(person: Person | None) -> Any:
    """Answered warnings that wait for this person's office."""
    return whole().filter(_closable(person)).order_by("answered_at", "pk")


def waiting_for(request: HttpRequest) -> int:
    """How many warnings wait for the person of a request; shown in the navigation."""
    person = viewer(request)
    if person is None or not person.grants(Permission.SEE_WARNINGS):
        return 0
    return EarlyWarning.objects.filter(_answerable(person) | _closable(person)).count()


def _answerable(person: Person | None) -> Q:
    if person is None or not person.grants(Permission.ANSWER_WARNING):
        return _NONE
    mine = Q(person=person)
    for path in person.scope_paths():
        # the office of the unit itself; units below answer for themselves
        mine |= Q(unit__path=path)
    return mine & Q(state=WarningState.OPEN)


def _closable(person: Person | None) -> Q:
    if person is None or not person.grants(Permission.CLOSE_WARNING):
        return _NONE
    answered = Q(state=WarningState.ANSWERED) & ~Q(answered_who=person.pk)
    if person.is_administrator:
        return answered
    mine = _NONE
    for path in person.scope_paths():
        mine |= Q(desk__path__startswith=path)
    return answered & mine


def filtered_warnings(rows: Any, asked: Any, today: date) -> Any:
    """The filters of the address; also used by the API."""
    if (state := asked.get("state")) in WarningState.values:
        rows = rows.filter(state=state)
    elif state == "late":
        rows = rows.filter(state=WarningState.OPEN, deadline__lt=today)
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if level := asked.get("level"):
        rows = rows.filter(level=level)
    if unit := asked.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    if query := str(asked.get("q", "")).strip():
        rows = rows.filter(
            Q(target__indicator__icontains=query) | Q(target__plan__title__icontains=query)
        )
    return rows
