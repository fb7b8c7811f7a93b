"""The oracle (独立核算): the same figures by other code, in Polars and exact fractions.

It expands every fact to every unit it counted in that month and adds up; nothing of the engine is
used, neither its strands nor its stages. Figures are then put together by hand from those sums.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import polars as pl

from hexi.statistics.indicators import Item
from tests.statistics.indicators.worlds import EDGES, ITEMS, LISTS, MEMBERS, PRICE, ROWS, Fact

Figure = Fraction | None
_SCALE = 10_000


def back(period: int, months: int) -> int:
    month = period // 100 * 12 + period % 100 - 1 - months
    return month // 12 * 100 + month % 12 + 1


def divided(one: Figure, two: Figure) -> Figure:
    return None if one is None or not two else one / two


def grown(now: Figure, then: Figure) -> Figure:
    return None if now is None or then is None or then <= 0 else (now - then) / then


@dataclass(frozen=True)
class Sums:
    """What the reporters of one unit returned of one item in one month."""

    total: Figure
    n: int
    high: Figure
    stated_now: Figure
    stated_then: Figure
    stated_n: int
    matched_now: Figure
    matched_then: Figure
    matched_n: int


EMPTY = Sums(None, 0, None, None, None, 0, None, None, 0)


class Oracle:
    """Sums of a world, by unit, month and item; ``boundaries`` lays one month's tree over all."""

    def __init__(
        self,
        facts: list[Fact],
        boundaries: int | None = None,
        members: list[tuple[int, ...]] | None = None,
        edges: list[tuple[int, ...]] | None = None,
    ) -> None:
        self._members, self._edges = members or MEMBERS, edges or EDGES
        self._boundaries = boundaries
        rows = [
            {
                "reporter": fact.reporter,
                "period": fact.period,
                "item": fact.item,
                "value": int(fact.value * _SCALE),
                "prior": None if fact.prior is None else int(fact.prior * _SCALE),
            }
            for fact in [*(f for f in facts if not f.facet), *rows_by_reporter(facts)]
        ]
        self._indices = {(f.period, f.reporter): f.value for f in facts if f.item == PRICE}
        kinds = {"reporter": pl.Int64, "period": pl.Int64, "item": pl.String}
        frame = pl.DataFrame(rows, schema=kinds | {"value": pl.Int64, "prior": pl.Int64})
        frame = pl.concat([frame, self._months(frame)])
        placed = self._placed(frame)
        last = frame.select(
            "reporter", "item", pl.col("period") + 100, pl.col("value").alias("then")
        )
        joined = placed.join(last, on=["reporter", "item", "period"], how="left")
        stated, matched = pl.col("prior").is_not_null(), pl.col("then").is_not_null()
        sums = joined.group_by("unit", "period", "item").agg(
            pl.col("value").sum().alias("total"),
            pl.len().alias("n"),
            pl.col("value").max().alias("high"),
            pl.col("value").filter(stated).sum().alias("stated_now"),
            pl.col("prior").filter(stated).sum().alias("stated_then"),
            stated.sum().alias("stated_n"),
            pl.col("value").filter(matched).sum().alias("matched_now"),
            pl.col("then").filter(matched).sum().alias("matched_then"),
            matched.sum().alias("matched_n"),
        )
        self.sums: dict[tuple[int, int, str], Sums] = {}
        for row in sums.iter_rows(named=True):
            self.sums[row["unit"], row["period"], row["item"]] = _sums(row)
        self.cells = sorted({(unit, period) for unit, period, _item in self.sums})

    def _months(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Single months of what is reported to date, as items of their own (``cum'``)."""
        found = []
        known = {
            (r["reporter"], r["period"], r["item"]): r
            for r in frame.iter_rows(named=True)
            if line_of(r["item"]).reported == "to_date"
        }
        for (reporter, period, item), row in known.items():
            before = known.get((reporter, period - 1, item))
            if period % 100 == 1:
                found.append(row | {"item": item + "'"})
            elif before is not None:
                both = row["prior"] is not None and before["prior"] is not None
                prior = row["prior"] - before["prior"] if both else None
                month = {"value": row["value"] - before["value"], "prior": prior}
                found.append(row | {"item": item + "'"} | month)
        return pl.DataFrame(found, schema=frame.schema)

    def _placed(self, frame: pl.DataFrame) -> pl.DataFrame:
        pairs = frame.select("reporter", "period").unique()
        rows = [
            {"reporter": reporter, "period": period, "unit": unit}
            for reporter, period in pairs.iter_rows()
            for unit in self.units_of(reporter, period)
        ]
        kinds = {"reporter": pl.Int64, "period": pl.Int64, "unit": pl.Int64}
        return frame.join(pl.DataFrame(rows, schema=kinds), on=["reporter", "period"])

    def units_of(self, reporter: int, period: int) -> list[int]:
        """Every unit a reporter counts in: its home in the month and all above it."""
        stays = sorted(m[1:] for m in self._members if m[0] == reporter)
        stays = sorted(stays, key=lambda stay: stay[1])
        if not stays or not stays[0][1] <= period < stays[-1][2]:
            return []
        at = self._boundaries or period
        if self._boundaries is not None:
            # a home that opened later or closed earlier is still where it was
            at = min(max(at, stays[0][1]), back(stays[-1][2], 1))
        homes = [unit for unit, since, until in stays if since <= at < until]
        return [homes[0], *self.above(homes[0], period)] if homes else []

    def above(self, unit: int, period: int) -> list[int]:
        """Parents from the nearest to the top."""
        at, found = self._boundaries or period, []
        while True:
            ups = [p for u, p, since, until in self._edges if u == unit and since <= at < until]
            if not ups:
                return found
            unit = ups[0]
            found.append(unit)

    def at(self, unit: int, period: int, item: str) -> Sums:
        return self.sums.get((unit, period, item), EMPTY)

    def amount(self, item: str, measure: str, window: str, unit: int, period: int) -> Figure:
        """A figure of an item in a window: of the period or of the year to date."""
        line = line_of(item)
        if measure == "real":
            return self._real(item, window, unit, period)
        if line.reported == "to_date" and window == "period":
            item += "'"
        if window == "period" or line.over_time in ("last", "none") or line.reported == "to_date":
            return self._whole(unit, period, item, measure)
        year = [period // 100 * 100 + m for m in range(1, period % 100 + 1)]
        if self._whole(unit, period, item, measure) is None:
            return None
        found = [s for p in year if (s := self._whole(unit, p, item, measure)) is not None]
        if line.over_units == "average":
            each = [self.at(unit, p, item) for p in year]
            return divided(
                sum((s.total for s in each if s.total is not None), Fraction(0)),
                Fraction(sum(s.n for s in each)),
            )
        whole = sum(found, Fraction(0))
        return whole / len(found) if line.over_time == "average" else whole

    def _whole(self, unit: int, period: int, item: str, measure: str) -> Figure:
        sums = self.at(unit, period, item)
        line = line_of(item)
        if line.over_units == "average":
            return divided(sums.total, Fraction(sums.n))
        if line.over_units == "max":
            return sums.high
        figure: Figure = getattr(sums, measure)
        return figure

    def price(self, unit: int, period: int) -> Figure:
        """The index of a unit, else of the nearest above it; none where it is disputed."""
        for up in (unit, *self.above(unit, period)):
            said = {
                value
                for (when, reporter), value in self._indices.items()
                if when == period
                and any(m[:2] == (reporter, up) and m[2] <= when < m[3] for m in self._members)
            }
            if said:
                return Fraction(said.pop()) if len(said) == 1 else None
        return None

    def _real(self, item: str, window: str, unit: int, period: int) -> Figure:
        """A figure at last year's prices: month by month, unknown where an index is missing."""
        if not line_of(item).deflator:
            return self.amount(item, "total", window, unit, period)
        first = period // 100 * 100 + 1 if window == "ytd" else period
        if self.at(unit, period, item).total is None:
            return None
        months = [p for p in range(first, period + 1) if self.at(unit, p, item).total is not None]
        each = [(self.at(unit, p, item).total, self.price(unit, p)) for p in months]
        if any(price is None for _total, price in each):
            return None
        return sum((total / price * 100 for total, price in each), Fraction(0))  # type: ignore[operator, misc]

    def sides(
        self, figure: Callable[[str, int, int], Figure], basis: str, unit: int, period: int
    ) -> tuple[Figure, Figure]:
        """A figure now and a year before; ``figure`` takes measure, unit and period."""
        if basis == "nominal":
            return figure("total", unit, period), figure("total", unit, back(period, 12))
        if basis == "comparable":
            return figure("real", unit, period), figure("total", unit, back(period, 12))
        prefix = "stated" if basis == "restated" else "matched"
        return figure(f"{prefix}_now", unit, period), figure(f"{prefix}_then", unit, period)


def line_of(item: str) -> Item:
    """The item of a line: ``cum'`` is the single month of one, ``part:some`` rows of one."""
    return ITEMS[item.removesuffix("'").partition(":")[0]]


def rows_by_reporter(facts: list[Fact]) -> list[Fact]:
    """Rows by class as one fact a reporter: of all classes, of a list, of class 3."""
    found: list[Fact] = []
    of = {"*": set(range(1, 100)), "some": set(LISTS["some"].classes), "3": {3}}
    for name, classes in of.items():
        groups: dict[tuple[int, int, str], list[Fact]] = {}
        for f in facts:
            if f.item in ROWS and f.facet in classes:
                groups.setdefault((f.period, f.reporter, f"{f.item}:{name}"), []).append(f)
        for (period, reporter, item), each in groups.items():
            priors = [f.prior for f in each if f.prior is not None]
            prior = sum(priors) if len(priors) == len(each) else None
            found.append(Fact(period, reporter, item, sum(f.value for f in each), prior))  # type: ignore[arg-type]
    return found


def _sums(row: dict[str, int]) -> Sums:
    def scaled(name: str, n: str) -> Figure:
        return Fraction(row[name], _SCALE) if row[n] else None

    return Sums(
        scaled("total", "n"),
        row["n"],
        scaled("high", "n"),
        scaled("stated_now", "stated_n"),
        scaled("stated_then", "stated_n"),
        row["stated_n"],
        scaled("matched_now", "matched_n"),
        scaled("matched_then", "matched_n"),
        row["matched_n"],
    )


@cache
def printed(value: Fraction, decimals: int) -> float:
    """Half away from zero, by whole numbers."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return float(Fraction(whole if value >= 0 else -whole, 10**decimals)) + 0.0
