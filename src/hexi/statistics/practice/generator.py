"""Making a practice warehouse (生成演练数据): month by month, in memory that years do not fill.

Facts are columns from the dice to the file. A month's segment is written as the warehouse writes
it; two snapshots are made, the first with what was late or wrong in the months of training, the
second with everything in and right, so that the base year adds up to what is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hexi.catalogue import Pack, load_pack
from hexi.statistics.practice.amounts import MONTHLY, Mask, Year, make_year
from hexi.statistics.practice.anchors import BASE_YEAR, Anchors, find_anchors, zone_sizes
from hexi.statistics.practice.register import (
    Population,
    Whole,
    form_numbers,
    item_numbers,
    make_population,
    make_registry,
)
from hexi.statistics.practice.space import check_folder, marked, write_mark
from hexi.statistics.practice.training import late_returns, plant
from hexi.statistics.practice.zone_returns import quarter_rows, zone_year_rows
from hexi.warehouse import Warehouse
from hexi.warehouse.segment import DECIMAL, SCHEMA, FileMark, write_file

__all__ = ["Made", "Wanted", "make_practice"]

#: facts that an enterprise has in a month, on average over those that open and close
_FACTS_A_MONTH: Final = 15.2
_ACTOR: Final = "practice"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made."""

    #: about so many facts
    facts: int
    seed: int = 1
    #: last months in which the first vintage has late returns and errors
    training_months: int = 3
    pack: str = "gansu"

    @property
    def years(self) -> range:
        """One year up to a million facts, two up to 40 million, then ten."""
        count = 1 if self.facts <= 1_500_000 else 2 if self.facts <= 40_000_000 else 10
        return range(BASE_YEAR, BASE_YEAR + count)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    enterprises: int
    months: int
    #: facts of the last vintage, and errors in the first
    facts: int
    errors: int


@dataclass(frozen=True, slots=True)
class _Segment:
    form: int
    period: int
    mark: FileMark
    low: int
    high: int


def make_practice(
    root: Path,
    wanted: Wanted,
    at: datetime,
    echo: Callable[[int, int], None] | None = None,
) -> Made:
    """Make a practice warehouse in a new folder; ``at`` is the moment of its snapshots.

    ``echo`` is told months done and months in all. PracticeError where the folder's name does not
    say practice or the folder is not empty.
    """
    check_folder(root)
    pack = load_pack(wanted.pack)
    anchors = find_anchors(pack)
    years = wanted.years
    count = max(round(wanted.facts / (12 * len(years)) / _FACTS_A_MONTH), len(anchors.zones))
    people = make_population(
        count, anchors.zones, zone_sizes(len(anchors.zones)), years, wanted.seed
    )
    write_mark(root, _about(wanted, anchors, count))
    house = Warehouse.open(root, create=True)
    maker = _Maker(root, people, anchors, wanted, pack)
    house.publish_registry(make_registry(people, pack), actor=_ACTOR, reason="演练名录", at=at)
    first, second, old = [], [], []
    for number, (early, late) in enumerate(maker.segments(years), 1):
        first.append(early)
        if late is not None:
            second.append(late)
            old.append(early)
        if echo:
            echo(number, maker.steps(years))
    _enter(house, first, [], at, "演练数据：首次上报")
    if second:
        _enter(house, second, old, at, "演练数据：迟报补齐、差错更正")
    maker.write_answers()
    replaced = sum(segment.mark.rows for segment in old)
    facts = sum(segment.mark.rows for segment in [*first, *second]) - replaced
    return Made(count, 12 * len(years), facts, maker.errors)


def _enter(
    house: Warehouse, come: list[_Segment], gone: list[_Segment], at: datetime, reason: str
) -> None:
    """One snapshot that brings segments and ends others, or nothing."""
    manifest = house.manifest
    ended = {segment.mark.path for segment in gone}
    with manifest.writing():
        snapshot = manifest.add_snapshot(at, _ACTOR, reason, "")
        for segment in manifest.segments(snapshot.id):
            if segment.path in ended:
                manifest.end_segment(segment.id, snapshot.id)
        for new in come:
            manifest.add_segment(new.form, new.period, new.mark, new.low, new.high, snapshot.id)


def _about(wanted: Wanted, anchors: Anchors, count: int) -> dict[str, object]:
    return {
        "facts": wanted.facts,
        "seed": wanted.seed,
        "pack": wanted.pack,
        "enterprises": count,
        "published": [
            {"zone": row.zone, "indicator": row.indicator, "observation": row.observation}
            for row in anchors.rows
            if row.published
        ],
        "assumed": "其余开发区按位次分摊全省开发区合计数，见 hexi practice show",
    }


