"""What each part adds to the gap of the whole (拖累与拉动).

Parts of a sum add their own gaps. Parts of a ratio add theirs weighted by the denominator, parts of
growth by where they started. What the parts do not explain (a changed make-up, units outside the
breakdown) is a line of its own, so that the lines always add up to the gap.
"""

from __future__ import annotations

from collections.abc import Mapping

from hexi.monitoring.goal import Goal
from hexi.monitoring.paths.balance import makeup_of
from hexi.monitoring.standing import Contribution

__all__ = ["REST", "contributions"]

#: name of the line that the parts do not explain
REST = ""


def contributions(
    goal: Goal,
    gap: float,
    parts: Mapping[str, float],
    *,
    weights: Mapping[str, float] | None = None,
) -> tuple[Contribution, ...]:
    """The gap of a whole by part, greatest drag first.

    ``gap`` and ``parts`` are actual less expected; growth in points of the index. ``weights`` are
    denominators of ratios or base-year levels of growth; without them those have no contributions.
    """
    makeup = makeup_of(goal)
    if makeup == "none" or not parts:
        return ()
    carried = dict(parts)
    if makeup != "sum":
        if not weights or any(weights.get(unit, 0.0) <= 0 for unit in parts):
            return ()
        whole = sum(weights[unit] for unit in parts)
        carried = {unit: value * weights[unit] / whole for unit, value in parts.items()}
    rest = gap - sum(carried.values())
    if abs(rest) > 1e-9 * max(1.0, abs(gap), *(abs(value) for value in carried.values())):
        carried[REST] = rest
    ordered = sorted(carried, key=lambda unit: (unit == REST, carried[unit], unit))
    if goal.upward is False:
        ordered = sorted(carried, key=lambda unit: (unit == REST, -carried[unit], unit))
    return tuple(
        Contribution(unit, carried[unit], carried[unit] / gap if gap else None) for unit in ordered
    )
