"""Where a return stands in its workbook (报表模板版式): one layout for the writer and the reader.

The sheet of items has a row for each item in the order of the form; each section of dynamic rows
has a sheet of its own. A hidden sheet says whose return it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from hexi.statistics.forms import Form, Section

__all__ = [
    "COVER",
    "COVER_COLUMN",
    "HEAD_ROW",
    "ITEMS",
    "LISTS",
    "MARKER",
    "MARKER_FORMAT",
    "PRIOR_COLUMN",
    "ROWS_FIRST",
    "ROWS_UNIT",
    "UNIT_COLUMN",
    "VALUE_COLUMN",
    "Layout",
    "a1",
]

#: sheets; the last two are hidden
COVER: Final = "封面"
ITEMS: Final = "填报"
LISTS: Final = "_lists"
MARKER: Final = "_hexi"
#: raised when the places of cells change
MARKER_FORMAT: Final = "1"

#: columns of the sheet of items: code, name, unit, this period, last year on this return
UNIT_COLUMN: Final = 2
VALUE_COLUMN: Final = 3
PRIOR_COLUMN: Final = 4
HEAD_ROW: Final = 3
#: column of the cover page in which its fields are filled in
COVER_COLUMN: Final = 1
_COVER_FIRST: Final = 6
#: rows of a sheet of dynamic rows: units, and the first row that is filled in
ROWS_UNIT: Final = 4
ROWS_FIRST: Final = 5


def a1(row: int, column: int) -> str:
    """A cell as a spreadsheet names it, from 0 and 0."""
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


@dataclass(frozen=True)
class Layout:
    """Places of the cells of one edition of a form."""

    form: Form

    @cached_property
    def cover_rows(self) -> dict[str, int]:
        """Field of the cover page to its row."""
        return {field.code: _COVER_FIRST + n for n, field in enumerate(self.form.cover)}

    @cached_property
    def section_rows(self) -> dict[str, int]:
        """Section of plain items to the row of its title."""
        return {code: row for code, row in self._rows[0].items()}

    @cached_property
    def item_rows(self) -> dict[str, int]:
        """Plain item to its row."""
        return self._rows[1]

    @cached_property
    def _rows(self) -> tuple[dict[str, int], dict[str, int]]:
        sections: dict[str, int] = {}
        items: dict[str, int] = {}
        row = HEAD_ROW + 1
        for section in self.form.sections:
            if section.dynamic:
                continue
            sections[section.code] = row
            for number, item in enumerate(section.items, 1):
                items[item.code] = row + number
            row += len(section.items) + 1
        return sections, items

    @cached_property
    def row_sheets(self) -> dict[str, str]:
        """Section of dynamic rows to the name of its sheet."""
        taken = {COVER, ITEMS, LISTS, MARKER}
        names: dict[str, str] = {}
        for section in self.form.sections:
            if section.dynamic:
                bare = re.sub(r"[\[\]:*?/\\']", " ", section.name)[:28].strip() or section.code
                name = bare if bare not in taken else f"{bare}{len(taken)}"
                taken.add(name)
                names[section.code] = name
        return names

    def rows_of(self, section: Section, filled: int) -> int:
        """How many rows of a dynamic section the template offers."""
        return min(section.most_rows, max(60, filled + 40))

    def place(self, name: str, rows: dict[str, int] | None = None) -> tuple[str, str]:
        """Sheet and cell of a cell's name; empty where the workbook does not have it.

        Args:
            name: ``output``, ``output@prior``, ``cover.head``, ``partner/392/partner_export``.
            rows: ``partner/392`` to its row, as the reader found it.
        """
        if name.startswith("cover."):
            row = self.cover_rows.get(name.removeprefix("cover."))
            return (COVER, a1(row, COVER_COLUMN)) if row is not None else ("", "")
        stem, _, prior = name.partition("@")
        if "/" in stem:
            section, facet, item = stem.split("/")
            found = (rows or {}).get(f"{section}/{facet}")
            codes = list(self.form.row_items.get(section, {}))
            if found is None or item not in codes:
                return "", ""
            return self.row_sheets[section], a1(found, 1 + codes.index(item))
        row = self.item_rows.get(stem)
        column = PRIOR_COLUMN if prior else VALUE_COLUMN
        return (ITEMS, a1(row, column)) if row is not None else ("", "")
