"""Reading a filled template (读取填报工作簿): marker, figures, and every fault at its cell.

It runs in the process that reads uploads, knows no database, and trusts nothing: sizes are bounded,
entities refused, and what the sheet hides is told.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from hexi.plans.documents import DocumentError, Limits
from hexi.plans.documents.packages import Package
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns import form_book
from hexi.portal.returns.filling.cells import cell_name
from hexi.portal.returns.filling.row_classes import row_names
from hexi.portal.returns.filling.typed_figure import read_figure
from hexi.portal.returns.workbooks.answers import Answer, answer
from hexi.portal.returns.workbooks.marks import Marks, marks_of
from hexi.portal.returns.workbooks.template import seal
from hexi.reports.return_template_layout import (
    COVER,
    COVER_COLUMN,
    ITEMS,
    MARKER,
    MARKER_FORMAT,
    PRIOR_COLUMN,
    ROWS_FIRST,
    ROWS_UNIT,
    UNIT_COLUMN,
    VALUE_COLUMN,
    Layout,
    a1,
)
from hexi.statistics.forms import Item, Section

__all__ = ["Filled", "read_workbook"]

LIMITS: Final = Limits(
    file_bytes=8_000_000, unpacked_bytes=40_000_000, xml_bytes=20_000_000, expansion=200
)
Grid = list[list[Any]]
_MARKER_KEYS: Final = ("format", "form", "version", "reporter", "period", "edit", "seal")


@dataclass(slots=True)
class Filled:
    """What one file says."""

    name: str
    form: str = ""
    version: str = ""
    reporter: str = ""
    period: int = 0
    #: the count of changes at which the template was downloaded; None where it is not known
    edit: int | None = None
    #: cells by name as they were written; an empty text empties the cell
    cells: dict[str, str] = field(default_factory=dict)
    #: unit of measure in which a cell is written, where another was chosen
    units: dict[str, str] = field(default_factory=dict)
    #: sections of dynamic rows of which the file holds every row
    sections: list[str] = field(default_factory=list)
    #: sheet and cell of each name
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    #: names of cells that could not be read; what is wrong with each is among the answers
    unread: set[str] = field(default_factory=set)
    answers: list[Answer] = field(default_factory=list)

    def say(self, code: str, sheet: str = "", cell: str = "", **gaps: Any) -> None:
        """Add an answer."""
        self.answers.append(answer(code, sheet, cell, **gaps))


def read_workbook(data: bytes, name: str) -> Filled:
    """A filled template; what is wrong is among its answers."""
    filled = Filled(name)
    try:
        if len(data) > LIMITS.file_bytes:
            raise DocumentError("too_large", name)
        package = Package(data, name, LIMITS)
        marks = marks_of(package)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if MARKER not in book.sheet_names:
            filled.say("not_template")
            return filled
        grids = {
            sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for sheet in book.sheet_names
            if not sheet.startswith("_") or sheet == MARKER
        }
    except DocumentError as error:
        filled.answers.append(_of_document(error))
        return filled
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError, OSError):
        filled.say("broken")
        return filled
    _Reader(filled, grids, marks).read()
    return filled


def _of_document(error: DocumentError) -> Answer:
    if error.code in ("broken", "too_large"):
        return answer(error.code)
    record = error.as_record()
    return {
        "code": error.code,
        "severity": "refused",
        "sheet": "",
        "cell": "",
        "message": record["message"],
        "message_en": record["message_en"],
        "remedy": record["remedy"],
        "remedy_en": record["remedy_en"],
    }


class _Reader:
    def __init__(self, filled: Filled, grids: dict[str, Grid], marks: dict[str, Marks]) -> None:
        self.filled, self.grids, self.marks = filled, grids, marks

    def read(self) -> None:
        if not self.marker():
            return
        self.layout = Layout(form_book.version_of(self.filled.form, self.filled.version))
        self.cover()
        if self.present(ITEMS):
            for code, row in self.layout.item_rows.items():
                self.item(self.layout.form.items[code], row)
        for section in self.layout.form.sections:
            if section.dynamic and self.present(self.layout.row_sheets[section.code]):
                self.rows(section)

    def marker(self) -> bool:
        """Whose return it is; False where that cannot be told."""
        filled = self.filled
        found = {str(row[0]): _text(row[1]) for row in self.grids[MARKER] if len(row) > 1}
        marker = {key: found.get(key, "") for key in _MARKER_KEYS}
        if marker["format"] != MARKER_FORMAT or not marker["form"]:
            filled.say("not_template")
            return False
        if seal(marker) != marker["seal"] or not marker["period"].isdecimal():
            filled.say("seal", MARKER)
            return False
        filled.form, filled.version = marker["form"], marker["version"]
        filled.reporter, filled.period = marker["reporter"], int(marker["period"])
        filled.edit = int(marker["edit"]) if marker["edit"].isdecimal() else None
        try:
            right = form_book.book().at(filled.form, filled.period).version
        except KeyError:
            filled.say("not_template")
            return False
        if filled.version != right:
            filled.say("wrong_version", found=filled.version, right=right)
            return False
        return True

    def present(self, sheet: str) -> bool:
        if sheet in self.grids:
            return True
        self.filled.say("hidden_sheet", sheet)
        return False

    def at(self, sheet: str, row: int, column: int) -> Any:
        grid = self.grids[sheet]
        return grid[row][column] if row < len(grid) and column < len(grid[row]) else ""

    # --- parts
    def cover(self) -> None:
        if not self.present(COVER):
            return
        for entry in self.layout.form.cover:
            row = self.layout.cover_rows[entry.code]
            name = f"cover.{entry.code}"
            if entry.register:
                continue
            if not self.sound(COVER, row, COVER_COLUMN):
                self.filled.unread.add(name)
                continue
            self.filled.cells[name] = " ".join(_text(self.at(COVER, row, COVER_COLUMN)).split())
            self.filled.places[name] = (COVER, a1(row, COVER_COLUMN))

    def item(self, item: Item, row: int) -> None:
        found = _text(self.at(ITEMS, row, 0))
        if found != item.code:
            self.filled.say("moved", ITEMS, a1(row, 0), found=found, right=item.code)
            self.filled.unread.add(cell_name(item.code))
            return
        unit = self.unit(ITEMS, row, UNIT_COLUMN, item)
        self.figure(cell_name(item.code), ITEMS, row, VALUE_COLUMN, item, unit)
        if item.prior:
            name = cell_name(item.code, prior=True)
            self.figure(name, ITEMS, row, PRIOR_COLUMN, item, unit)

    def rows(self, section: Section) -> None:
        sheet = self.layout.row_sheets[section.code]
        known = row_names(section.rows)
        units = {
            item.code: self.unit(sheet, ROWS_UNIT, column, item)
            for column, item in enumerate(section.items, 1)
        }
        seen: set[int] = set()
        self.filled.sections.append(section.code)
        for row in range(ROWS_FIRST, len(self.grids[sheet])):
            title = _text(self.at(sheet, row, 0))
            written = [self.at(sheet, row, c) for c in range(1, len(section.items) + 1)]
            if not title:
                if any(_text(value) for value in written):
                    self.filled.say("class_missing", sheet, a1(row, 0))
                continue
            facet = _facet(title, known)
            if facet is None:
                self.filled.say("class_unknown", sheet, a1(row, 0), found=title[:40])
                continue
            if facet in seen:
                self.filled.say("class_twice", sheet, a1(row, 0), found=title[:40])
                continue
            seen.add(facet)
            for column, item in enumerate(section.items, 1):
                name = cell_name(item.code, section.code, facet)
                self.figure(name, sheet, row, column, item, units[item.code])

    def unit(self, sheet: str, row: int, column: int, item: Item) -> str:
        text = _text(self.at(sheet, row, column)) or item.unit
        if text not in (item.unit, *item.entry_units):
            right = "、".join((item.unit, *item.entry_units))
            self.filled.say("unit_unknown", sheet, a1(row, column), found=text[:40], right=right)
            return ""
        return "" if text == item.unit else text

    # --- cells
    def sound(self, sheet: str, row: int, column: int) -> bool:
        """Nothing is hidden, merged or computed where a value is read."""
        marks, place = self.marks.get(sheet, Marks()), a1(row, column)
        if row in marks.hidden_rows:
            self.once("hidden_row", sheet, f"{row + 1}:{row + 1}")
        elif marks.column_hidden(column):
            letters = place.rstrip("0123456789")
            self.once("hidden_column", sheet, f"{letters}:{letters}")
        elif text := marks.merged_at(row, column):
            self.once("merged", sheet, text, found=text)
        elif (row, column) in marks.formulas:
            self.filled.say("formula", sheet, place)
        else:
            return True
        return False

    def once(self, code: str, sheet: str, cell: str, **gaps: Any) -> None:
        said = {(one["code"], one["sheet"], one["cell"]) for one in self.filled.answers}
        if (code, sheet, cell) not in said:
            self.filled.say(code, sheet, cell, **gaps)

    def figure(self, name: str, sheet: str, row: int, column: int, item: Item, unit: str) -> None:
        if not self.sound(sheet, row, column):
            self.filled.unread.add(name)
            return
        place = a1(row, column)
        self.filled.places[name] = (sheet, place)
        found = self.number(self.at(sheet, row, column), sheet, place, item, unit)
        if found is None:
            self.filled.unread.add(name)
            return
        text, unit = found
        self.filled.cells[name] = text
        if unit and text:
            self.filled.units[name] = unit

    def number(
        self, value: Any, sheet: str, place: str, item: Item, unit: str
    ) -> tuple[str, str] | None:
        """The figure as a decimal text, and its unit where that is not the item's own; None where
        it is no figure."""
        if isinstance(value, float | int) and not isinstance(value, bool):
            return f"{Decimal(f'{value:.15g}'):f}", unit
        text = _text(value)
        if not text:
            return "", ""
        if text.startswith("#") and text.rstrip("!?").isupper():
            self.filled.say("error_value", sheet, place, found=text[:20])
            return None
        try:
            if not isinstance(value, str):
                raise Refusal("not_a_number", "")
            number, meant = read_figure(text, item, unit)
        except Refusal:
            self.filled.say("not_number", sheet, place, found=text[:40])
            return None
        read = f"{number:f} {meant}"
        self.filled.say("text_number", sheet, place, found=text[:40], right=read)
        return f"{number:f}", "" if meant == item.unit else meant


def _facet(title: str, known: dict[int, str]) -> int | None:
    """The row that is meant: ``392 日本``, its code, or its name."""
    code, _, rest = title.partition(" ")
    if code.isdecimal() and int(code) in known and rest in ("", known[int(code)]):
        return int(code)
    found = [facet for facet, name in known.items() if name == title]
    return found[0] if found else None


def _text(value: Any) -> str:
    """What a cell shows, plainly."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    return "" if value is None else str(value).strip()
