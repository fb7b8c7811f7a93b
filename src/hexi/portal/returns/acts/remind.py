"""Remind (催报): everybody below a unit who has not handed in finds a line in the inbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.returns import form_book
from hexi.portal.returns.models import Reminder
from hexi.portal.returns.queries.expected import expected

__all__ = ["remind"]

#: nobody is reminded of the same return twice within this time
PAUSE = timedelta(hours=20)
_LONGEST = 500


def remind(
    form: str, period: int, unit_code: str, *, by: Person | None, at: datetime, note: str = ""
) -> int:
    """How many were reminded; one event says so."""
    with transaction.atomic():
        officer = require(by, Permission.APPROVE)
        unit = Unit.objects.filter(code=unit_code).first()
        if unit is None:
            raise NotFound
        require(by, Permission.APPROVE, unit.path)
        edition = form_book.form_at(form, period)
        due = edition.due_day(period).day
        missing = [line for line in expected(edition, period, [unit.path]) if line.missing]
        recent = set(
            Reminder.objects.filter(form=form, period=period, at__gt=at - PAUSE).values_list(
                "reporter", flat=True
            )
        )
        wanted = [line for line in missing if line.reporter_id not in recent]
        if not wanted:
            raise Refusal(
                "nobody_to_remind",
                _("Nobody is missing, or all have been reminded today."),
                _("Look at the list again tomorrow."),
                status=409,
            )
        Reminder.objects.bulk_create(
            Reminder(
                reporter_id=line.reporter_id,
                unit=line.unit,
                form=form,
                period=period,
                due=due,
                at=at,
                by_name=officer.name,
                note=note.strip()[:_LONGEST],
            )
            for line in wanted
        )
        record(
            "remind",
            unit,
            by=by,
            at=at,
            name=f"{unit.name} {form_book.form_name(form)} {period}",
            unit_path=unit.path,
            after={"form": form, "period": period, "reminded": len(wanted)},
            reason=note.strip()[:_LONGEST],
        )
    return len(wanted)
