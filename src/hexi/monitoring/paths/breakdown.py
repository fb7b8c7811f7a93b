"""Breaking a target down to units below (指标分解): by share, by capacity, or as negotiated.

Sums are cut by largest remainders, so that the printed parts add up to the printed whole. Ratios
move by equal points and growth by equal rates, weighted as they must be. What the parts do not
give is shown as a gap; it is spread only when asked for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hexi.monitoring.goal import Goal, Unclear
from hexi.monitoring.paths.apportion import apportion, rounded
from hexi.monitoring.paths.balance import (
    Balance,
    check_parts,
    factor_of,
    makeup_of,
    rate_of,
)
from hexi.monitoring.reasons import because
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["Breakdown", "Part", "by_capacity", "by_share", "negotiated"]

Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit is to bring."""

    unit: str
    #: None: still to be settled
    value: Decimal | None
    #: where the unit starts from, in the goal's unit; for growth its base-year level
    base: float | None
    #: value less base; None for growth and where one of them is open
    change: float | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A target in parts, with the check against the whole."""

    goal: Goal
    #: share, capacity or negotiated
    method: str
    parts: tuple[Part, ...]
    balance: Balance
    remarks: tuple[Remark, ...] = ()

    def part_goals(self) -> tuple[Goal, ...]:
        """Every settled part as a goal of its unit; its id names goal and unit."""
        whole = self.goal
        return tuple(
            replace(
                whole,
                id=f"{whole.id}/{part.unit}",
                unit=part.unit,
                line=float(part.value),
                base=None if whole.is_growth else part.base,
                printed=f"{part.value}{whole.measure_unit}",
                decimals=max(0, -int(part.value.as_tuple().exponent)),
                cautions=(),
            )
            for part in self.parts
            if part.value is not None
        )

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "goal": self.goal.id,
            "method": self.method,
            "parts": [
                {
                    "unit": part.unit,
                    "value": None if part.value is None else str(part.value),
                    "base": part.base,
                    "change": part.change,
                }
                for part in self.parts
            ],
            "balance": self.balance.as_record(),
            "remarks": [
                {"code": one.code, "text": one.text, "text_en": one.text_en} for one in self.remarks
            ],
        }


def by_share(
    goal: Goal,
    bases: Numbers,
    *,
    weights: Numbers | None = None,
    decimals: int | None = None,
) -> Breakdown | Unclear:
    """Every part in proportion to its base; ratios by equal points, growth at one rate."""
    refused = _refused(goal, bases, weights, need_bases=True)
    if refused is not None:
        return refused
    digits = _digits(goal, decimals)
    makeup = makeup_of(goal)
    if makeup == "sum":
        cuts = apportion(goal.line, bases, digits)
        return _laid(goal, "share", cuts, bases, weights)
    if makeup == "growth":
        same = rounded(goal.line, digits)
        return _laid(goal, "share", dict.fromkeys(bases, same), bases, weights)
    limits = goal.limits or (-math.inf, math.inf)
    pulls = dict.fromkeys(bases, 1.0)
    values, at_limit = _moved(goal.line, bases, pulls, weights or {}, limits)
    said = [because("part_beyond", units="、".join(at_limit))] if at_limit else []
    cuts = {unit: rounded(value, digits) for unit, value in values.items()}
    return _laid(goal, "share", cuts, bases, weights, said)


def by_capacity(
    goal: Goal,
    bases: Numbers,
    capacities: Numbers,
    *,
    weights: Numbers | None = None,
    decimals: int | None = None,
) -> Breakdown | Unclear:
    """What has to be gained, in proportion to what every part can gain (可增能力).

    Capacities are in the goal's unit (for growth, in that of the bases); for a total over years
    they carry all of it. No part gets more than its capacity: what is left is the gap.
    """
    known = {unit: bases.get(unit, 0.0) for unit in capacities}
    needs_bases = goal.measure != "cumulative"
    refused = _refused(goal, bases if needs_bases else capacities, weights, need_bases=needs_bases)
    if refused is not None:
        return refused
    lacking = [unit for unit in capacities if needs_bases and unit not in bases]
    if lacking:
        return Unclear(goal.id, (because("bases_needed", units="、".join(lacking)),))
    bad = [unit for unit, value in capacities.items() if value < 0]
    if bad or not sum(capacities.values()) > 0:
        units = "、".join(bad or capacities)
        return Unclear(goal.id, (because("weights_bad", units=units),))
    digits = _digits(goal, decimals)
    makeup = makeup_of(goal)
    start = known if needs_bases else dict.fromkeys(capacities, 0.0)
    carry = dict(weights or {}) if makeup == "ratio" else dict.fromkeys(capacities, 1.0)
    weight = sum(carry[unit] for unit in capacities)
    now = sum(start[unit] * carry[unit] for unit in capacities) / weight
    aim = goal.line if makeup == "ratio" else goal.line / weight
    if makeup == "growth":
        aim = now * factor_of(goal, goal.line)
    low, high = goal.limits or (0.0 if min(start.values()) >= 0 else -math.inf, math.inf)
    values, at_limit = _moved(aim, start, capacities, carry, (low, high), most=1.0)
    said: list[Remark] = []
    got = sum(values[unit] * carry[unit] for unit in values) / weight
    scale = 1.0 if makeup == "ratio" else weight
    short = abs(aim - got) > 1e-9 * max(abs(aim), abs(now))
    if short:
        have, need = abs(got - now) * scale, abs(aim - now) * scale
        said.append(because("capacity_short", total=f"{have:g}", need=f"{need:g}"))
    if at_limit and goal.limits:
        said.append(because("part_beyond", units="、".join(at_limit)))
    if makeup == "growth":
        values = {unit: rate_of(goal, value / start[unit]) for unit, value in values.items()}
    if makeup == "sum" and sum(values.values()) > 0 and min(values.values()) >= 0:
        total = sum(values.values()) if short else goal.line
        return _laid(goal, "capacity", apportion(total, values, digits), bases, weights, said)
    cuts = {unit: rounded(value, digits) for unit, value in values.items()}
    return _laid(goal, "capacity", cuts, bases, weights, said)


def negotiated(
    goal: Goal,
    bases: Numbers,
    numbers: Mapping[str, Decimal | float | None],
    *,
    spread: bool = False,
    weights: Numbers | None = None,
    decimals: int | None = None,
) -> Breakdown | Unclear:
    """Numbers agreed unit by unit (协商); None is open. The rest is shown, or spread when asked.

    Spread goes to the open parts in proportion to their bases, or over all parts in proportion to
    their numbers where none is open; only sums can be spread, the others show their gap.
    """
    refused = _refused(goal, dict.fromkeys(numbers, 1.0), weights, need_bases=False)
    if refused is not None:
        return refused
    digits = _digits(goal, decimals)
    cuts: dict[str, Decimal | None] = {
        unit: None if number is None else Decimal(str(number)) for unit, number in numbers.items()
    }
    if spread and makeup_of(goal) == "sum":
        open_ = [unit for unit, value in cuts.items() if value is None]
        settled = sum((value for value in cuts.values() if value is not None), Decimal(0))
        rest = goal.line - float(settled)
        carry = {
            unit: bases.get(unit, 0.0) if open_ else float(cuts[unit] or 0)
            for unit in open_ or cuts
        }
        if any(value < 0 for value in carry.values()) or not sum(carry.values()) > 0:
            return Unclear(goal.id, (because("bases_needed", units="、".join(carry)),))
        if open_ and rest < 0:
            carry = {}
        finest = max([digits, *(_places(value) for value in cuts.values() if value is not None)])
        whole = rest if open_ else goal.line
        if carry:
            cuts.update(apportion(whole, carry, finest))
    return _laid(goal, "negotiated", cuts, bases, weights)


def _moved(
    aim: float,
    start: Numbers,
    pulls: Numbers,
    weights: Numbers,
    limits: tuple[float, float],
    *,
    most: float = 1e12,
) -> tuple[dict[str, float], list[str]]:
    """Every part moved by one multiple (at most ``most``) of its pull and held within the limits,
    so that the weighted mean is the aim; also the parts that came to rest at a limit."""
    low, high = limits
    weight = sum(weights[unit] for unit in pulls)

    def moved(step: float) -> dict[str, float]:
        return {unit: min(high, max(low, start[unit] + step * pulls[unit])) for unit in pulls}

    def mean(step: float) -> float:
        return sum(value * weights[unit] for unit, value in moved(step).items()) / weight

    reach = min(1.0, most)
    while not mean(-reach) <= aim <= mean(reach) and reach < most:
        reach = min(most, reach * 2)
    below, above = -reach, reach
    for _ in range(200):
        middle = (below + above) / 2
        if mean(middle) < aim:
            below = middle
        else:
            above = middle
    values = moved(above)
    at_limit = [
        unit for unit, value in values.items() if value in (low, high) and value != start[unit]
    ]
    return values, at_limit


def _refused(
    goal: Goal, bases: Numbers, weights: Numbers | None, *, need_bases: bool
) -> Unclear | None:
    """Why the goal cannot be broken down with what was given."""
    makeup = makeup_of(goal)
    if makeup == "none":
        return Unclear(goal.id, (because("not_additive"),))
    if not bases:
        return Unclear(goal.id, (because("bases_needed", units="全部", units_en="all"),))
    if makeup == "ratio":
        lacking = [unit for unit in bases if not weights or unit not in weights]
        if lacking:
            return Unclear(goal.id, (because("weights_needed"),))
        bad = [unit for unit in bases if weights is not None and weights[unit] <= 0]
    else:
        bad = [unit for unit, value in bases.items() if value < 0] if need_bases else []
        if need_bases and not bad and not sum(bases.values()) > 0:
            bad = list(bases)
        if need_bases and makeup == "growth":
            bad = [unit for unit, value in bases.items() if value <= 0]
    return Unclear(goal.id, (because("weights_bad", units="、".join(bad)),)) if bad else None


def _laid(
    goal: Goal,
    method: str,
    cuts: Mapping[str, Decimal | None],
    bases: Numbers,
    weights: Numbers | None,
    said: Sequence[Remark] = (),
) -> Breakdown | Unclear:
    """Parts and their check."""
    numbers = {unit: None if value is None else float(value) for unit, value in cuts.items()}
    balance = check_parts(goal, numbers, bases=bases, weights=weights)
    if isinstance(balance, Unclear):
        return balance
    parts = []
    for unit, value in cuts.items():
        base = bases.get(unit)
        change = None
        if value is not None and base is not None and not goal.is_growth:
            change = None if goal.measure == "cumulative" else float(value) - base
        parts.append(Part(unit, value, base, change))
    return Breakdown(goal, method, tuple(parts), balance, tuple(said))


def _digits(goal: Goal, asked: int | None) -> int:
    """Decimals of the parts: those of the whole, one more where parts are weighted."""
    least = goal.decimals + (0 if makeup_of(goal) == "sum" else 1)
    return least if asked is None else max(asked, least)


def _places(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))
