"""Second stage (第二阶段): additive facts rolled up a tree, by month, and made into years to date.

Every unit that a strand counted in that month adds it up, so that a figure of a zone is the sum of
those who belonged to it then; blocks of items are joined into one row a unit and month. All text is
plain SQL; what dialects write differently comes from the engine's hooks.
"""

# ruff: noqa: S608 - SQL is put together from our own words and numbers

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pyarrow as pa

from hexi.statistics.indicators.ir import Leaf, Measure, Window
from hexi.statistics.indicators.pieces import SLOTS, STEP
from hexi.warehouse.engines import Dialect

__all__ = [
    "Columns",
    "clock",
    "dated_stages",
    "rollup_stages",
    "shifted",
]

_OPERATION: dict[str, str] = {"high": "max", "low": "min"}
_COUNTS = frozenset({"n", "stated_n", "matched_n"})
#: end of the name of a column at the prices of the year before
_REAL = "_real"

#: item, the rows of it that count, and whether its single month
Line = tuple[str, str, bool]


@dataclass(frozen=True)
class Columns:
    """Which figure stands in which column of the rolled-up tables."""

    leaves: Sequence[Leaf]
    #: lines in the order of their numbers
    lines: dict[Line, int] = field(init=False)

    def __post_init__(self) -> None:
        lines = dict.fromkeys(map(_line, self.leaves))
        object.__setattr__(self, "lines", {line: i for i, line in enumerate(lines)})

    @cached_property
    def has(self) -> frozenset[Leaf]:
        """Leaves, wherever they look from: distance and place are the third stage's business."""
        return frozenset(map(_here, self.leaves))

    def base(self, leaf: Leaf) -> str:
        """Column of the leaf's figure in the period."""
        name = f"l{self.lines[_line(leaf)]}_{leaf.measure}"
        return name + _REAL if leaf.deflator else name

    def of(self, leaf: Leaf) -> str:
        """Column of the leaf."""
        name = self.base(leaf)
        if leaf.within:
            return f"{name}_{leaf.within}"
        return name if leaf.window == "period" else f"{name}_{leaf.window}"

    @cached_property
    def pairs(self) -> tuple[tuple[int, Measure], ...]:
        """Number of line and measure of every column of the period."""
        found = {(self.lines[_line(leaf)], leaf.measure) for leaf in self.leaves}
        return tuple(sorted(found))

    @cached_property
    def deflated(self) -> tuple[tuple[int, Measure, str], ...]:
        """Number of line, measure and price index of every column at last year's prices."""
        found = {
            (self.lines[_line(leaf)], leaf.measure, leaf.deflator)
            for leaf in self.leaves
            if leaf.deflator
        }
        return tuple(sorted(found))

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Measures that any column has."""
        return tuple(sorted({measure for _line, measure in self.pairs}))

    @cached_property
    def years(self) -> tuple[tuple[str, Measure, Window], ...]:
        """Column of the period, measure and window of every column to date."""
        found = {
            (self.base(leaf), leaf.measure, leaf.window)
            for leaf in self.leaves
            if leaf.window != "period"
        }
        return tuple(sorted(found))

    def cover(self, leaves: Sequence[Leaf]) -> bool:
        """True where every one of the leaves has its column."""
        return self.has.issuperset(map(_here, leaves))

    @cached_property
    def carried(self) -> dict[int, tuple[str, ...]]:
        """Columns carried forward, by the months they hold."""
        found: dict[int, set[str]] = {}
        for leaf in self.leaves:
            if leaf.within:
                found.setdefault(leaf.within, set()).add(self.base(leaf))
        return {within: tuple(sorted(names)) for within, names in sorted(found.items())}


def _line(leaf: Leaf) -> Line:
    return leaf.item, leaf.rows, leaf.step


def _here(leaf: Leaf) -> Leaf:
    return replace(leaf, back=0, opening=False, scope="own")


def _together(sql: Dialect, measure: str, value: str) -> str:
    """Parts of a measure as one."""
    if measure in _OPERATION:
        return f"{_OPERATION[measure]}({value})"
    return sql.integer(f"sum({value})") if measure in _COUNTS else sql.sum_decimal(value)


def rollup_stages(
    sql: Dialect,
    columns: Columns,
    numbers: Mapping[tuple[str, str], int],
    facts: str,
    prefix: str,
) -> list[tuple[str, str]]:
    """Names and texts of the stages from additive facts to one row a unit and month.

    ``numbers`` are those of items with the rows that count of them; an item that nobody ever
    returned has none. ``facts`` stands after FROM; ``{prefix}closure``, ``{prefix}place`` and
    ``{prefix}clock`` are read beside it, ``{prefix}prices`` where something is deflated.
    """
    places = _places(columns, numbers)
    slots = sorted({(places[line][1], m) for line, m in columns.pairs if line in places})
    blocks = sorted({places[line][0] for line, _m in columns.pairs if line in places})
    rolled = "".join(f", {_together(sql, m, f's.h{slot}_{m}')} as h{slot}_{m}" for slot, m in slots)
    kept = []
    for line, m in columns.pairs:
        kind = "int" if m in _COUNTS else "decimal(38,4)"
        value = f"cast(null as {kind})"
        if line in places:
            value = f"r{places[line][0]}.h{places[line][1]}_{m}"
        kept.append(f"{value} as l{line}_{m}")
    priced: dict[str, str] = {}
    for line, m, deflator in columns.deflated:
        value = "cast(null as double)"
        if line in places and (deflator, "") in numbers:
            price = priced.setdefault(deflator, f"d{len(priced)}")
            amount = sql.double(f"r{places[line][0]}.h{places[line][1]}_{m}")
            value = f"({amount} * 100e0 / {price}.price)"
        kept.append(f"{value} as l{line}_{m}{_REAL}")
    joins = "".join(
        f" left join {prefix}rolled r{block} on r{block}.unit = p.unit"
        f" and r{block}.period = t.period and r{block}.block = {block}"
        for block in blocks
    ) + "".join(
        f" left join {prefix}prices {price} on {price}.unit = p.unit"
        f" and {price}.period = t.period and {price}.item = {numbers[deflator, '']}"
        for deflator, price in priced.items()
    )
    return [
        (
            f"{prefix}rolled",
            f"select k.unit as unit, s.period as period, s.block as block{rolled} from {facts} s"
            f" join {prefix}closure k on s.strand = k.strand"
            " and s.period >= k.since and s.period < k.until"
            f" where s.block in ({', '.join(map(str, blocks)) or 'null'})"
            " group by k.unit, s.period, s.block",
        ),
        (
            f"{prefix}months",
            # every column is named: an engine may else call one of a join p.unit
            "select p.unit as unit, p.parent as parent, p.root as root, p.depth as depth,"
            " t.period as period, t.month as month, t.year as year, t.opening as opening,"
            f" {', '.join(kept)} from {prefix}place p"
            f" join {prefix}clock t on t.period >= p.since and t.period < p.until{joins}",
        ),
    ]


def _places(columns: Columns, numbers: Mapping[tuple[str, str], int]) -> dict[int, tuple[int, int]]:
    """Block and slot of each line of the additive facts."""
    return {
        number: divmod(numbers[code, rows] + (STEP if step else 0), SLOTS)
        for (code, rows, step), number in columns.lines.items()
        if (code, rows) in numbers
    }


def dated_stages(sql: Dialect, columns: Columns, prefix: str) -> list[tuple[str, str]]:
    """From months to ``{prefix}units``, which has the figures to date and carried forward too.

    A figure to date (累计) is found by join on the year, so that gaps stay gaps; it is missing
    where the period itself has no return: what is not there yet is no year to date.
    """
    stages, kept, joins = [], [], ""
    if columns.years:
        stages.append((f"{prefix}sofar", _sofar(sql, columns, prefix)))
        joins += f" join {prefix}sofar y on u.unit = y.unit and u.month = y.month"
        kept += [
            f"case when u.{name} is not null then y.{name}_{window} end as {name}_{window}"
            for name, _measure, window in columns.years
        ]
    for within, names in columns.carried.items():
        held = f"{prefix}held{within}"
        stages.append((held, _carried(names, prefix, within)))
        joins += f" join {held} c{within} on u.unit = c{within}.unit and u.month = c{within}.month"
        kept += [f"c{within}.{name} as {name}_{within}" for name in names]
    more = "".join(f", {column}" for column in kept)
    stages.append((f"{prefix}units", f"select u.*{more} from {prefix}months u{joins}"))
    return stages


def _sofar(sql: Dialect, columns: Columns, prefix: str) -> str:
    """What the months of the year up to each month make."""
    made = []
    for name, measure, window in columns.years:
        value = f"b.{name}"
        if name.endswith(_REAL):
            # a month without a price index leaves the year to date unknown, not smaller
            all_priced = f"count({value}) = count({value.removesuffix(_REAL)})"
            figure = f"case when {all_priced} then sum({value}) end"
        elif window == "mean":
            figure = f"{sql.double(_together(sql, measure, value))} / count({value})"
        elif window == "first":
            # months are few: the least month that has a figure, then that month's figure
            figure = f"max(case when b.month = a.{name}_from then {value} end)"
        elif window in ("max", "min"):
            figure = f"{window}({value})"
        else:
            figure = _together(sql, measure, value)
        made.append(f"{figure} as {name}_{window}")
    firsts = sorted({name for name, _measure, window in columns.years if window == "first"})
    source = f"{prefix}months"
    if firsts:
        begun = ", ".join(
            f"min(case when {n} is not null then month end)"
            f" over (partition by unit, year) as {n}_from"
            for n in firsts
        )
        source = f"(select *, {begun} from {prefix}months)"
    return (
        f"select a.unit as unit, a.month as month, {', '.join(made)}"
        f" from {source} a join {prefix}months b"
        " on a.unit = b.unit and a.year = b.year and b.month <= a.month"
        " group by a.unit, a.month"
    )


def _carried(names: Sequence[str], prefix: str, within: int) -> str:
    """The last figure returned within so many months (最近一期), for what is not asked monthly."""
    marks = ", ".join(
        f"max(case when {name} is not null then month end) over (partition by unit order by month"
        f" range between {within - 1} preceding and current row) as at_{name}"
        for name in names
    )
    found = ", ".join(f"h{i}.{name}" for i, name in enumerate(names))
    joins = "".join(
        f" left join {prefix}months h{i} on h{i}.unit = m.unit and h{i}.month = m.at_{name}"
        for i, name in enumerate(names)
    )
    return (
        f"select m.unit as unit, m.month as month, {found} from (select unit, month, {marks}"
        f" from {prefix}months) m{joins}"
    )


def shifted(period: int, months: int) -> int:
    """YYYYMM moved by months."""
    year, month = divmod(period // 100 * 12 + period % 100 - 1 + months, 12)
    return year * 100 + month + 1


def clock(first: int, last: int) -> pa.Table:
    """Every month from first to last: YYYYMM, its number, its year, the December before it."""
    start, end = (p // 100 * 12 + p % 100 - 1 for p in (first, last))
    months = range(start, end + 1)
    columns = {
        "period": [m // 12 * 100 + m % 12 + 1 for m in months],
        "month": list(months),
        "year": [m // 12 for m in months],
        "opening": [m // 12 * 12 - 1 for m in months],
    }
    return pa.table({name: pa.array(values, pa.int32()) for name, values in columns.items()})
