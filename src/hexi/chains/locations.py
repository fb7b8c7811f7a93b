"""Location data from a file (区位数据): places down, industries across, one amount a cell.

Staff, output or number of firms, of any year and source: relatedness asks only who does what where.
The first column names the place, the other heads are codes of GB/T 4754 (a name may follow the
code). An empty cell is nothing of that industry there; what is no number is told with its cell.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.warehouse.loading.delimited import read_delimited
from hexi.warehouse.loading.sheet import Sheet, Unreadable, column_letters
from hexi.warehouse.loading.workbook import read_workbook

__all__ = ["LocationError", "LocationFault", "Locations", "read_locations"]

MOST_PLACES, MOST_INDUSTRIES = 5000, 1500
_HEAD = re.compile(r"\s*[A-T]?(\d{2,4})(?!\d)")
_NOTHING = frozenset({"", "-", "–", "—", "…", "无"})


@dataclass(frozen=True, slots=True)
class LocationFault:
    """One thing that is wrong, and where in the file."""

    place: str
    text: str
    text_en: str


class LocationError(ValueError):
    """A file that gives no table."""

    def __init__(self, faults: Sequence[LocationFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(f"{one.place}：{one.text}" for one in self.faults))


@dataclass(frozen=True, slots=True)
class Locations:
    """A table of places by industries."""

    places: tuple[str, ...]
    #: codes of GB/T 4754, all of the table's own length or mixed
    industries: tuple[str, ...]
    amounts: NDArray[np.float64]


def read_locations(content: bytes, name: str, sections: Mapping[str, str]) -> Locations:
    """The first sheet with industry codes for heads, of an xlsx or csv file.

    Raises:
        LocationError: with every fault by cell.
    """
    try:
        if content[:2] == b"PK":
            sheets = read_workbook(name, content, _is_header)
        else:
            sheets = [read_delimited(name, content)]
    except Unreadable as error:
        told = error.fault.sentence("zh"), error.fault.sentence("en")
        raise LocationError([LocationFault(name, *told)]) from error
    if not sheets:
        said = "没有以行业代码为表头的数据表", "no sheet with industry codes for heads"
        raise LocationError([LocationFault(name, *said)])
    return _table(sheets[0], sections)


def _is_header(cells: Sequence[str]) -> bool:
    return sum(1 for cell in cells[1:] if _HEAD.match(cell)) >= 2


def _table(sheet: Sheet, sections: Mapping[str, str]) -> Locations:
    faults = [
        LocationFault(sheet.file, one.sentence("zh"), one.sentence("en")) for one in sheet.faults
    ]
    codes = _codes(sheet, sections, faults)
    places = [str(one or "").strip() for one in sheet.columns[0].to_pylist()] if codes else []
    rows = [row for row, place in enumerate(places) if place]
    _sizes(sheet, rows, codes, faults)
    seen: set[str] = set()
    for row in rows:
        if places[row] in seen:
            said = f"“{places[row]}”出现两次", f"“{places[row]}” stands twice"
            faults.append(LocationFault(_place(sheet, row, 0), *said))
        seen.add(places[row])
    amounts = np.zeros((len(rows), len(codes)))
    if len(rows) <= MOST_PLACES and len(codes) <= MOST_INDUSTRIES:
        for target, column in enumerate(codes.values()):
            cells = sheet.columns[column].to_pylist()
            for line, row in enumerate(rows):
                amounts[line, target] = _amount(sheet, cells[row], row, column, faults)
    if faults:
        raise LocationError(faults)
    return Locations(tuple(places[row] for row in rows), tuple(codes), amounts)


def _codes(
    sheet: Sheet, sections: Mapping[str, str], faults: list[LocationFault]
) -> dict[str, int]:
    """Code to column; heads of the first column and of empty ones aside."""
    found: dict[str, int] = {}
    for column, head in enumerate(sheet.header):
        if column == 0 or not head.strip():
            continue
        place = f"{column_letters(column)}{sheet.first_row - 1}"
        match = _HEAD.match(head)
        if match is None or match[1][:2] not in sections:
            said = f"“{head}”不是行业代码", f"“{head}” is no industry code"
            faults.append(LocationFault(place, *said))
        elif match[1] in found:
            said = f"行业{match[1]}出现两次", f"industry {match[1]} stands twice"
            faults.append(LocationFault(place, *said))
        else:
            found[match[1]] = column
    return found


def _sizes(
    sheet: Sheet, rows: Sequence[int], codes: Mapping[str, int], faults: list[LocationFault]
) -> None:
    if not 2 <= len(rows) <= MOST_PLACES:
        said = f"应有2至{MOST_PLACES}个地区，现有{len(rows)}个"
        said_en = f"2 to {MOST_PLACES} places are needed, there are {len(rows)}"
        faults.append(LocationFault(sheet.file, said, said_en))
    if not 2 <= len(codes) <= MOST_INDUSTRIES:
        said = f"应有2至{MOST_INDUSTRIES}个行业，现有{len(codes)}个"
        said_en = f"2 to {MOST_INDUSTRIES} industries are needed, there are {len(codes)}"
        faults.append(LocationFault(sheet.file, said, said_en))


def _amount(
    sheet: Sheet, cell: str | None, row: int, column: int, faults: list[LocationFault]
) -> float:
    text = (cell or "").strip().replace(",", "").replace("，", "")
    if text in _NOTHING:
        return 0.0
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        said = f"“{cell}”不是不小于零的数", f"“{cell}” is no number of zero or more"
        faults.append(LocationFault(_place(sheet, row, column), *said))
    return value


def _place(sheet: Sheet, row: int, column: int) -> str:
    spot = f"{column_letters(column)}{sheet.row_number(row)}"
    return f"{sheet.name}!{spot}" if sheet.name else spot
