"""A target as monitoring sees it (监测目标): a line to reach, from a base, by a year.

`settle` is the one door: it turns what a plan or an office wrote into a `Goal`, or says in words
why no progress can be measured (`Unclear`). Growth targets are held in per cent (翻一番 is 100 %),
shares within 0 and 100. A base that is a total of several years is no starting point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from hexi.calendar import period as periods
from hexi.catalogue import Catalogue
from hexi.catalogue.evidence import Figure, PackTarget, PlanRef
from hexi.catalogue.nouns import Indicator, Membership
from hexi.monitoring.reasons import because
from hexi.monitoring.verdicts.verdict import Remark

__all__ = [
    "GROWTH",
    "LEVELS",
    "Goal",
    "Unclear",
    "as_target",
    "doubles",
    "goal_of",
    "settle",
    "unit_changes",
    "with_base",
]

#: measures whose line is a rate of growth, in per cent
GROWTH = ("growth_annual", "growth_yoy", "growth_total")
#: measures whose line is the value of the last year
LEVELS = ("level", "count", "share", "rank")

_SLACK = 0.05
_SHARE = (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target in numbers."""

    id: str
    #: ids of unit and indicator in the catalogue
    unit: str
    indicator: str
    #: level share growth_annual growth_yoy growth_total cumulative count rank
    measure: str
    #: in `measure_unit`; growth in per cent
    line: float
    #: ge le eq approx
    bound: str
    #: which way is better; None where neither is
    upward: bool | None
    measure_unit: str
    #: base year and year that the target is due in
    start: int
    end: int
    #: value of the base year, where the plan states it
    base: float | None
    #: 约束性, not 预期性
    binding: bool
    #: lowest and highest possible value
    limits: tuple[float, float] | None = None
    name: str = ""
    facets: tuple[str, ...] = ()
    plan: str = ""
    #: the indicator's kind, how months make a year, how parts make the whole, kind of growth
    kind: str = "flow"
    time_agg: str = "sum"
    agg: str = "sum"
    growth: str = "none"
    #: the line as the document prints it, and its decimals
    printed: str = ""
    decimals: int = 0
    cautions: tuple[Remark, ...] = ()

    @property
    def is_growth(self) -> bool:
        """True where the line is a rate."""
        return self.measure in GROWTH

    @property
    def is_allowance(self) -> bool:
        """True for a total that must not be exceeded (总量控制)."""
        return self.measure == "cumulative" and self.upward is False

    @property
    def years(self) -> int:
        """Years from base to due year."""
        return self.end - self.start

    @property
    def index(self) -> float:
        """For growth: what 100 in the base year has to become by the due year."""
        if self.measure == "growth_annual":
            return float(100 * (1 + self.line / 100) ** self.years)
        return 100 + self.line

    def met_by(self, value: float) -> bool | None:
        """Whether a value of the due year reaches the line; None where no side is better.

        ``approx`` (左右) gives five per cent, as in the verdicts.
        """
        slack = abs(self.line) * _SLACK if self.bound == "approx" else 0.0
        slack += 1e-9 * max(1.0, abs(self.line))
        if self.upward is None:
            return abs(value - self.line) <= slack if self.bound == "approx" else None
        return value >= self.line - slack if self.upward else value <= self.line + slack

    def rate_at(self, index: float, years: float) -> float:
        """What an index (base 100) after so many years is as growth of this goal's kind."""
        if self.measure == "growth_annual" and years > 0:
            return float((max(index, 0.0) / 100) ** (1 / years) - 1) * 100
        return index - 100

    @property
    def thing(self) -> tuple[str, str, tuple[str, ...], str, int]:
        """What two targets must not both be for."""
        return self.unit, self.indicator, tuple(sorted(self.facets)), self.measure, self.end

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "id": self.id,
            "unit": self.unit,
            "indicator": self.indicator,
            "name": self.name,
            "facets": list(self.facets),
            "measure": self.measure,
            "line": self.line,
            "bound": self.bound,
            "upward": self.upward,
            "measure_unit": self.measure_unit,
            "start": self.start,
            "end": self.end,
            "base": self.base,
            "binding": self.binding,
            "limits": list(self.limits) if self.limits else None,
            "plan": self.plan,
            "printed": self.printed,
        }


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something that cannot be computed, and why."""

    id: str
    reasons: tuple[Remark, ...]


def goal_of(
    target: PackTarget, catalogue: Catalogue, plan: PlanRef | None = None
) -> Goal | Unclear:
    """The goal of a plan's target; ``plan`` gives base year and span where the target has none."""
    if not target.period:
        return Unclear(target.id, (because("no_deadline"),))
    period = periods.parse(target.period)
    whole_base = periods.parse(target.base_period) if target.base_period else None
    start = period.first_year - 1
    if target.measure == "growth_yoy":
        start = period.last_year - 1
    elif target.measure == "cumulative" and period.kind == "span":
        start = period.first_year - 1
    elif whole_base is not None:
        start = whole_base.last_year
    elif plan is not None:
        start = plan.base
    base = target.base.printed if target.base is not None else ""
    beside = target.growth.printed if target.growth is not None else ""
    total = whole_base is not None and whole_base.kind == "span"
    return settle(
        target.id,
        unit=target.unit,
        indicator=catalogue.indicator(target.indicator),
        measure=target.measure,
        value=target.figure.printed,
        measure_unit=target.measure_unit,
        bound=target.bound,
        start=start,
        end=period.last_year,
        base=base,
        base_total=target.base_period if total else "",
        nature=target.nature,
        facets=target.facets,
        name=target.name,
        plan=target.plan,
        span=(plan.start, plan.end) if plan is not None else None,
        growth_beside=beside,
    )


