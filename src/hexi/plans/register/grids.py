"""Tables of projects, tasks and parks (清单表): rows read by the heads of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hexi.plans.documents.document import Block, Cell
from hexi.plans.register.lexicon import words

__all__ = ["Row", "column_of", "heads_of", "rows_of"]

_ORDINAL = re.compile(r"[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[）).、．]?")


class Row(NamedTuple):
    """One body row: cells by column, a merged cell standing in each row it covers."""

    number: int
    cells: dict[int, Cell]

    def text(self, column: int | None) -> str:
        """Text of a column; empty where the table has none."""
        cell = self.cells.get(column) if column is not None else None
        return cell.text.strip() if cell is not None else ""

    @property
    def start(self) -> int:
        """Where it begins in the canonical text."""
        return min(cell.start for cell in self.cells.values())

    @property
    def end(self) -> int:
        """Where it ends in the canonical text."""
        return max(cell.end for cell in self.cells.values())


def heads_of(block: Block) -> dict[int, str]:
    """Head of each column: the lowest head cell above the body."""
    last = _last_head(block)
    heads: dict[int, str] = {}
    for cell in sorted(block.cells, key=lambda cell: cell.row):
        if cell.row <= last:
            for column in range(cell.column, cell.column + cell.column_span):
                heads[column] = re.sub(r"\s", "", cell.text)
    return heads


def _last_head(block: Block) -> int:
    """Number of the last head row: rows at the top in which every cell is a head."""
    plain = [cell.row for cell in block.cells if not cell.header]
    if not plain:
        return 0
    return max(0, min(plain) - 1)


def column_of(heads: dict[int, str], names: Sequence[str]) -> int | None:
    """The first column whose head is one of the names (units in brackets left out)."""
    bare = {column: re.sub(r"[（(\[].*$", "", head) for column, head in heads.items()}
    for name in names:
        for column, head in sorted(bare.items()):
            if head == name:
                return column
    return None


def rows_of(block: Block) -> Iterator[Row]:
    """Body rows, without rows of totals and rows that only number or repeat the head."""
    totals = words("tables", "totals")
    heads, last = heads_of(block), _last_head(block)
    rows: dict[int, dict[int, Cell]] = {}
    for cell in block.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows.setdefault(row, {})[cell.column] = cell
    for number in sorted(row for row in rows if row > last):
        cells = rows[number]
        texts = [re.sub(r"\s", "", c.text) for c in cells.values()]
        if any(text in totals for text in texts[:2]):
            continue
        if all(t == heads.get(column) for column, t in zip(cells, texts, strict=True)):
            continue
        if all(not t or _ORDINAL.fullmatch(t) for t in texts):
            continue
        yield Row(number, cells)
