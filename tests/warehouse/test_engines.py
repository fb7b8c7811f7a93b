"""Engines (计算引擎): every engine that is installed gives the same answers, to the last digit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from hexi.warehouse import Engine, Registry, Warehouse, WarehouseError, open_engine

AT = datetime(2024, 2, 5, tzinfo=UTC)
NAMES = {"duckdb": "duckdb", "chdb": "chdb", "local-cluster[2,1,1024]": "pyspark"}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=[pytest.mark.slow] if package == "pyspark" else [])
        for name, package in NAMES.items()
    ],
)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if find_spec(NAMES[request.param]) is None:
        pytest.skip(f"{NAMES[request.param]} is not installed")
    opened = open_engine(request.param, threads=2)
    yield opened
    opened.close()


@pytest.fixture
def house(tmp_path: Path) -> Warehouse:
    house = Warehouse.open(tmp_path / "it's a w", create=True)
    for period in (202312, 202401):
        rows = [(r, i, Decimal(r * i) / 8 + period) for r in range(1, 101) for i in (1, 2)]
        table = pa.table(
            {
                "reporter": [row[0] for row in rows],
                "item": [row[1] for row in rows],
                "value": pa.array([row[2] for row in rows], pa.decimal128(18, 4)),
                "prior": pa.array(
                    [Decimal(r) if r % 2 else None for r, _, _ in rows], pa.decimal128(18, 4)
                ),
            }
        )
        house.publish(1, period, table, actor="a", reason="b", at=AT)
    return house


def one(engine: Engine, sql: str) -> Any:
    return engine.fetch(f"select {sql} as x")["x"][0].as_py()


def test_sums_are_exact_and_of_nothing_null(engine: Engine, house: Warehouse) -> None:
    d = engine.dialect
    engine.stage(
        "s1",
        f"""select item, period, {d.sum_decimal("value")} as v, count(*) as n,
        {d.sum_where("prior", "reporter <= 3")} as p, {d.count_where("prior is not null")} as m,
        {d.sum_where("value", "reporter < 0")} as nothing
        from {d.files(house.files())} group by item, period""",
    )
    rows = engine.fetch("select * from s1 order by item, period").to_pylist()
    expected = [
        {
            "item": item,
            "period": period,
            "v": Decimal(5050 * item) / 8 + 100 * period,
            "n": 100,
            "p": Decimal(4),
            "m": 50,
            "nothing": None,
        }
        for item in (1, 2)
        for period in (202312, 202401)
    ]
    assert rows == expected


def test_a_file_that_is_not_there_is_never_passed_over(engine: Engine, house: Warehouse) -> None:
    files = house.files()
    with pytest.raises(Exception):  # noqa: B017 - each engine has an error of its own
        source = engine.dialect.files([*files, files[0].replace("segments", "nowhere")])
        engine.fetch(f"select count(*) as n from {source} f")


def test_no_files_are_no_facts(engine: Engine) -> None:
    d = engine.dialect
    answer = engine.fetch(
        f"select count(*) as n, {d.sum_decimal('value')} as v, {d.count_where('item = 1')} as m"
        f" from {d.files([])} f"
    ).to_pylist()
    assert answer == [{"n": 0, "v": None, "m": 0}]


def test_a_join_keeps_null_apart_from_zero(engine: Engine, house: Warehouse) -> None:
    registry = Registry.of(
        {"unit": [{"id": 1, "code": "u'1", "name": "金昌"}, {"id": 2, "code": "b"}]}
    )
    engine.register("unit", registry.unit)
    engine.register("fact", pa.table({"unit": pa.array([1], pa.int32()), "v": pa.array([0.0])}))
    sql = f"""select u.code, u.name, f.v, {engine.dialect.divide("1", "f.v")} as q from unit u
        left join fact f on f.unit = u.id order by u.id"""
    assert engine.fetch(sql).to_pylist() == [
        {"code": "u'1", "name": "金昌", "v": 0.0, "q": None},
        {"code": "b", "name": "", "v": None, "q": None},
    ]
    found = engine.fetch(
        f"select id from unit where code = {engine.dialect.text('u' + chr(39) + '1')}"
    )
    assert found["id"].to_pylist() == [1]


def test_a_stage_is_replaced_and_may_read_what_it_replaces(engine: Engine) -> None:
    engine.stage("grown", "select 1 as x")
    engine.stage("grown", "select x + 1 as x from grown")
    assert engine.fetch("select x from grown")["x"].to_pylist() == [2]
    engine.drop("grown")
    engine.drop("grown")
    with pytest.raises(Exception):  # noqa: B017 - each engine has an error of its own
        engine.fetch("select x from grown")


def test_numbers_are_taken_apart_alike(engine: Engine) -> None:
    d = engine.dialect
    assert one(engine, d.whole_divide("202412", 100)) == 2024
    assert one(engine, d.modulo("202412", 100)) == 12
    assert one(engine, d.divide("1", "3")) == 1 / 3
    assert one(engine, d.double("null")) is None
    assert one(engine, d.bigint("7")) == 7
    assert one(engine, d.integer("7")) == 7


@pytest.mark.parametrize("name", ["duckdb", "chdb"])
def test_two_engines_in_one_process_keep_to_themselves(name: str) -> None:
    if find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    first, second = open_engine(name, threads=1), open_engine(name, threads=1)
    first.stage("mine", "select 1 as v")
    second.stage("mine", "select 2 as v")
    assert first.fetch("select v from mine")["v"].to_pylist() == [1]
    second.close()
    assert first.fetch("select v from mine")["v"].to_pylist() == [1]
    first.close()


def test_an_engine_that_is_unknown_is_named() -> None:
    with pytest.raises(WarehouseError, match="oracle"):
        open_engine("oracle")
