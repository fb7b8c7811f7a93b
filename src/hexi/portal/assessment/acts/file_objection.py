"""File an objection (提出申诉): by the assessed unit, on the whole result or on one indicator."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.models import Assessed, Objection, RunState
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell

__all__ = ["file_objection"]

_MOST = 4000


def file_objection(
    assessed_id: int,
    text: str,
    *,
    item: str = "",
    evidence: str = "",
    by: Person | None,
    at: datetime,
) -> Objection:
    """While the result is shown or published, and not archived."""
    with transaction.atomic():
        row: Assessed = one_visible(
            Assessed.objects.select_related("run__unit", "unit"), by, pk=assessed_id
        )
        officer = require(by, Permission.EDIT, row.unit_path or row.run.unit.path)
        tell(_faults(row, text, item, evidence))
        made = Objection.objects.create(
            assessed=row,
            item=item,
            text=text.strip(),
            evidence=evidence.strip(),
            filed_by=officer.name,
            filed_at=at,
        )
        record(
            "file_objection",
            made,
            by=by,
            at=at,
            unit_path=row.unit_path or row.run.unit.path,
            after={"run": str(row.run), "unit": row.name, "item": item, "text": made.text,
                   "evidence": made.evidence},
        )  # fmt: skip
    return made


def _faults(row: Assessed, text: str, item: str, evidence: str) -> list[Refusal]:
    found = []
    if row.run.state not in (RunState.REVIEWED, RunState.PUBLISHED):
        found.append(
            Refusal(
                "wrong_state",
                _("Objections are filed while the result is shown and until it is archived."),
                _("Ask whoever runs the assessment."),
                status=409,
            )
        )
    if not text.strip():
        found.append(
            Refusal(
                "no_text",
                _("The objection says nothing."),
                _("Write what is wrong and what would be right."),
                place="text",
            )
        )
    if len(text) > _MOST or len(evidence) > 400:
        found.append(
            Refusal(
                "too_long",
                _("An objection has at most 4,000 characters, its evidence 400."),
                _("Shorten it."),
                place="text",
            )
        )
    if item and item not in {one.id for one in row.run.scheme_of.items()}:
        found.append(
            Refusal(
                "no_item",
                _("The scheme has no such indicator."),
                _("Choose one from the list."),
                place="item",
            )
        )
    return found
