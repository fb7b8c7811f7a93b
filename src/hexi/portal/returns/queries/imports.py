"""Imports of a register (名录导入): what a person has imported."""

from __future__ import annotations

from typing import Any, Final

from hexi.portal.core.models import Person
from hexi.portal.returns.models import RegisterImport
from hexi.portal.returns.queries.lines import moment
from hexi.portal.returns.registers.kinds import register_of

__all__ = ["imports_of"]

_SHOWN: Final = 5


def imports_of(person: Person, kind: str) -> list[dict[str, Any]]:
    """The last files of a person."""
    rows = RegisterImport.objects.filter(who=person.pk, kind=kind)
    start = register_of(kind).list_url
    return [
        {
            "url": f"{start}imports/{row.pk}/",
            "name": row.name,
            "at": moment(row.at),
            "state": row.get_state_display(),
            "counts": row.counts,
        }
        for row in rows.defer("lines", "content", "undo")[:_SHOWN]
    ]
