"""From scores to one score (合成): means of three kinds, and methods that see all units at once.

Scores are (units, members), weights the same shape and 1 a row among members that count; NaN
members are left out and the weights of the others scaled up. Sources: OECD/JRC handbook, step 6;
Hwang and Yoon 1981 for TOPSIS; Opricovic and Tzeng 2004 for VIKOR; Munda and Nardo 2009 for
Copeland's rule.
"""

from __future__ import annotations

from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.scheme.nouns import Aggregation

__all__ = ["aggregate", "copeland_of", "lead_of", "spread_weights"]

Table = NDArray[np.float64]

#: pairwise comparison needs units × units; beyond this it is done in blocks
_BLOCK = 512
#: sums of weights that differ by less are the same
_ROUNDING = 1e-12


def spread_weights(weights: Table, scores: Table) -> Table:
    """Weights among the members that have a score, 1 a row; a row without any is all zero."""
    counted = np.where(np.isnan(scores), 0.0, np.broadcast_to(weights, scores.shape))
    total = counted.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, counted / total, 0.0)


def aggregate(scores: Table, weights: Table, how: Aggregation) -> NDArray[np.float64]:
    """One score a unit, 0 to 100 for the methods over all units; NaN where nothing is known."""
    spread = spread_weights(weights, scores)
    nothing = spread.sum(axis=1) == 0
    filled = np.where(np.isnan(scores), 0.0, scores)
    match how:
        case "arithmetic":
            found = (filled * spread).sum(axis=1)
        case "geometric":
            found = _geometric(filled, spread)
        case "harmonic":
            found = _harmonic(filled, spread)
        case "topsis":
            found = _topsis(filled, spread)
        case "vikor":
            found = _vikor(filled, spread)
        case "copeland":
            found = _copeland(scores, spread)
        case _:
            assert_never(how)
    return np.where(nothing, np.nan, found)


def _geometric(filled: Table, spread: Table) -> NDArray[np.float64]:
    """A member at zero makes the whole zero; below zero it has no meaning and the whole is NaN."""
    counted = np.where(spread > 0, filled, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(counted > 0, np.log(np.maximum(counted, 1e-300)), -np.inf)
        found = np.exp(np.where(spread > 0, logs * spread, 0.0).sum(axis=1))
    return np.where((counted < 0).any(axis=1), np.nan, found)


def _harmonic(filled: Table, spread: Table) -> NDArray[np.float64]:
    counted = np.where(spread > 0, filled, 1.0)
    with np.errstate(divide="ignore"):
        found = 1.0 / np.where(spread > 0, spread / counted, 0.0).sum(axis=1)
    found = np.where((counted == 0).any(axis=1), 0.0, found)
    return np.where((counted < 0).any(axis=1), np.nan, found)


def _topsis(filled: Table, spread: Table) -> NDArray[np.float64]:
    """Closeness to the best of every member against the worst, times 100.

    Scores are on one scale already. Dividing by the length of a column as well, as for raw values,
    would take weight from members on which most do well."""
    weighted = filled * spread
    to_best = np.sqrt(((weighted - weighted.max(axis=0)) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - weighted.min(axis=0)) ** 2).sum(axis=1))
    whole = to_best + to_worst
    return np.where(whole > 0, to_worst / np.where(whole > 0, whole, 1.0), 0.5) * 100


def _vikor(filled: Table, spread: Table) -> NDArray[np.float64]:
    """100 less the compromise measure Q (half group utility, half the worst regret) times 100."""
    best, worst = filled.max(axis=0), filled.min(axis=0)
    span = np.where(best > worst, best - worst, 1.0)
    regret = spread * (best - filled) / span
    utility, hardest = regret.sum(axis=1), regret.max(axis=1)

    def share(values: NDArray[np.float64]) -> NDArray[np.float64]:
        low, high = values.min(), values.max()
        return (values - low) / (high - low) if high > low else np.zeros_like(values)

    return 100 - 100 * (0.5 * share(utility) + 0.5 * share(hardest))


def _copeland(scores: Table, spread: Table) -> NDArray[np.float64]:
    """Wins less losses over all others, in per cent of the comparisons, brought to 0 to 100.

    A wins over B where the weight of members on which A is better is above half of those that tell
    the two apart; weights that differ by rounding alone are the same."""
    units = scores.shape[0]
    found = np.empty(units)
    for first in range(0, units, _BLOCK):
        rows = slice(first, first + _BLOCK)
        lead = np.zeros((len(scores[rows]), units))
        # member by member: the whole cube at once is many times slower
        for member in range(scores.shape[1]):
            lead += lead_of(scores[:, member], spread[:, member], rows)
        found[rows] = copeland_of(lead)
    return found


def lead_of(
    column: NDArray[np.float64], weights: NDArray[np.float64], rows: slice = slice(None)
) -> Table:
    """What one member adds to the lead of the rows over every unit: its weight, won or lost."""
    ours, theirs = column[rows, None], column[None, :]
    better = (ours > theirs).view(np.int8) - (ours < theirs).view(np.int8)
    found: Table = better * weights[rows, None]
    return found


def copeland_of(lead: Table) -> NDArray[np.float64]:
    """Scores from the leads of rows over all units, (rows, units)."""
    wins = (lead > _ROUNDING).sum(axis=1) - (lead < -_ROUNDING).sum(axis=1)
    found: NDArray[np.float64] = 50 + 50 * wins / max(lead.shape[1] - 1, 1)
    return found
