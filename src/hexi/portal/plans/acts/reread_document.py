"""Read again (重新读取): a new reading of the same bytes; the old one counts until it is done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.plans.acts.delete_plan import require_text
from hexi.portal.plans.models import PlanDocument, Reading, ReadingState

__all__ = ["reread_document"]

WAITING = (ReadingState.QUEUED, ReadingState.READING)


def reread_document(document_id: int, *, by: Person | None, at: datetime) -> Reading:
    """Queue a new reading."""
    with transaction.atomic():
        queryset = PlanDocument.objects.select_related("plan__unit")
        document: PlanDocument = one_visible(queryset, by, pk=document_id)
        require(by, Permission.REREAD, document.plan.unit_path)
        require_text(document)
        if document.readings.filter(state__in=WAITING).exists():
            raise Refusal(
                "reading_now",
                _("This document is being read already."),
                _("Wait until it is done."),
                file=document.name,
                status=409,
            )
        reading = Reading.objects.create(document=document, state=ReadingState.QUEUED, queued_at=at)
        record(
            "reread_document",
            document,
            by=by,
            at=at,
            unit_path=document.plan.unit_path,
            after={"plan": document.plan_id, "reading": reading.pk},
        )
    return reading
