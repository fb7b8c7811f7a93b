"""A sheet (工作表): a rectangle of text with a header, wherever it came from, and its places.

Readers of all formats end here, so that one set of checks answers for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from hexi.warehouse.loading.faults import LoadFault

__all__ = ["Sheet", "Unreadable", "column_letters"]


class Unreadable(Exception):
    """A file of which nothing can be read."""

    def __init__(self, fault: LoadFault) -> None:
        self.fault = fault
        super().__init__(fault.sentence())


@dataclass(frozen=True, slots=True)
class Sheet:
    """Header and columns of text; empty text or null is an empty cell."""

    file: str
    #: name in a workbook, empty elsewhere
    name: str
    header: tuple[str, ...]
    #: one string array a column, all of one length
    columns: tuple[pa.Array, ...]
    #: spreadsheet row of the first row of data, from 1
    first_row: int = 2
    #: indexes of rows before which lines were left out, one entry a line
    left_out: tuple[int, ...] = ()
    #: what was wrong already when it was read
    faults: tuple[LoadFault, ...] = field(default=())

    @property
    def rows(self) -> int:
        """Rows of data."""
        return len(self.columns[0]) if self.columns else 0

    def row_number(self, index: int) -> int:
        """Spreadsheet row of a row of data, counted from 0."""
        return self.first_row + index + sum(1 for before in self.left_out if before <= index)

    def fault(self, code: str, found: str = "", *, like_it: int = 1) -> LoadFault:
        """A fault of the sheet as a whole."""
        return LoadFault(self.file, self.name, 0, "", code, found, like_it)

    def fault_at(
        self, code: str, index: int, column: int, found: str, like_it: int = 1
    ) -> LoadFault:
        """A fault of a cell: row of data from 0, column from 0 (-1: the row)."""
        row = self.row_number(index)
        if column < 0:
            place = ""
        elif self.name:
            place = f"{column_letters(column)}{row}"
        else:
            place = self.header[column]
        return LoadFault(self.file, self.name, row, place, code, found, like_it)


def column_letters(index: int) -> str:
    """Letters of a spreadsheet column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
