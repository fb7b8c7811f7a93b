"""Ruled tables (有线表): the grid that a page's drawn lines make."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Lattice", "Rule", "lattices"]

#: rules closer than this are one
_SNAP = 3.0
_MOST_RULES = 20_000


class Rule(NamedTuple):
    """A straight line; ``across`` is its fixed coordinate (y of a horizontal one)."""

    horizontal: bool
    across: float
    low: float
    high: float


@dataclass(slots=True)
class Lattice:
    """A grid: column edges from left to right, row edges from top to bottom."""

    xs: list[float]
    ys: list[float]
    #: (row, column) -> (row span, column span) of each real cell
    cells: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    #: every grid place -> the real cell that covers it
    owner: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The real cell around a point."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return self.owner.get((row, column))

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]


def _snapped(values: Iterable[float]) -> list[float]:
    """Distinct coordinates, near ones taken together."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _SNAP:
            out.append(value)
    return out


def _components(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of rules that touch each other."""
    parent = list(range(len(rules)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    uprights = [(rule, at) for at, rule in enumerate(rules) if not rule.horizontal]
    uprights.sort(key=lambda pair: pair[0].across)
    places = [rule.across for rule, _ in uprights]
    for at, rule in enumerate(rules):
        if not rule.horizontal:
            continue
        begin = bisect_right(places, rule.low - _SNAP)
        end = bisect_right(places, rule.high + _SNAP)
        for upright, other in uprights[begin:end]:
            if upright.low - _SNAP <= rule.across <= upright.high + _SNAP:
                parent[root(at)] = root(other)
    groups: dict[int, list[Rule]] = {}
    for at, rule in enumerate(rules):
        groups.setdefault(root(at), []).append(rule)
    return list(groups.values())


def lattices(rules: Sequence[Rule]) -> list[Lattice]:
    """All grids on a page, top to bottom."""
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    found: list[Lattice] = []
    for group in _components(rules):
        xs = _snapped(rule.across for rule in group if not rule.horizontal)
        ys = _snapped(rule.across for rule in group if rule.horizontal)
        if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > 40_000:
            continue
        lattice = Lattice(xs, ys)
        _merge(lattice, group)
        found.append(lattice)
    found.sort(key=lambda lattice: lattice.top)
    return found


def _merge(lattice: Lattice, rules: Sequence[Rule]) -> None:
    """Real cells: grid places run together where no rule parts them."""
    beside, below = _walls(lattice, rules)
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    for row in range(rows):
        for column in range(columns):
            if (row, column) in lattice.owner:
                continue
            width = 1
            while (
                column + width < columns
                and (row, column + width) not in beside
                and ((row, column + width) not in lattice.owner)
            ):
                width += 1
            height = 1
            while row + height < rows and not any(
                (row + height, c) in below or (row + height, c) in lattice.owner
                for c in range(column, column + width)
            ):
                height += 1
            lattice.cells[row, column] = (height, width)
            for r in range(row, row + height):
                for c in range(column, column + width):
                    lattice.owner[r, c] = (row, column)


def _walls(
    lattice: Lattice, rules: Sequence[Rule]
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Grid places with a rule at their left side, and with one at their top."""
    beside: set[tuple[int, int]] = set()
    below: set[tuple[int, int]] = set()
    xs, ys = lattice.xs, lattice.ys
    for rule in rules:
        along = xs if rule.horizontal else ys
        at = bisect_right(ys if rule.horizontal else xs, rule.across + 0.01) - 1
        first = bisect_right(along, rule.low + _SNAP) - 1
        for place in range(max(0, first), len(along) - 1):
            middle = (along[place] + along[place + 1]) / 2
            if middle > rule.high:
                break
            if middle >= rule.low:
                if rule.horizontal:
                    below.add((at, place))
                else:
                    beside.add((place, at))
    return beside, below
