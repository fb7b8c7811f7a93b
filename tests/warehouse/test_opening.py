"""Opening from a notebook (笔记本中打开): by folder or by the portal's database, in any frame."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import hexi.warehouse
from hexi.warehouse import Change, Manifest, Registry, Warehouse, WarehouseError
from hexi.warehouse.manifest import DDL

AT = datetime(2024, 2, 5, tzinfo=UTC)
REGISTRY = Registry.of(
    {
        "form": [{"id": 1, "code": "QY01", "frequency": "month"}],
        "item": [{"id": 1, "code": "output"}, {"id": 2, "code": "tax"}],
        "reporter": [{"id": i, "code": f"r{i}"} for i in (1, 2, 3)],
        "unit": [{"id": i, "code": f"u{i}", "name": f"第{i}"} for i in (1, 2, 3)],
        "edge": [{"unit": unit, "parent": 1, "tree": "place"} for unit in (2, 3)],
        "membership": [
            {"reporter": 1, "unit": 2, "tree": "place"},
            {"reporter": 2, "unit": 2, "tree": "place", "until": 202402},
            {"reporter": 2, "unit": 3, "tree": "place", "since": 202402},
        ],
    }
)  # fmt: skip


def filled(house: Warehouse) -> Warehouse:
    changes = [
        Change(
            1,
            period,
            pa.table({"reporter": [1, 2, 3], "item": [1, 1, 1], "value": [10, 20, 40]}),
        )
        for period in (202401, 202402)
    ]
    house.publish_all(changes, registry=REGISTRY, actor="a", reason="b", at=AT)
    return house


@pytest.fixture
def house(tmp_path: Path) -> Warehouse:
    return filled(hexi.warehouse.open(tmp_path / "w", create=True))


def test_a_cube_follows_the_tree_of_each_period(house: Warehouse) -> None:
    rows = house.cube("place").to_pylist()
    told = {(r["period"], r["unit"]): (r["value"], r["n"]) for r in rows}
    # reporter 3 belongs nowhere in this tree, reporter 2 has moved
    assert told == {
        (202401, "u1"): (30, 2),
        (202401, "u2"): (30, 2),
        (202402, "u1"): (30, 2),
        (202402, "u2"): (10, 1),
        (202402, "u3"): (20, 1),
    }
    assert (
        rows[0]["unit_name"] == "第1" and rows[0]["item"] == "output" and rows[0]["prior"] is None
    )
    assert house.cube("place", items=[2]).num_rows == 0
    assert house.cube("nowhere").num_rows == 0


def test_frames_keep_decimals_exact(house: Warehouse) -> None:
    polars: Any = pytest.importorskip("polars")
    frame = house.facts(periods=[202401], into="polars")
    assert frame["value"].dtype == polars.Decimal(18, 4)
    assert frame["value"].sum() == Decimal(70)
    assert house.cube("place", into="polars").height == 5
    if find_spec("pandas"):
        assert house.facts(into="pandas")["value"].sum() == Decimal(140)
    with pytest.raises(ValueError, match="excel"):
        house.facts(into="excel")  # type: ignore[arg-type]


def test_a_warehouse_is_opened_as_it_was_on_a_day(house: Warehouse) -> None:
    house.publish(1, 202401, house.facts().slice(0, 0).select(["reporter", "item", "value"]),
                  actor="a", reason="b", at=AT.replace(day=9), whole=True)  # fmt: skip
    then = hexi.warehouse.open(house.root, as_of=date(2024, 2, 8))
    assert then.facts(periods=[202401]).num_rows == 3
    assert house.facts(periods=[202401]).num_rows == 0
    pinned = house.at(None)
    filled(house)
    assert pinned.facts(periods=[202401]).num_rows == 0


def test_the_portal_s_warehouse_is_read_through_its_database(tmp_path: Path) -> None:
    path = tmp_path / "hexi.sqlite3"
    connection = sqlite3.connect(path)
    with pytest.raises(WarehouseError, match="没有数据仓库"):
        hexi.warehouse.open(tmp_path / "w", database=f"sqlite:///{path}")
    for statement in DDL:
        connection.execute(statement)
    connection.commit()
    house = filled(hexi.warehouse.open(tmp_path / "w", database=f"sqlite:///{path}"))
    assert isinstance(house.manifest, Manifest)
    assert house.facts().num_rows == 6
    # its files are never taken for the leftovers of a warehouse with a manifest of its own
    with pytest.raises(WarehouseError, match="别处的清单"):
        hexi.warehouse.open(tmp_path / "w", create=True)
    with pytest.raises(WarehouseError):
        hexi.warehouse.open(tmp_path / "w", database="mysql://x")
