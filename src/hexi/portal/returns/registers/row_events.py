"""Events of the rows of an import (导入逐条登记): a thing's own history tells that a file wrote it.

An import leaves one event of its own, and one on every row that it entered or changed; undoing it
leaves the same again. They are written together at the end, so that many rows cost few writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record_each, unsaved_event
from hexi.portal.returns.models import RegisterImport

__all__ = ["RowEvents"]


@dataclass
class RowEvents:
    """What one act on an import did to each of its rows; ``write`` appends it all."""

    act: str
    of: RegisterImport
    by: Person
    at: datetime
    reason: str = ""
    _found: list[Event] = field(default_factory=list)

    def add(
        self, row: Any, line: int | None, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> None:
        """A row of the register, as its card stood and stands; ``line``: its place in the preview
        (imports of older versions do not know it)."""
        source: dict[str, Any] = {"import": self.of.pk, "file": self.of.name}
        if line is not None:
            source |= {"line": line, "row": self.of.lines[line]["place"]}
        self._found.append(
            unsaved_event(
                self.act,
                row,
                by=self.by,
                at=self.at,
                unit_path=row.unit_path,
                before=dict(before),
                after={**after, **source},
                reason=self.reason,
            )
        )

    def write(self) -> None:
        """Append them, in the transaction of the act."""
        record_each(self._found)
