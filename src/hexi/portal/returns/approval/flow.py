"""The course of a return (报表流转): holding it, adding a step, and what follows from the steps.

Only acts call these, inside their transaction.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import SYSTEM
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.approval.ladder import chain_codes
from hexi.portal.returns.models import PeriodLock, Return, ReturnState, ReturnStep, Verb
from hexi.portal.returns.models.step import state_after
from hexi.portal.returns.scope import ReporterScope

__all__ = ["fault_of_lock", "hold", "is_closed", "move", "whole"]


def hold(return_id: int) -> None:
    """Wait for the return and keep it until the transaction ends: one act at a time."""
    Return.objects.select_for_update(of=("self",)).filter(pk=return_id).first()


def whole() -> ReporterScope:
    """Returns with what every act needs of them."""
    return Return.objects.select_related("reporter__unit", "unit", "waiting")


def move(
    row: Return,
    verb: Verb,
    *,
    by: Person | None,
    at: datetime,
    level: int = 0,
    unit: Unit | None = None,
    reason: str = "",
) -> None:
    """Add a step; state, level and revision become what the steps make of them."""
    ReturnStep.objects.create(
        target=row,
        verb=verb,
        level=level,
        unit=unit,
        revision=row.revision + (verb == Verb.REVISE),
        who=by.pk if by else None,
        who_name=by.name if by else SYSTEM,
        at=at,
        reason=reason.strip(),
    )
    row.state, row.level, row.revision = state_after(row.steps.order_by("id"))


def is_closed(form: str, period: int, unit: Unit) -> bool:
    """Has the unit, or one above it, closed the period?"""
    return PeriodLock.objects.filter(
        form=form, period=period, opened_at=None, unit__code__in=chain_codes(unit)
    ).exists()


def fault_of_lock(row: Return) -> list[Refusal]:
    """A closed period is changed only by a late return or a revision, which have their reasons."""
    free = row.late or row.revision > 0 or row.state == ReturnState.REVISED
    if free or not is_closed(row.form, row.period, row.unit):
        return []
    return [
        Refusal(
            "period_closed",
            _("The period is closed."),
            _("Ask to open the return again as late, with the reason."),
            status=409,
        )
    ]
