"""Scores of all items at once (评分表): denominators, missing values, outliers, then scoring.

Columns that are complete and scored by plain min-max, as most of an official scheme, are done
together; the others one by one. Both give the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.scheme.nouns import Item, MinMax, Missing, Scheme, Treatment
from hexi.assessment.scoring.impute import fill
from hexi.assessment.scoring.normalise import score
from hexi.assessment.scoring.treat import treat

__all__ = ["Scored", "ScoredColumn", "missing_rule", "score_item", "score_table", "used_values"]

Table = NDArray[np.float64]
_UNTREATED = Treatment()


@dataclass(frozen=True, eq=False)
class Scored:
    """(units, items) each; what was done to a column by its place."""

    #: after denominators, treatment and what was put in
    treated: Table
    scores: Table
    #: rows that were put in
    put_in: dict[int, NDArray[np.int64]]
    #: how many values were drawn in, and the transformation taken
    drawn: dict[int, int]
    transformed: dict[int, str]


def missing_rule(scheme: Scheme, item: Item) -> Missing:
    """The item's own rule of missing values, else the scheme's."""
    return item.missing or scheme.missing


def score_table(scheme: Scheme, matrix: Matrix, items: Sequence[Item]) -> Scored:
    """Every step before aggregation, for the year assessed."""
    now = matrix.chosen([item.id for item in items])[-1]
    complete = ~np.isnan(now).any(axis=0)
    found = Scored(now.copy(), np.full(now.shape, np.nan), {}, {}, {})
    plain = [
        place
        for place, item in enumerate(items)
        if complete[place] and not item.per and item.treatment == _UNTREATED and _is_plain(item)
    ]
    if plain:
        found.scores[:, plain] = _plain_scores(now[:, plain], [items[place] for place in plain])
    for place in sorted(set(range(len(items))) - set(plain)):
        column = score_item(scheme, matrix, items[place], used_values(matrix, items[place]))
        found.treated[:, place], found.scores[:, place] = column.treated, column.scores
        if column.put_in.any():
            found.put_in[place] = np.flatnonzero(column.put_in)
        if column.drawn:
            found.drawn[place] = column.drawn
        if column.transform:
            found.transformed[place] = column.transform
    return found


def _is_plain(item: Item) -> bool:
    by = item.scoring
    return isinstance(by, MinMax) and by.low is None and by.high is None


def _plain_scores(values: Table, items: Sequence[Item]) -> Table:
    """Min-max of complete columns, the same arithmetic as of one."""
    bounds = [item.scoring for item in items if isinstance(item.scoring, MinMax)]
    floor = np.array([by.floor for by in bounds])
    width = np.array([by.ceiling - by.floor for by in bounds])
    low, high = values.min(axis=0), values.max(axis=0)
    telling = high > low
    share = (values - low) / np.where(telling, high - low, 1.0)
    turned = np.array([item.direction < 0 for item in items])
    if turned.any():
        share[:, turned] = 1 - share[:, turned]
    share[:, ~telling] = 0.5
    scores: Table = floor + share * width
    return scores


@dataclass(frozen=True, eq=False, slots=True)
class ScoredColumn:
    """One item for all units: what was scored, its scores, and what was done on the way."""

    treated: NDArray[np.float64]
    scores: NDArray[np.float64]
    put_in: NDArray[np.bool_]
    #: values drawn in, and the transformation used
    drawn: int
    transform: str


def used_values(matrix: Matrix, item: Item) -> Table:
    """Values of an item after its denominator, (years, units)."""
    years: Table = matrix.chosen([item.id])[:, :, 0]
    if not item.per:
        return years
    below = matrix.chosen([item.per])[:, :, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, years / below, np.nan)


def score_item(scheme: Scheme, matrix: Matrix, item: Item, years: Table) -> ScoredColumn:
    """From used values, (years, units), to scores: filling, treatment, scoring."""
    classes = matrix.classes(scheme.class_by) if scheme.class_by else ("",) * len(matrix.units)
    consecutive = len(matrix.years) > 1 and matrix.years[-2] == matrix.years[-1] - 1
    rule = missing_rule(scheme, item)
    filled, put_in = fill(years, rule, classes)
    now, drawn, transform = treat(filled, item.treatment)
    column = score(
        now,
        item.scoring,
        item.direction,
        before=years[-2] if consecutive and not transform else None,
        targets=_targets(matrix, item.id),
    )
    if rule.rule == "zero":
        column = np.where(np.isnan(column), 0.0, column)
    return ScoredColumn(now, column, put_in, drawn, transform)


def _targets(matrix: Matrix, item: str) -> NDArray[np.float64] | None:
    if matrix.targets is None or item not in matrix.items:
        return None
    column: NDArray[np.float64] = matrix.targets[:, matrix.items.index(item)]
    return column
