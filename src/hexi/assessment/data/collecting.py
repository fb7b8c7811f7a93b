"""Data collected from observations (数据采集): what is published of the assessed, into the gaps.

Only exact figures of a whole year without any further breakdown, in a unit of measure that can be
turned into the scheme's. What stands there already stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.scheme.checking import classes_of
from hexi.assessment.scheme.nouns import Item, Scheme
from hexi.catalogue.evidence import Observation
from hexi.quantities.units import IncompatibleUnits, UnknownUnit, convert

__all__ = ["KINDS", "LEVELS", "Candidate", "assessable", "empty_matrix", "filled"]

#: kind of scheme → kinds of units in the register
KINDS: Mapping[str, tuple[str, ...]] = {
    "zones": ("zone",),
    "parks": ("park",),
    "departments": ("department", "dept"),
    "posts": ("post",),
    "counties": ("county", "district"),
}
#: level in the register → as schemes and rules name it
LEVELS: Mapping[str, str] = {
    "national": "国家级",
    "provincial": "省级",
    "county": "县级",
    "planned": "规划建设",
}
_BASES = ("level", "share", "cumulative")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be assessed, as the register has it."""

    id: str
    name: str
    #: region, zone_type, level, since …
    attributes: Mapping[str, str]


def assessable(scheme: Scheme, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those whom the scheme assesses: not a class of units that it has no weights for.

    Where the register divides units otherwise than the scheme does, nobody is left out, and the
    class is to be filled in."""
    candidates = tuple(_in_classes(scheme, one) for one in candidates)
    if not scheme.class_by:
        return tuple(candidates)
    classes = classes_of(scheme)
    known = [one.attributes.get(scheme.class_by, "") for one in candidates]
    if any(name in classes for name in known):
        pairs = zip(candidates, known, strict=True)
        return tuple(one for one, name in pairs if not name or name in classes)
    return tuple(
        replace(one, attributes={**one.attributes, scheme.class_by: ""}) for one in candidates
    )


def _in_classes(scheme: Scheme, candidate: Candidate) -> Candidate:
    """Without classes that the scheme does not rank by: a region of the province is none of the
    country's."""
    allowed = {
        one.attribute: one.allowed
        for one in scheme.groupings
        if one.classes and one.attribute != scheme.class_by
    }
    kept = {
        name: value if value in allowed.get(name, (value,)) else ""
        for name, value in candidate.attributes.items()
    }
    return replace(candidate, attributes=kept)


def empty_matrix(scheme: Scheme, candidates: Sequence[Candidate], years: Sequence[int]) -> Matrix:
    """Nothing known of anybody yet; every item of the scheme has its column."""
    items = _columns(scheme)
    names = dict.fromkeys(name for one in candidates for name in one.attributes)
    return Matrix(
        units=tuple(one.id for one in candidates),
        names=tuple(one.name for one in candidates),
        items=items,
        years=tuple(years),
        values=np.full((len(years), len(candidates), len(items)), np.nan),
        attributes={
            name: tuple(one.attributes.get(name, "") for one in candidates) for name in names
        },
    )


def filled(
    scheme: Scheme, matrix: Matrix, observations: Iterable[Observation], vintage: str = ""
) -> tuple[Matrix, int]:
    """The data with every gap filled that an observation fits, and how many were.

    ``vintage``: the day of the observations, kept where the data have none of their own."""
    matrix = _with_columns(matrix, _columns(scheme))
    items = {one.indicator: one for one in scheme.items() if one.indicator}
    values, count = matrix.values.copy(), 0
    for seen in observations:
        if not _fits(seen) or seen.indicator not in items:
            continue
        item, year = items[seen.indicator], int(seen.period)
        if seen.unit not in matrix.units or year not in matrix.years:
            continue
        cell = (
            matrix.years.index(year), matrix.units.index(seen.unit), matrix.items.index(item.id)
        )  # fmt: skip
        figure = _in_unit(seen, item)
        if figure is not None and np.isnan(values[cell]):
            values[cell] = figure
            count += 1
    return replace(matrix, values=values, vintage=matrix.vintage or vintage), count


def _columns(scheme: Scheme) -> tuple[str, ...]:
    wanted = [name for one in scheme.items() for name in (one.id, one.per) if name]
    return tuple(dict.fromkeys(wanted))


def _fits(seen: Observation) -> bool:
    return (
        seen.period.isdecimal() and not seen.facets and seen.basis in _BASES and seen.bound == "eq"
    )


def _in_unit(seen: Observation, item: Item) -> float | None:
    if seen.measure_unit == item.unit:
        return float(seen.figure.value)
    try:
        return float(convert(seen.figure.value, seen.measure_unit, item.unit))
    except (IncompatibleUnits, UnknownUnit):
        return None


def _with_columns(matrix: Matrix, wanted: Sequence[str]) -> Matrix:
    """With a column for every item, whatever the sheet had."""
    items = (*matrix.items, *(one for one in wanted if one not in matrix.items))
    if items == matrix.items:
        return matrix
    added = len(items) - len(matrix.items)
    targets, grain = matrix.targets, matrix.grain
    if targets is not None:
        targets = np.hstack([targets, np.full((len(matrix.units), added), np.nan)])
    if grain is not None:
        grain = np.concatenate([grain, np.zeros(added)])
    return replace(matrix, items=items, values=matrix.chosen(items), targets=targets, grain=grain)
