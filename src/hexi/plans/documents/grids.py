"""Tables whose grid the file gives (docx, html, xlsx): heads and labels are found, spans kept.

A large plan has thousands of cells, so between the reader's cell and the document's nothing is
built for each of them; the texts lie in a plain grid beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hexi.plans.documents.document import Cell
from hexi.plans.documents.passages import Runs, segments_of
from hexi.plans.documents.table_layout import head_rows, label_columns

__all__ = ["GridPlace", "TableCell", "cells_in_grid"]

#: a grid with more places than this is one of stray cells: only its first column is looked at
_MOST_PLACES = 20_000_000


@dataclass(slots=True)
class TableCell:
    """A cell as a format gives it: paragraphs, place in the grid, spans."""

    paragraphs: list[str]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    #: the format itself marks it as a head cell (th, repeated head row)
    head: bool = False


#: row, column, row span, column span and ``head`` of a cell, without its text
GridPlace = tuple[int, int, int, int, bool]


def cells_in_grid(
    cells: Sequence[GridPlace], texts: Sequence[str], runs: Sequence[Runs]
) -> tuple[Cell, ...]:
    """The cells that hold something; ``texts`` and ``runs`` are their logical text and its places.

    A cell keeps segments only where its text is not one plain slice.
    """
    heads, labels = _heads_and_labels(cells, texts)
    return tuple(
        [
            Cell(
                row, column, places[0][0], places[-1][1], text, height, width,
                row < heads or column < labels,
                segments_of(places) if len(places) > 1 else (),
            )
            for (row, column, height, width, _), text, places in zip(
                cells, texts, runs, strict=True
            )
            if text
        ]
    )  # fmt: skip


def _heads_and_labels(cells: Sequence[GridPlace], texts: Sequence[str]) -> tuple[int, int]:
    """How many head rows and label columns the grid has."""
    height = max([row for row, _, _, _, _ in cells], default=-1) + 1
    width = max([column + span for _, column, _, span, _ in cells], default=0)
    if height * width > _MOST_PLACES:
        width = 1
    grid = [[""] * width for _ in range(height)]
    unmarked = height
    for (row, column, _, _, head), text in zip(cells, texts, strict=True):
        if column < width:
            grid[row][column] = text
        if not head and row < unmarked:
            unmarked = row
    heads = head_rows(grid)
    # the rows at the top whose cells the file marks as head cells, as far as they hold something
    given = next((row for row in range(unmarked) if not any(grid[row])), unmarked)
    if 0 < given < height:
        heads = given
    heads = max(heads, _covered(cells, heads))
    return heads, label_columns(grid, heads)


def _covered(cells: Sequence[GridPlace], heads: int) -> int:
    """A head row reaches as far down as its merged cells do."""
    if not heads:
        return 0
    bottoms = [row + span for row, _, span, _, _ in cells if row < heads]
    return min(max(bottoms, default=0), heads + 2) if len(bottoms) > 1 else heads
