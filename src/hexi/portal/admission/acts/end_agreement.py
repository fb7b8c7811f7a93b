"""End an agreement of performance (终止履约协议): it is no longer judged, and stays to be read."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.models import Agreement
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.projects.record_book import held
from hexi.portal.returns.form_book import day_of

__all__ = ["end_agreement"]


def end_agreement(
    agreement_id: int, *, day: date, reason: str, by: Person | None, at: datetime
) -> Agreement:
    """From a day on, with a reason: replaced, fulfilled, terminated."""
    with transaction.atomic():
        found: Agreement | None = Agreement.objects.visible_to(by).filter(pk=agreement_id).first()
        if found is None:
            raise NotFound
        project = held(found.project_id, by, Permission.KEEP_PROJECTS)
        found.refresh_from_db()
        tell([*needs_reason(reason), *_faults(found, day, at)])
        found.ended, found.ended_reason = day, reason.strip()
        found.save(update_fields=["ended", "ended_reason"])
        record(
            "end_agreement",
            found,
            by=by,
            at=at,
            name=project.called,
            unit_path=project.unit_path,
            after={"admission_document": found.document, "admission_day": str(day)},
            reason=found.ended_reason,
        )
    return found


def _faults(found: Agreement, day: date, at: datetime) -> list[Refusal]:
    faults = []
    if found.ended is not None:
        said = _("This agreement has ended already.")
        faults.append(Refusal("already_ended", said, _("Open it again."), status=409))
    if not found.signed <= day <= day_of(at):
        faults.append(
            Refusal(
                "day_wrong",
                _("The end lies between the signing and today."),
                _("Choose such a day."),
                place="day",
            )
        )
    return faults
