"""Apply a register import (执行导入): everything that the preview showed, in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.returns import form_book
from hexi.portal.returns.models import ImportState, RegisterImport
from hexi.portal.returns.queries.imports import may_work_on
from hexi.portal.returns.registers.import_plan import Entering, PlannedRow, plan_rows
from hexi.portal.returns.registers.kinds import Register, register_of
from hexi.portal.returns.registers.register_file import read_file
from hexi.portal.returns.registers.row_events import RowEvents

__all__ = ["apply_import", "own_import"]


def apply_import(import_id: int, *, by: Person | None, at: datetime) -> Event:
    """Rows that were refused are left out; what stood before is kept for undoing.

    One event on the import, and one on each row that it wrote.
    """
    with transaction.atomic():
        made, officer = own_import(import_id, by)
        register = register_of(made.kind)
        if made.state != ImportState.PREPARED:
            tell([_done()])
        rows = read_file(bytes(made.content), made.name, register.heads)
        planned = plan_rows(rows, officer, form_book.day_of(at), register.reading)
        if [line.record(register.reading) for line in planned] != made.lines:
            tell([_changed()])
        if not any(line.kind in ("new", "changed") for line in planned):
            tell([_nothing()])
        undo: dict[str, Any] = {"new": [], "before": {}, "after": {}, "lines": {}}
        events = RowEvents("import_row", made, officer, at)
        entering = Entering(officer, at, made.name)
        for number, line in enumerate(planned):
            _write(number, line, register, undo, entering, events)
        events.write()
        made.state, made.applied_at, made.undo = ImportState.APPLIED, at, undo
        made.save()
        return record("apply_import", made, by=by, at=at, after=made.counts)


def own_import(import_id: int, by: Person | None) -> tuple[RegisterImport, Person]:
    """An import, held, and who works on it: who made it, or an administrator."""
    row = RegisterImport.objects.select_for_update().filter(pk=import_id).first()
    if row is None:
        raise NotFound
    officer = require(by, register_of(row.kind).permission)
    if not may_work_on(row, officer):
        raise NotFound
    return row, officer


def _write(
    number: int,
    line: PlannedRow,
    register: Register,
    undo: dict[str, Any],
    entering: Entering,
    events: RowEvents,
) -> None:
    if line.kind not in ("new", "changed"):
        return
    before: dict[str, Any] = {}
    if line.kind == "changed":
        stood = undo["before"][str(line.known.pk)] = register.copy_of(line.known)
        before = register.card(line.known, stood)
    row = register.write(line, entering)
    if line.kind == "new":
        undo["new"].append(row.pk)
    stands = undo["after"][str(row.pk)] = register.copy_of(row)
    undo["lines"][str(row.pk)] = number
    events.add(row, number, before, register.card(row, stands))


def _done() -> Refusal:
    return Refusal(
        "import_done",
        _("This import has been applied or undone already."),
        _("Upload the file again."),
        status=409,
    )


def _changed() -> Refusal:
    return Refusal(
        "overtaken",
        _("The register has changed since the preview was made."),
        _("Upload the file again and look at the new preview."),
        status=409,
    )


def _nothing() -> Refusal:
    return Refusal(
        "nothing_to_do",
        _("The file changes nothing."),
        _("Correct the refused rows and upload it again."),
        status=409,
    )
