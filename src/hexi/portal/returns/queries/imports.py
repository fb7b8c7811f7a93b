"""Imports of a register (名录导入): what a person has imported, and where its pages are."""

from __future__ import annotations

from typing import Any, Final

from hexi.portal.core.models import Person
from hexi.portal.returns.models import RegisterImport
from hexi.portal.returns.queries.lines import moment

__all__ = ["PAGES", "imports_of"]

#: kind of register to the start of its addresses
PAGES: Final = {"enterprise": "/enterprises/", "project": "/reporting-projects/"}
_SHOWN: Final = 5


def imports_of(person: Person, kind: str) -> list[dict[str, Any]]:
    """The last files of a person."""
    rows = RegisterImport.objects.filter(who=person.pk, kind=kind)
    return [
        {
            "url": f"{PAGES[kind]}imports/{row.pk}/",
            "name": row.name,
            "at": moment(row.at),
            "state": row.get_state_display(),
            "counts": row.counts,
        }
        for row in rows.defer("lines", "content", "undo")[:_SHOWN]
    ]
