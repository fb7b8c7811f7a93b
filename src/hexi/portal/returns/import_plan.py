"""What a file would change (导入预览): each row is new, changed, unchanged or refused, and why.

The plan is made from the register as it stands; applying it makes it again and compares, so that
nothing is written that nobody has seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.books import facts
from hexi.portal.returns.entry import FIELDS, UnitFinder, read_entry
from hexi.portal.returns.models import Enterprise, Spell
from hexi.portal.returns.models.enterprise import STANDING
from hexi.portal.returns.register_file import FileRow

__all__ = ["KINDS", "PlannedRow", "plan_rows", "shown"]

KINDS = ("new", "changed", "unchanged", "refused")
#: fields whose change means another month's figures stand elsewhere
_DATED = (*STANDING, "unit")


@dataclass(slots=True)
class PlannedRow:
    """One row of the file with what it would do."""

    row: FileRow
    kind: str = "refused"
    values: dict[str, Any] = field(default_factory=dict)
    #: field to (before, after)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    faults: list[Refusal] = field(default_factory=list)
    known: Enterprise | None = None

    def record(self) -> dict[str, Any]:
        """As it is kept for the preview."""
        return {
            "place": self.row.place(),
            "kind": self.kind,
            "code": str(self.values.get("code") or self.row.cells.get("code") or ""),
            "name": str(self.values.get("name") or self.row.cells.get("name") or ""),
            "changes": [
                {"field": name, "before": shown(before), "after": shown(after)}
                for name, (before, after) in self.changes.items()
            ],
            "faults": [
                {**fault.as_record(), "place": self.row.place(fault.place), "field": fault.place}
                for fault in self.faults
            ],
        }


def plan_rows(rows: Iterable[FileRow], by: Person, today: date) -> list[PlannedRow]:
    """The plan of a file."""
    units = UnitFinder()
    planned = []
    for row in rows:
        entry = read_entry(row.cells, units)
        line = PlannedRow(row, values=entry.values, faults=list(entry.faults.values()))
        planned.append(line)
    known = _known({line.values["code"] for line in planned if "code" in line.values})
    seen: dict[str, FileRow] = {}
    for line in planned:
        _settle(line, known, seen, by, today)
    return planned


def shown(value: Any) -> str:
    """A value of the register as text."""
    if isinstance(value, Unit):
        return value.name
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _known(codes: set[str]) -> dict[str, tuple[Enterprise, Spell]]:
    """The enterprises that the file names, with their newest spells."""
    found: dict[str, tuple[Enterprise, Spell]] = {}
    wanted = list(codes)
    for at in range(0, len(wanted), 500):
        spells = Spell.objects.filter(enterprise__code__in=wanted[at : at + 500])
        for spell in spells.select_related("enterprise__reporter__home", "unit").order_by("since"):
            found[spell.enterprise.code] = (spell.enterprise, spell)
    return found


def _settle(
    line: PlannedRow,
    known: dict[str, tuple[Enterprise, Spell]],
    seen: dict[str, FileRow],
    by: Person,
    today: date,
) -> None:
    code, unit = line.values.get("code"), line.values.get("unit")
    if code is not None:
        first = seen.setdefault(code, line.row)
        if first is not line.row:
            line.faults.append(_twice(first))
    if unit is not None and not by.covers(unit.path):
        line.faults.append(_outside())
    for name in ("opened", "since"):
        day = line.values.get(name)
        if isinstance(day, date) and day > today:
            line.faults.append(_future(name))
    there = known.get(code or "")
    if there is not None:
        line.known = there[0]
        _compare(line, *there, by)
    if not line.faults:
        changed = "changed" if line.changes else "unchanged"
        line.kind = changed if line.known is not None else "new"
    if line.kind == "new":
        line.changes = {name: ("", line.values[name]) for name in FIELDS if line.values.get(name)}


def _compare(line: PlannedRow, enterprise: Enterprise, spell: Spell, by: Person) -> None:
    """What differs; a column that the file has not is left as it is."""
    if not by.covers(enterprise.unit_path):
        line.faults.append(_outside())
        return
    now = facts(enterprise, spell)
    line.changes = {
        name: (now[name], line.values[name])
        for name in FIELDS
        if name in line.row.cells and name in line.values and name in now
        if line.values[name] != now[name]
    }
    since = line.values.get("since")
    if line.changes and enterprise.closed is not None:
        line.faults.append(_closed())
    if "unit" in line.changes and since is None:
        line.faults.append(_move_undated())
    if since is not None and since <= spell.since and any(n in line.changes for n in _DATED):
        line.faults.append(_too_early(spell))


def _twice(first: FileRow) -> Refusal:
    return Refusal(
        "twice_in_file",
        _("The same code stands in row %(row)s already.") % {"row": first.place("code")},
        _("Keep one of the rows."),
        place="code",
    )


def _outside() -> Refusal:
    return Refusal(
        "outside_scope",
        _("The enterprise or its unit is outside your scope."),
        _("Have the unit above import it."),
        place="unit",
    )


def _future(name: str) -> Refusal:
    return Refusal(
        "date_future",
        _("The day lies in the future."),
        _("Enter it when the day has come."),
        place=name,
    )


def _closed() -> Refusal:
    return Refusal(
        "enterprise_is_closed",
        _("The enterprise is closed."),
        _("Take the closing back first, if it still works."),
        place="code",
    )


def _move_undated() -> Refusal:
    return Refusal(
        "move_undated",
        _("The enterprise moves, but the day is missing."),
        _("Fill in the column “Changed on”."),
        place="unit",
    )


def _too_early(spell: Spell) -> Refusal:
    return Refusal(
        "date_before",
        _("The day is not after the last change (%(day)s).") % {"day": spell.since.isoformat()},
        _("Write a later day, or correct the last change."),
        place="since",
    )