def settle(
    id: str,
    *,
    unit: str,
    indicator: Indicator | None,
    measure: str,
    value: str,
    measure_unit: str,
    bound: str,
    start: int,
    end: int,
    base: str = "",
    base_total: str = "",
    nature: str = "expected",
    facets: Sequence[str] = (),
    name: str = "",
    plan: str = "",
    span: tuple[int, int] | None = None,
    growth_beside: str = "",  # the yearly rate that the plan states with a level
) -> Goal | Unclear:
    """A goal out of digits as printed; ``base_total``: the years that ``base`` is a total of."""
    said = f"{value}{measure_unit}"
    limits = _SHARE if measure == "share" and measure_unit == "%" else None
    line = _in_percent(_number(value), measure_unit) if measure in GROWTH else _number(value)
    if indicator is None:
        return Unclear(id, (because("no_indicator"),))
    wrong = _senseless(line, said, measure, limits, start, end)
    if line is None or wrong:
        return Unclear(id, wrong)
    start_value, cautions = _base(base, measure, measure_unit, base_total, limits)
    cautions += _outside(end, span)
    if measure in ("level", "count"):
        cautions += _beside(start_value, line, growth_beside, end - start, indicator.growth)
    return Goal(
        id=id,
        unit=unit,
        indicator=indicator.id,
        measure=measure,
        line=line,
        bound=bound,
        upward=_upward(bound, indicator.direction, measure),
        measure_unit="%" if measure in GROWTH else measure_unit,
        start=start,
        end=end,
        base=start_value,
        binding=nature == "binding",
        limits=limits,
        name=name or indicator.name,
        facets=tuple(facets),
        plan=plan,
        kind=indicator.kind,
        time_agg=indicator.time_agg,
        agg=indicator.agg,
        growth=indicator.growth,
        printed=said,
        decimals=len(value.partition(".")[2]),
        cautions=tuple(cautions),
    )


def _senseless(
    line: float | None,
    said: str,
    measure: str,
    limits: tuple[float, float] | None,
    start: int,
    end: int,
) -> tuple[Remark, ...]:
    """Why no progress towards such a line can be measured; empty where it can."""
    if line is None:
        return (because("no_line", value=said),)
    if not end:
        return (because("no_deadline"),)
    if end <= start:
        return (because("ends_before", start=str(start), end=str(end)),)
    if limits is not None and not limits[0] <= line <= limits[1]:
        return (because("share_beyond", value=said),)
    if measure in GROWTH and line <= -100:
        return (because("fall_beyond", value=said),)
    return ()


