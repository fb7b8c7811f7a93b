"""Fences among peers (同类企业的通常范围): how far from its peers a figure is far.

Figures of enterprises are skewed and full of zeros, so a mean and its deviation say little. Here
the logarithms of figures above zero are taken within industry and size; the fence lies so many
median absolute deviations (MAD, scaled by 1.4826 to a normal deviation) from the median. A group
with fewer than ten figures has no fence, and a narrow group is treated as if it varied by a tenth,
so that alike peers do not make a slip of a per cent an outlier.

Fences are computed once a period and kept as decimals: every place that checks then compares with
the same figures.
"""

# ruff: noqa: S608 - SQL is put together from our own words; texts are quoted

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hexi.statistics.checking.facts_table import Facts
from hexi.statistics.checking.sources import Source
from hexi.statistics.checking.sql import text_literal

__all__ = ["FEWEST", "fences_sql"]

#: figures that a group needs before it has a fence
FEWEST: Final = 10
_NORMAL: Final = 1.4826
#: ln(1.1): the least deviation that a group is taken to have
_LEAST: Final = 0.0953


def fences_sql(sources: Iterable[Source], form: str, period: int, given: Facts) -> str:
    """A SELECT of reporter, item, far, low, high for the peers that rules read.

    Args:
        sources: of the rules; those that are no fences are passed over.
        form: the form whose figures are compared.
        period: YYYYMM.
        given: facts, and a register with industry and size.
    """
    wanted = {
        (given.items[source.name], source.far)
        for source in sources
        if source.kind in ("peers_low", "peers_high") and source.name in given.items
    }
    if not wanted:
        return (
            "SELECT CAST(NULL AS INTEGER) AS reporter, CAST(NULL AS INTEGER) AS item,"
            " CAST(NULL AS VARCHAR) AS far, CAST(NULL AS DECIMAL(18,4)) AS low,"
            " CAST(NULL AS DECIMAL(18,4)) AS high LIMIT 0"
        )
    listed = ", ".join(f"({item}, {text_literal(far)}, {far})" for item, far in sorted(wanted))
    items = ", ".join(str(item) for item in sorted({item for item, _ in wanted}))
    figures = (
        f"SELECT f.item, g.industry, g.size, ln(CAST(f.value AS DOUBLE)) AS figure"
        f" FROM {given.facts} AS f JOIN {given.register} AS g USING (reporter)"
        f" WHERE f.form = {given.forms[form]} AND f.period = {period} AND f.facet = 0"
        f" AND f.item IN ({items}) AND f.value > 0"
    )
    groups = (
        "SELECT item, industry, size, median(figure) AS middle,"
        f" greatest({_NORMAL} * mad(figure), {_LEAST}) AS spread"
        f" FROM ({figures}) GROUP BY item, industry, size HAVING count(*) >= {FEWEST}"
    )
    low, high = (f"{_bound(sign)} AS {name}" for sign, name in (("-", "low"), ("+", "high")))
    return (
        f"SELECT g.reporter, p.item, w.far, {low}, {high} FROM ({groups}) AS p"
        f" JOIN (VALUES {listed}) AS w(item, far, times) USING (item)"
        f" JOIN {given.register} AS g ON g.industry = p.industry AND g.size = p.size"
    )


def _bound(sign: str) -> str:
    """A fence as a decimal that fits; beyond that there is none in practice."""
    fence = f"exp(p.middle {sign} w.times * p.spread)"
    return f"CAST(least({fence}, 99999999999999) AS DECIMAL(18,4))"
