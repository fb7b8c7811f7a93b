"""One run of an assessment (一次考核): a scheme and its data in, every step and the ranks out.

Pure and exact: the same scheme and matrix give the same arrays, so a rerun of any year gives the
same bytes. Nothing is silent: whatever was put in, cut, left out or could not be told apart stands
among the remarks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.faults import AssessmentError
from hexi.assessment.readiness import faults_of
from hexi.assessment.remarks import enough_data, remarks_on
from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Group, Item, Scheme
from hexi.assessment.scoring.aggregate import aggregate, spread_weights
from hexi.assessment.scoring.normalise import places
from hexi.assessment.scoring.points import given, with_points
from hexi.assessment.scoring.table import score_table
from hexi.assessment.weighting import weigh

__all__ = [
    "STILL",
    "add_up",
    "assess",
    "member_tables",
    "member_weights",
    "rank_best_first",
    "weights_for",
]

Table = NDArray[np.float64]

#: weights that do not move with the data
STILL = ("given", "equal", "ahp")


@dataclass
class _Work:
    """What the tree has come to, from the leaves up."""

    scheme: Scheme
    matrix: Matrix
    items: tuple[Item, ...]
    scores: Table
    classes: tuple[str, ...]
    groups: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    #: group → weights of its members, (1, members) where alike for all units
    members: dict[str, Table] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = {item.id: index for index, item in enumerate(self.items)}
        self.kinds = tuple(dict.fromkeys(self.classes))
        number = {name: index for index, name in enumerate(self.kinds)}
        self.kind_of = (
            np.array([number[name] for name in self.classes]) if len(self.kinds) > 1 else None
        )

    def place(self, item: Item) -> int:
        """Column of an item."""
        return self._places[item.id]


def assess(scheme: Scheme, matrix: Matrix) -> Result:
    """Score, add up, give points, rank; `AssessmentError` with every fault where it cannot."""
    items = tuple(scheme.items())
    faults = faults_of(scheme, matrix)
    if faults:
        raise AssessmentError(faults)
    scored = score_table(scheme, matrix, items)
    scores = scored.scores
    remarks = remarks_on(scheme, matrix, items, scored)
    classes = matrix.classes(scheme.class_by) if scheme.class_by else ("",) * len(matrix.units)
    work = _Work(scheme, matrix, items, scores, classes)
    base = _add_up(scheme.root, work)
    weights = np.zeros(scores.shape)
    _spread_down(scheme.root, work, np.ones((len(matrix.units), 1)), weights)
    points = given(scheme, matrix.cases, matrix.units)
    final, unrated = with_points(scheme, base, points, matrix.units)
    rated = ~np.isnan(final) & ~unrated & enough_data(scheme, matrix, items, remarks)
    final = np.where(rated, final, np.nan).round(scheme.decimals)
    arithmetic = all(group.aggregation == "arithmetic" for group in scheme.groups())
    counted = np.where(np.isnan(scores), 0.0, scores) * weights
    return Result(
        scheme=scheme,
        matrix=matrix,
        items=tuple(item.id for item in items),
        nodes=tuple(work.groups),
        treated=scored.treated,
        normalised=scores,
        weights=weights,
        contributions=counted if arithmetic else np.full(scores.shape, np.nan),
        groups=np.column_stack(list(work.groups.values())),
        base=base,
        scores=final,
        rated=rated,
        ranks=rank_best_first(final),
        class_ranks={
            one.attribute: _ranks_inside(final, matrix.classes(one.attribute))
            for one in scheme.groupings
        },
        grades=_grades(scheme, final),
        points=points,
        remarks=tuple(remarks),
    )


def add_up(scheme: Scheme, matrix: Matrix, scores: Table) -> NDArray[np.float64]:
    """Scores of the whole, (units,), before points, from scores of the items, (units, items).

    For those who ask what another score of an item would have given."""
    classes = matrix.classes(scheme.class_by) if scheme.class_by else ("",) * len(matrix.units)
    return _add_up(scheme.root, _Work(scheme, matrix, tuple(scheme.items()), scores, classes))


def member_weights(scheme: Scheme, matrix: Matrix, scores: Table) -> dict[str, Table]:
    """Group → weights of its members, 1 a row, (1, members) where alike for all units.

    ``scores``: of the items, (units, items); weights that come from the data hang on them."""
    classes = matrix.classes(scheme.class_by) if scheme.class_by else ("",) * len(matrix.units)
    work = _Work(scheme, matrix, tuple(scheme.items()), scores, classes)
    _add_up(scheme.root, work)
    return work.members


def member_tables(result: Result) -> dict[str, Table]:
    """Group → scores of its members, (units, members), as they stand in a result."""
    work = _work_of(result)
    return {group.id: _member_scores(group, work) for group in result.scheme.groups()}


def weights_for(result: Result, group: Group, table: Table) -> Table:
    """Weights that the group's members would have with other scores, (units, members)."""
    return _member_weights(group, _work_of(result), table)


