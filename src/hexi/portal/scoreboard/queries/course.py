"""The course of a target (目标走势图): what was observed, the path, the fan, and both versions.

Figures only; the drawing is made in the browser, and the table of observed figures stands under
it. A growth target is drawn as the rates of the years, a total as it runs up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from hexi.monitoring.forecast import fan
from hexi.monitoring.goal import Goal
from hexi.monitoring.observed import Observed, code_of
from hexi.monitoring.paths import Trajectory
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import Against, MonitoredTarget, Standing
from hexi.portal.scoreboard.queries.wording import number
from hexi.portal.scoreboard.sweep.bench import bench_of
from hexi.portal.scoreboard.sweep.goals import Case, Cases

__all__ = ["course"]

Point = dict[str, Any]

_LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)
_NAMES = ("p10", "p25", "p50", "p75", "p90")


def course(
    row: MonitoredTarget, standing: Standing | None, at: date, beside: Iterable[Point]
) -> dict[str, Any] | None:
    """Everything to be drawn; None where the target has no figure to draw.

    ``beside`` are the verdict's points; those that the position does not rest on stand hollow.
    """
    cases = Cases(at)
    versions = {case.against: case for case in cases.of([row])}
    now, then = versions[Against.CURRENT], versions.get(Against.ORIGINAL)
    if not isinstance(now.goal, Goal) or now.observed is None:
        return None
    observed = _observed(now.goal, now.observed, row)
    if not observed:
        return None
    used = {point["period"] for point in observed}
    return {
        "unit": "%" if now.goal.is_growth else now.observed.measure_unit or row.measure_unit,
        "step": 1.0 if now.observed.running else 1 / now.observed.frequency,
        "observed": observed,
        "other": [
            {
                "x": _place(str(one["period"])),
                "value": one["value"],
                "label": number(one["value"], row.value),
            }
            for one in beside
            if one["kind"] in ("observed", "other") and one["period"] not in used
        ]
        + _so_far(now.observed, row),
        "base": _base(now),
        "targets": [*_target(now, _("Target")), *_before(then)],
        "path": _path(now),
        "originalPath": _path(then) if then else [],
        "fan": _fan(row, now.goal, observed[-1], at),
        "end": _end(now.goal, standing),
        "breaks": [
            {"x": one.period / now.observed.frequency, "label": _note(one.note, one.note_en)}
            for one in now.observed.breaks
        ],
    }


def _observed(goal: Goal, observed: Observed, row: MonitoredTarget) -> list[Point]:
    if goal.is_growth and not observed.rates:
        return _rates(observed, row)
    points = []
    runs_up = goal.measure == "cumulative" and observed.frequency == 1
    total = 0.0
    totals = dict(observed.totals)
    for period, value, _source in observed.points():
        year = int(period[:4])
        if observed.running and not _ends_year(period, observed):
            # totals that begin anew each January make no line: their years do
            continue
        if runs_up:
            if year <= goal.start:
                continue
            total += value
            value = totals.pop(year, total)
        points.append(_point(period, value, row))
    if runs_up:
        points += [_point(str(year), value, row) for year, value in totals.items()]
    return sorted(points, key=lambda point: point["x"])


def _so_far(observed: Observed, row: MonitoredTarget) -> list[Point]:
    """The year to date, beside the line of whole years."""
    points = list(observed.points())
    if not observed.running or not points or _ends_year(points[-1][0], observed):
        return []
    period, value, _source = points[-1]
    return [_point(period, value, row)]


def _ends_year(period: str, observed: Observed) -> bool:
    return (code_of(period, observed.frequency) + 1) % observed.frequency == 0


def _rates(observed: Observed, row: MonitoredTarget) -> list[Point]:
    """Growth on the year before, in per cent, where both years were observed as levels."""
    points = []
    for period, value, _source in observed.points():
        code = code_of(period, observed.frequency)
        before = observed.at(code - observed.frequency)
        if before is not None and before > 0:
            points.append(_point(period, (value / before - 1) * 100, row))
    return points


def _point(period: str, value: float, row: MonitoredTarget) -> Point:
    return {"period": period, "x": _place(period), "value": value,
            "label": number(value, row.value)}  # fmt: skip


def _place(period: str) -> float:
    """A period on the axis of years: a year at its number, a quarter or month inside it."""
    year, _dash, part = period.partition("-")
    if part.startswith("Q"):
        return int(year) - 1 + int(part[1:]) / 4
    if len(part) == 2:
        return int(year) - 1 + int(part) / 12
    return float(part if len(part) == 4 else year)


def _base(case: Case) -> Point | None:
    goal = case.goal
    if not isinstance(goal, Goal) or goal.base is None or goal.measure == "cumulative":
        return None
    value = words.figure(case.target.base) or number(goal.base, case.target.value)
    return {"x": goal.start, "value": goal.base, "label": f"{_('Base')} {value}"}


def _target(case: Case, label: str) -> list[Point]:
    goal = case.goal
    if not isinstance(goal, Goal):
        return []
    value = number(goal.line, case.target.value)
    return [{"x": goal.end, "value": goal.line, "label": f"{label} {value}"}]


def _before(then: Case | None) -> list[Point]:
    """The target as the plan set it, where it was adjusted since."""
    return [{**one, "before": True} for one in _target(then, _("Original target"))] if then else []


def _path(case: Case) -> list[list[float]]:
    """The agreed path, year by year."""
    path: Trajectory | None = case.path
    if path is None:
        return []
    if path.goal.is_growth:
        rows = [(year, own) for year, _value, own in path.rows() if own is not None]
    else:
        rows = [(year, value) for year, value, _own in path.rows()]
    return [[float(year), float(value)] for year, value in rows]


def _fan(row: MonitoredTarget, goal: Goal, last: Point, at: date) -> dict[str, Any] | None:
    """The forecast year by year: its middle, the bands of one time in two and four in five.

    Rates and running totals have no fan of their own; for them the end of the forecast is drawn.
    """
    if goal.is_growth or goal.measure == "cumulative":
        return None
    bench = bench_of(row, at)
    if bench is None or bench.until <= bench.last:
        return None
    drawn = fan(bench.asked.model, bench.until, np.array([bench.row]), levels=_LEVELS)
    bands = drawn.quantiles[0]
    if not np.isfinite(bands).any():
        return None
    steps = bench.frequency
    # the fan opens at the last observed figure
    lines = {name: [float(last["value"])] for name in _NAMES}
    places = [float(last["x"])]
    for number_, quantiles in enumerate(bands):
        inside = bench.observed.running and (drawn.first + number_ + 1) % steps
        if np.isfinite(quantiles).all() and not inside:
            places.append((drawn.first + number_ + 1) / steps - 1)
            for name, value in zip(_NAMES, quantiles, strict=True):
                lines[name].append(float(value))
    return {"x": places, **lines}


def _end(goal: Goal, standing: Standing | None) -> Point | None:
    """Where the forecast ends: middle and the band that holds it four times in five."""
    record = standing.record if standing else {}
    low, middle, high = (record.get(name) for name in ("low80", "median", "high80"))
    if low is None or middle is None or high is None or record.get("method") == "known":
        return None
    return {"x": goal.end, "low": low, "middle": middle, "high": high}


def _note(note: str, note_en: str) -> str:
    return note_en if words.english() else note
