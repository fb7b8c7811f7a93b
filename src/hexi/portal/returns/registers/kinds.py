"""Registers that a file is imported into (名录种类): how each is read, written and undone.

The registers of who reports are here; an app above names its own once, when it is made ready, so
that there is one import for whatever an office keeps in lists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.roles import Permission
from hexi.portal.returns.models import Enterprise, Filler, Project, Return
from hexi.portal.returns.registers import (
    enterprise_book,
    enterprise_file,
    project_book,
    project_copy,
    project_file,
)
from hexi.portal.returns.registers.enterprise_copy import copy_of, put_back
from hexi.portal.returns.registers.import_plan import Entering, PlannedRow, Reading
from hexi.portal.returns.registers.project_book import with_reporter
from hexi.portal.returns.registers.register_file import Heads

__all__ = ["ImportWords", "Register", "add_register", "register_of"]


@dataclass(frozen=True, slots=True)
class ImportWords:
    """What the pages of an import call things."""

    #: of the page on which a file is chosen, of the list, and of one row
    title: Any
    list: Any
    thing: Any
    #: by what a row is known again
    hint: Any


@dataclass(frozen=True)
class Register:
    """One register; its rows are rows of one model."""

    id: str
    heads: Heads
    reading: Reading
    write: Callable[[PlannedRow, Entering], Any]
    #: a row as it stands, and a row made so again
    copy_of: Callable[[Any], dict[str, Any]]
    put_back: Callable[[Any, dict[str, Any]], None]
    #: rows with all that a copy needs
    rows: Callable[[], Any]
    #: a row as its events keep it; the copy of it is at hand
    card: Callable[[Any, dict[str, Any]], dict[str, Any]]
    #: was anything built since on rows of an import (all by key, and the keys of new ones)?
    used: Callable[[Mapping[int, Any], Sequence[int]], bool]
    #: takes new rows away again
    remove: Callable[[Sequence[Any]], None]
    permission: Permission
    words: ImportWords
    #: what the names of its addresses begin with, and the address of its list
    stem: str
    list_url: str


_REGISTERS: Final[dict[str, Register]] = {}


def add_register(register: Register) -> None:
    """Name a register; the same id again replaces it."""
    _REGISTERS[register.id] = register


def register_of(kind: str) -> Register:
    """The register of a kind."""
    return _REGISTERS[kind]


def _used(rows: Mapping[int, Any], new: Sequence[int]) -> bool:
    """Rows of reporters, whose key is that of their reporter."""
    closed = any(row.closed is not None for row in rows.values())
    reported = Return.objects.filter(reporter__in=new).exists()
    named = Filler.objects.filter(reporter__in=new).exists()
    # a project of an enterprise that goes would be left without it
    led = Project.objects.filter(enterprise__in=new).exclude(pk__in=new).exists()
    return closed or reported or named or led


def _remove(rows: Sequence[Any]) -> None:
    for row in rows:
        reporter = row.reporter
        row.delete()
        reporter.delete()


add_register(
    Register(
        "enterprise",
        enterprise_file.HEADS,
        enterprise_file.READING,
        enterprise_file.write,
        copy_of,
        put_back,
        lambda: Enterprise.objects.select_related("reporter__home", "successor"),
        lambda row, _copy: enterprise_book.card(row),
        _used,
        _remove,
        Permission.KEEP_REGISTER,
        ImportWords(
            _("Import enterprises"),
            _("Enterprises"),
            _("Enterprise"),
            _(
                "An enterprise is known again by its credit code."
                " A column that is not in the file changes nothing."
            ),
        ),
        "enterprise",
        "/enterprises/",
    )
)
add_register(
    Register(
        "project",
        project_file.HEADS,
        project_file.READING,
        project_file.write,
        project_copy.copy_of,
        project_copy.put_back,
        with_reporter,
        lambda row, _copy: project_book.card(row),
        _used,
        _remove,
        Permission.KEEP_REGISTER,
        ImportWords(
            _("Import projects"),
            _("Projects"),
            _("Project"),
            _(
                "A project is known again by its code."
                " A column that is not in the file changes nothing."
            ),
        ),
        "reporting-project",
        "/reporting-projects/",
    )
)