def _work_of(result: Result) -> _Work:
    scheme, matrix = result.scheme, result.matrix
    classes = matrix.classes(scheme.class_by) if scheme.class_by else ("",) * len(matrix.units)
    work = _Work(scheme, matrix, tuple(scheme.items()), result.normalised, classes)
    work.groups = {node: result.groups[:, place] for place, node in enumerate(result.nodes)}
    return work


def rank_best_first(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Ranks from 1 for the highest, ties at the better place, 0 where there is no score."""
    found = places(-scores, "min")
    return np.where(np.isnan(found), 0, found).astype(np.int64)


def _add_up(group: Group, work: _Work) -> NDArray[np.float64]:
    """Score of a group and, on the way, of every group inside it."""
    # named before its members, so that nodes stand outer before inner
    work.groups[group.id] = np.zeros(0)
    for member in group.members:
        if isinstance(member, Group):
            _add_up(member, work)
    scores = _member_scores(group, work)
    weights = _member_weights(group, work, scores)
    found = aggregate(scores, weights, group.aggregation)
    work.members[group.id] = weights
    work.groups[group.id] = found
    return found


def _spread_down(group: Group, work: _Work, share: Table, weights: Table) -> None:
    """Weights of the items inside a group, into ``weights``; ``share`` is its own, (units, 1)."""
    scores = _member_scores(group, work)
    spread = spread_weights(work.members[group.id], scores) * share
    for index, member in enumerate(group.members):
        if isinstance(member, Item):
            weights[:, work.place(member)] = spread[:, index]
        else:
            _spread_down(member, work, spread[:, [index]], weights)


def _member_scores(group: Group, work: _Work) -> Table:
    return np.column_stack(
        [
            work.scores[:, work.place(member)]
            if isinstance(member, Item)
            else work.groups[member.id]
            for member in group.members
        ]
    )


def _member_weights(group: Group, work: _Work, scores: Table) -> Table:
    """Weights of the members, (1, members) where alike for all units."""
    own = _own_weights(group, work)
    return weigh(group.weighting, scores, own, judgements=group.judgements, bounds=group.bounds)


def _own_weights(group: Group, work: _Work) -> Table:
    """The scheme's own, by class of unit where they differ."""
    own = np.array(
        [
            [member.by_class.get(name, member.weight) for member in group.members]
            for name in work.kinds
        ]
    )
    if work.kind_of is not None and any(member.by_class for member in group.members):
        own = own[work.kind_of]
    else:
        own = own[:1]
    return own


def _ranks_inside(scores: NDArray[np.float64], classes: Sequence[str]) -> NDArray[np.int64]:
    found = np.zeros(scores.shape, dtype=np.int64)
    names = np.array(classes)
    for name in dict.fromkeys(classes):
        inside = names == name
        found[inside] = rank_best_first(scores[inside])
    return found


def _grades(scheme: Scheme, scores: NDArray[np.float64]) -> tuple[str, ...]:
    """Chinese names of the grades; empty where there is none."""
    return tuple(
        next((name.zh for name, least in scheme.grades if value >= least), "")
        for value in scores.tolist()
    )
