"""Where a unit starts from (基数): the base of its own target, else what was observed for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hexi.monitoring.goal import Unclear
from hexi.monitoring.observed import observed_for
from hexi.portal.breakdown.path_drawing import ledger_on
from hexi.portal.scoreboard.models import MonitoredTarget
from hexi.portal.scoreboard.sweep.goals import goal_of_row

__all__ = ["base_of"]


def base_of(target: MonitoredTarget, whole: MonitoredTarget, day: date) -> Decimal | None:
    """The base-year figure of a unit as known on a day; None where nobody has said it."""
    if target.base and target.base_period == whole.base_period:
        return Decimal(target.base)
    goal = goal_of_row(whole)
    if isinstance(goal, Unclear) or goal.is_growth or goal.measure == "cumulative":
        return None
    if target.unit is None:
        return None
    seen = observed_for(replace(goal, unit=target.unit.code), ledger_on(day), day)
    value = seen.at(goal.start)
    return None if value is None else Decimal(repr(value))
