"""Undo a register import (撤销导入): the register becomes what it was, if nothing came after it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns.acts.apply_import import own_import
from hexi.portal.returns.models import ImportState, RegisterImport
from hexi.portal.returns.registers.kinds import Register, register_of
from hexi.portal.returns.registers.row_events import RowEvents

__all__ = ["undo_import"]


def undo_import(import_id: int, *, reason: str, by: Person | None, at: datetime) -> Event:
    """All of it or nothing; what was changed, or has reported, since stops it.

    One event on the import, and one on each row that goes back to what it was or goes away.
    """
    with transaction.atomic():
        made, officer = own_import(import_id, by)
        register = register_of(made.kind)
        touched = [int(pk) for pk in made.undo.get("after", {})]
        rows = {row.pk: row for row in register.rows().filter(pk__in=touched)}
        tell([*needs_reason(reason), *_faults(made, register, rows)])
        events = RowEvents("undo_import_row", made, officer, at, reason.strip())
        lines = made.undo.get("lines", {})
        for pk, copy in made.undo["after"].items():
            row = rows[int(pk)]
            before, stood = register.card(row, copy), made.undo["before"].get(pk)
            if stood is not None:
                stood = _whole(register, row, stood)
                register.put_back(row, stood)
            after = register.card(row, stood) if stood is not None else {}
            events.add(row, lines.get(pk), before, after)
        register.remove([rows[pk] for pk in made.undo["new"]])
        events.write()
        made.state, made.undone_at = ImportState.UNDONE, at
        made.save(update_fields=["state", "undone_at"])
        return record("undo_import", made, by=by, at=at, before=made.counts, reason=reason.strip())


def _faults(made: RegisterImport, register: Register, rows: dict[int, Any]) -> list[Refusal]:
    if made.state != ImportState.APPLIED:
        return [
            Refusal(
                "not_applied",
                _("This import is not in force."),
                _("Look at the list of imports."),
                status=409,
            )
        ]
    after = made.undo["after"]
    changed = any(_later(register, rows.get(int(pk)), copy) for pk, copy in after.items())
    if changed or register.used(rows, made.undo["new"]):
        return [
            Refusal(
                "changed_since",
                _("Rows of this import have been changed, or have reported, since."),
                _("Correct them one by one."),
                status=409,
            )
        ]
    return []


def _later(register: Register, row: Any, copy: dict[str, object]) -> bool:
    return row is None or register.copy_of(row) != _whole(register, row, copy)


def _whole(register: Register, row: Any, copy: dict[str, object]) -> dict[str, object]:
    """A copy with what was not kept when it was made: no import wrote that then."""
    return {**register.copy_of(row), **copy}
