"""Settle a next step (办结下一步): it was done, or is no longer needed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.promotion.holding import held
from hexi.portal.promotion.models import ContactEntry
from hexi.portal.returns.form_book import day_of

__all__ = ["settle_contact"]


def settle_contact(contact_id: int, *, by: Person | None, at: datetime) -> ContactEntry:
    """Once, where there is a next step."""
    with transaction.atomic():
        row = held(ContactEntry, contact_id, by, Permission.PROMOTE, also=("project__unit",))
        if not row.next_step or row.settled_on is not None:
            tell(
                [
                    Refusal(
                        "nothing_open",
                        _("This entry has no next step, or it has been settled."),
                        _("Log another contact with the next step."),
                        status=409,
                    )
                ]
            )
        row.settled_on, row.settled_by = day_of(at), by.name if by else ""
        row.save()
        record(
            "settle_contact",
            row,
            by=by,
            at=at,
            name=row.project.called,
            unit_path=row.unit_path,
            after={"project": row.project.called, "next_step": row.next_step},
        )
    return row
