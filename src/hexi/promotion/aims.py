"""Aims and published figures of a pack (招商目标与公布数): what a plan asks of a unit in a year.

They are rows of the pack's targets and observations (indicator ``attract``, 招商引资到位资金), with
their plan and source; nothing is typed twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hexi.catalogue import Pack
from hexi.promotion.figures import Aim

__all__ = ["INDICATOR", "Published", "aims_of", "published"]

#: funds in place
INDICATOR: Final = "attract"
_YUAN: Final = {"亿元": 10**8, "万元": 10**4, "元": 1}


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that was published (公布数), as it was printed."""

    #: 2023, or 2023-01 for January to that month
    period: str
    printed: str
    measure_unit: str
    #: level, cumulative, growth_yoy
    basis: str
    facets: tuple[str, ...]
    source: str
    note: str


def aims_of(pack: Pack, unit: str, year: int) -> tuple[Aim, ...]:
    """Every aim that a plan of the pack sets a unit for a year; the first names a total."""
    found = []
    for target in pack.targets:
        if (target.unit, target.indicator, target.period) != (unit, INDICATOR, str(year)):
            continue
        value = target.figure.value if target.figure else None
        growth = target.growth.value if target.growth else None
        amount = None
        if target.measure == "growth_yoy":
            growth = value
        elif target.measure == "level" and value is not None and target.measure_unit in _YUAN:
            amount = int(value * _YUAN[target.measure_unit])
        if amount is not None or growth is not None:
            plan = pack.plan(target.plan)
            source = f"{plan.title}：{target.name}" if plan else target.name
            found.append(Aim(year, amount, Decimal(growth) if growth is not None else None, source))
    return tuple(sorted(found, key=lambda aim: aim.amount is None))


def published(pack: Pack, unit: str, year: int) -> tuple[Published, ...]:
    """What was published of a unit in a year, in the order of the periods."""
    found = []
    for seen in pack.observations:
        if seen.unit != unit or seen.indicator != INDICATOR or seen.figure is None:
            continue
        in_year = seen.period == str(year) or seen.period[:5] == f"{year}-"
        if in_year and len(seen.period) in (4, 7):
            source = pack.source(seen.source)
            found.append(
                Published(
                    seen.period,
                    seen.figure.printed,
                    seen.measure_unit,
                    seen.basis,
                    tuple(seen.facets),
                    source.title if source else seen.source,
                    seen.note,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.period, one.basis)))
