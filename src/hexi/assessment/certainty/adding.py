"""Many additions of one table of scores (批量合成): each with weights and a mean of its own.

Where every group is an arithmetic mean and nothing is missing, a draw is one row of weights of the
items, and all draws are one product of matrices. Elsewhere the tree is walked once with whole
blocks of draws, so that missing values share out their weights group by group, as in a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.certainty.choices import Mean
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.run import member_weights
from hexi.assessment.scheme.nouns import Group, Item, Scheme
from hexi.assessment.scoring.aggregate import aggregate

__all__ = ["Adder", "node_places"]

Table = NDArray[np.float64]
Draws = NDArray[np.float32]

#: numbers of a block of draws by units
_BLOCK = 4_000_000


def node_places(scheme: Scheme) -> dict[str, int]:
    """Column of every node that has a weight, groups and items in the order of the tree."""
    nodes = [member.id for group in scheme.groups() for member in group.members]
    return {node: place for place, node in enumerate(nodes)}


@dataclass(frozen=True, eq=False)
class Adder:
    """A table of scores that is added up under many weights."""

    scheme: Scheme
    scores: Table
    #: group → weights of its members, (1, members) or (units, members)
    weights: Mapping[str, Table]
    #: factors of these groups' members count; others take their weights from the data
    given: frozenset[str]

    @classmethod
    def of(cls, scheme: Scheme, matrix: Matrix, scores: Table, mean: Mean | None) -> Adder:
        """With another mean throughout, or the scheme's own."""
        if mean:
            scheme = replace(scheme, root=_with_mean(scheme.root, mean))
            if mean != "arithmetic" and np.nanmin(scores) < 1:
                # a mean of products or of reciprocals has no use for nought: 0–100 becomes 1–100
                scores = np.maximum(1 + 0.99 * scores, 1.0)
        given = frozenset(group.id for group in scheme.groups() if group.weighting == "given")
        return cls(scheme, scores, member_weights(scheme, matrix, scores), given)

    def add_up(self, factors: Draws) -> Draws:
        """Scores of the whole, (draws, units), from factors of the weights, (draws, nodes)."""
        arithmetic = all(group.aggregation == "arithmetic" for group in self.scheme.groups())
        if arithmetic and not np.isnan(self.scores).any():
            return self._by_product(factors)
        found = np.empty((len(factors), len(self.scores)), dtype=np.float32)
        step = max(1, _BLOCK // max(len(self.scores), 1))
        places = node_places(self.scheme)
        columns = {item.id: column for column, item in enumerate(self.scheme.items())}
        for start in range(0, len(factors), step):
            block = factors[start : start + step].astype(np.float64)
            found[start : start + step] = self._walk(self.scheme.root, block, places, columns)
        return found

    def _by_product(self, factors: Draws) -> Draws:
        """One row of item weights a draw, for every class of units with weights alike."""
        rows, kinds = _alike(self.weights, len(self.scores))
        places = node_places(self.scheme)
        columns = {item.id: column for column, item in enumerate(self.scheme.items())}
        scores = self.scores.astype(np.float32)
        found = np.empty((len(factors), len(scores)), dtype=np.float32)
        for kind, row in enumerate(rows):
            leaves = np.zeros((len(factors), len(columns)))
            waiting: list[tuple[Group, Table]] = [(self.scheme.root, np.ones((len(factors), 1)))]
            while waiting:
                group, share = waiting.pop()
                own = self._factors(group, factors, places) * self._row(group, row)
                own = own / own.sum(axis=1, keepdims=True) * share
                for index, member in enumerate(group.members):
                    if isinstance(member, Item):
                        leaves[:, columns[member.id]] = own[:, index]
                    else:
                        waiting.append((member, own[:, [index]]))
            product = leaves.astype(np.float32)
            if len(rows) == 1:
                np.matmul(product, scores.T, out=found)
            else:
                here = kinds == kind
                found[:, here] = product @ scores[here].T
        return found

    def _row(self, group: Group, row: int) -> Table:
        weights = self.weights[group.id]
        chosen: Table = weights[min(row, len(weights) - 1)]
        return chosen

    def _factors(
        self, group: Group, factors: NDArray[np.floating], places: Mapping[str, int]
    ) -> Table:
        if group.id not in self.given:
            return np.ones((len(factors), len(group.members)))
        chosen: Table = factors[:, [places[member.id] for member in group.members]].astype(float)
        return chosen

    def _walk(
        self, group: Group, factors: Table, places: Mapping[str, int], columns: Mapping[str, int]
    ) -> Table:
        """Scores of a group, (draws, units)."""
        own = self._factors(group, factors, places)
        weights = np.broadcast_to(self.weights[group.id], (len(self.scores), len(group.members)))
        inner = {
            index: self._walk(member, factors, places, columns)
            for index, member in enumerate(group.members)
            if isinstance(member, Group)
        }
        if group.aggregation not in ("arithmetic", "geometric", "harmonic"):
            return self._one_by_one(group, own, weights, inner, columns)
        leaves = [index for index, member in enumerate(group.members) if isinstance(member, Item)]
        above = np.zeros((len(factors), len(self.scores)))
        below = np.zeros_like(above)
        if leaves:
            held = self.scores[:, [columns[group.members[index].id] for index in leaves]]
            known = ~np.isnan(held)
            linked = np.where(known, _link(held, group.aggregation), 0.0)
            above += own[:, leaves] @ (linked * weights[:, leaves]).T
            below += own[:, leaves] @ (known * weights[:, leaves]).T
        for index, scores in inner.items():
            share = own[:, [index]] * weights[:, index]
            known = ~np.isnan(scores)
            above += np.where(known, _link(scores, group.aggregation), 0.0) * share
            below += known * share
        with np.errstate(invalid="ignore", divide="ignore"):
            return _unlink(above / below, group.aggregation)

    def _one_by_one(
        self, group: Group, own: Table, weights: Table, inner: Mapping[int, Table],
        columns: Mapping[str, int],
    ) -> Table:  # fmt: skip
        """Methods that see all units as wholes: a draw at a time."""
        found = np.empty((len(own), len(self.scores)))
        for draw in range(len(own)):
            scores = np.column_stack(
                [
                    inner[index][draw] if index in inner else self.scores[:, columns[member.id]]
                    for index, member in enumerate(group.members)
                ]
            )
            found[draw] = aggregate(scores, weights * own[draw], group.aggregation)
        return found


def _with_mean(group: Group, mean: Mean) -> Group:
    members = tuple(
        _with_mean(member, mean) if isinstance(member, Group) else member
        for member in group.members
    )
    return replace(group, members=members, aggregation=mean)


def _alike(weights: Mapping[str, Table], units: int) -> tuple[list[int], NDArray[np.int64]]:
    """First unit of every class with weights alike, and the class of each unit."""
    wide = [table for table in weights.values() if len(table) > 1]
    if not wide:
        return [0], np.zeros(units, dtype=np.int64)
    _, first, kinds = np.unique(
        np.column_stack(wide), axis=0, return_index=True, return_inverse=True
    )
    return first.tolist(), kinds.ravel()


def _link(scores: Table, mean: str) -> Table:
    """What is averaged: the score, its logarithm or its reciprocal; NaN below zero."""
    if mean == "arithmetic":
        return scores
    with np.errstate(invalid="ignore", divide="ignore"):
        held = np.where(scores < 0, np.nan, np.maximum(scores, 1e-300))
        return np.log(held) if mean == "geometric" else 1.0 / held


def _unlink(means: Table, mean: str) -> Table:
    if mean == "arithmetic":
        return means
    with np.errstate(divide="ignore"):
        return np.exp(means) if mean == "geometric" else 1.0 / means
