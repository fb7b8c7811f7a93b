"""Imports of registers as a person may see them (可见导入): whose they are, what led where.

A file may tell of more than one unit: it is shown to who brought it in, to administrators, and,
once it has been applied, to whoever keeps that register for all units of who brought it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from hexi.portal.core.models import Event, Person
from hexi.portal.returns.models import ImportState, RegisterImport
from hexi.portal.returns.queries.lines import moment
from hexi.portal.returns.registers.kinds import register_of

__all__ = ["LINES", "import_addresses_of", "imports_of", "may_work_on", "one_import"]

#: rows on a page of a preview
LINES: Final = 200
_SHOWN: Final = 5


def imports_of(person: Person, kind: str) -> list[dict[str, Any]]:
    """The last files of a person."""
    rows = RegisterImport.objects.filter(who=person.pk, kind=kind)
    return [
        {
            "url": _address(kind, row.pk),
            "name": row.name,
            "at": moment(row.at),
            "state": row.get_state_display(),
            "counts": row.counts,
        }
        for row in rows.defer("lines", "content", "undo")[:_SHOWN]
    ]


def may_work_on(row: RegisterImport, person: Person) -> bool:
    """Applying and undoing is for who brought it in, and for administrators."""
    return person.is_administrator or row.who == person.pk


def _readable(found: Iterable[RegisterImport], person: Person | None) -> list[RegisterImport]:
    """Those of the imports that the person may look at."""
    if person is None:
        return []
    rows = list(found)
    people = {one.pk: one for one in Person.objects.filter(pk__in={row.who for row in rows})}
    return [
        row
        for row in rows
        if person.grants(register_of(row.kind).permission)
        and (
            may_work_on(row, person)
            or (row.state != ImportState.PREPARED and _above(person, people.get(row.who or 0)))
        )
    ]


def _above(person: Person, other: Person | None) -> bool:
    """Does the person keep everything that the other one keeps?"""
    if other is None or other.is_administrator:
        return False
    paths = other.scope_paths()
    return bool(paths) and all(person.covers(path) for path in paths)


def one_import(import_id: int, kind: str, person: Person) -> RegisterImport | None:
    """The import of this number, if the person may look at it."""
    found = _readable(RegisterImport.objects.filter(pk=import_id, kind=kind), person)
    return found[0] if found else None


def import_addresses_of(events: Sequence[Event], person: Person | None) -> Mapping[int, str]:
    """Event to the address of its row in the import that wrote it, where the person may see it."""
    wanted = {event.after["import"] for event in events}
    known = RegisterImport.objects.filter(pk__in=wanted).only("kind", "who", "state")
    kinds = {row.pk: row.kind for row in _readable(known, person)}
    return {
        event.pk: _address(kinds[number], number, event.after.get("line"))
        for event in events
        if (number := event.after["import"]) in kinds
    }


def _address(kind: str, number: int, line: int | None = None) -> str:
    address = f"{register_of(kind).list_url}imports/{number}/"
    if line is None:
        return address
    page = line // LINES + 1
    return f"{address}{f'?page={page}' if page > 1 else ''}#row-{line}"
