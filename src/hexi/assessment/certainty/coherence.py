"""Whether indicators go together (内部一致性): double counting, and what pulls against its group.

Steps 4 and 6 of the OECD/JRC handbook: look at correlations before weighing. Two items of one group
that move as one count twice; an item that falls when its group rises takes away what it should add;
an item that hardly moves the whole has weight in name only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Group, Item
from hexi.assessment.weighting.correlation import correlations

__all__ = ["Coherence", "Finding", "coherence"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an author of the scheme should look at."""

    kind: Literal["double", "against", "silent", "constant"]
    #: the item or group, and the other one or the group it is in
    node: str
    other: str
    #: correlation of the two
    correlation: float


@dataclass(frozen=True, eq=False)
class Coherence:
    """Correlations of scores over the units."""

    items: tuple[str, ...]
    #: (items, items)
    between: NDArray[np.float64]
    #: of every item with the whole
    with_whole: NDArray[np.float64]
    #: item weights as the scheme has them, and as they work: share of the squared correlation
    weights: NDArray[np.float64]
    effective: NDArray[np.float64]
    findings: tuple[Finding, ...]


def coherence(
    result: Result, *, double: float = 0.9, silent: float = 0.2, against: float = -0.2
) -> Coherence:
    """Correlations and what they show; bounds are correlations.

    ``double``: two items of a group above it count twice. ``against``: an item below it with its
    group pulls against it. ``silent``: an item closer to zero with the whole says little there."""
    scores = result.normalised
    groups = {node: result.groups[:, place] for place, node in enumerate(result.nodes)}
    between = correlations(scores)
    whole = correlations(np.column_stack([scores, result.base]))[-1, :-1]
    constant = np.array([_is_constant(column) for column in scores.T])
    weights = result.weights.mean(axis=0)
    strength = np.where(constant, 0.0, weights * np.maximum(whole, 0.0))
    places = {item: place for place, item in enumerate(result.items)}
    found: list[Finding] = []
    for group in result.scheme.groups():
        items = [member for member in group.members if isinstance(member, Item)]
        for index, item in enumerate(items):
            at = places[item.id]
            if constant[at]:
                found.append(Finding("constant", item.id, group.id, 0.0))
                continue
            for other in items[:index]:
                close = float(between[at, places[other.id]])
                if close > double:
                    found.append(Finding("double", item.id, other.id, close))
            own = correlations(np.column_stack([scores[:, at], groups[group.id]]))[0, 1]
            if own < against:
                found.append(Finding("against", item.id, group.id, float(own)))
            if abs(whole[at]) < silent:
                found.append(Finding("silent", item.id, result.scheme.root.id, float(whole[at])))
        found += _groups_against(group, groups, against)
    return Coherence(
        result.items,
        between,
        whole,
        weights,
        strength / strength.sum() if strength.sum() > 0 else strength,
        tuple(found),
    )


def _groups_against(
    group: Group, groups: dict[str, NDArray[np.float64]], against: float
) -> list[Finding]:
    """Groups that fall when what they belong to rises."""
    found = []
    for member in group.members:
        if isinstance(member, Group):
            pair = np.column_stack([groups[member.id], groups[group.id]])
            own = float(correlations(pair)[0, 1])
            if own < against:
                found.append(Finding("against", member.id, group.id, own))
    return found


def _is_constant(column: NDArray[np.float64]) -> bool:
    known = column[~np.isnan(column)]
    return not known.size or bool(np.ptp(known) == 0)
