"""Save figures (填报保存): the cells that were changed, each refused by itself where it is wrong.

Only the reporting unit changes its figures. Two people who change different cells at once both
keep their work; the second to change the same cell is told what stands there now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.returns import form_book
from hexi.portal.returns.approval.flow import fault_of_lock, hold, move, whole
from hexi.portal.returns.filling.cells import cell_at, kept_text
from hexi.portal.returns.filling.checking import let_lapse
from hexi.portal.returns.filling.row_classes import row_names
from hexi.portal.returns.models import Return, ReturnState, Verb
from hexi.portal.returns.scope import require_fill
from hexi.statistics.forms import Form

__all__ = ["COVER", "Saved", "save_cells"]

#: cells of the cover page are named with this before the field
COVER = "cover."
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the cells that were sent."""

    row: Return
    #: cells that stand as sent, with the exact text that is kept
    kept: dict[str, str] = field(default_factory=dict)
    #: cells that were refused, and why
    refused: dict[str, Refusal] = field(default_factory=dict)


def save_cells(
    return_id: int,
    cells: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    seen: int | None = None,
    units: Mapping[str, str] | None = None,
) -> Saved:
    """Keep the cells (name to value; an empty value empties the cell).

    ``seen`` is the count of changes that the sender knows; ``units`` names the unit of measure in
    which a cell was typed, where it is not the item's own.
    """
    with transaction.atomic():
        require(by, Permission.FILL)
        require_fill(whole(), by, pk=return_id)
        hold(return_id)
        row: Return = whole().get(pk=return_id)
        tell(_faults(row))
        edition = form_book.version_of(row.form, row.form_version)
        saved = Saved(row)
        others = _changed_since(row, seen)
        for name, value in cells.items():
            try:
                text = _text(edition, name, value, (units or {}).get(name, ""))
                if name in others and text != _now(row, name):
                    raise _overtaken(row, name)
                saved.kept[name] = text
            except Refusal as refusal:
                refusal.place = refusal.place or name
                saved.refused[name] = refusal
        before = {name: _now(row, name) for name in saved.kept}
        changes = {name: text for name, text in saved.kept.items() if text != before[name]}
        if changes:
            _put(row, changes, at)
            if row.state == ReturnState.CHECKED:
                move(row, Verb.CHANGE, by=by, at=at)
            row.save()
            record(
                "save_cells",
                row,
                by=by,
                at=at,
                unit_path=row.unit_path,
                before={name: before[name] for name in changes},
                after={**changes, "edit": row.edit},
            )
    return saved


def _faults(row: Return) -> list[Refusal]:
    faults = fault_of_lock(row)
    if not row.editable:
        faults.append(
            Refusal(
                "not_editable",
                _("The return has been submitted and cannot be changed."),
                _("Have it sent back, or open a revision with the reason."),
                status=409,
            )
        )
    return faults


def _text(form: Form, name: str, value: Any, entry_unit: str) -> str:
    if name.startswith(COVER):
        code = name.removeprefix(COVER)
        known = next((f for f in form.cover if f.code == code), None)
        text = " ".join(str(value or "").split())
        if known is None or len(text) > _LONGEST:
            raise _no_cell()
        if text and known.choices and text not in known.choices:
            raise Refusal(
                "no_choice",
                gapped(_("“%(text)s” is not one of the choices."), text=text[:40]),
                _("Choose one of the list."),
            )
        return text
    cell = cell_at(form, name)
    if cell is None:
        raise _no_cell()
    if cell.section and cell.facet not in row_names(form.section(cell.section).rows):
        raise Refusal(
            "no_class",
            gapped(_("There is no row %(code)d in the classification."), code=cell.facet),
            _("Choose one of the list."),
        )
    return kept_text(cell, value, entry_unit)


def _no_cell() -> Refusal:
    return Refusal(
        "no_cell",
        _("The form has no such cell."),
        _("Use the newest edition of the form or of its template."),
    )


def _overtaken(row: Return, name: str) -> Refusal:
    return Refusal(
        "overtaken",
        gapped(
            _("Somebody else has changed this cell to %(value)s."), value=_now(row, name) or "–"
        ),
        _("Look at it and write your value again if it is right."),
        status=409,
    )


def _now(row: Return, name: str) -> str:
    kept = row.cover if name.startswith(COVER) else row.values
    return str(kept.get(name.removeprefix(COVER), ""))


def _changed_since(row: Return, seen: int | None) -> set[str]:
    """Cells that others changed after the count that the sender knows."""
    if seen is None or seen >= row.edit:
        return set()
    events = Event.objects.filter(
        object_type="return", object_id=str(row.pk), act="save_cells"
    ).order_by("-id")[: row.edit - seen]
    return {
        name
        for event in events
        if event.after.get("edit", 0) > seen
        for name in event.after
        if name != "edit"
    }


def _put(row: Return, changes: Mapping[str, str], at: datetime) -> None:
    for name, text in changes.items():
        kept = row.cover if name.startswith(COVER) else row.values
        key = name.removeprefix(COVER)
        if text:
            kept[key] = text
        else:
            kept.pop(key, None)
    row.edit += 1
    row.changed_at = at
    # an explanation was given for a figure; for another figure it says nothing
    let_lapse(row, at, changed=changes)
