"""The way from base to target (路程): both ends in one unit, and how progress on it is measured.

Levels and growth are measured in equal rates (logarithms), as official follow-up of the binding
targets reckons them; shares, ranks and totals in equal steps. A growth target becomes a level by
its index: the base year is 100. A total starts at nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from hexi.monitoring.goal import Goal, Unclear
from hexi.monitoring.reasons import because
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["Scale", "Way", "way_of"]

Scale = Literal["log", "plain"]


@dataclass(frozen=True, slots=True)
class Way:
    """Where a target starts, where it ends, and on which scale it moves."""

    base: float
    line: float
    scale: Scale
    years: int
    #: the base already reaches the line: nothing to gain, a line to hold (守住)
    holding: bool = False
    cautions: tuple[Remark, ...] = ()

    def done(self, value: float, scale: Scale | None = None) -> float | None:
        """Share of the way that a value has made; None where there is no way or no logarithm."""
        if self.base == self.line or self.holding:
            return None
        if (scale or self.scale) == "log":
            if value <= 0 or self.base <= 0 or self.line <= 0:
                return None
            return math.log(value / self.base) / math.log(self.line / self.base)
        return (value - self.base) / (self.line - self.base)

    def after(self, share: float) -> float:
        """The value that a share of the way leads to."""
        if share <= 0:
            return self.base
        if share >= 1:
            return self.line
        if self.scale == "log":
            return float(self.base * (self.line / self.base) ** share)
        return self.base + (self.line - self.base) * share


def way_of(goal: Goal) -> Way | Unclear:
    """The way of a goal, or why there is none to measure."""
    if goal.is_growth:
        return Way(100.0, goal.index, "log", goal.years, goal.index == 100)
    if goal.measure == "cumulative":
        return Way(0.0, goal.line, "plain", goal.years)
    if goal.base is None:
        return Unclear(goal.id, (because("no_base"),))
    cautions: list[Remark] = []
    scale: Scale = "plain"
    if goal.measure in ("level", "count") and goal.limits is None:
        scale = "log"
        if goal.base <= 0 or goal.line <= 0:
            scale = "plain"
            worst = min(goal.base, goal.line)
            cautions.append(because("base_not_positive", value=f"{worst:g}{goal.measure_unit}"))
    holding = _holds(goal, goal.base)
    if holding:
        cautions.append(because("base_equals" if goal.base == goal.line else "already_there"))
    return Way(goal.base, goal.line, scale, goal.years, holding, tuple(cautions))


def _holds(goal: Goal, base: float) -> bool:
    """Whether the base year already satisfies the target."""
    if base == goal.line:
        return True
    if goal.upward is None:
        return False
    return base > goal.line if goal.upward else base < goal.line
