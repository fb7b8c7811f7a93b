"""Registers that a file is imported into (名录种类): how each is read, written and undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from hexi.portal.returns.models import Enterprise
from hexi.portal.returns.registers import enterprise_file, project_copy, project_file
from hexi.portal.returns.registers.enterprise_copy import copy_of, put_back
from hexi.portal.returns.registers.import_plan import PlannedRow, Reading
from hexi.portal.returns.registers.project_book import with_reporter
from hexi.portal.returns.registers.register_file import Heads

__all__ = ["REGISTERS", "Register"]


@dataclass(frozen=True)
class Register:
    """One register; its rows are rows of one model whose key is that of their reporter."""

    id: str
    heads: Heads
    reading: Reading
    write: Callable[[PlannedRow, str], Any]
    #: a row as it stands, and a row made so again
    copy_of: Callable[[Any], dict[str, Any]]
    put_back: Callable[[Any, dict[str, Any]], None]
    #: rows with all that a copy needs
    rows: Callable[[], Any]


REGISTERS: Final = {
    "enterprise": Register(
        "enterprise",
        enterprise_file.HEADS,
        enterprise_file.READING,
        enterprise_file.write,
        copy_of,
        put_back,
        lambda: Enterprise.objects.select_related("reporter__home"),
    ),
    "project": Register(
        "project",
        project_file.HEADS,
        project_file.READING,
        project_file.write,
        project_copy.copy_of,
        project_copy.put_back,
        with_reporter,
    ),
}
