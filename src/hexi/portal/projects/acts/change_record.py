"""Change a project (项目变更): its card; amount, days and scope only with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.projects.acts.register_record import state_code_taken
from hexi.portal.projects.gate_words import refusals
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.record_book import CARD, card, held, out_of_reach, put, values_of, within
from hexi.portal.projects.record_entry import check_record
from hexi.portal.projects.record_labels import PLANNED
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.form_book import day_of
from hexi.projects.gates import GateFault, date_faults, missing_fields

__all__ = ["change_faults", "change_record"]


def change_record(
    project_id: int,
    given: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    reason: str,
    seen: int | None = None,
    read: Mapping[str, Refusal] | None = None,
) -> ProjectRecord:
    """Write the fields given; the stage moves by an act of its own, tags by theirs.

    A field that stood empty is filled without a reason; one that said something is not changed
    without, where amount, days or scope hang on it.
    """
    with transaction.atomic():
        row = held(project_id, by, Permission.KEEP_PROJECTS, seen=seen)
        fields = {name: value for name, value in given.items() if name in CARD}
        entry = check_record(fields, today=day_of(at), partial=True, practice=row.practice)
        now = values_of(row)
        changes = {name: v for name, v in entry.values.items() if v != now[name]}
        told = {**entry.faults, **(read or {})}
        faults = [
            *told.values(),
            *out_of_reach(changes, by),
            *change_faults(row, now, changes, day_of(at)),
        ]
        if "unit" in changes:
            within(changes["unit"], by)
        if any(now[name] not in (None, "", {}) for name in PLANNED if name in changes):
            faults += needs_reason(reason)
        if not faults and not changes:
            faults.append(_no_change())
        tell(faults)
        before = card(row)
        put(row, changes, at)
        record(
            "change_record",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=card(row),
            reason=reason.strip(),
        )
    return row


def change_faults(
    row: ProjectRecord, now: Mapping[str, Any], changes: Mapping[str, Any], today: date
) -> list[Refusal]:
    """Whether the record, as it would be, may stand where it stands; a file asks the same."""
    book = stage_book()
    after = {**now, **changes}
    passed = [id for id in row.spells.values_list("stage", flat=True) if id in book.stages]
    gates: list[GateFault] = [
        fault
        for fault in missing_fields(book, after, passed)
        # what was missing before is no reason to refuse another correction
        if fault.field in changes
    ]
    gates += [f for f in date_faults(after, today) if f not in date_faults(now, today)]
    kind = book.kinds.get(after["kind"])
    stands = after["resume_stage"] or after["stage"]
    if "kind" in changes and kind is not None and stands not in (*kind.stages, book.ending.id):
        gates.append(GateFault("stage_not_of_kind", "kind", (stands, *kind.stages)))
    faults = refusals(gates)
    if len({"total", "sources"} & changes.keys()) == 1:
        both = {"total": after["total"], "sources": after["sources"]}
        faults += check_record(both, today=today, partial=True).faults.values()
    return faults + state_code_taken(changes.get("state_code") or "", row.pk)


def _no_change() -> Refusal:
    return Refusal(
        "no_change", _("The library says this already."), _("Change a field, or leave the page.")
    )
