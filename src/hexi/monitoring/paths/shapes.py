"""Shapes of a path (路径形状): how the way from base to target is spread over the years.

==================  ============================================================================
constant_growth     the same rate every year (等比); a total: amounts that grow at one rate
straight            the same step every year (等额)
s_curve             slow, fast, slow (先慢后快再慢)
front_loaded        most of it early (前快后慢)
back_loaded         most of it late (前慢后快)
by_hand             as the office set it (自定), complete and ending at the target
official            a fifth of the way a year (时序进度 20、40、60、80、100%): rates for levels
                    and growth, steps for shares, ranks and totals, as binding targets are followed
hold                the line itself from the first year on (守住): the base already reaches it
==================  ============================================================================
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

import numpy as np
from numpy.typing import NDArray

from hexi.monitoring.goal import Goal, Unclear
from hexi.monitoring.paths.trajectory import Trajectory
from hexi.monitoring.paths.way import Way, way_of
from hexi.monitoring.reasons import because
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["SHAPES", "default_shape", "draw", "stored"]

SHAPES = (
    "constant_growth",
    "straight",
    "s_curve",
    "front_loaded",
    "back_loaded",
    "by_hand",
    "official",
    "hold",
)

Column = NDArray[np.float64]


def default_shape(goal: Goal) -> str:
    """Constant growth for what grows by rates, equal steps for the rest, hold where reached."""
    way = way_of(goal)
    if isinstance(way, Way) and way.holding:
        return "hold"
    scale = way.scale if isinstance(way, Way) else "plain"
    return "constant_growth" if scale == "log" else "straight"


def draw(
    goal: Goal,
    shape: str = "",
    *,
    by_hand: Mapping[str, str] | None = None,
    bend: float = 2.0,
) -> Trajectory | Unclear:
    """The path of a goal; no shape: the one its measure usually has.

    ``by_hand``: year → digits, levels as levels, growth as the year's rate in per cent, totals as
    the year's amount. ``bend``: how strongly front- and back-loaded paths bend, 1 is straight.
    """
    if shape and shape not in SHAPES:
        raise ValueError(f"not a shape: {shape!r}")
    if shape == "by_hand":
        return _by_hand(goal, by_hand or {})
    way = way_of(goal)
    if isinstance(way, Unclear):
        return way
    name = shape or default_shape(goal)
    cautions = list(way.cautions)
    if name == "hold":
        values = np.full(goal.years + 1, way.line)
    elif name == "constant_growth":
        values, said = _constant(goal, way)
        cautions += said
    else:
        values = _spread(way, name, bend)
    values[0], values[-1] = way.base, way.line
    if goal.measure == "rank":
        values = _whole_places(values)
    return Trajectory(goal, name, goal.start, values, tuple(dict.fromkeys(cautions)))


def stored(goal: Goal, shape: str, values: Mapping[str, str]) -> Trajectory | Unclear:
    """A path as it was laid down (已定路径): year → value.

    Growth is an index (base year 100), totals are running totals. The base
    year may be left out; any other year may not.
    """
    numbers = {year: _number(values.get(str(year), "")) for year in range(goal.start, goal.end + 1)}
    missing = [str(year) for year in list(numbers)[1:] if numbers[year] is None]
    if missing:
        return Unclear(goal.id, (because("by_hand_gaps", years="、".join(missing)),))
    if numbers[goal.start] is None:
        way = way_of(goal)
        numbers[goal.start] = way.base if isinstance(way, Way) else None
    column = [math.nan if number is None else number for number in numbers.values()]
    return Trajectory(goal, shape, goal.start, np.array(column))


def _spread(way: Way, shape: str, bend: float) -> Column:
    """Shares of the way by year, made into values."""
    time = np.linspace(0.0, 1.0, way.years + 1)
    if shape == "official":
        return np.array([way.after(float(share)) for share in time])
    curves: dict[str, Callable[[Column], Column]] = {
        "straight": lambda u: u,
        "s_curve": lambda u: u * u * (3 - 2 * u),
        "front_loaded": lambda u: 1 - (1 - u) ** bend,
        "back_loaded": lambda u: u**bend,
    }
    return way.base + (way.line - way.base) * curves[shape](time)


def _constant(goal: Goal, way: Way) -> tuple[Column, list[Remark]]:
    """One rate for all years; equal steps where no rate can be formed."""
    steps = np.arange(way.years + 1)
    if goal.measure == "cumulative":
        return _growing_amounts(goal, way)
    if way.base > 0 and way.line > 0 and goal.measure != "rank":
        return way.base * (way.line / way.base) ** (steps / way.years), []
    said = because("base_not_positive", value=f"{way.base:g}{goal.measure_unit}")
    plain = way.base + (way.line - way.base) * steps / way.years
    return plain, [] if goal.measure == "rank" else [said]


def _growing_amounts(goal: Goal, way: Way) -> tuple[Column, list[Remark]]:
    """Running totals of amounts that grow from the base year's amount at one rate."""
    years = way.years
    if goal.base is None or goal.base <= 0 or goal.line <= 0:
        said = [] if goal.base is None else [because("base_not_positive", value=f"{goal.base:g}")]
        return way.line * np.arange(years + 1) / years, said
    powers = np.arange(1, years + 1)
    low, high = 0.0, 2.0
    while goal.base * (high**powers).sum() < goal.line:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if goal.base * (middle**powers).sum() < goal.line:
            low = middle
        else:
            high = middle
    amounts = goal.base * high**powers
    return np.concatenate([[0.0], np.cumsum(amounts)]), []


