"""Gaps and overlaps of a table (空档与重叠): found when it is read, over the whole input space.

Rows tell inputs apart by spans and sets, so the input space falls into finitely many cells: each
end of a span and each stretch between two, each group of words that no row tells apart. Every cell
is looked at, so that nothing is left to chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hexi.admission.conditions import Condition, Span, Spans, Words
from hexi.admission.fields import Field, Space
from hexi.admission.tables import Row, Table

__all__ = ["MOST_CELLS", "CoverageFault", "coverage_faults"]

MOST_CELLS = 2_000_000
#: of one table no more are told at once: who mends these finds the others the next time
_MOST_FAULTS = 50


@dataclass(frozen=True, slots=True)
class CoverageFault:
    """A gap, overlap, row never reached or contradiction: at which row (None: the table)."""

    row: Row | None
    expected: str
    expected_en: str
    #: the first place of the input space where it is so, as text
    found: str


@dataclass(frozen=True, slots=True)
class _Axis:
    """One input cut into cells: a text for each, and for each row whether it takes the cell."""

    texts: tuple[str, ...]
    takes: NDArray[np.bool_]


def coverage_faults(
    table: Table, space: Space, most_cells: int = MOST_CELLS
) -> list[CoverageFault]:
    """Every way in which the rows of a table do not fit together."""
    axes = [_axis(table, space.fields[name], space) for name in table.inputs]
    cells = math.prod(len(axis.texts) for axis in axes)
    if cells > most_cells:
        zh, en = f"输入空间不超过 {most_cells} 格", f"an input space of at most {most_cells} cells"
        return [CoverageFault(None, zh, en, f"{cells}")]
    if not cells:
        return [CoverageFault(None, "范围之内有输入", "inputs within the scope", "没有")]
    masks = [_mask(axes, place) for place in range(len(table.rows))]
    count = np.sum(masks, axis=0, dtype=np.int32)
    faults: list[CoverageFault] = []
    open_cells = int((count == 0).sum())
    if open_cells and not table.otherwise_free:
        told = f"{_cell(axes, count == 0)} 无规则可用（空档 {open_cells} 格）"
        faults.append(CoverageFault(None, "规则覆盖全部输入", "a rule for every input", told))
    if not open_cells and table.otherwise_free:
        said = ("不写 otherwise（规则已覆盖全部输入）", "no otherwise: the rows take every input")
        faults.append(CoverageFault(None, *said, "otherwise 永不适用"))
    if table.policy == "UNIQUE":
        faults += _overlaps(table, axes, masks)
    elif table.policy == "FIRST":
        faults += _unreached(table, masks)
    else:
        faults += _contradictions(table, axes, masks)
    return faults


def _overlaps(
    table: Table, axes: Sequence[_Axis], masks: Sequence[NDArray[np.bool_]]
) -> list[CoverageFault]:
    found: list[CoverageFault] = []
    for place, row in enumerate(table.rows):
        for before in range(place):
            both = masks[place] & masks[before]
            if both.any() and len(found) < _MOST_FAULTS:
                told = f"{_cell(axes, both)} 与 {table.rows[before].id} 重叠"
                said = ("与其他规则互不重叠", "no overlap with another row")
                found.append(CoverageFault(row, *said, told))
    return found


def _unreached(table: Table, masks: Sequence[NDArray[np.bool_]]) -> list[CoverageFault]:
    found: list[CoverageFault] = []
    taken = np.zeros_like(masks[0])
    for row, mask in zip(table.rows, masks, strict=True):
        if not (mask & ~taken).any():
            said = ("有输入轮到的规则", "a row that some input comes to")
            found.append(CoverageFault(row, *said, "前面的规则已全部取走"))
        taken = taken | mask
    return found


def _contradictions(
    table: Table, axes: Sequence[_Axis], masks: Sequence[NDArray[np.bool_]]
) -> list[CoverageFault]:
    """Rows that apply together and demand of one field what no value can keep."""
    found: list[CoverageFault] = []
    for place, row in enumerate(table.rows):
        for before in range(place):
            other, both = table.rows[before], masks[place] & masks[before]
            for name in row.need.keys() & other.need.keys() if both.any() else ():
                one, two = row.need[name], other.need[name]
                if len(found) == _MOST_FAULTS:
                    return found
                if isinstance(one, Spans) and isinstance(two, Spans) and not one.meets(two):
                    told = f"{_cell(axes, both)} 与 {other.id} 对 {name} 的要求不能同时满足"
                    said = ("可以同时满足的要求", "demands that can be kept together")
                    found.append(CoverageFault(row, *said, told))
    return found


def _mask(axes: Sequence[_Axis], place: int) -> NDArray[np.bool_]:
    """The cells that a row takes, an axis a dimension."""
    found = np.ones((), dtype=bool)
    for axis in axes:
        found = np.logical_and.outer(found, axis.takes[place])
    return found


def _cell(axes: Sequence[_Axis], where: NDArray[np.bool_]) -> str:
    """The first cell of a mask, as text."""
    first = np.argwhere(np.atleast_1d(where))[0]
    return "，".join(axis.texts[at] for axis, at in zip(axes, first, strict=False)) or "全部"


def _axis(table: Table, field: Field, space: Space) -> _Axis:
    within = table.scope.get(field.id)
    asked = [row.when.get(field.id) for row in table.rows]
    if field.numeric:
        return _number_axis(field, within, asked)
    groups: dict[tuple[bool, ...], list[str]] = {}
    words = dict.fromkeys((*space.members(field.id), *_named(asked, space, field.id)))
    for word in words:
        line = space.line(field.id, word) or frozenset()
        if isinstance(within, Words) and not within.holds(line):
            continue
        pattern = tuple(
            not isinstance(condition, Words) or condition.holds(line) for condition in asked
        )
        groups.setdefault(pattern, []).append(word)
    texts = tuple(
        f"{field.title} {'、'.join(words[:3])}{' 等' if len(words) > 3 else ''}"
        for words in groups.values()
    )
    takes = np.array(list(groups), dtype=bool).reshape(len(groups), len(asked)).T
    return _Axis(texts, takes)


def _named(asked: Sequence[Condition | None], space: Space, name: str) -> list[str]:
    """Words finer than the members that some row names: a class within a division."""
    words = {word for one in asked if isinstance(one, Words) for word in one.words}
    fine = space.fields[name].kind == "industry"
    return sorted(word for word in words if fine and word.isdigit())


def _number_axis(
    field: Field, within: Condition | None, asked: Sequence[Condition | None]
) -> _Axis:
    ends = {end for one in (*asked, within) if isinstance(one, Spans) for end in one.ends()}
    ends |= {end for end in (field.least, field.most) if math.isfinite(end)}
    inner = sorted(end for end in ends if field.least <= end <= field.most)
    marks = [-math.inf, *inner, math.inf]
    spans: list[tuple[float, str]] = []
    for low, high in pairwise(marks):
        if math.isfinite(low):
            spans.append((low, f"{field.title} = {low:g}"))
        if low < field.least or high > field.most:
            continue
        between = Span(low, True, high, True)
        spans.append((_between(low, high), f"{field.title} {between.told()}"))
    points = np.array([point for point, _ in spans])
    kept = within.holds(points) if isinstance(within, Spans) else np.ones(len(points), dtype=bool)
    takes = np.array(
        [
            one.holds(points) if isinstance(one, Spans) else np.ones(len(points), bool)
            for one in asked
        ]
    )
    texts = tuple(text for (_, text), keep in zip(spans, kept, strict=True) if keep)
    return _Axis(texts, takes[:, kept])


def _between(low: float, high: float) -> float:
    if math.isfinite(low) and math.isfinite(high):
        return (low + high) / 2
    if math.isfinite(low):
        return low + 1
    return high - 1 if math.isfinite(high) else 0.0
