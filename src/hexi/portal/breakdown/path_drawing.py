"""Drawing the path of a target (路径测算): its years, its quarters, as the engine has them.

What is kept of a path is the figure of every year as decimal text (a level's level, a growth
target's rate, a total's amount), and the share of the year that each quarter brings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from hexi.monitoring.goal import Goal, Unclear
from hexi.monitoring.observed import observed_for
from hexi.monitoring.paths import Seasonal, Trajectory, default_shape, draw, seasonal_of
from hexi.monitoring.verdicts.judging import ledger_of
from hexi.monitoring.verdicts.series import Ledger
from hexi.portal.breakdown.sheet.cells import text_of
from hexi.portal.breakdown.sheet.course import path_decimals
from hexi.portal.plans.queries.pack import current_pack
from hexi.portal.scoreboard.models import MonitoredTarget
from hexi.portal.scoreboard.sweep.goals import Cases

__all__ = [
    "BY_HAND",
    "QUARTERS",
    "Drawn",
    "drawn_path",
    "ledger_on",
    "quarters_of",
    "usual_shape",
]

QUARTERS = 4
#: the shape whose years an office writes itself
BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A path that can be kept."""

    goal: Goal
    trajectory: Trajectory
    #: year to the figure of the year, as decimal text
    figures: dict[str, str]
    seasonal: Seasonal


def usual_shape(target: MonitoredTarget, at: date) -> str:
    """The shape that the measure usually has; empty where there is no goal in numbers."""
    goal = _goal(target, at)
    return "" if isinstance(goal, Unclear) else default_shape(goal)


def drawn_path(
    target: MonitoredTarget,
    shape: str = "",
    by_hand: Mapping[str, str] | None = None,
    *,
    at: date,
) -> Drawn | Unclear:
    """The path of a shape as of a day; by hand: the figures that were typed.

    Where the plan states no base, the observed one of the base year is taken, which is said.
    """
    goal = _goal(target, at)
    if isinstance(goal, Unclear):
        return goal
    trajectory = draw(goal, shape, by_hand=by_hand)
    if isinstance(trajectory, Unclear):
        return trajectory
    decimals = path_decimals(target)
    given = dict(by_hand or {}) if shape == BY_HAND else {}
    figures = given or _figures(trajectory, decimals)
    return Drawn(goal, trajectory, figures, _season(goal, at))


def _goal(target: MonitoredTarget, at: date) -> Goal | Unclear:
    return _cases(at).one(target).goal


def _season(goal: Goal, at: date) -> Seasonal:
    """Shares of the quarters in the year: of past years where they were observed, else equal."""
    if goal.is_growth or goal.time_agg != "sum":
        return Seasonal.equal(QUARTERS)
    return seasonal_of(observed_for(goal, ledger_on(at), at, frequency=QUARTERS))


@lru_cache(maxsize=2)
def ledger_on(at: date) -> Ledger:
    """What was observed by a day, laid out once, not once a target."""
    return ledger_of(current_pack(), at)


@lru_cache(maxsize=2)
def _cases(at: date) -> Cases:
    """Goals as of a day, with the base that was observed where none was stated."""
    return Cases(at)


def quarters_of(drawn: Drawn, target: MonitoredTarget) -> dict[int, list[str]]:
    """What is due by the end of each quarter, year by year; nothing for growth targets.

    Flows count from the first of January, totals from the first year, levels stand as they are.
    """
    if drawn.goal.is_growth or drawn.goal.measure == "rank":
        return {}
    decimals = path_decimals(target)
    found = {}
    for year in range(drawn.goal.start + 1, drawn.goal.end + 1):
        values = drawn.trajectory.within(year, drawn.seasonal, running=True)
        if len(values) == QUARTERS and all(value == value for value in values):
            found[year] = [text_of(Decimal(repr(value)), decimals) for value in values]
    return found


def _figures(trajectory: Trajectory, decimals: int) -> dict[str, str]:
    """Figures by year, rounded so that they still end where the target does."""
    goal = trajectory.goal
    years = range(goal.start + 1, goal.end + 1)
    if goal.measure != "cumulative":
        yearly = {str(y): trajectory.yearly(y) for y in years}
        return {y: text_of(Decimal(repr(v)), decimals) for y, v in yearly.items() if v is not None}
    unit = Decimal(1).scaleb(-decimals)
    # totals are rounded as they run, so that the amounts of the years still come to the total
    running = [Decimal(repr(float(value))).quantize(unit) for value in trajectory.values]
    return {
        str(year): text_of(running[place + 1] - running[place], decimals)
        for place, year in enumerate(years)
    }
