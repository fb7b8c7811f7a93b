"""What a file would change (导入预览): each row is new, changed, unchanged or refused, and why.

The plan is made from the register as it stands; applying it makes it again and compares, so that
nothing is written that nobody has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.registers.entry import Entry, UnitFinder
from hexi.portal.returns.registers.register_file import FileRow

__all__ = [
    "KINDS",
    "Entering",
    "PlannedRow",
    "Reading",
    "by_code",
    "future",
    "outside",
    "plan_rows",
    "shown",
]

KINDS = ("new", "changed", "unchanged", "refused")


@dataclass(frozen=True, slots=True)
class Entering:
    """Who enters the rows of a file, when, and the name of the file as the reason."""

    by: Person
    at: datetime
    reason: str


@dataclass(slots=True)
class PlannedRow:
    """One row of the file with what it would do."""

    row: FileRow
    kind: str = "refused"
    values: dict[str, Any] = field(default_factory=dict)
    #: field to (before, after)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    faults: list[Refusal] = field(default_factory=list)
    #: the row of the register that it is about; None for a new one
    known: Any = None

    def record(self, reading: Reading) -> dict[str, Any]:
        """As it is kept for the preview."""
        given = {**self.row.cells, **self.values}
        return {
            "place": self.row.place(),
            "kind": self.kind,
            "code": str(given.get(reading.code) or ""),
            "name": str(given.get("name") or ""),
            "changes": [
                {
                    "field": name,
                    "before": reading.shown(name, before),
                    "after": reading.shown(name, after),
                }
                for name, (before, after) in self.changes.items()
            ],
            "faults": [
                {**fault.as_record(), "place": self.row.place(fault.place), "field": fault.place}
                for fault in self.faults
            ],
        }


def shown(_name: str, value: Any) -> str:
    """A value of the register as text."""
    if isinstance(value, Unit):
        return value.name
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return value.isoformat() if isinstance(value, date) else str(value or "")


def by_code(values: Mapping[str, Any]) -> str:
    """What a row is known again by: its code."""
    return str(values.get("code") or "")


@dataclass(frozen=True)
class Reading:
    """How rows of one register are read (on a day) and compared."""

    fields: tuple[str, ...]
    #: fields that are days which cannot lie ahead
    past: tuple[str, ...]
    read: Callable[[FileRow, UnitFinder, date], Entry]
    #: what the register knows of the rows of a file (their values), by ``key``
    known: Callable[[Collection[Mapping[str, Any]]], Mapping[str, Any]]
    #: puts ``known`` and what differs, or is wrong with that, into the row
    compare: Callable[[PlannedRow, Any, Person], None]
    #: what a row is known again by, once in a file; empty: by nothing
    key: Callable[[Mapping[str, Any]], str] = by_code
    #: the field that a preview shows before the name
    code: str = "code"
    #: a value of a field as a preview shows it
    shown: Callable[[str, Any], str] = shown


def plan_rows(
    rows: Iterable[FileRow], by: Person, today: date, reading: Reading
) -> list[PlannedRow]:
    """The plan of a file."""
    units = UnitFinder()
    planned = []
    for row in rows:
        entry = reading.read(row, units, today)
        planned.append(PlannedRow(row, values=entry.values, faults=list(entry.faults.values())))
    known = reading.known([line.values for line in planned])
    seen: dict[str, FileRow] = {}
    for line in planned:
        _settle(line, known.get(reading.key(line.values)), seen, by, today, reading)
    return planned


def _settle(
    line: PlannedRow,
    there: Any,
    seen: dict[str, FileRow],
    by: Person,
    today: date,
    reading: Reading,
) -> None:
    key, unit = reading.key(line.values), line.values.get("unit")
    if key:
        first = seen.setdefault(key, line.row)
        if first is not line.row:
            line.faults.append(_twice(first, reading.code))
    if unit is not None and not by.covers(unit.path):
        line.faults.append(outside())
    for name in reading.past:
        day = line.values.get(name)
        if isinstance(day, date) and day > today:
            line.faults.append(future(name))
    if there is not None:
        reading.compare(line, there, by)
    if not line.faults:
        changed = "changed" if line.changes else "unchanged"
        line.kind = changed if line.known is not None else "new"
    if line.kind == "new":
        line.changes = {
            name: ("", line.values[name]) for name in reading.fields if line.values.get(name)
        }


def _twice(first: FileRow, code: str) -> Refusal:
    return Refusal(
        "twice_in_file",
        _("The same one stands in row %(row)s already.") % {"row": first.place(code)},
        _("Keep one of the rows."),
        place=code,
    )


def outside() -> Refusal:
    """It stands, or would stand, where the person keeps no register."""
    return Refusal(
        "outside_scope",
        _("This row or its unit is outside your scope."),
        _("Have the unit above import it."),
        place="unit",
    )


def future(name: str) -> Refusal:
    """The day has not come."""
    return Refusal(
        "date_future",
        _("The day lies in the future."),
        _("Enter it when the day has come."),
        place=name,
    )
