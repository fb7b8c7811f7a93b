"""Fences among peers (同类企业的通常范围): how far from its peers a figure is far.

Figures of enterprises are skewed and full of zeros, so a mean and its deviation say little. Here
the logarithms of figures above zero are taken among peers: enterprises of one industry (大类) and
size, zones of one type and level. The fence lies so many median absolute deviations (MAD, scaled
by 1.4826 to a normal deviation) from the median. Peers are those of the same period; where there
are fewer than the pack asks for, those of the period before; where these are too few too, there is
no fence and so no verdict. A narrow group is treated as if it varied by a tenth, so that alike
peers do not make a slip of a per cent an outlier.

A fence has two significant digits, rounded away from the median: it says what is usual, and no
peer's own figure can be worked out from it. Fences are decimals: every place that checks with
them comes to the same verdict.
"""

# ruff: noqa: S608 - SQL is put together from our own words; texts are quoted

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from hexi.statistics.checking.sources import Source
from hexi.warehouse.engines import Dialect

__all__ = ["PEERS", "fences_sql", "peer_sources", "peers_of"]

_NORMAL: Final = 1.4826
#: ln(1.1): the least deviation that a group is taken to have
_LEAST: Final = 0.0953
#: no figure of a return is larger
_LARGEST: Final = 99_999_999_999_999

#: the group of a reporter from its fields of the register; null where the register does not say
PEERS: Final = (
    "CASE WHEN industry IS NOT NULL THEN substr(industry, 1, 3) || '/' || size"
    " ELSE zone_type || '/' || level END"
)


def peers_of(facts: Mapping[str, object]) -> str | None:
    """The same group from a reporter's fields in Python."""
    industry = facts.get("industry")
    parts = (
        (str(industry)[:3], facts.get("size"))
        if industry is not None
        else (facts.get("zone_type"), facts.get("level"))
    )
    return None if None in parts else "/".join(map(str, parts))


def peer_sources(sources: Iterable[Source]) -> list[Source]:
    """The fences that rules read."""
    return [s for s in dict.fromkeys(sources) if s.kind in ("peers_low", "peers_high")]


def fences_sql(
    wanted: Iterable[tuple[int, str]], figures: str, dialect: Dialect, *, fewest: int
) -> str:
    """A SELECT of peers, item, far, low, high.

    Args:
        wanted: numbers of items, each with the multiple of the deviation that is far.
        figures: table or sub-select in brackets of item, peers, period and value; the newer of two
            periods counts where it has enough figures.
        dialect: of the engine that will run it.
        fewest: figures that a group needs before it has a fence.
    """
    listed = " UNION ALL ".join(
        f"SELECT {dialect.integer(str(item))} AS item, {dialect.text(far)} AS far,"
        f" {dialect.double(far)} AS times"
        for item, far in sorted(set(wanted))
    )
    if not listed:
        return (
            f"SELECT {dialect.text('')} AS peers, 0 AS item, {dialect.text('')} AS far,"
            f" {dialect.decimal('NULL', 18, 4)} AS low, {dialect.decimal('NULL', 18, 4)} AS high"
            " WHERE 1 = 0"
        )
    logs = (
        f"SELECT item, peers, period, ln({dialect.double('value')}) AS figure FROM {figures} AS f"
        " WHERE value > 0 AND peers IS NOT NULL"
    )
    middles = (
        f"SELECT item, peers, period, {dialect.median('figure')} AS middle FROM ({logs}) AS l"
        f" GROUP BY item, peers, period HAVING count(*) >= {fewest}"
    )
    newest = (
        "SELECT item, peers, period, middle,"
        " row_number() OVER (PARTITION BY item, peers ORDER BY period DESC) AS place"
        f" FROM ({middles}) AS m"
    )
    groups = (
        "SELECT l.item AS item, l.peers AS peers, max(n.middle) AS middle,"
        f" greatest({_NORMAL} * {dialect.median('abs(l.figure - n.middle)')},"
        f" {dialect.double(str(_LEAST))}) AS spread"
        f" FROM ({logs}) AS l JOIN ({newest}) AS n"
        " ON n.item = l.item AND n.peers = l.peers AND n.period = l.period"
        " WHERE n.place = 1 GROUP BY l.item, l.peers"
    )
    fences = (
        "SELECT p.peers AS peers, p.item AS item, w.far AS far,"
        f" {_bound('-', dialect)} AS low, {_bound('+', dialect)} AS high"
        f" FROM ({groups}) AS p JOIN ({listed}) AS w ON w.item = p.item"
    )
    low, high = (
        _coarse(side, word, dialect) for side, word in (("low", "floor"), ("high", "ceil"))
    )
    return f"SELECT peers, item, far, {low} AS low, {high} AS high FROM ({fences}) AS b"


def _bound(sign: str, dialect: Dialect) -> str:
    """A fence, within what a return can say."""
    least, most = dialect.double("0.0001"), dialect.double(str(_LARGEST))
    return f"least(greatest(exp(p.middle {sign} w.times * p.spread), {least}), {most})"


def _coarse(side: str, word: str, dialect: Dialect) -> str:
    """Two significant digits, away from the median; no finer than a figure is kept.

    Counted in ten-thousandths, as whole numbers: engines turn doubles into decimals each in its
    own way.
    """
    unit = f"greatest(round(pow(10, floor(log10({side})) + 3)), {dialect.double('1')})"
    parts = dialect.decimal(f"{word}({side} * 10000 / {unit}) * {unit}", 38, 0)
    tenth = dialect.decimal(dialect.text("0.0001"), 38, 4)
    largest = dialect.decimal(str(_LARGEST), 38, 4)
    return dialect.decimal(f"least({parts} * {tenth}, {largest})", 18, 4)
