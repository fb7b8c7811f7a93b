"""Record a visit (登记走访): the day it was paid, and what was heard."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell
from hexi.portal.supervision.faults import long_text, missing, overtaken
from hexi.portal.supervision.models import Visit, VisitState

__all__ = ["held_visit", "may_record", "record_visit"]


def may_record(visit: Visit, person: Person | None) -> bool:
    """Who pays it, and the staff who keep the unit's projects."""
    if person is None or visit.state == VisitState.DROPPED:
        return False
    if visit.visitor_id == person.pk:
        return True
    return person.grants(Permission.KEEP_PROJECTS) and person.covers(visit.unit_path)


def held_visit(visit_id: int, person: Person | None) -> Visit:
    """The visit, locked for an act."""
    one_visible(Visit.objects.all(), person, pk=visit_id)
    rows = Visit.objects.select_for_update(of=("self",))
    row: Visit = rows.select_related("unit", "project", "enterprise").get(pk=visit_id)
    return row


def record_visit(
    visit_id: int, paid: date | None, heard: str, *, by: Person | None, at: datetime
) -> Visit:
    """It was paid; a later call corrects what was written."""
    with transaction.atomic():
        # a leader who only reads may still write down his own visit
        officer = require(by, Permission.SEE_PROJECTS)
        row = held_visit(visit_id, by)
        if row.state == VisitState.DROPPED:
            raise overtaken(_("This visit was dropped."))
        if not may_record(row, officer):
            raise NotPermitted
        faults = long_text("heard", heard)
        if paid is None:
            faults.append(missing("paid", _("The visit has no day."), _("Choose a day.")))
        elif paid > timezone.localtime(at).date():
            faults.append(
                Refusal(
                    "paid_ahead",
                    _("A visit is recorded after it was paid."),
                    _("Choose today or an earlier day."),
                    place="paid",
                )
            )
        if not heard.strip():
            faults.append(missing("heard", _("Nothing was written."), _("Write what was heard.")))
        tell(faults)
        before = _card(row)
        row.paid, row.heard, row.state = paid, heard.strip(), VisitState.PAID
        row.save()
        record(
            "record_visit",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=_card(row),
        )
    return row


def _card(row: Visit) -> dict[str, str]:
    return {"paid": row.paid.isoformat() if row.paid else "", "heard": row.heard}
