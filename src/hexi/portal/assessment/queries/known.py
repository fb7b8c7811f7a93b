"""What is known of the assessed already (已公布数据): observations and releases, into the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from django.conf import settings

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.scheme.nouns import Item, Scheme
from hexi.catalogue import load_pack
from hexi.catalogue.evidence import Observation
from hexi.portal.assessment.models import AssessmentRun
from hexi.portal.assessment.queries.candidates import attributes_of, candidates
from hexi.portal.scoreboard.sweep.released import released_observations
from hexi.quantities.units import IncompatibleUnits, UnknownUnit, convert

__all__ = ["with_known"]

_BASES = ("level", "share", "cumulative")


def with_known(run: AssessmentRun, at: date) -> tuple[Matrix, int]:
    """The data with every gap filled that a published figure fits, and how many were."""
    matrix = run.matrix if run.data else _empty(run)
    scheme = run.scheme_of
    items = {one.indicator: one for one in scheme.items() if one.indicator}
    matrix = _with_columns(matrix, scheme)
    values = matrix.values.copy()
    pack = load_pack(settings.HEXI.pack)
    count = 0
    for seen in _fitting([*pack.observations, *released_observations(at)], items):
        unit, item = seen.unit, items[seen.indicator]
        year = int(seen.period)
        if unit not in matrix.units or year not in matrix.years:
            continue
        cell = (matrix.years.index(year), matrix.units.index(unit), matrix.items.index(item.id))
        figure = _in_unit(seen, item)
        if figure is not None and np.isnan(values[cell]):
            values[cell] = figure
            count += 1
    vintage = matrix.vintage or f"{at:%Y-%m-%d}"
    return replace(matrix, values=values, vintage=vintage), count


def _fitting(observed: Iterable[Observation], items: dict[str, Item]) -> Iterable[Observation]:
    """Exact figures of a whole year without any further breakdown."""
    for seen in observed:
        if (
            seen.indicator in items
            and seen.period.isdecimal()
            and not seen.facets
            and seen.basis in _BASES
            and seen.bound == "eq"
        ):
            yield seen


def _in_unit(seen: Observation, item: Item) -> float | None:
    if seen.measure_unit == item.unit:
        return float(seen.figure.value)
    try:
        return float(convert(seen.figure.value, seen.measure_unit, item.unit))
    except (IncompatibleUnits, UnknownUnit):
        return None


def _empty(run: AssessmentRun) -> Matrix:
    """Nothing known of anybody who could be assessed."""
    units = candidates(run)
    items = tuple(one.id for one in run.scheme_of.items())
    attributes = attributes_of(run.scheme_of)
    return Matrix(
        units=tuple(unit.code for unit in units),
        names=tuple(unit.name for unit in units),
        items=items,
        years=(run.year,),
        values=np.full((1, len(units), len(items)), np.nan),
        attributes={
            name: tuple(str(of(unit)) for unit in units) for name, of in attributes.items()
        },
    )


def _with_columns(matrix: Matrix, scheme: Scheme) -> Matrix:
    """With a column for every item of the scheme, whatever the sheet had."""
    wanted: Sequence[str] = [one.id for one in scheme.items()]
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
