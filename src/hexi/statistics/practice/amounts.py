"""What practice enterprises would truly have to report (演练真值): a year at a time, to the cent.

Every year has a sum for each zone (the base year's is the published one, see `anchors`); it is
shared out over the zone's enterprises by size, exactly, and over the months by season and chance,
exactly too: amounts are whole hundredths, and a month is the difference of two rounded sums since
January. Items that are no zone's published figure follow from revenue by usual ratios.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from hexi.statistics.practice.anchors import BASE_YEAR, Anchors
from hexi.statistics.practice.register import Number, Population, Whole

__all__ = ["ITEMS", "MONTHLY", "Year", "grown", "make_year"]

Mask = npt.NDArray[np.bool_]
Who = Literal["all", "industry", "trade", "coal", "gas"]

#: growth a year of every zone's sums
_GROWTH: Final = 1.07
#: output of a month beside an even year: a slow spring festival, a hurried December
_SEASON: Final = (0.86, 0.74, 1.04, 1.0, 1.02, 1.06, 0.98, 0.98, 1.04, 1.03, 1.05, 1.2)
#: item of the monthly return -> (share of revenue in its own unit, spread, who reports it)
ITEMS: Final[dict[str, tuple[float, float, Who]]] = {
    "output": (0.98, 0.08, "industry"),
    "output_new": (0.12, 0.6, "industry"),
    "sales_value": (0.95, 0.08, "industry"),
    "export_delivery": (0.1, 0.6, "trade"),
    "revenue_main": (0.96, 0.02, "all"),
    "cost": (0.83, 0.05, "all"),
    "profit": (0.05, 0.5, "all"),
    "tax_vat": (0.03, 0.4, "all"),
    "tax_income": (0.012, 0.5, "all"),
    "tax_other": (0.006, 0.4, "all"),
    "wages": (0.06, 0.3, "all"),
    "electricity": (0.05, 0.8, "all"),
    "coal": (0.3, 1.0, "coal"),
    "gas": (0.004, 0.8, "gas"),
    "energy": (0.25, 0.9, "all"),
    "water": (2.0, 0.8, "all"),
    "export": (0.015, 0.6, "trade"),
    "import_value": (0.01, 0.8, "trade"),
}
_PER_HEAD: Final = 90.0
#: order of the monthly return
MONTHLY: Final = ("revenue", *ITEMS, "tax", "employees", "employees_average")


@dataclass(frozen=True)
class Year:
    """True amounts of one year; hundredths of each item's unit, one entry an enterprise."""

    year: int
    #: item -> amount of the whole year
    annual: dict[str, Whole]
    #: share of the year up to the end of each month, from 0 to 1; shape (13, enterprises)
    passed: Number
    #: who is there in a month; shape (12, enterprises)
    alive: Mask
    heads: Number
    who: dict[Who, Mask]

    @cached_property
    def there(self) -> Mask:
        """Who is there in some month."""
        found: Mask = np.any(self.alive, axis=0)
        return found

    def reports(self, item: str) -> Mask:
        """Who has the item on the form at all; others have no row, which is not a zero."""
        return self.who[ITEMS[item][2]] if item in ITEMS else self.who["all"]

    def month(self, item: str, month: int) -> Whole:
        """Amounts of a month, 0 being January."""
        if item in ("employees", "employees_average"):
            swing = 0.97 + 0.005 * (month if item == "employees" else max(month - 1, 0))
            return np.rint(self.heads * swing).astype(np.int64) * 100
        if item == "tax":
            return sum(
                (self.month(part, month) for part in ("tax_vat", "tax_income", "tax_other")),
                np.zeros(len(self.heads), np.int64),
            )
        amount = self.annual[item]
        now = np.rint(amount * self.passed[month + 1]) - np.rint(amount * self.passed[month])
        found: Whole = now.astype(np.int64)
        if item == "revenue_main":
            return np.minimum(found, self.month("revenue", month))
        return found


def make_year(people: Population, anchors: Anchors, year: int, seed: int) -> Year:
    """True amounts of a year; the same for the same seed, whatever else was made before."""
    dice = np.random.default_rng([seed, 2, year])
    count = len(people)
    months = year * 100 + np.arange(1, 13)
    alive = (people.since <= months[:, None]) & (months[:, None] < people.until)
    size = people.size * np.exp(_drift(count, year, seed))
    noise = dice.uniform(0.85, 1.15, (12, count))
    weight = np.array(_SEASON)[:, None] * noise * alive
    passed = np.zeros((13, count))
    np.cumsum(weight, axis=0, out=passed[1:])
    whole = passed[-1].copy()
    passed /= np.where(whole > 0, whole, 1)
    passed[-1][whole > 0] = 1.0
    size = size * whole
    who = _who(people, seed)

    def shared(indicator: str, weight: Number) -> Whole:
        return _share_out(grown(anchors, indicator, year), people.zone, weight)

    annual = {"revenue": shared("sales", size)}
    for item, (share, spread, kind) in ITEMS.items():
        own = share * np.exp(dice.normal(0.0, spread, count) - spread**2 / 2)
        if item == "revenue_main":
            own = np.minimum(own, 1.0)
        annual[item] = np.rint(annual["revenue"] * own * who[kind]).astype(np.int64)
    losing = dice.random(count) < 0.12
    annual["profit"][losing] *= -1
    annual["value_added"] = shared("va_ind", size * who["industry"])
    annual["investment"] = shared("fai", size * (dice.random(count) < 0.4) + size * 1e-3)
    heads = np.maximum(annual["revenue"] / 100 / _PER_HEAD, 1.0)
    heads = heads / np.where(whole > 0, whole / 12, 1)
    return Year(year, annual, passed, alive, heads, who)


def grown(anchors: Anchors, indicator: str, year: int) -> Whole:
    """The sum of each zone in a year, in hundredths: the base year's, grown or shrunk evenly."""
    growth = _GROWTH ** (year - BASE_YEAR)
    return np.array([round(amount * growth) for amount in anchors.amounts(indicator)], np.int64)


def _drift(count: int, year: int, seed: int) -> Number:
    """How far enterprises have grown apart since the base year; a logarithm."""
    found = np.zeros(count)
    for passed in range(BASE_YEAR + 1, year + 1):
        found += np.random.default_rng([seed, 3, passed]).normal(0.0, 0.12, count)
    return found


def _who(people: Population, seed: int) -> dict[Who, Mask]:
    dice = np.random.default_rng([seed, 4])
    count, industry = len(people), people.industrial
    return {
        "all": np.ones(count, bool),
        "industry": industry,
        "trade": industry & (dice.random(count) < 0.15),
        "coal": industry & (dice.random(count) < 0.3),
        "gas": industry & (dice.random(count) < 0.5),
    }


def _share_out(sums: Whole, zone: Whole, weight: Number) -> Whole:
    """Each zone's sum over its enterprises by weight; what rounding leaves goes to the largest."""
    whole = np.bincount(zone, weight, len(sums))
    part = np.floor(sums[zone] * weight / np.where(whole > 0, whole, 1)[zone]).astype(np.int64)
    given = np.zeros(len(sums), np.int64)
    np.add.at(given, zone, part)
    order = np.lexsort((weight, zone))
    last = np.flatnonzero(np.r_[np.diff(zone[order]) != 0, True][: len(zone)])
    largest = order[last]
    part[largest] += (sums - given)[zone[largest]]
    return part
