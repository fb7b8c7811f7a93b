"""Formulas that failed (公式出错): cells that show #DIV/0!, #REF! or #N/A in a workbook.

A reader of values gives them as empty, and empty means "not reported"; so they are looked for in
the file itself.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from lxml import etree

__all__ = ["FailedFormula", "failed_formulas"]

_ERROR_CELL: Final = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(.*?)</(?:\w+:)?c>',
    re.DOTALL,
)
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})</")
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class FailedFormula:
    """A cell whose formula has no value."""

    #: such as C12
    reference: str
    row: int
    #: such as #DIV/0!
    error: str


def failed_formulas(packed: zipfile.ZipFile) -> dict[str, tuple[FailedFormula, ...]]:
    """The failed formulas of a workbook by the name of the sheet."""
    names = set(packed.namelist())
    found = {}
    for name, part in _parts(packed).items():
        if part not in names:
            continue
        cells = packed.read(part)
        # nearly every sheet has none, and is not looked through
        if b't="e"' in cells:
            found[name] = tuple(_failed(match) for match in _ERROR_CELL.finditer(cells))
    return found


def _failed(match: re.Match[bytes]) -> FailedFormula:
    value = _VALUE.search(match[3])
    letters, row = match[1].decode(), int(match[2])
    return FailedFormula(
        f"{letters}{row}", row, value[1].decode("utf-8", "replace") if value else ""
    )


def _parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet and the part of the package that holds it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        book = etree.fromstring(packed.read("xl/workbook.xml"), parser)
        relations = etree.fromstring(packed.read("xl/_rels/workbook.xml.rels"), parser)
    except (KeyError, etree.XMLSyntaxError):
        return {}
    targets = {node.get("Id"): node.get("Target", "") for node in relations}
    return {
        sheet.get("name", ""): posixpath.normpath(
            posixpath.join("/xl", targets.get(sheet.get(_RELATION), ""))
        ).lstrip("/")
        for sheet in book.iter("{*}sheet")
    }
