"""Withdraw a note (撤回注释): it is shown no more; the record keeps it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, NotPermitted
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.figures.acts.write_note import may_annotate
from hexi.portal.figures.models import Note
from hexi.portal.figures.space import Space

__all__ = ["withdraw_note"]


def withdraw_note(space: Space, note_id: int, *, by: Person | None, at: datetime) -> Note:
    """By its author, or by who may release."""
    with transaction.atomic():
        officer = require(by, Permission.APPROVE)
        rows = Note.objects.select_for_update().filter(space=space.id, withdrawn_at=None)
        row = rows.filter(pk=note_id).first()
        if row is None or not may_annotate(space, row.unit, officer):
            raise NotFound
        if row.who != officer.pk and not officer.grants(Permission.RELEASE):
            raise NotPermitted
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        record(
            "withdraw_note",
            row,
            by=by,
            at=at,
            before={"unit": row.unit, "indicator": row.indicator, "text": row.text},
            after={"practice": space.practice},
        )
    return row
