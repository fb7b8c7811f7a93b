"""Words of a plan's exports (登记导出用语): measures, bounds, kinds in Chinese and English."""

from __future__ import annotations

from decimal import Decimal

from hexi.plans.register import Amount, Plan
from hexi.reports.audit_report import Language

__all__ = ["BOUNDS", "KINDS", "LEVELS", "MEASURES", "MODALITIES", "NATURES", "figure", "horizon"]

Pair = tuple[str, str]

MEASURES: dict[str, Pair] = {
    "level": ("水平", "level"),
    "share": ("比重", "share"),
    "growth_annual": ("年均增速", "mean annual growth"),
    "growth_yoy": ("同比增速", "growth on the year before"),
    "growth_total": ("期间变化", "change over the period"),
    "cumulative": ("累计", "cumulative"),
    "count": ("数量", "count"),
    "rank": ("位次", "rank"),
}
MODALITIES: dict[str, Pair] = {
    "actual": ("实际", "actual"),
    "target": ("目标", "target"),
    "threshold": ("标准", "threshold"),
    "other": ("其他", "other"),
}
BOUNDS: dict[str, Pair] = {
    "eq": ("", ""),
    "ge": ("以上", "or more"),
    "le": ("以下", "or less"),
    "approx": ("左右", "about"),
}
NATURES: dict[str, Pair] = {
    "binding": ("约束性", "binding"),
    "expected": ("预期性", "expected"),
    "": ("", ""),
}
LEVELS: dict[str, Pair] = {
    "national": ("国家", "national"),
    "province": ("省级", "province"),
    "city": ("市级", "city"),
    "county": ("县级", "county"),
    "zone": ("开发区", "zone"),
    "park": ("园区", "park"),
    "": ("", ""),
}
KINDS: dict[str, Pair] = {
    "general": ("总体规划", "general plan"),
    "special": ("专项规划", "special plan"),
    "zone": ("开发区规划", "zone plan"),
    "trade": ("外经贸规划", "trade plan"),
    "spatial": ("空间规划", "spatial plan"),
    "action": ("行动方案", "action plan"),
}


def figure(amount: Amount | None, language: Language = "zh") -> str:
    """A figure with its unit and bound as a person writes it: 3100亿元以上."""
    if amount is None:
        return ""
    number = plain(amount.value)
    bound = BOUNDS[amount.bound][1 if language == "en" else 0]
    if language == "en":
        words = f"{number}{'' if amount.unit == '%' else ' '}{amount.unit}"
        return f"{words} {bound}".strip()
    return f"{number}{amount.unit}{bound}"


def plain(value: Decimal) -> str:
    """Digits without exponent; the decimals that were read are kept."""
    return f"{value:f}"


def horizon(plan: Plan) -> str:
    """2016—2020, with the year it looks out to."""
    start, end, outlook = plan.horizon.start, plan.horizon.end, plan.horizon.outlook
    years = "—".join(str(year) for year in (start, end) if year is not None)
    if start is not None and start == end:
        years = str(start)
    return f"{years}（{outlook}）" if outlook else years
