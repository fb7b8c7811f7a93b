"""Tables whose cells lie one a line without any mark (逐行单元格): the figures show the rows.

A row is a label, perhaps a unit, then figures; where that repeats with the same number of lines
there was a table. Its head is the lines before the first row, of which some may be torn in two
(2015年 / 基值).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hexi.plans.documents.table_layout import is_figure, is_year

__all__ = ["bare_rows"]

_UNIT: Final = re.compile(
    r"[%％‰]|[万亿千百]?(?:元|美元|人次?|吨|亩|公顷|平方公里|平方米|立方米|千瓦时?|千米|公里|米|斤|家|个|户|件|项|"
    r"辆|台|套|列|条|处|所|座|张|头|只|株|倍|年|天|小时|岁)(?:/[^\s/]{1,6})?|吨标准煤/万元|.{1,4}/.{1,4}"
)
_UNIT_HEAD: Final = re.compile(r"(?:计量)?单\s*位")
#: cells without a value
_BLANKS: Final = frozenset({"", "—", "——", "-", "－", "/"})


def bare_rows(texts: Sequence[str]) -> list[list[list[int]]] | None:
    """Rows of cells (as line indices) of a run of short lines, or None where there is no table."""
    figures = [is_figure(text) or text in _BLANKS for text in texts]
    if sum(figures) < 4 or sum(figures) * 4 < len(texts):
        return None
    starts: list[int] = []
    for at in range(len(texts) - 1):
        if figures[at] or is_year(texts[at]) or _UNIT.fullmatch(texts[at]):
            continue
        unit = _UNIT.fullmatch(texts[at + 1]) is not None
        if figures[at + 1] or (unit and at + 2 < len(texts) and figures[at + 2]):
            starts.append(at)
    if len(starts) < 3:
        return None
    width = Counter(b - a for a, b in pairwise(starts)).most_common(1)[0][0]
    same = sum(1 for a, b in pairwise(starts) if b - a == width)
    if width < 2 or same * 2 < len(starts) - 1:
        return None
    unit_at = 1 if sum(_UNIT.fullmatch(texts[at + 1]) is not None for at in starts) > 1 else 0
    head = _head(texts[: starts[0]], width, unit_at)
    if head is None:
        return None
    rows = [head]
    for at, start in enumerate(starts):
        stop = starts[at + 1] if at + 1 < len(starts) else min(len(texts), start + width)
        cells = [[place] for place in range(start, min(stop, start + width))]
        if at and rows[-1][-1][-1] < start - 1:
            # what is left over before this row begins is the first line of its label
            cells[0] = [*range(rows[-1][-1][-1] + 1, start), start]
        rows.append(cells)
    return rows


def _head(texts: Sequence[str], width: int, unit_at: int) -> list[list[int]] | None:
    """The lines before the first row as ``width`` head cells; lines of a title are left out."""
    first, fixed = 0, 0
    if unit_at:
        # the head over the units stands where the units stand, which shows where the head begins
        heads = [at for at, text in enumerate(texts) if _UNIT_HEAD.fullmatch(text)]
        if heads and heads[-1] >= unit_at:
            first, fixed = heads[-1] - unit_at, unit_at + 1
    cells = [[at] for at in range(first, first + fixed)]
    rest = _divided(list(range(first + fixed, len(texts))), texts, width - fixed)
    return None if rest is None else cells + rest


def _divided(lines: list[int], texts: Sequence[str], count: int) -> list[list[int]] | None:
    """Lines as so many cells: torn years are joined, or all cells have equally many lines."""
    if len(lines) < count or count < 1:
        return None
    cells = [[at] for at in lines]
    while len(cells) > count:
        joined = _join_torn_year(cells, texts)
        if joined is None:
            break
        cells = joined
    if len(cells) > count and len(lines) % count == 0 and len(lines) // count <= 3:
        each = len(lines) // count
        return [lines[at : at + each] for at in range(0, len(lines), each)]
    return cells[len(cells) - count :]


def _join_torn_year(cells: list[list[int]], texts: Sequence[str]) -> list[list[int]] | None:
    """2015年 / 基值: a year and the word below it are one head cell."""
    for at in range(len(cells) - 1):
        if len(cells[at]) > 1 or not is_year(texts[cells[at][0]]):
            continue
        if not is_year(texts[cells[at + 1][0]]):
            return [*cells[:at], cells[at] + cells[at + 1], *cells[at + 2 :]]
    return None
