"""Bases of comparison (增速口径): on which of them an item has growth.

As respondents restate the year before (上年同期), over those present in both years (同口径), of
totals (名义), or of totals at the prices of the year before (可比价).
"""

from __future__ import annotations

from typing import Final

from hexi.quantities import units
from hexi.statistics.indicators.definitions import Item
from hexi.statistics.indicators.refusal import refuse

__all__ = ["on_basis"]

#: dimensions that have prices
_MONEY: Final = frozenset({"CNY", "USD"})


def on_basis(at: int, basis: str, item: Item, *, to_date: bool) -> None:
    """Whether an item can be compared on a basis, else DefinitionError says why it cannot.

    Restated and matched are of sums of what reporters returned for both years; at comparable
    prices (可比价) stands what is measured in money and has a price index (价格指数).
    """
    if basis == "nominal":
        return
    if basis == "comparable":
        _deflated(at, item)
        return
    if item.over_units != "sum":
        refuse(
            at,
            f"{item.code} 不按单位相加，没有 {basis} 口径，增速只能是 nominal",
            f"{item.code} is not a sum over units and has no {basis} basis: nominal only",
        )
    if basis == "matched" and item.reported == "to_date" and not to_date:
        refuse(
            at,
            f"{item.code} 按累计上报，单月没有同口径：写 growth(ytd(…))",
            f"{item.code} is reported to date: no matched basis for a month, use growth(ytd(…))",
        )


def _deflated(at: int, item: Item) -> None:
    """What is in money must have its price index; persons and tonnes have no prices."""
    money = any(name in _MONEY for name, _power in units.parse(item.unit).dimension)
    if not money:
        return
    if not item.deflator:
        refuse(
            at,
            f"{item.code} 没有价格指数（deflator），不能按可比价计算",
            f"{item.code} has no price index (deflator): no growth at comparable prices",
        )
    if item.over_time != "sum" or item.over_units != "sum" or item.reported == "to_date":
        refuse(
            at,
            f"{item.code} 不是逐期上报的流量，没有可比价",
            f"{item.code} is no flow reported by period: it has no comparable prices",
        )
