"""What a workbook hides (隐藏、公式、合并): marks of cells that the reader of values passes over.

Values come from calamine; whether a figure is a formula's result, stands in a hidden row or in a
merged cell is only in the XML of the sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from hexi.plans.documents.packages import Package

__all__ = ["Marks", "marks_of", "numbers_of"]

#: any name space: a workbook saved as Strict Open XML has others than most
_MAIN = "{*}"
_RELATION = "}id"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_TRUE = frozenset({"1", "true"})


@dataclass(slots=True)
class Marks:
    """Rows and columns from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    #: first and last
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    #: first row, first column, last row, last column, and how it is written
    merged: list[tuple[int, int, int, int, str]] = field(default_factory=list)

    def column_hidden(self, column: int) -> bool:
        """Is the column hidden?"""
        return any(first <= column <= last for first, last in self.hidden_columns)

    def merged_at(self, row: int, column: int) -> str:
        """The merged range that holds the cell; empty where there is none."""
        for top, left, bottom, right, text in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return text
        return ""


def marks_of(package: Package) -> dict[str, Marks]:
    """Marks of every sheet that is a part of the package, by the name of the sheet."""
    book = package.xml("xl/workbook.xml")
    relations = package.xml("xl/_rels/workbook.xml.rels")
    targets = {node.get("Id"): node.get("Target", "") for node in relations}
    found: dict[str, Marks] = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        named = (str(value) for key, value in sheet.items() if str(key).endswith(_RELATION))
        relation = next(named, "")
        target = str(targets.get(relation) or "").lstrip("/")
        part = target if target.startswith("xl/") else str(PurePosixPath("xl") / target)
        name = sheet.get("name", "")
        if part in package.names and not name.startswith("_"):
            found[name] = _marks(package, part)
    return found


def _marks(package: Package, part: str) -> Marks:
    marks = Marks()
    root = package.xml(part)
    for column in root.iter(f"{_MAIN}col"):
        if column.get("hidden") in _TRUE:
            marks.hidden_columns.append((int(column.get("min", "1")) - 1,
                                         int(column.get("max", "1")) - 1))  # fmt: skip
    for row in root.iter(f"{_MAIN}row"):
        if row.get("hidden") in _TRUE or row.get("ht") == "0":
            marks.hidden_rows.add(int(row.get("r", "1")) - 1)
    for formula in root.iter(f"{_MAIN}f"):
        cell = formula.getparent()
        if cell is not None and (place := numbers_of(cell.get("r", ""))):
            marks.formulas.add(place)
    for merged in root.iter(f"{_MAIN}mergeCell"):
        text = merged.get("ref", "")
        first, _, last = text.partition(":")
        a, b = numbers_of(first), numbers_of(last or first)
        if a and b:
            marks.merged.append((*a, *b, text))
    return marks


def numbers_of(text: str) -> tuple[int, int] | None:
    """Row and column of a cell's name, from 0."""
    match = _CELL.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
