"""How sure a ranking is (名次可信度): many runs that choose otherwise, and the ranks they give.

Method of the OECD/JRC handbook, step 7, and Saisana, Saltelli and Tarantola 2005. Weights alone
claim too much: how items are scored and added up moves ranks more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.certainty.choices import Choices, all_choices, checked
from hexi.assessment.certainty.drawing import (
    FACTORS,
    Draw,
    Draws,
    draw_from,
    random_factors,
    scored_draws,
)
from hexi.assessment.certainty.places import Places, empty_places, places_of, spread_of
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.result import Result
from hexi.assessment.run import assess, rank_best_first
from hexi.assessment.scheme.nouns import Scheme

__all__ = ["APART", "Certainty", "Pair", "perturb"]

#: two units are told apart where one is ahead in this share of the runs
APART = 0.95
#: up to this many units every pair is compared, beyond it none
_COMPARED = 500


@dataclass(frozen=True, slots=True)
class Pair:
    """Two units that are neighbours in the ranking, the better one first."""

    ahead: str
    behind: str
    #: share of the runs in which the first is ahead, ties counted half
    share: float

    @property
    def told_apart(self) -> bool:
        """True where the order is more than chance."""
        return self.share >= APART


@dataclass(frozen=True, eq=False)
class Certainty:
    """Arrays are by unit in the order of the matrix; 0 or NaN where a unit is not rated."""

    result: Result
    choices: Choices
    draws: Draws
    seed: int
    #: how many places are “top” and “bottom”
    top: int
    bottom: int
    #: attribute inside whose classes ranks were made; empty: all together
    within: str
    #: of the run itself
    rank: NDArray[np.int64]
    #: rank in the 5th and 95th of a hundred runs, and in the middle one
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    median: NDArray[np.int64]
    p_top: NDArray[np.float64]
    p_bottom: NDArray[np.float64]
    #: neighbours in the ranking, from the top down
    pairs: tuple[Pair, ...]
    #: [i, j]: share of the runs in which i is ahead of j; None for many units
    ahead: NDArray[np.float64] | None

    def changed(self) -> tuple[Draw, ...]:
        """What every run changed."""
        return self.draws.told()

    def alike(self, unit: str) -> tuple[str, ...]:
        """Units that cannot be told apart from this one; empty where pairs were not compared."""
        if self.ahead is None:
            return ()
        units = self.result.matrix.units
        row = self.result.place(unit)
        shares = self.ahead[row]
        close = np.flatnonzero((shares > 1 - APART) & (shares < APART)).tolist()
        return tuple(units[place] for place in close if place != row)


def perturb(
    scheme: Scheme, matrix: Matrix, *, draws: int = 1000, seed: int = 1,
    choices: Choices | None = None, top: int = 10, bottom: int = 5, within: str = "",
    result: Result | None = None,
) -> Certainty:  # fmt: skip
    """Ranks under ``draws`` runs; `AssessmentError` where a choice has nothing to vary.

    ``choices``: everything the scheme gives ground for where none are named. ``within``: attribute
    of the units inside whose classes they are ranked. ``result``: of the run, where it is at hand.
    """
    result = result or assess(scheme, matrix)
    chosen = all_choices(scheme, matrix) if choices is None else checked(choices, scheme, matrix)
    drawn = np.random.default_rng(seed)
    shares = drawn.random((draws, len(FACTORS)))
    factors = random_factors(scheme, chosen, draws, drawn)
    plan = draw_from(chosen, shares, factors)
    rows = np.flatnonzero(result.rated)
    classes = [np.arange(len(rows))]
    if within:
        names = np.array(matrix.classes(within))[rows]
        classes = [np.flatnonzero(names == name) for name in dict.fromkeys(names.tolist())]
    ranks: Places = empty_places(draws, len(rows))
    for block, scores in scored_draws(result, plan, seed=seed):
        _rank(scores, classes, block, ranks)
    return _gathered(result, chosen, plan, seed, top, bottom, within, rows, classes, ranks)


def _rank(
    scores: NDArray[np.float32], classes: list[NDArray[np.int64]], block: NDArray[np.int64],
    ranks: Places,
) -> None:  # fmt: skip
    found = np.empty(scores.shape, dtype=ranks.dtype)
    for members in classes:
        if len(classes) == 1:
            places_of(scores, found)
        else:
            inside = np.empty((len(scores), len(members)), dtype=ranks.dtype)
            places_of(np.ascontiguousarray(scores[:, members]), inside)
            found[:, members] = inside
    ranks[block] = found


def _gathered(
    result: Result, choices: Choices, plan: Draws, seed: int, top: int, bottom: int, within: str,
    rows: NDArray[np.int64], classes: list[NDArray[np.int64]], ranks: Places,
) -> Certainty:  # fmt: skip
    units = len(result.matrix.units)
    whole = np.zeros((4, units), dtype=np.int64)
    chances = np.full((2, units), np.nan)
    base = np.zeros(len(rows), dtype=np.int64)
    last = np.zeros(len(rows), dtype=np.int64)
    for members in classes:
        base[members] = rank_best_first(result.scores[rows[members]])
        last[members] = len(members) - bottom
    spread = spread_of(ranks, top, last)
    whole[:, rows] = (base, spread.low, spread.high, spread.median)
    chances[:, rows] = (spread.p_top, spread.p_bottom)
    ahead = None
    pairs: list[Pair] = []
    if len(rows) <= _COMPARED:
        inside = _ahead(ranks)
        ahead = np.full((units, units), np.nan)
        ahead[np.ix_(rows, rows)] = inside
        names = result.matrix.units
        for members in classes:
            order = members[np.argsort(base[members], kind="stable")].tolist()
            pairs += [
                Pair(names[rows[one]], names[rows[other]], float(inside[one, other]))
                for one, other in pairwise(order)
            ]
    return Certainty(
        result, choices, plan, seed, top, bottom, within,
        rank=whole[0], low=whole[1], high=whole[2], median=whole[3],
        p_top=chances[0], p_bottom=chances[1], pairs=tuple(pairs), ahead=ahead,
    )  # fmt: skip


def _ahead(ranks: Places) -> NDArray[np.float64]:
    """[i, j]: share of the draws in which i is ahead of j, ties counted half."""
    by_unit = np.ascontiguousarray(ranks.T)
    found = np.empty((len(by_unit), len(by_unit)))
    for place, own in enumerate(by_unit):
        found[place] = (own < by_unit).mean(axis=1) + 0.5 * (own == by_unit).mean(axis=1)
    return found
