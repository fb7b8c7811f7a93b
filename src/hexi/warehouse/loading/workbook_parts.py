"""What is looked for in a workbook before its values are read (工作簿预检).

Formulas that failed (#DIV/0!, #REF!): a reader of values gives them as empty, and empty means "not
reported". And the farthest cell: a single one at the end of a sheet would have the reader ask for
more memory than there is.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from lxml import etree

__all__ = ["FailedFormula", "SheetScan", "scan_sheets"]

_ERROR_CELL: Final = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>'
    rb"(.*?)</(?:\w+:)?c>",
    re.DOTALL,
)
_REFERENCE: Final = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
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


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What a sheet holds beside its values."""

    failed: tuple[FailedFormula, ...]
    #: of the rectangle from A1 to the farthest cell
    rows: int
    columns: int


def scan_sheets(packed: zipfile.ZipFile) -> dict[str, SheetScan]:
    """The sheets of a workbook by name."""
    names = set(packed.namelist())
    found = {}
    for name, part in _parts(packed).items():
        if part not in names:
            continue
        cells = packed.read(part)
        # nearly every sheet has none, and is not looked through
        failed = _ERROR_CELL.finditer(cells) if b't="e"' in cells else ()
        rows, columns = _corner(cells)
        found[name] = SheetScan(tuple(_failed(match) for match in failed), rows, columns)
    return found


def _corner(cells: bytes) -> tuple[int, int]:
    """Row and column of the farthest cell, counted from 1."""
    row, letters = 0, set()
    for match in _REFERENCE.finditer(cells):
        row = max(row, int(match[2]))
        letters.add(match[1])
    return row, max((_column_number(name) for name in letters), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


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
