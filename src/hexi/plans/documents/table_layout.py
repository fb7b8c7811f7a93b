"""From rows of fields to a table's cells (表格结构): head rows, row labels and merged cells.

A table says its meaning in its head rows (指标, 单位, 2015年, 2020年) and its row labels. Text that
lost its grid gives only rows of fields; what was merged is inferred from the empty fields beside
and below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hexi.plans.documents.document import Cell
from hexi.plans.documents.passages import Runs, segments_of

__all__ = [
    "Field",
    "cells_of",
    "head_rows",
    "is_blank",
    "is_figure",
    "is_year",
    "label_columns",
]

_FIGURE: Final = re.compile(
    r"[<>≥≤＞＜≧≦约]?\s?[-－−+±]?\s?(?:\d|[０-９])[\d０-９,，.．\ue000-\uf8ff]*\s?(?:[-–—~～至]\s?\d[\d.,]*)?"
    r"\s?(?:%|％|‰|个百分点|百分点|倍|万|亿)?\s?(?:[\[（(［【〔].{1,12}[\])）］】〕])?\s?(?:以上|以下|左右|以内)?\s?[*#①-⑩]?"
    r"|[\[［（(【〔]\s?[-－+]?\d[\d.,]*\s?%?\s?[\]］）)】〕]"
)
_BLANK: Final = re.compile(r"[-—–－/\\…·.]{1,4}|无|暂无")
_YEAR: Final = re.compile(r"(?:19|20)\d\d\s?(?:年(?:末|底|度|初)?)?")
_UNIT_HEAD: Final = re.compile(r"(?:计量)?单\s*位")
_SERIAL_HEAD: Final = re.compile(r"序\s*号|编\s*号|项\s*次")
#: no table has more head rows than this
_MOST_HEAD_ROWS: Final = 4


class Field(NamedTuple):
    """The content of one cell: its text and the canonical runs it comes from."""

    text: str
    runs: Runs
    at: int
    row_span: int = 1
    column_span: int = 1


def is_year(text: str) -> bool:
    """A cell that names a year."""
    return _YEAR.fullmatch(text) is not None


def is_figure(text: str) -> bool:
    """A cell that states a value (a year with 年 is none)."""
    if not text or len(text) > 40:
        return False
    return _FIGURE.fullmatch(text) is not None and not ("年" in text and is_year(text))


def is_blank(text: str) -> bool:
    """A cell left empty or filled with a dash."""
    return _BLANK.fullmatch(text) is not None


def _is_data(text: str) -> bool:
    return is_figure(text) or is_blank(text)


def head_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top are head rows."""
    first_data = -1
    seen_head = False
    for at, row in enumerate(rows):
        figures = [text for text in row if is_figure(text)]
        if figures and all(is_year(text) for text in figures) and not seen_head:
            figures = []
        if figures:
            first_data = at
            break
        filled = [text for text in row if text]
        seen_head = seen_head or len(filled) > 1
    if first_data < 0:
        # words only: one head row, and a title row above it where there is one
        if len(rows) < 2:
            return 0
        title = sum(1 for text in rows[0] if text) == 1 and sum(1 for t in rows[1] if t) > 1
        return 2 if title and len(rows) > 2 else 1
    if first_data > _MOST_HEAD_ROWS:
        return 1
    while first_data > 1 and _is_group(rows[first_data - 1]):
        first_data -= 1
    return first_data


def _is_group(row: Sequence[str]) -> bool:
    """A row with a label alone, which opens a group of rows."""
    return bool(row) and bool(row[0]) and not any(row[1:]) and len(row) > 1


