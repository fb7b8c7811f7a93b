"""Take an excuse back (撤销免报): by the unit that gave it, or by one above it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.excuse_reporter import excuse_facts
from hexi.portal.returns.approval.flow import is_closed
from hexi.portal.returns.models import Excuse
from hexi.portal.returns.scope import may_decide, one_seen

__all__ = ["undo_excuse"]


def undo_excuse(excuse_id: int, *, reason: str, by: Person | None, at: datetime) -> Event:
    """The reporter is asked again for all of its periods."""
    with transaction.atomic():
        officer = require(by, Permission.APPROVE)
        queryset = Excuse.objects.select_related("reporter", "unit", "by_unit")
        one_seen(queryset, by, pk=excuse_id)
        Excuse.objects.select_for_update(of=("self",)).get(pk=excuse_id)
        row: Excuse = queryset.get(pk=excuse_id)
        if not may_decide(officer, row.by_unit.kind, row.by_unit.path):
            raise NotPermitted
        tell([*_faults(row), *needs_reason(reason)])
        row.undone_at, row.undone_by, row.undone_reason = at, officer.name, reason.strip()[:2000]
        row.save(update_fields=["undone_at", "undone_by", "undone_reason"])
        return record(
            "undo_excuse",
            row,
            by=by,
            at=at,
            name=f"{row.reporter.name} {form_book.form_name(row.form)}",
            unit_path=row.unit.path,
            before=excuse_facts(row),
            reason=row.undone_reason,
        )


def _faults(row: Excuse) -> list[Refusal]:
    if row.undone_at is not None:
        return [
            Refusal(
                "not_excused",
                _("The excuse has been taken back already."),
                _("Look at the list of who is excused."),
                status=409,
            )
        ]
    if any(is_closed(row.form, period, row.unit) for period in (row.first, row.last)):
        return [
            Refusal(
                "period_closed",
                _("The period is closed."),
                _("Have it opened again first: its counts would change."),
                status=409,
            )
        ]
    return []
