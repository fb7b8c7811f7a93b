"""A round of assessment as the outcome rules see it (考核轮次): who stood where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.outcomes.nouns import YEARS, OutcomeRule
from hexi.assessment.result import Result

__all__ = ["Round", "facts_of", "hits", "in_order", "round_of", "stand"]


@dataclass(frozen=True, eq=False)
class Round:
    """Arrays are (units,). Ranks count from 1, the best; 0 is not rated.

    Older rounds may be known by their published ranks alone: scores are then NaN.
    """

    year: int
    units: tuple[str, ...]
    names: tuple[str, ...]
    ranks: NDArray[np.int64]
    scores: NDArray[np.float64]
    #: region, level, type of zone …: attribute → value a unit
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: land, environment, years …: fact → value a unit, NaN unknown
    facts: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    #: (unit, fact) → what proves it, for facts that were reported
    evidence: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        columns = (self.names, self.ranks, self.scores)
        sizes = [len(one) for one in (*columns, *self.attributes.values(), *self.facts.values())]
        if any(size != len(self.units) for size in sizes):
            raise ValueError(f"{self.year}: not one value a unit")
        if len(set(self.units)) != len(self.units):
            raise ValueError(f"{self.year}: a unit stands twice")

    def classes(self, attribute: str) -> NDArray[np.str_]:
        """The class of every unit: one for ``all``, each its own for ``unit``; empty: unknown."""
        if attribute == "unit":
            return np.array(self.units, dtype=np.str_)
        if attribute == "all":
            return np.array(("all",) * len(self.units), dtype=np.str_)
        return np.array(self.attributes.get(attribute, ("",) * len(self.units)), dtype=np.str_)


def facts_of(matrix: Matrix) -> dict[str, NDArray[np.float64]]:
    """Facts that stand in the data: every item of the year, years since set-up, and what units
    reported."""
    found = {item: matrix.column(item) for item in matrix.items}
    reported = dict.fromkeys(one.fact for one in matrix.facts)
    for name in reported:
        told = {one.unit: one.value for one in matrix.facts if one.fact == name}
        found[name] = np.array([told.get(unit, np.nan) for unit in matrix.units])
    if "since" in matrix.attributes:
        year = matrix.years[-1]
        found[YEARS] = np.array(
            [
                year - int(since[:4]) if since[:4].isdecimal() else np.nan
                for since in matrix.attributes["since"]
            ],
            dtype=np.float64,
        )
    return found


def round_of(result: Result, facts: Mapping[str, NDArray[np.float64]] | None = None) -> Round:
    """A computed result as a round; ``facts`` are known besides those in the data."""
    matrix = result.matrix
    return Round(
        year=result.year,
        units=matrix.units,
        names=matrix.names,
        ranks=result.ranks,
        scores=result.scores,
        attributes=matrix.attributes,
        facts={**facts_of(matrix), **(facts or {})},
        evidence={(one.unit, one.fact): one.evidence for one in matrix.facts},
    )


def in_order(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """Rounds by year; ValueError where a year stands twice."""
    ordered = tuple(sorted(rounds, key=lambda one: one.year))
    if len({one.year for one in ordered}) != len(ordered):
        raise ValueError("two rounds of one year")
    return ordered


def stand(
    ranks: NDArray[np.int64], classes: NDArray[np.str_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """For (units, draws) ranks: better units, worse units and rated units of the own class.

    All zero for a unit that is not rated."""
    better, worse = np.zeros(ranks.shape, np.int64), np.zeros(ranks.shape, np.int64)
    rated = np.zeros(ranks.shape, np.int64)
    for name in np.unique(classes):
        inside = np.flatnonzero(classes == name)
        own = ranks[inside]
        ordered = np.sort(own, axis=0)
        nought = (ordered == 0).sum(axis=0)
        rated[inside] = len(inside) - nought
        for draw in range(ranks.shape[1]):
            column, mine = ordered[:, draw], own[:, draw]
            better[inside, draw] = np.searchsorted(column, mine, side="left") - nought[draw]
            worse[inside, draw] = len(inside) - np.searchsorted(column, mine, side="right")
    there = ranks > 0
    return better * there, worse * there, rated * there


def hits(
    rule: OutcomeRule,
    ranks: NDArray[np.int64],
    scores: NDArray[np.float64] | None,
    attributes: Round,
) -> NDArray[np.bool_]:
    """Whether the rule's condition is hit, (units, draws); one round is a single draw.

    Without scores a condition on the score is never hit."""
    rated = ranks > 0
    if rule.unrated:
        return ~rated
    found = rated.copy()
    if rule.place is not None:
        place = rule.place
        for within in place.within:
            classes = attributes.classes(within)
            better, worse, of = stand(ranks, classes)
            ahead = worse if place.end == "bottom" else better
            share = np.ceil(place.share * of - 1e-9)
            most = share if place.share else np.full(of.shape, float(place.count))
            found &= (ahead < most) & (of >= max(place.least_units, 1)) & (classes != "")[:, None]
    if rule.score_below is not None or rule.score_from is not None:
        if scores is None:
            return np.zeros(ranks.shape, dtype=bool)
        with np.errstate(invalid="ignore"):
            if rule.score_below is not None:
                found &= scores < rule.score_below
            if rule.score_from is not None:
                found &= scores >= rule.score_from
    for attribute, values in rule.applies.items():
        found &= np.isin(attributes.classes(attribute), values)[:, None]
    return found
