"""Where a goal stands on its path (进度测算): done, due, gap, and the rate still needed.

The rate still needed is compounded, as official mid-term reports reckon it: after two years with a
fall of 6.6 per cent, a target of 17 per cent leaves 1 − (0.83 ÷ 0.934)^(1/3) = 3.86 per cent a
year. Shares, ranks and totals need equal steps. Nominal levels are not held against real growth;
where the indicator's growth is meant at comparable prices, that is said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from hexi.monitoring.goal import Goal, Unclear
from hexi.monitoring.observed import Observed
from hexi.monitoring.paths.seasonality import Seasonal
from hexi.monitoring.paths.trajectory import Trajectory
from hexi.monitoring.paths.way import Way, way_of
from hexi.monitoring.position.grading import GradeRule, grade_of, official_of
from hexi.monitoring.position.reading import Reading, read_actual
from hexi.monitoring.reasons import because
from hexi.monitoring.standing import Grade, Official
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["Position", "locate"]


@dataclass(frozen=True, slots=True)
class Position:
    """A goal's progress on a day; None is not known."""

    goal: str
    reading: Reading | None
    #: in the goal's own unit; growth as the goal's kind of rate
    actual: float | None
    expected: float | None
    gap: float | None
    #: this year so far and what is due of it, for flows within the year
    to_date: float | None
    to_date_expected: float | None
    #: shares of the way: made so far in plain steps; due on the path
    completion: float | None
    due: float | None
    required_rate: float | None
    past_rate: float | None
    #: compound or linear
    rate: str
    met: bool | None
    grade: Grade
    official: Official | None
    reasons: tuple[Remark, ...]

    def due_year_seen(self, goal: Goal) -> bool:
        """True where the actual value is the due year's."""
        return self.reading is not None and self.reading.elapsed >= goal.years - 1e-9

    @property
    def period(self) -> str:
        """Period of the actual value; empty where there is none."""
        return self.reading.period if self.reading else ""


def locate(
    goal: Goal,
    observed: Observed,
    path: Trajectory | None,
    rule: GradeRule,
    *,
    seasonal: Seasonal | None = None,
) -> Position:
    """The position of a goal; what it cannot be told for is said in its reasons."""
    reading = read_actual(goal, observed)
    way = way_of(goal)
    reasons = [*goal.cautions, *observed.cautions]
    if isinstance(way, Unclear):
        reasons += way.reasons
    else:
        reasons += way.cautions
    rate = "compound" if isinstance(way, Way) and way.scale == "log" else "linear"
    if reading is None:
        codes = {one.code for one in reasons}
        if not codes & {"no_series", "not_since"}:
            reasons.append(because("not_since"))
        return _nowhere(goal, rate, reasons)
    if goal.growth == "real" and goal.measure in ("level", "cumulative"):
        reasons.append(because("level_nominal"))
    if goal.upward is None and goal.bound != "approx":
        reasons.append(because("no_direction"))
    actual = _own(goal, reading.value, reading.elapsed)
    over = reading.elapsed >= goal.years - 1e-9
    # growth has met its target early only where the index is there already
    met = goal.met_by(_own(goal, reading.value, goal.years))
    # a total so far has not kept a limit that the rest may still break
    if not over and met and goal.is_allowance:
        met = None
    expected_value = _expected(path, reading, observed, seasonal)
    expected = None if expected_value is None else _own(goal, expected_value, reading.elapsed)
    needed, past = _rates(way, reading) if isinstance(way, Way) else (None, None)
    done = way.done(reading.value) if isinstance(way, Way) else None
    due = way.done(expected_value) if isinstance(way, Way) and expected_value is not None else None
    return Position(
        goal=goal.id,
        reading=reading,
        actual=actual,
        expected=expected,
        gap=None if expected is None else actual - expected,
        to_date=reading.to_date,
        to_date_expected=_due_to_date(path, reading, observed, seasonal),
        completion=way.done(reading.value, "plain") if isinstance(way, Way) else None,
        due=due,
        required_rate=needed,
        past_rate=past,
        rate=rate,
        met=met,
        grade=_grade(goal, way, done, due, met, over, rule),
        official=(
            official_of(way, reading.value, reading.elapsed, met, rule, allowance=goal.is_allowance)
            if isinstance(way, Way) and goal.upward is not None
            else None
        ),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _grade(
    goal: Goal,
    way: Way | Unclear,
    done: float | None,
    due: float | None,
    met: bool | None,
    over: bool,
    rule: GradeRule,
) -> Grade:
    if goal.upward is None and goal.bound != "approx":
        return Grade.UNKNOWN
    if over:
        return Grade.UNKNOWN if met is None else Grade.REACHED if met else Grade.BEHIND
    if isinstance(way, Way) and way.holding:
        return Grade.UNKNOWN if met is None else Grade.ON_SCHEDULE if met else Grade.BEHIND
    if isinstance(way, Unclear):
        return Grade.REACHED if met else Grade.UNKNOWN
    return grade_of(done, due, met, rule, allowance=goal.is_allowance)


def _own(goal: Goal, value: float, elapsed: float) -> float:
    """A value of the way in the goal's own unit."""
    return goal.rate_at(value, elapsed) if goal.is_growth else value


def _expected(
    path: Trajectory | None, reading: Reading, observed: Observed, seasonal: Seasonal | None
) -> float | None:
    """What the path has for the reading's period."""
    if path is None:
        return None
    if reading.rolling:
        return path.rolling(reading.code, observed.frequency, seasonal)
    return path.expected(reading.code, observed.frequency, seasonal, running=observed.running)


def _due_to_date(
    path: Trajectory | None, reading: Reading, observed: Observed, seasonal: Seasonal | None
) -> float | None:
    if path is None or reading.to_date is None or observed.frequency == 1:
        return None
    year, index = divmod(reading.code, observed.frequency)
    season = seasonal if seasonal is not None else Seasonal.equal(observed.frequency)
    whole = path.yearly(year)
    return None if whole is None else whole * season.through(index)


def _rates(way: Way, reading: Reading) -> tuple[float | None, float | None]:
    """Rate needed from here on and rate since the base: per cent a year, or steps a year."""
    value, left = reading.value, way.years - reading.elapsed
    if way.scale == "log":
        if value <= 0 or way.base <= 0 or way.line <= 0:
            return None, None
        needed = (way.line / value) ** (1 / left) - 1 if left > 1e-9 else math.nan
        past = (value / way.base) ** (1 / reading.elapsed) - 1
        return _known(needed * 100), _known(past * 100)
    needed = (way.line - value) / left if left > 1e-9 else math.nan
    return _known(needed), _known((value - way.base) / reading.elapsed)


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _nowhere(goal: Goal, rate: str, reasons: list[Remark]) -> Position:
    return Position(
        goal=goal.id,
        reading=None,
        actual=None,
        expected=None,
        gap=None,
        to_date=None,
        to_date_expected=None,
        completion=None,
        due=None,
        required_rate=None,
        past_rate=None,
        rate=rate,
        met=None,
        grade=Grade.UNKNOWN,
        official=None,
        reasons=tuple(dict.fromkeys(reasons)),
    )
