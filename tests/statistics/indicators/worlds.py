"""Small worlds (小样本): a few enterprises in parks in zones, with all that goes wrong in one.

Parks move, zones merge, an enterprise moves, opens and closes; months are missing, some returns are
zero, some state no figure of the year before. Exports are asked by partner; the province and one
zone have a price index, in most months.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from hexi.statistics.indicators import Indicator, Item, Source
from hexi.statistics.indicators.additive import Part
from hexi.statistics.indicators.definitions import ClassList
from hexi.statistics.language import parse
from hexi.warehouse.segment import facts_table, write_segment

FORM, TREE, OPEN = 1, "zone", 999912
PROVINCE, EAST, WEST, NEW = 1, 10, 11, 12
PARKS = (20, 21, 22, 23)

ITEMS = {
    item.code: item
    for item in (
        Item("out", "产值", "flow", "万元", "sum", "sum", deflator="ppi"),
        Item("sal", "销售", "flow", "万元", "sum", "sum", deflator="ppi"),
        Item("big", "投资", "flow", "亿元", "sum", "sum", deflator="ppi"),
        Item("land", "用地", "stock", "亩", "last", "sum"),
        Item("emp", "从业", "stock", "人", "last", "sum"),
        Item("mean", "平均从业", "average", "人", "average", "sum"),
        Item("price", "价格", "average", "元", "average", "average"),
        Item("top", "最高", "flow", "万元", "none", "max"),
        Item("cum", "累计税收", "flow", "万元", "sum", "sum", reported="to_date"),
        Item("part", "出口", "flow", "万元", "sum", "sum", deflator="ppi", rows="partners"),
        Item("cumpart", "累计", "flow", "万元", "sum", "sum", reported="to_date", rows="partners"),
        Item("ppi", "价格指数", "average", "%", "none", "none"),
    )
}
ROWS, PRICE = ("part", "cumpart"), "ppi"
LISTS = {"some": ClassList("some", "几国", "Some", "partners", frozenset({3, 4, 7}), "表")}
NUMBERS = {code: number for number, code in enumerate(ITEMS, 1)}


@dataclass(frozen=True)
class Fact:
    """One value that one reporter returned."""

    period: int
    reporter: int
    item: str
    value: Decimal
    prior: Decimal | None = None
    #: class of the row; 0: the item itself
    facet: int = 0


def months(first: int, count: int) -> list[int]:
    """YYYYMM of so many months."""
    start = first // 100 * 12 + first % 100 - 1
    return [m // 12 * 100 + m % 12 + 1 for m in range(start, start + count)]


PERIODS = months(202201, 30)
#: unit, parent, since, until: park 22 goes from east to west; east and west merge into one zone
EDGES = [
    (20, EAST, 190001, 202401),
    (21, EAST, 190001, 202401),
    (22, EAST, 190001, 202306),
    (22, WEST, 202306, 202401),
    (23, WEST, 190001, 202401),
    (20, NEW, 202401, OPEN),
    (21, NEW, 202401, OPEN),
    (22, NEW, 202401, OPEN),
    (23, NEW, 202401, OPEN),
    (EAST, PROVINCE, 190001, 202401),
    (WEST, PROVINCE, 190001, 202401),
    (NEW, PROVINCE, 202401, OPEN),
]
#: reporter, unit, since, until: 3 moves twice, 4 opens late, 5 closes, 6 is away for a while
MEMBERS = [
    (1, 20, 190001, OPEN),
    (2, 20, 190001, OPEN),
    (3, 20, 190001, 202303),
    (3, 21, 202303, 202402),
    (3, 23, 202402, OPEN),
    (4, 21, 202310, OPEN),
    (5, 22, 190001, 202312),
    (6, 22, 190001, 202209),
    (6, 22, 202302, OPEN),
    (7, 23, 190001, OPEN),
    (8, 23, 190001, OPEN),
    (9, EAST, 190001, 202401),  # a zone that reports for itself
    (90, PROVINCE, 190001, OPEN),  # statistical offices, which return price indices
    (91, WEST, 190001, 202401),
    (92, 20, 190001, OPEN),
]
OFFICES = (90, 91, 92)


def random_facts(seed: int, *, periods: list[int] | None = None) -> list[Fact]:
    """Returns of every reporter, with gaps, zeros and missing figures of the year before."""
    rng = random.Random(seed)
    facts = []
    for period in periods or PERIODS:
        for reporter in range(1, 10):
            if rng.random() < 0.12:
                continue  # no return at all
            for code in ITEMS:
                if code in ROWS or code == PRICE:
                    continue
                if rng.random() < 0.1:
                    continue  # an empty line
                value = Decimal(0) if rng.random() < 0.08 else _amount(rng)
                prior = None if rng.random() < 0.15 else _amount(rng)
                facts.append(Fact(period, reporter, code, value, prior))
    return [*facts, *_partners(seed, periods or PERIODS), *_prices(seed, periods or PERIODS)]


def _partners(seed: int, periods: list[int]) -> list[Fact]:
    """Rows by partner, which come and go."""
    rng = random.Random(seed + 1000)
    return [
        Fact(period, reporter, code, _amount(rng), _amount(rng) if rng.random() < 0.9 else None, f)
        for period in periods
        for reporter in range(1, 10)
        for code in ROWS
        for f in range(1, 8)
        if rng.random() < 0.45
    ]


def _prices(seed: int, periods: list[int]) -> list[Fact]:
    """Indices near 100, with some months missing."""
    rng = random.Random(seed + 2000)
    return [
        Fact(period, office, PRICE, Decimal(rng.randint(9000, 11000)).scaleb(-2))
        for period in periods
        for office in OFFICES
        if rng.random() < 0.7
    ]


def _amount(rng: random.Random) -> Decimal:
    return Decimal(rng.randint(-3000, 99_999)).scaleb(-rng.choice((0, 1, 2)))


def table(rows: list[tuple[int, ...]], names: tuple[str, ...]) -> pa.Table:
    """Membership or edges of the one tree."""
    columns = {n: pa.array([r[i] for r in rows], pa.int32()) for i, n in enumerate(names)}
    return pa.table({**columns, "tree": pa.array([TREE] * len(rows), pa.string())})


def write_month(root: Path, period: int, facts: list[Fact]) -> Part:
    """The segment of a month; a revised month is a new file with a new name."""
    given = pa.table(
        {
            "reporter": pa.array([f.reporter for f in facts], pa.int32()),
            "item": pa.array([NUMBERS[f.item] for f in facts], pa.int16()),
            "facet": pa.array([f.facet for f in facts], pa.int32()),
            "value": pa.array([f.value for f in facts], pa.decimal128(18, 4)),
            "prior": pa.array([f.prior for f in facts], pa.decimal128(18, 4)),
        }
    )
    mark = write_segment(root, facts_table(FORM, period, given))
    reporters = [f.reporter for f in facts]
    path = str(root / mark.path)
    return Part(period, FORM, path, mark.path, min(reporters), max(reporters))


def source(
    root: Path,
    facts: list[Fact],
    members: list[tuple[int, ...]] | None = None,
    edges: list[tuple[int, ...]] | None = None,
) -> Source:
    """Facts as segments on disk, with the register beside them."""
    parts = []
    for period in sorted({fact.period for fact in facts}):
        parts.append(write_month(root, period, [f for f in facts if f.period == period]))
    return Source(
        tuple(parts),
        NUMBERS,
        table(list(members or MEMBERS), ("reporter", "unit", "since", "until")),
        table(list(edges or EDGES), ("unit", "parent", "since", "until")),
    )


def indicator(
    name: str, expression: str, unit: str, decimals: int = 4, growth: str = "nominal"
) -> Indicator:
    """An indicator of an expression."""
    return Indicator(name, name, parse(expression), expression, unit, decimals, growth=growth)  # type: ignore[arg-type]
