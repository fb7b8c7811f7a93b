"""Whether parts give the whole (分解平衡): sums, weighted means, and growth weighted by the base.

A sum is a sum. A share or another ratio is the mean of its parts weighted by their denominators
(of the due year). Growth of the whole follows from the parts' levels: the base-year levels, each
grown at its own rate, against the base-year total. A rank has no parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from hexi.monitoring.goal import Goal, Unclear
from hexi.monitoring.reasons import because
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["Balance", "Makeup", "check_parts", "factor_of", "makeup_of", "rate_of", "whole_of"]

#: how parts make the whole: they add up, they are weighted, or they grow from different bases
Makeup = Literal["sum", "ratio", "growth", "none"]


@dataclass(frozen=True, slots=True)
class Balance:
    """The whole as its parts give it, beside the whole as it was set."""

    total: float
    whole: float
    #: whole less total: positive where the parts fall short
    gap: float
    agrees: bool
    remark: Remark
    #: parts without a number
    missing: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "total": self.total,
            "whole": self.whole,
            "gap": self.gap,
            "agrees": self.agrees,
            "text": self.remark.text,
            "text_en": self.remark.text_en,
            "missing": list(self.missing),
        }


def makeup_of(goal: Goal) -> Makeup:
    """How the goal's figure is made of its parts' figures."""
    if goal.measure == "rank" or goal.measure_unit == "位":
        return "none"
    if goal.is_growth:
        return "growth" if goal.agg == "sum" else "none"
    if goal.measure == "share" or goal.agg == "ratio":
        return "ratio"
    return "sum" if goal.agg == "sum" else "none"


def check_parts(
    goal: Goal,
    parts: Mapping[str, float | None],
    *,
    bases: Mapping[str, float] | None = None,
    weights: Mapping[str, float] | None = None,
) -> Balance | Unclear:
    """Parts against the whole; ``weights`` are denominators of ratios, ``bases`` of growth."""
    makeup = makeup_of(goal)
    if makeup == "none":
        return Unclear(goal.id, (because("not_additive"),))
    carrying = bases if makeup == "growth" else weights
    known = {unit: value for unit, value in parts.items() if value is not None}
    missing = tuple(unit for unit, value in parts.items() if value is None)
    if makeup != "sum":
        lacking = [unit for unit in parts if not carrying or unit not in carrying]
        if lacking:
            code = "bases_needed" if makeup == "growth" else "weights_needed"
            return Unclear(goal.id, (because(code, units="、".join(lacking)),))
        bad = [unit for unit in parts if not carrying or carrying[unit] <= 0]
        if bad:
            return Unclear(goal.id, (because("weights_bad", units="、".join(bad)),))
    total = whole_of(goal, known, carrying or {})
    gap = goal.line - total
    slack = 0.5 * 10.0**-goal.decimals * (1 + 1e-9) + 1e-9 * abs(goal.line)
    agrees = abs(gap) <= slack and not missing
    said = _said(goal, total, gap, agrees, missing)
    return Balance(total, goal.line, gap, agrees, said, missing)


def whole_of(goal: Goal, parts: Mapping[str, float], carrying: Mapping[str, float]) -> float:
    """The whole's figure that the parts amount to."""
    makeup = makeup_of(goal)
    if makeup == "sum" or not parts:
        return float(sum(parts.values()))
    weight = sum(carrying[unit] for unit in parts)
    if makeup == "ratio":
        return sum(value * carrying[unit] for unit, value in parts.items()) / weight
    grown = sum(carrying[unit] * factor_of(goal, rate) for unit, rate in parts.items())
    return rate_of(goal, grown / weight)


def factor_of(goal: Goal, rate: float) -> float:
    """What a growth rate of the goal's kind makes of 1 by the due year."""
    years = goal.years if goal.measure == "growth_annual" else 1
    return float((1 + rate / 100) ** years)


def rate_of(goal: Goal, factor: float) -> float:
    """The growth rate, of the goal's kind, that makes a factor by the due year."""
    years = goal.years if goal.measure == "growth_annual" else 1
    return float((max(factor, 0.0) ** (1 / years) - 1) * 100)


def _said(goal: Goal, total: float, gap: float, agrees: bool, missing: tuple[str, ...]) -> Remark:
    if agrees:
        return because("parts_agree")
    if missing:
        return because("part_unknown", units="、".join(missing))
    digits = goal.decimals + (0 if makeup_of(goal) == "sum" else 2)

    def shown(value: float) -> str:
        return f"{value:.{digits}f}{goal.measure_unit}"

    code = "parts_short" if gap > 0 else "parts_over"
    return because(code, total=shown(total), whole=shown(goal.line), gap=shown(abs(gap)))
