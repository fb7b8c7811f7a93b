"""Publishing and reading (发布与读取): returns come in, and any day can be asked for again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from hexi.warehouse import Change, Registry, Warehouse, WarehouseError, open_engine

DAY = datetime(2024, 2, 5, 1, 0, tzinfo=UTC)


def returns(*rows: tuple[int, int, str]) -> pa.Table:
    """Rows of reporter, item, value."""
    return pa.table(
        {
            "reporter": [row[0] for row in rows],
            "item": [row[1] for row in rows],
            "value": pa.array([Decimal(row[2]) for row in rows], pa.decimal128(18, 4)),
        }
    )


def values(table: pa.Table) -> dict[tuple[int, int], Decimal]:
    return {(r["reporter"], r["item"]): r["value"] for r in table.to_pylist()}


@pytest.fixture
def house(tmp_path: Path) -> Warehouse:
    return Warehouse.open(tmp_path / "w", create=True)


def put(house: Warehouse, table: pa.Table, day: int = 0, **more: object):
    return house.publish(
        1,
        202401,
        table,
        actor="统计科",
        reason="月报",
        at=DAY + timedelta(days=day),
        **more,  # type: ignore[arg-type]
    )


def test_a_revision_replaces_the_whole_return_and_leaves_the_others(house: Warehouse) -> None:
    put(house, returns((7, 1, "10"), (7, 2, "3"), (8, 1, "5")))
    put(house, returns((7, 1, "12.5")), day=1)
    assert values(house.facts()) == {(7, 1): Decimal("12.5"), (8, 1): Decimal(5)}
    assert values(house.facts(as_of=1))[7, 2] == 3


def test_a_day_is_as_it_stood_at_its_end_in_china(house: Warehouse) -> None:
    put(house, returns((7, 1, "10")))
    # 17:00 UTC is the next day in China
    house.publish(1, 202401, returns((7, 1, "11")), actor="a", reason="b", at=DAY.replace(hour=17))
    assert values(house.facts(as_of=date(2024, 2, 5)))[7, 1] == 10
    assert values(house.facts(as_of=date(2024, 2, 6)))[7, 1] == 11
    with pytest.raises(WarehouseError, match="没有任何数据"):
        house.facts(as_of=date(2024, 2, 4))


def test_the_same_content_publishes_nothing(house: Warehouse) -> None:
    table = returns((7, 1, "10"), (8, 1, "5"))
    assert put(house, table)
    assert put(house, table, day=1) is None
    assert put(house, returns((8, 1, "5")), day=2) is None
    assert len(house.snapshots()) == 1
    assert len(list((house.root / "segments").rglob("*.parquet"))) == 1


def test_a_withdrawn_return_is_no_return_and_zero_is_one(house: Warehouse) -> None:
    put(house, returns((7, 1, "0"), (8, 1, "5")))
    put(house, returns(), day=1, withdrawn=[8])
    assert values(house.facts()) == {(7, 1): Decimal(0)}
    put(house, returns(), day=2, withdrawn=[7])
    assert house.facts().num_rows == 0
    assert house.segments() == []


def test_an_empty_warehouse_answers_with_no_facts(house: Warehouse) -> None:
    assert house.facts().num_rows == 0
    assert house.files() == []
    assert house.registry().unit.num_rows == 0
    engine = open_engine()
    assert engine.fetch(f"select count(*) n from {engine.dialect.files([])}")["n"][0].as_py() == 0
    engine.close()


def test_an_engine_reads_the_file_list(house: Warehouse) -> None:
    put(house, returns((7, 1, "10.0001"), (8, 1, "5")))
    engine = open_engine("duckdb")
    d = engine.dialect
    engine.stage(
        "s1", f"select item, {d.sum_decimal('value')} v from {d.files(house.files())} group by 1"
    )
    assert engine.fetch("select v from s1")["v"][0].as_py() == Decimal("15.0001")
    engine.close()


def test_a_large_month_is_kept_in_parts_and_a_return_rewrites_one(tmp_path: Path) -> None:
    opened = Warehouse.open(tmp_path / "w", create=True)
    house = Warehouse(opened.root, opened.manifest, part_rows=10)
    put(house, returns(*((r, i, f"{r}.{i}") for r in range(1, 31) for i in (1, 2))))
    before = house.segments()
    assert len(before) == 6
    put(house, returns((3, 1, "1000"), (99, 1, "7")), day=1)
    after = house.segments()
    assert len({s.path for s in before} & {s.path for s in after}) == 4
    facts = values(house.facts())
    assert facts[3, 1] == 1000 and (3, 2) not in facts and facts[99, 1] == 7
    assert len(facts) == 60
    put(house, returns((5, 1, "1")), day=2, whole=True)
    assert values(house.facts()) == {(5, 1): Decimal(1)}


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (returns((7, 1, "1"), (7, 1, "2")), "duplicate"),
        (pa.table({"reporter": [1], "item": [1], "value": [1.5]}), "inexact"),
        (pa.table({"reporter": [1], "item": [1]}), "columns"),
        (pa.table({"reporter": [1], "item": [None], "value": [1]}), "null"),
        (pa.table({"reporter": [1], "item": [99999], "value": [1]}), "inexact"),
    ],
)
def test_what_is_no_fact_is_refused(house: Warehouse, table: pa.Table, code: str) -> None:
    with pytest.raises(WarehouseError) as caught:
        put(house, table)
    assert caught.value.code == code
    assert house.snapshots() == []


def test_facts_and_register_are_one_snapshot(house: Warehouse) -> None:
    registry = Registry.of(
        {
            "form": [{"id": 1, "code": "QY01", "frequency": "month"}],
            "item": [{"id": 1, "code": "output"}],
            "reporter": [{"id": 7, "code": "916200000000000000"}],
        }
    )
    with pytest.raises(WarehouseError, match="reporter 8"):
        house.publish_all(
            [Change(1, 202401, returns((7, 1, "1"), (8, 1, "1")))],
            registry=registry, actor="a", reason="b", at=DAY,
        )  # fmt: skip
    assert house.snapshots() == []
    house.publish_all(
        [Change(1, 202401, returns((7, 1, "1")))], registry=registry, actor="a", reason="b", at=DAY
    )
    assert house.registry().items == {"output": 1}
    assert house.publish_registry(registry, actor="a", reason="b", at=DAY) is None
