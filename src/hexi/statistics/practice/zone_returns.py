"""What practice zones report themselves (开发区报表): sums of enterprises, and what only they know.

Sales, value added and investment are the sums of the zone's enterprises, so that the check of a
parent against its children has something to hold; product and fiscal revenue are the published
figures, for which there is no return of an enterprise.
"""

from __future__ import annotations

import numpy as np

from hexi.statistics.practice.amounts import Year, grown
from hexi.statistics.practice.anchors import Anchors
from hexi.statistics.practice.register import Population, Whole

__all__ = ["quarter_rows", "zone_year_rows"]

#: parts of a hundred of a year's fiscal revenue up to the end of each quarter
_PASSED = (0, 22, 48, 73, 100)


def quarter_rows(
    people: Population, anchors: Anchors, year: Year, quarter: int
) -> dict[str, Whole]:
    """Items of the quarterly return, hundredths, one entry a zone; quarter 0 is the first."""
    sales = sum(
        (_by_zone(people, year.month("revenue", 3 * quarter + n)) for n in range(3)),
        np.zeros(len(people.zones), np.int64),
    )
    fiscal = grown(anchors, "fiscal_rev", year.year)
    part = fiscal * _PASSED[quarter + 1] // 100 - fiscal * _PASSED[quarter] // 100
    return {"zone_sales": sales, "zone_fiscal": part}


def zone_year_rows(people: Population, anchors: Anchors, year: Year) -> dict[str, Whole]:
    """Items of the yearly return, hundredths, one entry a zone."""
    return {
        "zone_gdp": grown(anchors, "gdp", year.year),
        "zone_annual_value_added": _by_zone(people, year.annual["value_added"]),
        "zone_annual_sales": _by_zone(people, year.annual["revenue"]),
        "zone_annual_investment": _by_zone(people, year.annual["investment"]),
    }


def _by_zone(people: Population, amount: Whole) -> Whole:
    found = np.zeros(len(people.zones), np.int64)
    np.add.at(found, people.zone, amount)
    return found
