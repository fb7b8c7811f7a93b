"""Gaps in points (差距): to the unit above, to the best, to the year before, to the mean of all.

Where every group adds up (加权平均), the gap of an indicator is the difference of two
contributions, and all gaps sum to the gap of the scores. Other ways of adding up have no shares
that sum: there the gap is what the score would change by if this indicator alone took the other's
score, all else staying as it is. It is exact for each indicator by itself, and nothing is claimed
about the sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.explanation.again import AddingAgain
from hexi.assessment.result import Result
from hexi.assessment.run import STILL, add_up
from hexi.assessment.scheme.nouns import Group

__all__ = [
    "Gaps",
    "adds_up",
    "asked",
    "base_alone",
    "changes_alone",
    "gaps",
    "stands_alone",
]

Table = NDArray[np.float64]

#: means of one unit's own scores
_OWN = ("arithmetic", "geometric", "harmonic")


@dataclass(frozen=True, eq=False, slots=True)
class Gaps:
    """For the chosen rows: (rows, items) points, and rows of the others; -1 where there is none."""

    rows: tuple[int, ...]
    above: NDArray[np.int64]
    best: NDArray[np.int64]
    to_above: Table
    to_best: Table
    #: own points now less those of the year before
    to_last: Table
    #: own points less those that the mean score would give
    to_mean: Table


def adds_up(result: Result) -> bool:
    """True where contributions sum to the score."""
    return all(group.aggregation == "arithmetic" for group in result.scheme.groups())


def asked(result: Result) -> NDArray[np.bool_]:
    """Which items count for whom, (units, items): a weight of nought by class asks nothing."""
    scheme, matrix = result.scheme, result.matrix
    classes = matrix.classes(scheme.class_by) if scheme.class_by else ("",) * len(matrix.units)
    by_class = {
        name: [_counts(scheme.root, name, item) for item in result.items] for name in set(classes)
    }
    return np.array([by_class[name] for name in classes], dtype=np.bool_)


def _counts(group: Group, name: str, item: str) -> bool:
    """True where the item and every group around it have a weight for the class."""
    for member in group.members:
        still = group.weighting != "given" or member.by_class.get(name, member.weight) > 0
        if isinstance(member, Group):
            if _holds(member, item):
                return still and _counts(member, name, item)
        elif member.id == item:
            return still
    return False


def _holds(group: Group, item: str) -> bool:
    return any(
        _holds(member, item) if isinstance(member, Group) else member.id == item
        for member in group.members
    )


def gaps(
    result: Result,
    rows: Sequence[int] | None = None,
    last: Result | None = None,
    again: AddingAgain | None = None,
) -> Gaps:
    """Gaps of the named rows (all where none is named); ``again``: where it is at hand."""
    chosen = list(range(len(result.matrix.units))) if rows is None else list(rows)
    above, best = _row_above(result)[chosen], np.full(len(chosen), _row_best(result))
    exact = adds_up(result)
    known = np.where(result.rated[:, None] & asked(result), result.normalised, np.nan)
    counted = (~np.isnan(known)).sum(axis=0)
    mean = np.where(counted > 0, np.nansum(known, axis=0) / np.maximum(counted, 1), np.nan)
    own = result.normalised[chosen]
    if exact:
        points = result.contributions
        to_above = _other(points, above) - points[chosen]
        to_best = _other(points, best) - points[chosen]
        to_mean = (own - mean) * result.weights[chosen]
    else:
        scores = result.normalised
        to_above = changes_alone(result, chosen, _other(scores, above), again)
        to_best = changes_alone(result, chosen, _other(scores, best), again)
        to_mean = -changes_alone(result, chosen, np.broadcast_to(mean, own.shape), again)
    return Gaps(
        rows=tuple(chosen),
        above=above,
        best=np.where(best == np.array(chosen, dtype=np.int64), -1, best),
        to_above=to_above,
        to_best=to_best,
        to_last=_since(result, chosen, last),
        to_mean=np.where(np.isnan(own), np.nan, to_mean),
    )


def changes_alone(
    result: Result, rows: Sequence[int], scores: Table, again: AddingAgain | None = None
) -> Table:
    """Change of the whole if one item alone took another score; ``scores``: (rows, items).

    ``again``: of the result, where it is at hand."""
    found = np.full(scores.shape, np.nan)
    columns = np.arange(scores.shape[1])
    for place, row in enumerate(rows):
        if stands_alone(result):
            # no unit's score hangs on another's: every change of the row is a row of one table
            tried = np.tile(result.normalised[row], (columns.size, 1))
            tried[columns, columns] = scores[place]
            found[place] = base_alone(result, row, tried) - result.base[row]
            continue
        again = again or AddingAgain(result)
        for item in np.flatnonzero(~np.isnan(scores[place])).tolist():
            column = result.normalised[:, item].copy()
            column[row] = scores[place, item]
            base = again.base(result.items[item], column)
            found[place, item] = base[row] - result.base[row]
    return np.where(np.isnan(scores), np.nan, found)


def stands_alone(result: Result) -> bool:
    """True where a unit's score hangs on its own scores alone, not on those of others."""
    return all(
        group.aggregation in _OWN and group.weighting in STILL for group in result.scheme.groups()
    )


def base_alone(result: Result, row: int, scores: Table) -> NDArray[np.float64]:
    """What the unit of ``row`` would score with each row of ``scores``, (tries, items)."""
    scheme, matrix = result.scheme, result.matrix
    tries = len(scores)
    ids = tuple(str(number) for number in range(tries))
    name = matrix.classes(scheme.class_by)[row] if scheme.class_by else ""
    alike = Matrix(
        units=ids,
        names=ids,
        items=result.items,
        years=matrix.years[-1:],
        values=np.full((1, *scores.shape), np.nan),
        attributes={scheme.class_by: (name,) * tries} if scheme.class_by else {},
    )
    return add_up(scheme, alike, scores)


def _other(values: Table, rows: NDArray[np.int64]) -> Table:
    """Values of other rows; NaN where there is no other."""
    return np.where((rows >= 0)[:, None], values[rows], np.nan)


def _row_best(result: Result) -> int:
    return int(np.flatnonzero(result.ranks == 1)[0]) if (result.ranks == 1).any() else -1


def _row_above(result: Result) -> NDArray[np.int64]:
    """For every unit the one with the next better score; -1 for the best and for the unrated."""
    order = np.lexsort((np.arange(result.ranks.size), result.ranks))
    order = order[result.ranks[order] > 0]
    ranks = result.ranks[order]
    found = np.full(result.ranks.shape, -1, dtype=np.int64)
    # first of those with the own rank; the one before it is the next better
    first = np.searchsorted(ranks, ranks, side="left")
    found[order] = np.where(first > 0, order[np.maximum(first - 1, 0)], -1)
    return found


def _since(result: Result, chosen: Sequence[int], last: Result | None) -> Table:
    """Points now less points of the year before, NaN for units and items that were not there."""
    shape = (len(chosen), len(result.items))
    if last is None or not adds_up(result) or not adds_up(last):
        return np.full(shape, np.nan)
    units = {unit: row for row, unit in enumerate(last.matrix.units)}
    items = {item: column for column, item in enumerate(last.items)}
    rows = np.array([units.get(result.matrix.units[row], -1) for row in chosen])
    columns = np.array([items.get(item, -1) for item in result.items])
    there = (rows >= 0)[:, None] & (columns >= 0)[None, :]
    before = np.where(there, last.contributions[np.ix_(rows, columns)], np.nan)
    since: Table = result.contributions[list(chosen)] - before
    return since