class _Maker:
    """Segments of all years, one after the other."""

    def __init__(
        self, root: Path, people: Population, anchors: Anchors, wanted: Wanted, pack: Pack
    ) -> None:
        self._root, self._people, self._anchors = root, people, anchors
        self._wanted = wanted
        self._items = item_numbers(pack.id)
        self._forms = form_numbers()
        self._answers: list[pa.Table] = []
        self.errors = 0

    def steps(self, years: range) -> int:
        """Segments that will be made."""
        return len(years) * (12 + 1 + 4 + 1)

    def segments(self, years: range) -> Iterator[tuple[_Segment, _Segment | None]]:
        """Each segment as first known and, where that was late or wrong, as known at last."""
        before = make_year(self._people, self._anchors, years[0] - 1, self._wanted.seed)
        training = [years[-1] * 100 + 12 - n for n in range(self._wanted.training_months)]
        for year in years:
            now = make_year(self._people, self._anchors, year, self._wanted.seed)
            for month in range(12):
                period = year * 100 + month + 1
                yield self._month(now, before, month, period, period in training)
            yield self._enterprise_year(now, before), None
            for quarter in range(4):
                rows = quarter_rows(self._people, self._anchors, now, quarter)
                yield self._zones("zone-quarter", year * 100 + 3 * quarter + 3, rows), None
            rows = zone_year_rows(self._people, self._anchors, now)
            yield self._zones("zone-year", year * 100 + 12, rows), None
            before = now

    def _month(
        self, now: Year, before: Year, month: int, period: int, training: bool
    ) -> tuple[_Segment, _Segment | None]:
        alive = now.alive[month]
        parts = []
        for item in sorted(MONTHLY, key=lambda code: self._items[code]):
            who = np.flatnonzero(alive & now.reports(item))
            value = now.month(item, month)[who]
            prior = before.month(item, month)[who]
            parts.append((self._items[item], who, value, prior, ~before.alive[month][who]))
        number = np.repeat([p[0] for p in parts], [len(p[1]) for p in parts])
        reporter, value, prior, missing = (
            np.concatenate([part[place] for part in parts]) for place in range(1, 5)
        )
        form = self._forms["enterprise-month"]
        right = self._table(form, period, number, reporter, value, prior, missing)
        if not training:
            return self._written(right), None
        there = ~late_returns(len(self._people), period, self._wanted.seed)[reporter]
        spoilt, planted = plant(value, prior, period, self._wanted.seed)
        errors = planted.among(there)
        self._answers.append(errors.table(right, form, period))
        self.errors += len(errors.row)
        wrong = self._table(form, period, number, reporter, spoilt, prior, missing)
        return self._written(wrong.filter(pa.array(there))), self._written(right)

    def _enterprise_year(self, now: Year, before: Year) -> _Segment:
        who = np.flatnonzero(now.there)
        industry = who[now.who["industry"][who]]
        columns = [
            ("annual_revenue", "revenue", who),
            ("annual_value_added", "value_added", industry),
            ("investment", "investment", who),
        ]
        columns.sort(key=lambda column: self._items[column[0]])
        numbers = [self._items[code] for code, _amount, _own in columns]
        item = np.repeat(numbers, [len(own) for _code, _amount, own in columns])
        reporter = np.concatenate([own for _code, _amount, own in columns])
        value, prior = (
            np.concatenate([year.annual[amount][own] for _code, amount, own in columns])
            for year in (now, before)
        )
        new = ~before.there[reporter]
        form, period = self._forms["enterprise-year"], now.year * 100 + 12
        return self._written(self._table(form, period, item, reporter, value, prior, new))

    def _zones(self, form: str, period: int, rows: dict[str, Whole]) -> _Segment:
        zones = np.arange(len(self._people.zones)) + len(self._people)
        codes = sorted(rows, key=lambda code: self._items[code])
        number = np.repeat([self._items[code] for code in codes], len(zones))
        reporter = np.tile(zones, len(codes))
        value = np.concatenate([rows[code] for code in codes])
        none = np.ones(len(value), bool)
        return self._written(
            self._table(self._forms[form], period, number, reporter, value, value, none)
        )

    def _table(
        self,
        form: int,
        period: int,
        item: Whole,
        reporter: Whole,
        value: Whole,
        prior: Whole,
        missing: Mask,
    ) -> pa.Table:
        rows = len(item)
        columns = [
            pa.repeat(pa.scalar(form, pa.int16()), rows),
            pa.repeat(pa.scalar(period, pa.int32()), rows),
            pa.array(reporter.astype(np.int32)),
            pa.array(item.astype(np.int16)),
            pa.repeat(pa.scalar(0, pa.int32()), rows),
            _decimals(value),
            _decimals(prior, missing),
            pa.array((_return_number(period) + reporter).astype(np.int32)),
        ]
        return marked(pa.table(columns, schema=SCHEMA))

    def _written(self, table: pa.Table) -> _Segment:
        form, period = table["form"][0].as_py(), table["period"][0].as_py()
        folder = f"segments/practice-{form}/{period}"
        reporter = table["reporter"].to_numpy()
        mark = write_file(self._root, folder, table)
        return _Segment(form, period, mark, int(reporter.min()), int(reporter.max()))

    def write_answers(self) -> None:
        """The key of answers beside the warehouse: where each planted error is."""
        if self._answers:
            table = marked(pa.concat_tables(self._answers))
            pq.write_table(table, self._root / "practice-answers.parquet", compression="zstd")


def _return_number(period: int) -> int:
    """Number before the first return of a month: five million returns a month have room."""
    return ((period // 100 - BASE_YEAR) * 12 + period % 100) * 5_000_000


def _decimals(hundredths: Whole, missing: Mask | None = None) -> pa.Array:
    """Whole hundredths as exact decimals of the warehouse, without a detour over text."""
    wide = np.empty((len(hundredths), 2), np.int64)
    wide[:, 0] = hundredths * 100
    wide[:, 1] = -(hundredths < 0).astype(np.int64)
    valid = None if missing is None else pa.array(~missing).buffers()[1]
    return pa.Array.from_buffers(DECIMAL, len(hundredths), [valid, pa.py_buffer(wide)])
