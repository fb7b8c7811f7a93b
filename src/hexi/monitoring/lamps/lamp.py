"""From a probability to a lamp (亮灯): green, yellow, red; grey without data; finished.

A lamp that lies near a bound keeps the colour it had, so that it does not flicker from month to
month: the probability must pass the bound by the rule's width before the colour changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hexi.monitoring.goal import Goal
from hexi.monitoring.lamps.rules import LampRule
from hexi.monitoring.observed import Observed, period_of
from hexi.monitoring.position.place import Position
from hexi.monitoring.reasons import because
from hexi.monitoring.standing import Lamp
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["Lit", "chance_text", "light", "months_since"]

_WORDS = {
    Lamp.RED: ("亮红灯", "red"),
    Lamp.YELLOW: ("亮黄灯", "yellow"),
    Lamp.GREEN: ("亮绿灯", "green"),
}


@dataclass(frozen=True, slots=True)
class Lit:
    """A lamp with the rule that gave it and the reason."""

    lamp: Lamp
    rule: str
    reason: Remark


def light(
    goal: Goal,
    observed: Observed | None,
    position: Position,
    p: float | None,
    rule: LampRule,
    at: date,
    *,
    before: Lamp | None = None,
    judged: bool = False,
) -> Lit:
    """The lamp of a goal on a day; ``before`` is the colour it had last, ``judged`` says that a
    verdict on the finished target stands in the position."""
    if at.year > goal.end:
        seen = judged or position.due_year_seen(goal)
        code = "finished"
        if seen and position.met is not None:
            code = "lamp_reached" if position.met else "lamp_missed"
        return Lit(Lamp.FINISHED, rule.id, because(code))
    if p is None:
        aimless = goal.upward is None and goal.bound != "approx"
        code = "no_direction" if aimless and position.actual is not None else "grey_no_data"
        return Lit(Lamp.GREY, rule.id, because(code))
    if observed is not None and observed.last is not None:
        months = months_since(observed.last, observed.frequency, at)
        if months > rule.stale.of(observed.frequency):
            last = period_of(observed.last, observed.frequency)
            said = because("grey_stale", period=last, months=str(months))
            return Lit(Lamp.GREY, rule.id, said)
    fresh = _colour(p, rule.red_below, rule.green_above)
    lamp = _kept(p, rule, before)
    if lamp is not fresh:
        bound = rule.red_below if Lamp.RED in (lamp, fresh) else rule.green_above
        said = because("lamp_kept", p=f"{p:.2f}", bound=f"{bound:g}", width=f"{rule.width:g}")
        return Lit(lamp, rule.id, said)
    zh, en = _WORDS[lamp]
    return Lit(lamp, rule.id, because("lamp_p", p=chance_text(p), rule=zh, rule_en=en))


def months_since(code: int, frequency: int, at: date) -> int:
    """Whole months between the end of a period and a day."""
    last = (code + 1) * (12 // frequency) - 1
    return at.year * 12 + at.month - 1 - last - 1


def chance_text(p: float) -> str:
    """A probability as text; never a bare nought or certainty for something still open."""
    if 0 < p < 0.005:
        return "<1%"
    return ">99%" if 0.995 < p < 1 else f"{p:.0%}"


def _colour(p: float, red_below: float, green_above: float) -> Lamp:
    if p < red_below:
        return Lamp.RED
    return Lamp.GREEN if p > green_above else Lamp.YELLOW


def _kept(p: float, rule: LampRule, before: Lamp | None) -> Lamp:
    """The colour with its bounds moved in favour of the colour it had."""
    if before is Lamp.RED:
        return _colour(p, rule.red_below + rule.width, rule.green_above + rule.width)
    if before is Lamp.YELLOW:
        return _colour(p, rule.red_below - rule.width, rule.green_above + rule.width)
    if before is Lamp.GREEN:
        return _colour(p, rule.red_below - rule.width, rule.green_above - rule.width)
    return _colour(p, rule.red_below, rule.green_above)