def _base(
    base: str,
    measure: str,
    measure_unit: str,
    base_total: str,
    limits: tuple[float, float] | None,
) -> tuple[float | None, list[Remark]]:
    """The base as a starting point, or why it is none."""
    value = None if measure in GROWTH else _number(base)
    if value is None:
        return None, []
    said = f"{base}{measure_unit}"
    if base_total:
        return None, [because("base_total", value=said, period=base_total)]
    if limits and not limits[0] <= value <= limits[1]:
        return None, [because("base_beyond", value=said)]
    return value, []


def _outside(end: int, span: tuple[int, int] | None) -> list[Remark]:
    """Whether a target is due in a year that its plan does not cover."""
    if span is None or span[0] <= end <= span[1]:
        return []
    return [because("outside_plan", end=str(end), plan=f"{span[0]}-{span[1]}")]


def _beside(base: float | None, line: float, stated: str, years: int, growth: str) -> list[Remark]:
    """What a level asks for a year, beside the rate stated with it (价格口径)."""
    rate = _number(stated)
    if rate is None or base is None or min(base, line) <= 0:
        return []
    implied = ((line / base) ** (1 / years) - 1) * 100
    said = {"rate": f"{stated}%", "implied": f"{implied:.1f}%"}
    if growth == "real":
        return [because("real_beside", **said)]
    within_rounding = abs(implied - rate) <= 0.5 * 10.0 ** -len(stated.partition(".")[2])
    return [] if within_rounding else [because("rate_beside", **said)]


def doubles(goals: Iterable[Goal]) -> dict[str, Remark]:
    """Goals that are not the only one for their thing: id → what else there is."""
    same: dict[object, list[Goal]] = defaultdict(list)
    for goal in goals:
        same[goal.thing].append(goal)
    found: dict[str, Remark] = {}
    for alike in same.values():
        for goal in alike if len(alike) > 1 else ():
            others = "、".join(f"{one.id} {one.printed}" for one in alike if one.id != goal.id)
            found[goal.id] = because("two_targets", others=others)
    return found


def unit_changes(goal: Goal, memberships: Iterable[Membership]) -> tuple[Remark, ...]:
    """Whether the unit was split, merged or moved between base and due year (区划调整)."""
    changes: list[str] = []
    for one in memberships:
        if goal.unit not in (one.unit, one.parent):
            continue
        for day, sign in ((one.since, "+"), (one.until, "−")):
            if day and goal.start < int(day[:4]) <= goal.end:
                other = one.parent if one.unit == goal.unit else one.unit
                changes.append(f"{day} {sign}{other}")
    return (because("unit_changed", change="、".join(changes)),) if changes else ()


def as_target(goal: Goal) -> PackTarget:
    """The goal as the ledger of observed values takes it, to find what compares with it."""
    line = Decimal(str(goal.line))
    return PackTarget(
        id=goal.id,
        plan=goal.plan,
        unit=goal.unit,
        indicator=goal.indicator,
        name=goal.name,
        facets=goal.facets,
        measure=goal.measure,
        figure=Figure(line, f"{line}"),
        measure_unit=goal.measure_unit,
        bound=goal.bound,
        period=str(goal.end),
        base=None,
        base_period=str(goal.start),
        growth=None,
        growth_bound="",
        nature="binding" if goal.binding else "expected",
        place="",
        row="",
        note="",
    )


def with_base(goal: Goal, value: float, said: Remark) -> Goal:
    """The goal with a base that was observed, which is said."""
    return replace(goal, base=value, cautions=(*goal.cautions, said))


def _upward(bound: str, direction: str, measure: str) -> bool | None:
    if bound in ("ge", "le"):
        return bound == "ge"
    if measure == "rank":
        return False
    return {"up": True, "down": False}.get(direction)


def _in_percent(value: float | None, unit: str) -> float | None:
    """Growth in per cent: 翻 n 番 is 2ⁿ times the base, n 倍 is n times it."""
    if value is None:
        return None
    if unit == "番":
        return float((2**value - 1) * 100)
    if unit == "倍":
        return (value - 1) * 100
    return value


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return float(number) if number.is_finite() else None