def label_columns(rows: Sequence[Sequence[str]], heads: int) -> int:
    """How many columns at the left hold row labels."""
    body = rows[heads:]
    if not body:
        return 0
    width = max(len(row) for row in rows)
    first_row = rows[0] if heads else ()
    for column in range(width):
        head = " ".join(row[column] for row in rows[:heads] if column < len(row) and row[column])
        if _UNIT_HEAD.search(head):
            return max(column, 1)
        texts = [row[column] for row in body if column < len(row) and row[column]]
        figures = sum(1 for text in texts if _is_data(text))
        if column == 0 and (_SERIAL_HEAD.search(head) or _counts_up(texts)):
            continue
        if texts and figures * 2 > len(texts):
            return column
    # words only: the first column names the row, and the second where the first is a number
    texts = [row[0] for row in body if row and row[0]]
    serial = bool(first_row) and (_SERIAL_HEAD.search(first_row[0]) or _counts_up(texts))
    return min(width, 2 if serial else 1)


def _counts_up(texts: Sequence[str]) -> bool:
    """1, 2, 3 …: a column of serial numbers, not of values."""
    if len(texts) < 3:
        return False
    return all(text.rstrip(".、") == str(at) for at, text in enumerate(texts, 1))


def _spread(rows: list[list[Field | None]], heads: int, width: int) -> None:
    """Give head cells the spans that their empty neighbours show."""
    for at in range(heads):
        filled = [field for field in rows[at] if field is not None and field.text]
        if len(filled) == 1 and len(rows[at]) <= 1 and width > 1:
            rows[at] = [_spanned(filled[0], width)]
        elif at + 1 < heads and len(rows[at]) < width:
            rows[at] = _spread_row(rows[at], rows[at + 1], width)


def _spread_row(
    row: list[Field | None], below: list[Field | None], width: int
) -> list[Field | None]:
    """A head row with fewer cells than columns: the rest spans what the row below divides."""
    under = 0
    while under < len(below) and under < len(row) and (f := below[under]) and not f.text:
        under += 1
    rest = row[under:]
    if not rest or (width - under) % len(rest):
        return row
    span = (width - under) // len(rest)
    placed: list[Field | None] = list(row[:under])
    for field in rest:
        placed.append(_spanned(field, span) if field else None)
        placed.extend([None] * (span - 1))
    return placed


def _spanned(field: Field, span: int) -> Field:
    return Field(field.text, field.runs, field.at, field.row_span, span)


def cells_of(fields: Sequence[Sequence[Field]]) -> tuple[Cell, ...]:
    """Cells of a table whose grid was lost: spans are inferred, empty cells dropped."""
    rows: list[list[Field | None]] = [list(row) for row in fields]
    width = max((len(row) for row in rows), default=0)
    texts = [[field.text if field else "" for field in row] for row in rows]
    heads = head_rows(texts)
    labels = label_columns(texts, heads)
    _spread(rows, heads, width)
    placed: dict[tuple[int, int], Cell] = {}
    above: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(rows):
        for column, field in enumerate(row):
            if field is None:
                continue
            if not field.text:
                origin = above.get(column)
                merges = at < heads or (column < labels and at >= heads)
                # an empty field under a head cell or a group label continues it
                if origin and merges and (origin[0] >= heads) == (at >= heads):
                    placed[origin] = _taller(placed[origin], at)
                continue
            head = at < heads or column < labels
            placed[at, column] = _make_cell(field, at, column, head)
            for covered in range(column, column + field.column_span):
                above[covered] = (at, column)
    return tuple(placed[key] for key in sorted(placed))


def _taller(cell: Cell, row: int) -> Cell:
    return cell._replace(row_span=row - cell.row + 1)


def _make_cell(field: Field, row: int, column: int, header: bool) -> Cell:
    """A cell at its place; segments only where its text is not one plain slice."""
    if not field.runs:
        return Cell(row, column, field.at, field.at, "", field.row_span, field.column_span, header)
    segments = segments_of(field.runs) if len(field.runs) > 1 else ()
    return Cell(
        row, column, field.runs[0][0], field.runs[-1][1], field.text,
        field.row_span, field.column_span, header, segments,
    )  # fmt: skip