def _whole_places(values: Column) -> Column:
    """Ranks are whole: never ask for a place before it is due."""
    falling = values[-1] < values[0]
    middle = np.ceil(values - 1e-9) if falling else np.floor(values + 1e-9)
    middle[0], middle[-1] = values[0], values[-1]
    return middle


def _by_hand(goal: Goal, given: Mapping[str, str]) -> Trajectory | Unclear:
    """The office's own numbers, complete and ending at the target."""
    years = range(goal.start + 1, goal.end + 1)
    numbers: list[float] = []
    missing: list[str] = []
    for year in years:
        number = _number(given.get(str(year), ""))
        if number is None:
            missing.append(str(year))
        else:
            numbers.append(number)
    if missing:
        return Unclear(goal.id, (because("by_hand_gaps", years="、".join(missing)),))
    column = np.array(numbers)
    if goal.is_growth:
        values = 100 * np.concatenate([[1.0], np.cumprod(1 + column / 100)])
        reached = _rate(goal, float(values[-1]))
    elif goal.measure == "cumulative":
        values = np.concatenate([[0.0], np.cumsum(column)])
        reached = float(values[-1])
    else:
        start = goal.base if goal.base is not None else np.nan
        values = np.concatenate([[start], column])
        reached = float(values[-1])
    slack = 0.5 * 10.0**-goal.decimals
    if abs(reached - goal.line) > slack * (1 + 1e-9):
        said = because(
            "by_hand_ends",
            value=f"{reached:.{goal.decimals + 2}f}".rstrip("0").rstrip("."),
            line=goal.printed or f"{goal.line:g}{goal.measure_unit}",
        )
        return Unclear(goal.id, (said,))
    values[-1] = goal.index if goal.is_growth else goal.line
    cautions = () if goal.base is not None or values[0] == values[0] else (because("no_base"),)
    return Trajectory(goal, "by_hand", goal.start, values, cautions)


def _rate(goal: Goal, index: float) -> float:
    """The rate that an index at the due year amounts to."""
    if goal.measure == "growth_annual":
        return ((index / 100) ** (1 / goal.years) - 1) * 100 if index > 0 else -100.0
    return index - 100


def _number(text: str) -> float | None:
    try:
        value = Decimal(str(text).replace(",", "").strip())
    except InvalidOperation:
        return None
    return float(value) if value.is_finite() else None
