"""Tables without rules (无线表): cells that stand side by side, row under row.

A page's text comes cell by cell: the lines of one cell, then the next cell to its right at the
same height, then the next row. Following that order gives rows and cells even where a cell has
several lines; the columns are the stretches of the page that the cells cover.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from hexi.plans.documents.building import TableCell
from hexi.plans.documents.markers import mark_of
from hexi.plans.documents.page_fragments import Fragment
from hexi.plans.documents.table_layout import is_figure
from hexi.plans.documents.wrapping import ends_sentence

__all__ = ["ColumnTable", "column_tables", "has_cells_beside", "is_torn"]

#: lines of one cell stand closer than this, in type sizes
_LEADING: Final = 0.9
#: rows stand closer than this
_ROW_GAP: Final = 3.0
#: what cannot be the first cell of a row
_OUTSIDE: Final = frozenset({"part", "chapter", "section", "box", "caption", "note", "unit"})


class _Cell:
    """Lines of one cell, with the stretch of the page that they cover."""

    __slots__ = ("bottom", "left", "lines", "right", "top")

    def __init__(self, lines: list[Fragment]) -> None:
        self.lines = lines
        self.left = min(line.left for line in lines)
        self.right = max(line.right for line in lines)
        self.top, self.bottom = lines[0].top, lines[-1].bottom

    def add(self, line: Fragment) -> None:
        self.lines.append(line)
        if line.left < self.left:
            self.left = line.left
        if line.right > self.right:
            self.right = line.right
        self.bottom = line.bottom


@dataclass(slots=True)
class _Row:
    cells: list[_Cell]
    start: int
    #: the text went up to reach a cell: a cell of several lines stands before it
    rises: bool = False

    @property
    def bottom(self) -> float:
        return max(cell.bottom for cell in self.cells)

    @property
    def top(self) -> float:
        return min(cell.top for cell in self.cells)


@dataclass(slots=True)
class ColumnTable:
    """A table found among fragments ``start`` to ``end``."""

    start: int
    end: int
    cells: list[TableCell] = field(default_factory=list)


def has_cells_beside(fragments: Sequence[Fragment]) -> bool:
    """Whether two of them stand side by side, as cells do."""
    return any(
        after.left > before.right + before.size
        and before.top - 1 < (after.top + after.bottom) / 2 < before.bottom + before.size
        for before, after in pairwise(fragments)
    )


def is_torn(above: Mapping[int, TableCell], opening: Sequence[TableCell]) -> bool:
    """The first row on a page is the rest of the row above, which the page end tore.

    It has no first cell, and every piece of text goes on a text above it that did not end.
    """
    if not opening or not above or min(above) in {cell.column for cell in opening}:
        return False
    for cell in opening:
        upper = above.get(cell.column)
        if upper is None or not upper.paragraphs or not cell.paragraphs:
            return False
        if ends_sentence(upper.paragraphs[-1].strip()) or is_figure(upper.paragraphs[-1].strip()):
            return False
        if any(is_figure(text.strip()) for text in cell.paragraphs):
            return False
    return True


def column_tables(
    fragments: Sequence[Fragment], breaks: AbstractSet[int] = frozenset()
) -> list[ColumnTable]:
    """All tables without rules among the fragments, in order.

    ``breaks`` are the fragments that open a new page.
    """
    found: list[ColumnTable] = []
    at = 0
    while at < len(fragments):
        rows, end = _grow(fragments, at, breaks)
        found.extend(_tables_among(rows, end, breaks))
        at = end
    return found


def _grow(
    fragments: Sequence[Fragment], at: int, breaks: AbstractSet[int]
) -> tuple[list[_Row], int]:
    """Rows from a fragment on, as long as each stands where a cell may stand."""
    rows = [_Row([_Cell([fragments[at]])], at)]
    here = at + 1
    while here < len(fragments):
        fragment, row = fragments[here], rows[-1]
        cell = row.cells[-1]
        if _beside(fragment, row, cell):
            if len(row.cells) == 1:
                row = _without_prose_above(rows, fragment, here)
                cell = row.cells[-1]
            row.rises = row.rises or fragment.top < cell.lines[-1].top - 0.4 * fragment.size
            row.cells.append(_Cell([fragment]))
        elif not (here in breaks and len(row.cells) == 1) and _same_cell(fragment, row, cell):
            cell.add(fragment)
        elif _below(fragment, row):
            rows.append(_Row([_Cell([fragment])], here))
        else:
            break
        here += 1
    return rows, here


def _beside(fragment: Fragment, row: _Row, cell: _Cell) -> bool:
    """The next cell of the row: to the right, at the height of the row."""
    middle = (fragment.top + fragment.bottom) / 2
    if not row.top - 1 < middle < row.bottom + 1:
        return False
    level = [line for line in cell.lines if line.top < middle < line.bottom] or cell.lines[-1:]
    return fragment.left >= max(line.right for line in level) - 2


def _without_prose_above(rows: list[_Row], fragment: Fragment, here: int) -> _Row:
    """Give back lines that ran into a first cell but reach over the cell beside it."""
    row = rows[-1]
    lines = row.cells[0].lines
    over = [at for at, line in enumerate(lines[:-1]) if line.right > fragment.left - 2]
    if not over:
        return row
    keep = lines[over[-1] + 1 :]
    row.cells[0] = _Cell(lines[: over[-1] + 1])
    rows.append(_Row([_Cell(keep)], here - len(keep)))
    return rows[-1]


def _same_cell(fragment: Fragment, row: _Row, cell: _Cell) -> bool:
    """A further line of the cell: right under it and over the same stretch."""
    if len(row.cells) == 1 and mark_of(fragment.text) is not None:
        return False
    gap = fragment.top - cell.bottom
    overlaps = fragment.left < cell.right and fragment.right > cell.left
    close = -0.5 * fragment.size < gap < _LEADING * fragment.size
    return close and overlaps and abs(fragment.size - cell.lines[0].size) < 0.2 * fragment.size


def _below(fragment: Fragment, row: _Row) -> bool:
    """The first cell of the next row."""
    under = fragment.top > row.top + 0.5 * fragment.size
    return (
        under
        and fragment.top - row.bottom < _ROW_GAP * fragment.size
        and (fragment.left < row.cells[-1].left or len(row.cells) == 1)
    )


def _tables_among(rows: Sequence[_Row], end: int, breaks: AbstractSet[int]) -> list[ColumnTable]:
    """The stretches of rows that are tables: most rows have several cells."""
    found: list[ColumnTable] = []
    at = 0
    while at < len(rows):
        if len(rows[at].cells) < 2:
            at += 1
            continue
        stop, last = at, at
        while stop < len(rows) and stop - last <= 1:
            if len(rows[stop].cells) >= 2:
                last = stop
            elif not _group(rows[stop]):
                break
            stop += 1
        table = rows[at : last + 1]
        after = rows[last + 1].start if last + 1 < len(rows) else end
        if _is_table(table):
            found.append(ColumnTable(table[0].start, after, _cells(table, breaks)))
        at = last + 1
    return found


def _group(row: _Row) -> bool:
    """A short line between rows may head a group of them."""
    cell = row.cells[0]
    mark = mark_of(cell.lines[0].text)
    outside = mark is not None and mark.kind in _OUTSIDE
    return len(cell.lines) == 1 and len(cell.lines[0].text) <= 20 and not outside


def _is_table(rows: Sequence[_Row]) -> bool:
    wide = [row for row in rows if len(row.cells) >= 2]
    if len(wide) < 3:
        return False
    figures = sum(
        any(is_figure(cell.lines[0].text.strip()) for cell in row.cells[1:]) for row in wide
    )
    if len(_edges(wide)) < 2:
        return False
    # side by side without figures is a table only where cells of several lines show it,
    # or where all rows begin their cells at the same places
    rises = sum(row.rises for row in wide)
    return figures * 3 >= len(wide) or rises * 2 >= len(wide) or _in_columns(wide)


def _in_columns(rows: Sequence[_Row]) -> bool:
    """Words in columns: equally many cells a row, one left edge a column, clear gaps."""
    width = len(rows[0].cells)
    if any(len(row.cells) != width for row in rows):
        return False
    size = rows[0].cells[0].lines[0].size
    for column in range(width):
        lefts = [row.cells[column].left for row in rows]
        if max(lefts) - min(lefts) > 0.3 * size:
            return False
    gaps = [right.left - left.right for row in rows for left, right in pairwise(row.cells)]
    clear = min(gaps) > 0.5 * size and sum(gap > size for gap in gaps) * 2 >= len(gaps)
    # numbers of list items stand so beside their items: they are marks and nothing else
    numbered = all(_only_mark(row.cells[0].lines[0].text.strip()) for row in rows)
    return clear and not (numbered and width == 2)


def _only_mark(text: str) -> bool:
    mark = mark_of(text)
    return is_figure(text) or (mark is not None and mark.width >= len(text) - 1)


def _edges(rows: Sequence[_Row]) -> list[float]:
    """Left edges of the columns: stretches that cells cover, merged where they overlap."""
    widest = max(len(row.cells) for row in rows)
    spans = sorted(
        (cell.left, cell.right) for row in rows if len(row.cells) * 2 > widest for cell in row.cells
    )
    merged: list[list[float]] = []
    for left, right in spans:
        if merged and left < merged[-1][1] - 1:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    return [left for left, _ in merged]


def _cells(rows: Sequence[_Row], breaks: AbstractSet[int]) -> list[TableCell]:
    edges = _edges([row for row in rows if len(row.cells) >= 2])
    out: list[TableCell] = []
    above: dict[int, TableCell] = {}
    at = -1
    for row in rows:
        at += 1
        taken: dict[int, TableCell] = {}
        for cell in row.cells:
            texts = [line.text for line in cell.lines]
            column = max(0, bisect_right(edges, (cell.left + cell.right) / 2) - 1)
            if column in taken:
                taken[column].paragraphs.extend(texts)
                continue
            # a cell over several columns (a head over years) covers all that begin under it
            span = max(1, bisect_right(edges, cell.right - 2) - column)
            first = min(column, max(0, bisect_right(edges, cell.left + 2) - 1))
            if span > 1 or first < column:
                span, column = max(1, bisect_right(edges, cell.right - 2) - first), first
            taken[column] = TableCell(texts, at, column, 1, span)
        if row.start in breaks and is_torn(above, list(taken.values())):
            for column, piece in taken.items():
                above[column].paragraphs.extend(piece.paragraphs)
            at -= 1
            continue
        above = taken
        out.extend(taken[column] for column in sorted(taken))
    return out
