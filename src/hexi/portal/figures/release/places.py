"""Units and classes of a table that is to be protected (待保护表的单位维): several trees at once.

A respondent counts for its park, zone and city, for its industry and for its ownership. Tables by
each of these share their totals, and who knows them all may subtract one from another. The finest
groups of respondents that the published units tell apart are therefore the leaves of one axis;
every published unit of every tree is a sum of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hexi.portal.figures.forest import Forest
from hexi.portal.figures.reach import JURISDICTION
from hexi.statistics.disclosure import Axis

__all__ = ["Place", "Trees", "place_name", "unit_axis", "unit_of"]

#: tree -> its units in the month of the figures
Trees = Mapping[str, Forest]
#: names of the published units, of all trees, that a group of respondents counts in
Place = frozenset[str]
#: ends the name of a group that no published unit is alone
_REST = "/rest"


def place_name(code: str, tree: str) -> str:
    """Name of a unit in a tree: a zone is a sum of other groups by jurisdiction than by type."""
    return code if tree == JURISDICTION else f"{code}@{tree}"


def unit_of(name: str) -> tuple[str, str]:
    """Code and tree of a name."""
    code, _at, tree = name.rpartition("@")
    return (code, tree) if code else (name, JURISDICTION)


@dataclass(frozen=True)
class _Sums:
    """What every published unit is the sum of, in the making."""

    #: leaf of each group of respondents
    leaf: dict[Place, str]
    edges: list[tuple[str, str, str]]


def unit_axis(
    names: Sequence[str], places: Sequence[Place], trees: Trees
) -> tuple[Axis, dict[Place, int]]:
    """The axis of published units over groups of respondents, and the leaf of each group.

    Edges run from a unit to the nearest published one above it where all of its groups belong to
    that; groups that no unit below takes stand right under it (其余).
    """
    inside: dict[str, list[Place]] = {name: [] for name in names}
    for place in places:
        for name in place:
            inside[name].append(place)
    groups = {name: frozenset(own) for name, own in inside.items()}
    sums, below = _Sums({}, []), _below(names, trees)
    for name in sorted(names, key=lambda name: -_depth(name, trees)):
        _add(name, groups, sums, below.get(name, ()))
    axis = Axis("unit", list(dict.fromkeys([*names, *sums.leaf.values()])), sums.edges)
    return axis, {place: axis.place(leaf) for place, leaf in sums.leaf.items()}


def _add(
    name: str, groups: Mapping[str, frozenset[Place]], sums: _Sums, below: Sequence[str]
) -> None:
    left = set(groups[name])
    children = []
    for child in below:
        if groups[child] <= left:
            left -= groups[child]
            children.append(child)
    direct = sorted(left, key=_group)
    if not children and len(direct) == 1 and direct[0] not in sums.leaf:
        # nobody else tells this group apart: the unit is its leaf
        sums.leaf[direct[0]] = name
        return
    for place in direct:
        sums.leaf.setdefault(place, _group(place))
    parts = [*children, *(sums.leaf[place] for place in direct)]
    sums.edges.extend((part, name, name) for part in parts)


def _group(place: Place) -> str:
    return "&".join(sorted(place)) + _REST


def _depth(name: str, trees: Trees) -> int:
    code, tree = unit_of(name)
    return len(trees[tree].way(code)) if tree in trees and code in trees[tree].nodes else 0


def _below(names: Sequence[str], trees: Trees) -> dict[str, list[str]]:
    """Published units by the nearest published unit above them, in the same tree."""
    found: dict[str, list[str]] = {}
    known = set(names)
    for name in names:
        code, tree = unit_of(name)
        if tree not in trees or code not in trees[tree].nodes:
            continue
        way = (place_name(c, tree) for c in reversed(trees[tree].way(code)[:-1]))
        nearest = next((above for above in way if above in known), "")
        if nearest:
            found.setdefault(nearest, []).append(name)
    return found
