"""What was reached of the tasks (完成值): the same observed figures that monitoring shows.

A task drawn from a target takes the observation of the year; one entered by hand takes what was
reported with its evidence. Nothing observed and nothing reported scores nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.conf import settings

from hexi.catalogue import load_pack
from hexi.catalogue.evidence import Observation
from hexi.monitoring.goal import GROWTH
from hexi.portal.assessment.models import DutyTask, DutyYear
from hexi.portal.scoreboard.models import MonitoredTarget
from hexi.portal.scoreboard.sweep.released import released_observations
from hexi.quantities.units import IncompatibleUnits, UnknownUnit, convert

__all__ = ["Seen", "actual_of", "seen_until"]

_LEVELS = ("level", "share", "cumulative")
_RATES = ("growth_yoy", "growth")

#: (unit, indicator, year) → what was observed
Seen = dict[tuple[str, str, str], list[Observation]]


def seen_until(at: date) -> Seen:
    """Exact yearly figures of the pack and of the releases that were public on the day."""
    found: Seen = defaultdict(list)
    for one in [*load_pack(settings.HEXI.pack).observations, *released_observations(at)]:
        if one.period.isdecimal() and one.bound == "eq":
            found[one.unit, one.indicator, one.period].append(one)
    return found


def actual_of(task: DutyTask, year: DutyYear, seen: Seen) -> tuple[float | None, str]:
    """The figure and where it stands; what was reported by hand holds before what is observed."""
    if task.actual is not None:
        return task.actual, task.evidence
    source = task.source
    if source is None or source.unit is None:
        return None, ""
    found = seen.get((source.unit.code, source.indicator_id, str(year.year)), ())
    for one in _fitting(found, source):
        figure = _in_unit(one, task.unit)
        if figure is not None:
            return figure, one.source
    return None, ""


def _fitting(found: Iterable[Observation], source: MonitoredTarget) -> list[Observation]:
    bases = _RATES if source.measure in GROWTH else _LEVELS
    facets = tuple(source.facets)
    return [one for one in found if one.basis in bases and one.facets == facets]


def _in_unit(one: Observation, unit: str) -> float | None:
    if one.measure_unit == unit:
        return float(one.figure.value)
    try:
        return float(convert(one.figure.value, one.measure_unit, unit))
    except (IncompatibleUnits, UnknownUnit):
        return None
