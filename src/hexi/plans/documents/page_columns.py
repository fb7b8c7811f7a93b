"""Tables without rules (无线表): rows whose pieces stand in the same columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from hexi.plans.documents.building import TableCell
from hexi.plans.documents.page_fragments import Row
from hexi.plans.documents.table_layout import is_figure

__all__ = ["column_table"]


def column_table(rows: Sequence[Row | None]) -> tuple[list[TableCell], int] | None:
    """The table that starts at the first row, and how many rows it takes."""
    table: list[Row] = []
    for row in rows:
        if row is None:
            break
        if len(row.fragments) < 2 and not (table and _is_rest(row, table)):
            break
        if table and row.top - table[-1].bottom > 3 * row.size:
            break
        table.append(row)
    while table and len(table[-1].fragments) < 2:
        table.pop()
    wide = [row for row in table if len(row.fragments) >= 3]
    figures = sum(1 for row in table if any(is_figure(f.text.strip()) for f in row.fragments[1:]))
    if len(table) < 3 or len(wide) * 2 < len(table) or figures * 3 < len(table):
        return None
    edges = _columns(table)
    if len(edges) < 3:
        return None
    return _cells(table, edges), len(table)


def _is_rest(row: Row, table: Sequence[Row]) -> bool:
    """A single piece between rows of a table: the rest of a cell on two lines."""
    return row.top - table[-1].bottom < 0.6 * row.size and row.right - row.left < 12 * row.size


def _columns(table: Sequence[Row]) -> list[float]:
    """Left edges of the columns: stretches that pieces cover, merged where they overlap."""
    pieces = sorted(
        (f.left, f.right) for row in table if len(row.fragments) >= 2 for f in row.fragments
    )
    merged: list[list[float]] = []
    for left, right in pieces:
        if merged and left < merged[-1][1] - 1:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    return [left for left, _ in merged]


def _cells(table: Sequence[Row], edges: Sequence[float]) -> list[TableCell]:
    cells: list[TableCell] = []
    at = -1
    for row in table:
        if len(row.fragments) >= 2 or at < 0:
            at += 1
        for fragment in row.fragments:
            middle = (fragment.left + fragment.right) / 2
            column = max(0, bisect_right(edges, middle) - 1)
            same = [c for c in cells[-len(edges) :] if c.row == at and c.column == column]
            if same:
                same[0].paragraphs.append(fragment.text)
            else:
                cells.append(TableCell([fragment.text], at, column))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return cells
