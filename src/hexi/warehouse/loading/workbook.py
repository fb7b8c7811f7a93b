"""Workbooks (xlsx): every sheet that has a header, cells as text.

Excel keeps numbers as doubles with fifteen good digits; that is how they are read, so that 0.3
stays 0.3.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from hexi.warehouse.loading.faults import LoadFault
from hexi.warehouse.loading.sheet import Sheet, Unreadable
from hexi.warehouse.loading.workbook_parts import FailedFormula, SheetScan, scan_sheets

__all__ = ["read_workbook"]

#: bytes that a workbook may unfold to
_MOST: Final = 2_000_000_000
#: cells of the rectangle of a sheet: 200,000 rows of 50 columns
_MOST_CELLS: Final = 10_000_000
_NOTHING: Final = SheetScan((), 0, 0)
#: rows in which the header is looked for
_HEAD_ROWS: Final = 20


def read_workbook(
    file: str, data: bytes, is_header: Callable[[Sequence[str]], bool]
) -> list[Sheet]:
    """The sheets of a workbook that have a header; Unreadable where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            if size > _MOST:
                raise Unreadable(LoadFault(file, "", 0, "", "expands", f"{size / 1e9:.1f} GB"))
            scans = scan_sheets(packed)
        for name, scan in scans.items():
            if scan.rows * scan.columns > _MOST_CELLS:
                cells = f"{scan.rows} × {scan.columns}"
                raise Unreadable(LoadFault(file, name, 0, "", "far", cells))
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            _sheet(file, name, _rows(book, name), is_header, scans.get(name, _NOTHING).failed)
            for name in book.sheet_names
        ]
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Unreadable(LoadFault(file, "", 0, "", "broken", str(error))) from error
    return [sheet for sheet in sheets if sheet is not None]


def _rows(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    """All rows from the first on, empty ones too: the places of cells are those of the sheet."""
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _sheet(
    file: str,
    name: str,
    rows: list[list[Any]],
    is_header: Callable[[Sequence[str]], bool],
    failed: Sequence[FailedFormula],
) -> Sheet | None:
    """The sheet below its header; None where there is no header."""
    for at, row in enumerate(rows[:_HEAD_ROWS]):
        header = tuple(_text(cell) for cell in row)
        if not is_header(header):
            continue
        # columns without a head that hold nothing are the margin
        body = rows[at + 1 :]
        columns = tuple(
            pa.array([_text(line[index]) for line in body], pa.string())
            for index in range(len(header))
        )
        faults = tuple(
            LoadFault(file, name, cell.row, cell.reference, "formula", cell.error)
            for cell in failed
            if cell.row > at + 1
        )
        return Sheet(file, name, header, columns, first_row=at + 2, faults=faults)
    return None


def _text(cell: Any) -> str:
    """What a cell shows, plainly."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time | timedelta | int):
        return str(cell)
    return ""
