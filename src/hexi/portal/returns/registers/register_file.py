"""A file of a register (名录文件): xlsx or csv, read into rows that know their place.

Heads may be the Chinese or the English name of a field or its code, in any order. What cannot be
read at all is refused with file and place; wrong cells are told one by one later.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from hexi.portal.core.refusal import Refusal
from hexi.projects.money import unit_named, without_unit
from hexi.warehouse.loading.workbook_parts import scan_sheets

__all__ = ["MOST_ROWS", "FileRow", "Heads", "Note", "read_file"]

MOST_ROWS = 50_000
#: of a sheet's rectangle; a reader lays all of it out in memory
_MOST_CELLS = 10_000_000


@dataclass(frozen=True, slots=True)
class Note:
    """What a column takes, as the template explains it (填写说明)."""

    takes: Any
    #: in which it is counted
    unit: Any = ""
    example: str = ""
    #: words that may stand in it; ``listed``: one of them, offered as a drop-down list
    words: tuple[str, ...] = ()
    listed: bool = False


@dataclass(frozen=True)
class Heads:
    """The columns of a register's file (表头): fields in order, and how else they are called."""

    #: name of the sheet
    title: Any
    #: field to the head of its column
    labels: Mapping[str, Any]
    required: tuple[str, ...]
    #: names by which other registers call a field
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: what may stand in a column, where that is a short list
    choices: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    #: fields of money, whose head may name its unit: 总投资（亿元）
    money: frozenset[str] = frozenset()
    #: field to what its column takes; the template explains nothing where there are none
    notes: Mapping[str, Note] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: its number, the sheet, and the cells by field."""

    sheet: str
    number: int
    cells: dict[str, Any]
    #: letter of the column by field
    letters: dict[str, str]
    #: unit that the head of a column of money names, by field
    units: Mapping[str, str] = field(default_factory=dict)

    def place(self, name: str = "") -> str:
        """Where a field stands: 名录!C5."""
        spot = f"{self.letters.get(name, '')}{self.number}"
        return f"{self.sheet}!{spot}" if self.sheet else spot


def read_file(content: bytes, name: str, heads: Heads) -> list[FileRow]:
    """All rows that say anything.

    Raises:
        Refusal: where the file is no table of the register.
    """
    if content[:2] == b"PK":
        tables = _workbook(content, name)
    elif b"\0" in content[:4096]:
        raise _unreadable(name)
    else:
        tables = [("", list(csv.reader(io.StringIO(_decoded(content, name)))))]
    rows: list[FileRow] = []
    faults: list[Refusal] = []
    for sheet, table in tables:
        try:
            rows += _rows(sheet, table, name, heads)
        except Refusal as refusal:
            faults.append(refusal)
    # sheets beside the table, as the explanation in a template, are no table of the register
    if not rows and len(faults) == len(tables):
        raise faults[0]
    if not rows:
        raise Refusal("no_rows", _("The file has no row."), _("Fill in the template."), file=name)
    if len(rows) > MOST_ROWS:
        raise Refusal(
            "too_many_rows",
            _("The file has more than %(n)d rows.") % {"n": MOST_ROWS},
            _("Split it."),
            file=name,
        )
    return rows


def _workbook(content: bytes, name: str) -> list[tuple[str, list[list[Any]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            scans = scan_sheets(packed)
        # one stray cell at the end of a sheet makes it as large as the sheet can be
        if any(scan.rows * scan.columns > _MOST_CELLS for scan in scans.values()):
            raise _far_cell(name)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            (sheet, book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
            for sheet in book.sheet_names
        ]
    except (CalamineError, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise _unreadable(name) from error


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(name)


def _unreadable(name: str) -> Refusal:
    return Refusal(
        "unreadable",
        _("The file is neither an Excel workbook nor a CSV table."),
        _("Save it as xlsx, or as CSV in UTF-8 or GB 18030."),
        file=name,
    )


def _far_cell(name: str) -> Refusal:
    return Refusal(
        "far_cell",
        _("A sheet has a cell far away from its table."),
        _("Delete the rows and columns behind the table and save the file again."),
        file=name,
    )


def _rows(
    sheet: str, table: Sequence[Sequence[Any]], name: str, wanted: Heads
) -> Iterator[FileRow]:
    at, heads = _heads(table, wanted)
    missing = [str(wanted.labels[one]) for one in wanted.required if one not in heads]
    if missing:
        raise Refusal(
            "columns_missing",
            _("These columns are missing: %(columns)s.") % {"columns": "、".join(missing)},
            _("Use the template, and keep its first row."),
            file=name,
            place=f"{sheet}!A1" if sheet else "A1",
        )
    letters = {one: _letter(column) for one, column in heads.items()}
    named = {one: unit_named(str(table[at][heads[one]])) for one in wanted.money if one in heads}
    units = {one: unit for one, unit in named.items() if unit}
    for number, line in enumerate(table[at + 1 :], at + 2):
        cells = {one: _plain(line[column]) for one, column in heads.items() if column < len(line)}
        if any(value not in ("", None) for value in cells.values()):
            yield FileRow(sheet, number, cells, letters, units)


def _heads(table: Sequence[Sequence[Any]], wanted: Heads) -> tuple[int, dict[str, int]]:
    """The row of heads: the one among the first ten that names most fields."""
    known = {}
    for name, label in wanted.labels.items():
        for language in ("zh-hans", "en"):
            with translation.override(language):
                known[_folded(str(label))] = name
        for word in (name, *wanted.others.get(name, ())):
            known[_folded(word)] = name
    best: tuple[int, dict[str, int]] = (0, {})
    for at, line in enumerate(table[:10]):
        heads: dict[str, int] = {}
        for column, cell in enumerate(line):
            named = known.get(_folded(str(cell)))
            if (
                named is None
                and known.get(bare := _folded(without_unit(str(cell)))) in wanted.money
            ):
                named = known[bare]
            if named is not None:
                heads.setdefault(named, column)
        if len(heads) > len(best[1]):
            best = (at, heads)
    return best


def _folded(text: str) -> str:
    return "".join(text.split()).strip("*＊:：").lower()


def _plain(value: Any) -> Any:
    """A cell as it was meant: a code typed as a number has no decimals."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value
    return str(value).strip() if value is not None else ""


def _letter(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
