"""What an explanation is made of (得分说明的构成): groups, indicators, lifts, differences.

Points are points of the total score. NaN is not known: not reported, or not to be told apart by
the scheme's way of adding up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.result import PointsGiven, Remark
from hexi.assessment.scheme.nouns import Named

__all__ = [
    "Comparison",
    "Difference",
    "Explanation",
    "GroupLine",
    "Lift",
    "Line",
    "Said",
    "Tracks",
]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of the scheme for one unit (一级指标得分)."""

    node: str
    name: Named
    #: id of the group around it; empty for the whole
    parent: str
    depth: int
    score: float
    #: of the whole, for this unit
    weight: float
    contribution: float
    #: mean and best score of all units in this group
    mean: float
    best: float
    #: rank in this group, 1 the best, 0 without a score
    place: int


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator of the scheme for one unit (指标得分)."""

    item: str
    name: Named
    group: str
    unit: str
    #: as reported, and what was scored: after the denominator and what was put in
    raw: float
    value: float
    #: the score of the indicator, its weight in the whole, and their product
    score: float
    weight: float
    contribution: float
    #: points above (below) what the mean score of all units would have given here
    effect: float
    place: int
    #: points that the unit above, the best unit have more here; own gain on the year before
    gap_above: float
    gap_best: float
    gap_last: float
    #: who scores best on this indicator, with what; the own value of the year before
    best_unit: str
    best_value: float
    last_value: float


@dataclass(frozen=True, slots=True)
class Lift:
    """What a better value of one indicator would bring (提升空间), all others staying."""

    item: str
    name: Named
    unit: str
    value: float
    #: the value of the next better peers, and who has it
    to: float
    peer: str
    gain: float
    rank_after: int
    #: the best that a peer of the own class has reached: no lift goes beyond it
    bound: float
    bound_gain: float
    bound_rank: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one unit's score (得分说明)."""

    unit: str
    name: str
    year: int
    score: float
    base: float
    points: tuple[PointsGiven, ...]
    rated: bool
    rank: int
    #: number of units rated
    of: int
    #: attribute → (class, rank in it, units rated in it)
    class_ranks: dict[str, tuple[str, int, int]]
    grade: str
    #: ids of the unit right above and of the best one; empty where this is the best, or not rated
    above: str
    best: str
    last_score: float
    last_rank: int
    #: contributions add up to the score; else each stands by itself: the change if it alone changed
    exact: bool
    groups: tuple[GroupLine, ...]
    lines: tuple[Line, ...]
    lifts: tuple[Lift, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where one indicator sets two units apart: points of the first less those of the second."""

    item: str
    name: Named
    group: str
    first_value: float
    second_value: float
    points: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two units side by side (两两比较), the largest differences first."""

    first: str
    second: str
    names: tuple[str, str]
    scores: tuple[float, float]
    ranks: tuple[int, int]
    #: score of the first less that of the second
    difference: float
    lines: tuple[Difference, ...]
    #: part of the difference from bonus, penalty and veto
    from_points: float
    #: what single indicators do not account for: rounding, and indicators working together
    left_over: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence made of figures (说明语句), in both languages."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, eq=False, slots=True)
class Tracks:
    """Ranks and scores over years (历年名次), (years, units); rank 0 and NaN where not rated."""

    years: tuple[int, ...]
    units: tuple[str, ...]
    names: tuple[str, ...]
    ranks: NDArray[np.int64]
    scores: NDArray[np.float64]
