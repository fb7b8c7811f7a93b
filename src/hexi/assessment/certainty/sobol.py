"""Which choice the ranking hangs on (敏感性): Sobol indices of the choices, first and total.

First order: share of the variance that a choice brings about by itself; total: with all it does
together with others. Output: mean shift of the ranks against the run itself, and, by unit, its own
rank. Estimators: Saltelli et al. 2010 for the first, Jansen 1999 for the total order, on a
random design of n (k + 2) runs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.certainty.choices import Choices, all_choices, checked
from hexi.assessment.certainty.drawing import FACTORS, draw_from, random_factors, scored_draws
from hexi.assessment.certainty.places import Places, places_of
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.result import Result
from hexi.assessment.run import assess, rank_best_first
from hexi.assessment.scheme.nouns import Scheme

__all__ = ["Sensitivity", "first_order", "sobol", "total_order"]

#: sets of weights that the choice “weights” picks from
_SETS = 1024


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Indices by choice, the varied ones in the order of `FACTORS`."""

    factors: tuple[str, ...]
    #: of the mean shift of ranks
    first: NDArray[np.float64]
    total: NDArray[np.float64]
    #: half width of the 95 % interval of each total index, by resampling
    total_margin: NDArray[np.float64]
    #: of the rank of every unit, (units, factors); NaN where its rank never changes
    unit_total: NDArray[np.float64]
    #: runs that were made, and the mean shift of ranks over them
    runs: int
    shift: float


def sobol(
    scheme: Scheme, matrix: Matrix, *, base: int = 512, seed: int = 1,
    choices: Choices | None = None, result: Result | None = None,
) -> Sensitivity:  # fmt: skip
    """Indices from ``base`` × (varied choices + 2) runs; `AssessmentError` as `perturb`."""
    result = result or assess(scheme, matrix)
    chosen = all_choices(scheme, matrix) if choices is None else checked(choices, scheme, matrix)
    varied = [at for at, name in enumerate(FACTORS) if getattr(chosen, name)]
    drawn = np.random.default_rng(seed)
    first, second = drawn.random((2, base, len(FACTORS)))
    shares = [first, second]
    for column in varied:
        mixed = first.copy()
        mixed[:, column] = second[:, column]
        shares.append(mixed)
    whole = np.concatenate(shares)
    sets = random_factors(scheme, chosen, _SETS, drawn)
    factors = sets[np.minimum((whole[:, 0] * _SETS).astype(np.int64), _SETS - 1)]
    plan = draw_from(chosen, whole, factors)
    rated = np.flatnonzero(result.rated)
    ranks: Places = np.empty((len(whole), len(rated)), dtype=np.int32)
    for block, scores in scored_draws(result, plan, seed=seed):
        found = np.empty(scores.shape, dtype=np.int32)
        places_of(scores, found)
        ranks[block] = found
    own = rank_best_first(result.scores[rated])
    shifts = np.abs(ranks - own).mean(axis=1)
    runs = shifts.reshape(len(varied) + 2, base)
    by_unit = ranks.astype(np.float64).reshape(len(varied) + 2, base, len(rated))
    unit_total = np.full((len(matrix.units), len(varied)), np.nan)
    unit_total[rated] = total_order(by_unit).T
    return Sensitivity(
        tuple(FACTORS[at] for at in varied),
        first_order(runs),
        total_order(runs),
        _margin(runs, drawn),
        unit_total,
        len(whole),
        float(shifts.mean()),
    )


def _variance(runs: NDArray[np.float64]) -> NDArray[np.float64]:
    variance: NDArray[np.float64] = runs[:2].reshape(-1, *runs.shape[2:]).var(axis=0)
    return variance


def first_order(runs: NDArray[np.float64]) -> NDArray[np.float64]:
    """First-order indices of runs, (factors + 2, base): A, B, then A with each factor of B.

    Mean of f(B) (f(AB) - f(A)) over the variance; 0 where nothing varies."""
    variance = _variance(runs)
    # about the mean: the products of uncentred values would drown the effect in noise
    centred = runs[1] - runs[:2].mean(axis=(0, 1))
    effect = (centred * (runs[2:] - runs[0])).mean(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(variance > 0, effect / variance, 0.0)


def total_order(runs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Total indices of the same runs.

    Half the mean square of f(A) - f(AB) over the variance, (factors, …); NaN without any."""
    variance = _variance(runs)
    effect = ((runs[0] - runs[2:]) ** 2).mean(axis=1) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(variance > 0, effect / variance, np.nan if runs.ndim > 2 else 0.0)


def _margin(runs: NDArray[np.float64], drawn: np.random.Generator) -> NDArray[np.float64]:
    """1.96 standard errors of the total indices over resampled rows."""
    rows = drawn.integers(0, runs.shape[1], (100, runs.shape[1]))
    again = np.array([total_order(runs[:, row]) for row in rows])
    margin: NDArray[np.float64] = 1.96 * again.std(axis=0)
    return margin
