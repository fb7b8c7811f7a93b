"""Rewriting a month (改写月份): however many returns come, the month is the same."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest

from hexi.warehouse import rewriting
from hexi.warehouse.rewriting import cut, merged, part_of
from hexi.warehouse.segment import KEY, facts_table


def facts(chance: random.Random, reporters: range, facets: int) -> pa.Table:
    keys = [
        (reporter, item, facet)
        for reporter in reporters
        for item in range(1, 6)
        for facet in range(facets)
        if chance.random() < 0.6
    ]
    chance.shuffle(keys)
    columns = list(zip(*keys, strict=True)) or [(), (), ()]
    table = pa.table(dict(zip(("reporter", "item", "facet"), columns, strict=True)))
    values = [chance.randrange(10**6) for _ in keys]
    return facts_table(1, 202401, table.append_column("value", pa.array(values, pa.int64())))


@pytest.mark.parametrize("seed", range(20))
def test_few_returns_put_in_their_places_and_many_sorted_in_are_the_same(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    # numbers beyond what one sorting key can hold are sorted column by column
    facets = chance.choice([1, 3])
    old = facts(chance, range(chance.randrange(30)), facets)
    new = facts(chance, range(chance.randrange(30), 35), facets)
    withdrawn = [reporter for reporter in range(3) if reporter not in new["reporter"].to_pylist()]
    few = merged(old, new, withdrawn)
    monkeypatch.setattr(rewriting, "_FEW", -1)
    many = merged(old, new, withdrawn)
    assert few.equals(many)
    keys = [tuple(row[name] for name in KEY) for row in few.to_pylist()]
    assert keys == sorted(set(keys))


def test_large_facets_are_sorted_too() -> None:
    table = pa.table(
        {"reporter": [2, 1, 1], "item": [1, 1, 1], "facet": [0, 1 << 20, 7], "value": [1, 2, 3]}
    )
    assert facts_table(1, 202401, table)["value"].to_pylist() == [3, 2, 1]


def test_parts_are_cut_between_reporters() -> None:
    table = facts(random.Random(1), range(100), 1)
    parts = cut(table, 50)
    assert sum(part.num_rows for part in parts) == table.num_rows and len(parts) > 3
    lows = [min(part["reporter"].to_pylist()) for part in parts]
    for index, part in enumerate(parts):
        assert {part_of(lows, reporter) for reporter in part["reporter"].to_pylist()} == {index}
    assert part_of(lows, -1) == 0 and part_of(lows, 10**9) == len(lows) - 1
    assert cut(table.slice(0, 0)) == []
