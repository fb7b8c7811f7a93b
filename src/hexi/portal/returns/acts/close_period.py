"""Close a period (锁定时期): a form's period is done for a unit; at the top it is published."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.returns import form_book
from hexi.portal.returns.approval.flow import is_closed
from hexi.portal.returns.approval.publication import publish_period
from hexi.portal.returns.models import PeriodLock, Return
from hexi.portal.returns.queries.expected import Tally, expected, tally
from hexi.portal.returns.scope import RANKS, may_decide
from hexi.statistics.forms import Form

__all__ = ["close_period", "closing_unit", "lock_facts"]


def close_period(
    form: str, period: int, unit_code: str, *, by: Person | None, at: datetime, reason: str = ""
) -> PeriodLock:
    """Close it for the subtree of a unit. With some still missing, a reason is asked.

    At the top everything that has been approved becomes the period's figures in the warehouse.
    """
    with transaction.atomic():
        officer = require(by, Permission.CLOSE_PERIOD)
        unit = closing_unit(unit_code, officer)
        edition = form_book.form_at(form, period)
        # two who close at once: the second waits here and is told
        Unit.objects.select_for_update().get(pk=unit.pk)
        counts = tally(expected(edition, period, [unit.path]))
        tell(_faults(edition, period, unit, counts, at, reason))
        snapshot = None
        if RANKS[unit.kind] == max(RANKS.values()):
            title = f"{form_book.form_name(form)} {form_book.period_label(form, period)}"
            snapshot = publish_period(
                form, period, by=officer, at=at, reason=reason.strip() or title
            )
        made = PeriodLock.objects.create(
            form=form,
            period=period,
            unit=unit,
            at=at,
            by_name=officer.name,
            reason=reason.strip(),
            expected=counts.expected,
            approved=counts.approved,
            snapshot=snapshot,
        )
        record(
            "close_period",
            made,
            by=by,
            at=at,
            unit_path=unit.path,
            after=lock_facts(made),
            reason=reason.strip(),
        )
    return made


def closing_unit(code: str, officer: Person) -> Unit:
    """The unit that closes or opens, if the person may do so for it."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise NotFound
    if not may_decide(officer, unit.kind, unit.path):
        raise NotPermitted
    return unit


def lock_facts(lock: PeriodLock) -> dict[str, str | int | None]:
    """What an event keeps of a closing."""
    return {
        "form": lock.form,
        "period": lock.period,
        "unit": lock.unit.name,
        "expected": lock.expected,
        "approved": lock.approved,
        "snapshot": lock.snapshot,
    }


def _faults(
    form: Form, period: int, unit: Unit, counts: Tally, at: datetime, reason: str
) -> list[Refusal]:
    faults = []
    if form_book.day_of(at) <= form_book.last_day(form, period):
        faults.append(
            Refusal(
                "period_not_over",
                _("The period has not ended."),
                _("Close it when its last day is over."),
                place="period",
            )
        )
    if is_closed(form.id, period, unit):
        faults.append(
            Refusal(
                "closed_already",
                _("The period is closed already."),
                _("Look at the list of closed periods."),
                status=409,
            )
        )
    waiting = Return.objects.filter(
        form=form.id, period=period, waiting__path__startswith=unit.path
    ).count()
    if waiting:
        message = ngettext(
            "%(n)d return still waits for a decision.",
            "%(n)d returns still wait for a decision.",
            waiting,
        ) % {"n": waiting}
        faults.append(
            Refusal("undecided", message, _("Approve it or send it back first."), status=409)
        )
    if not counts.expected:
        faults.append(
            Refusal(
                "nobody_expected",
                _("Nobody below this unit is asked for this form in this period."),
                _("Choose another form or unit, or enter the register first."),
            )
        )
    elif counts.open and not reason.strip():
        faults.append(
            Refusal(
                "incomplete",
                _("%(open)d of %(n)d returns are not approved.")
                % {"open": counts.open, "n": counts.expected},
                _("Wait for them, or write why the period is closed without them."),
                place="reason",
                status=409,
            )
        )
    return faults
