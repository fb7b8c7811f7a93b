"""What a table says about a cell (表头与行名): its column heads and its row labels.

A figure in a table means nothing without the heads above it (2020年 / 目标值) and the label beside
it (地区生产总值). Merged cells speak for every row and column that they cover.
"""

from __future__ import annotations

from bisect import bisect_left

from hexi.plans.documents.document import Block, Cell

__all__ = ["TableView", "header_path", "row_label", "row_path", "table_view"]


class TableView:
    """A table looked at by row and column; made once a table."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.width = max((c.column + c.column_span for c in block.cells), default=0)
        self.height = max((c.row + c.row_span for c in block.cells), default=0)
        by_row: dict[int, list[Cell]] = {}
        for cell in block.cells:
            by_row.setdefault(cell.row, []).append(cell)
        self._by_row = by_row
        self.head_rows = self._count_head_rows()
        self._heads: dict[int, list[Cell]] = {}
        self._labels: dict[int, list[Cell]] = {}
        self._group_rows: list[int] = []
        self._groups: list[Cell] = []
        for cell in block.cells:
            if cell.row < self.head_rows:
                if cell.column_span < self.width or self.width == 1:
                    for column in range(cell.column, cell.column + cell.column_span):
                        self._heads.setdefault(column, []).append(cell)
            elif cell.header:
                self._place_label(cell)

    def _count_head_rows(self) -> int:
        rows = 0
        covered = 0
        while rows < self.height:
            cells = self._by_row.get(rows, [])
            if rows >= covered and (not cells or not all(c.header for c in cells)):
                break
            if cells and self.height > 1 and rows >= covered and self._is_group(cells):
                break
            covered = max([covered, *(c.row + c.row_span for c in cells)])
            rows += 1
        return min(rows, self.height)

    def _is_group(self, cells: list[Cell]) -> bool:
        """A label alone in its row below the head opens a group of rows."""
        return cells[0].row > 0 and len(cells) == 1 and cells[0].column_span < self.width

    def _place_label(self, cell: Cell) -> None:
        alone = len(self._by_row[cell.row]) == 1 and cell.row_span == 1
        if alone:
            self._group_rows.append(cell.row)
            self._groups.append(cell)
            return
        for row in range(cell.row, cell.row + cell.row_span):
            self._labels.setdefault(row, []).append(cell)

    def row(self, row: int) -> list[Cell]:
        """Cells that start in a row."""
        return self._by_row.get(row, [])

    def header_path(self, cell: Cell) -> tuple[str, ...]:
        """Heads above a cell, outermost first; a title over the whole width is none."""
        path: list[str] = []
        for head in sorted(self._heads.get(cell.column, ()), key=lambda c: c.row):
            if head.row < cell.row and head.text and (not path or path[-1] != head.text):
                path.append(head.text)
        return tuple(path)

    def row_path(self, cell: Cell) -> tuple[str, ...]:
        """Labels beside a cell, outermost first: group row, merged label, own label."""
        path = [
            label.text
            for label in sorted(self._labels.get(cell.row, ()), key=lambda c: c.column)
            if label.column < cell.column and label.text
        ]
        group = self._group_above(cell.row)
        return (group, *path) if group else tuple(path)

    def _group_above(self, row: int) -> str:
        at = bisect_left(self._group_rows, row)
        return self._groups[at - 1].text if at else ""

    def row_label(self, cell: Cell) -> str:
        """The row's own name; empty where it has none."""
        own = [
            label
            for label in self._labels.get(cell.row, ())
            if label.column < cell.column and label.text
        ]
        return max(own, key=lambda c: c.column).text if own else ""


#: the table looked at last: callers go through one table cell by cell
_last: list[TableView] = []


def table_view(block: Block) -> TableView:
    """The view of a table block, made once while callers stay on the same table."""
    view = _last[0] if _last else None
    if view is None or view.block is not block:
        view = TableView(block)
        _last[:] = [view]
    return view


def header_path(block: Block, cell: Cell) -> tuple[str, ...]:
    """Column heads above a cell, outermost first."""
    return table_view(block).header_path(cell)


def row_label(block: Block, cell: Cell) -> str:
    """The label of a cell's row."""
    return table_view(block).row_label(cell)


def row_path(block: Block, cell: Cell) -> tuple[str, ...]:
    """All labels of a cell's row, outermost first (group, label)."""
    return table_view(block).row_path(cell)
