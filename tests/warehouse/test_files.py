"""Torn and altered files (损坏的数据文件): detected, named, never read in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from hexi.warehouse import Registry, Warehouse, WarehouseError

AT = datetime(2024, 2, 5, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> Warehouse:
    house = Warehouse.open(tmp_path / "w", create=True)
    table = pa.table({"reporter": list(range(500)), "item": [1] * 500, "value": list(range(500))})
    registry = Registry.of(
        {
            "form": [{"id": 1, "code": "f", "frequency": "month"}],
            "item": [{"id": 1, "code": "i"}],
            "reporter": [{"id": i, "code": str(i)} for i in range(500)],
        }
    )
    house.publish_registry(registry, actor="a", reason="b", at=AT)
    house.publish(1, 202401, table, actor="a", reason="b", at=AT)
    return house


def the_file(house: Warehouse) -> Path:
    return house.root / house.segments()[0].path


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-100]), "torn"),
        (lambda path: path.write_bytes(b""), "torn"),
        (lambda path: path.write_bytes(path.read_bytes() + b"x"), "altered"),
        (lambda path: path.unlink(), "missing_file"),
        (flipped, "altered"),
    ],
)
def test_damage_is_named(house: Warehouse, damage: Callable[[Path], None], code: str) -> None:
    path = the_file(house)
    damage(path)
    faults = house.verify()
    assert [(fault.place, fault.code) for fault in faults] == [(house.segments()[0].path, code)]
    with pytest.raises(WarehouseError) as caught:
        house.facts()
    assert caught.value.code == code
    assert path.name in caught.value.sentence()


@pytest.mark.parametrize("byte", range(4, 200, 7))
def test_no_changed_byte_of_the_data_is_read_in_silence(house: Warehouse, byte: int) -> None:
    path, right = the_file(house), house.facts()
    data = bytearray(path.read_bytes())
    data[byte] ^= 0x01
    path.write_bytes(data)
    assert house.verify()[0].code == "altered"
    try:
        assert house.facts().equals(right)
    except WarehouseError as error:
        assert path.name in error.sentence("en")


def test_a_damaged_register_is_named(house: Warehouse) -> None:
    path = next((house.root / "registry" / "reporter").iterdir())
    flipped(path)
    assert [fault.code for fault in house.verify()] == ["altered"]
    path.unlink()
    with pytest.raises(WarehouseError, match=path.name):
        house.registry()


def test_what_a_crash_left_is_told_and_removed_after_the_grace_time(house: Warehouse) -> None:
    folder = the_file(house).parent
    left = [folder / ".half.parquet.part", folder / "nobody.parquet"]
    for path in left:
        path.write_bytes(b"PAR1")
    assert {fault.code for fault in house.verify()} == {"orphan"}
    now = datetime.now(UTC)
    assert house.vacuum(now) == []
    assert len(house.vacuum(now + timedelta(hours=25))) == 2
    assert house.verify() == []
    assert sum(house.facts()["value"].to_pylist()) == Decimal(124750)


def test_a_warehouse_is_opened_where_there_is_one(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="没有数据仓库"):
        Warehouse.open(tmp_path)
    with pytest.raises(WarehouseError) as caught:
        Warehouse.open(tmp_path / "w", create=True).facts(as_of=3)
    assert caught.value.code == "no_snapshot"
