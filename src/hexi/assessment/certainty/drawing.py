"""Draws (抽样): which choice each of many runs makes, kept so that every run can be told.

Runs that share a table of scores are added up together; the draws themselves are numbers of
choices, so that the same seed gives the same runs on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.certainty.adding import Adder, node_places
from hexi.assessment.certainty.choices import Choices
from hexi.assessment.certainty.variants import Variant, scores_under
from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Scheme
from hexi.assessment.scoring.points import with_points

__all__ = ["FACTORS", "Draw", "Draws", "draw_from", "random_factors", "scored_draws"]

#: the choices that can be varied, in the order of the columns
FACTORS = ("weights", "normalising", "aggregation", "missing", "untreated", "rounding")
#: tables of figures drawn inside their rounding
_ROUNDED = 8
#: numbers of draws by units that are scored at a time
_BLOCK = 3_000_000


@dataclass(frozen=True, slots=True)
class Draw:
    """What one run changed; empty: as the scheme has it."""

    #: largest change of a weight, as a share of it
    weights: float
    normalising: str
    aggregation: str
    missing: str
    untreated: bool
    #: number of the table of figures drawn inside their rounding; 0: as printed
    rounding: int


@dataclass(frozen=True, eq=False)
class Draws:
    """Numbers of choices, (draws,) each; 0 is the scheme's own way."""

    choices: Choices
    normalising: NDArray[np.int64]
    aggregation: NDArray[np.int64]
    missing: NDArray[np.int64]
    untreated: NDArray[np.int64]
    rounding: NDArray[np.int64]
    #: factors of the weights, (draws, nodes)
    factors: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.factors)

    def told(self) -> tuple[Draw, ...]:
        """Every draw with what it changed."""
        moved = np.abs(self.factors - 1).max(axis=1, initial=0.0)
        by = self.choices
        return tuple(
            Draw(
                float(moved[at]),
                ("", *by.normalising)[self.normalising[at]],
                ("", *by.aggregation)[self.aggregation[at]],
                ("", *by.missing)[self.missing[at]],
                bool(self.untreated[at]),
                int(self.rounding[at]),
            )
            for at in range(len(self))
        )


def draw_from(choices: Choices, shares: NDArray[np.float64], factors: NDArray[np.float32]) -> Draws:
    """Draws from numbers between 0 and 1, (draws, FACTORS); ``factors`` of the weights beside.

    A share picks one of the alternatives of its choice, the scheme's own among them."""
    counts = (
        len(choices.normalising),
        len(choices.aggregation),
        len(choices.missing),
        int(choices.untreated),
    )
    picked = [
        np.minimum((shares[:, column] * (count + 1)).astype(np.int64), count)
        for column, count in enumerate(counts, 1)
    ]
    rounding = np.zeros(len(shares), dtype=np.int64)
    if choices.rounding:
        rounding = np.minimum((shares[:, 5] * _ROUNDED).astype(np.int64), _ROUNDED - 1) + 1
    normalising, aggregation, missing, untreated = picked
    return Draws(choices, normalising, aggregation, missing, untreated, rounding, factors)


def random_factors(
    scheme: Scheme, choices: Choices, draws: int, drawn: np.random.Generator
) -> NDArray[np.float32]:
    """Factors of the weights, (draws, nodes), even between 1 - and 1 + the bound."""
    nodes = len(node_places(scheme))
    moves = drawn.uniform(-choices.weights, choices.weights, (draws, nodes))
    return (1 + moves).astype(np.float32)


def scored_draws(
    result: Result, draws: Draws, *, seed: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
    """Blocks of draws and their scores, (block, units), after points; what is not rated stays out.

    Rows come grouped by the choices they share, not in the order of the draws."""
    finished = _finish(result)
    combinations = np.column_stack(
        [draws.normalising, draws.missing, draws.untreated, draws.rounding, draws.aggregation]
    )
    alike, which = np.unique(combinations, axis=0, return_inverse=True)
    which = which.ravel()
    tables: dict[Variant, NDArray[np.float64]] = {}
    step = max(1, _BLOCK // max(len(result.matrix.units), 1))
    by = draws.choices
    for number, row in enumerate(alike.tolist()):
        variant = Variant(
            (None, *by.normalising)[row[0]],
            (None, *by.missing)[row[1]],
            bool(row[2]),
            row[3],
        )
        if variant not in tables:
            # combinations are sorted by table: an earlier one does not come back
            tables.clear()
            tables[variant] = _table(variant, result, seed)
        mean = (None, *by.aggregation)[row[4]]
        adder = Adder.of(result.scheme, result.matrix, tables[variant], mean)
        members = np.flatnonzero(which == number)
        for start in range(0, len(members), step):
            block = members[start : start + step]
            yield block, finished(adder.add_up(draws.factors[block]))


def _table(variant: Variant, result: Result, seed: int) -> NDArray[np.float64]:
    if variant == Variant():
        return result.normalised
    return scores_under(variant, result.scheme, result.matrix, seed=seed)


def _finish(result: Result) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """Bonus, penalty and veto as the run gave them, on whole blocks, and only who is rated."""
    units, rated = result.matrix.units, result.rated
    bonus = np.zeros(len(units), dtype=np.float32)
    for one in result.points:
        bonus[result.place(one.unit)] += one.points
    # what is left of a score beyond any scheme's is the cap that a veto puts on it
    high, _ = with_points(result.scheme, np.full(len(units), 1e9), result.points, units)
    cap = np.where(high < 9e8, high, np.inf).astype(np.float32)
    untouched = not result.points and bool(rated.all())

    def finish(scores: NDArray[np.float32]) -> NDArray[np.float32]:
        if untouched:
            return scores
        found: NDArray[np.float32] = np.minimum(scores + bonus, cap)[:, rated]
        return found

    return finish
