"""Indicators straight from a warehouse: as known now, and as they were known before a revision."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from hexi.statistics.indicators import Figures, Source, load_definitions
from hexi.warehouse.registry import Registry
from hexi.warehouse.store import Warehouse

AT = datetime(2025, 3, 1, tzinfo=UTC)


def returns(values: dict[int, str]) -> pa.Table:
    return pa.table(
        {
            "reporter": pa.array(list(values), pa.int32()),
            "item": pa.array([7] * len(values), pa.int16()),
            "value": pa.array([Decimal(v) for v in values.values()], pa.decimal128(18, 4)),
        }
    )


def output(figures: Figures, source: Source) -> dict[int, tuple[float | None, int]]:
    table = figures.compute(
        load_definitions("gansu"), source, tree="zone", indicators=["dz_output"], views=["period"]
    )
    return {row["unit"]: (row["value"], row["n"]) for row in table.to_pylist()}


def test_a_figure_is_as_it_was_known(tmp_path: Path) -> None:
    warehouse = Warehouse.open(tmp_path, create=True)
    register = Registry.of(
        {
            "form": [{"id": 1, "code": "enterprise-month", "frequency": "month"}],
            "item": [{"id": 7, "code": "output", "name": "工业总产值"}],
            "reporter": [{"id": i, "code": f"e{i}"} for i in (1, 2)],
            "unit": [{"id": 20, "code": "park"}, {"id": 10, "code": "zone"}],
            "membership": [{"reporter": i, "unit": 20, "tree": "zone"} for i in (1, 2)],
            "edge": [{"unit": 20, "parent": 10, "tree": "zone"}],
        }
    )
    warehouse.publish_registry(register, actor="clerk", reason="register", at=AT)
    first = warehouse.publish(
        1, 202501, returns({1: "15000", 2: "20000.5"}), actor="clerk", reason="January", at=AT
    )
    warehouse.publish(1, 202501, returns({2: "30000"}), actor="clerk", reason="revised", at=AT)
    figures = Figures()
    assert first is not None
    before, now = Source.of(warehouse, first.id), Source.of(warehouse)
    assert output(figures, before) == {20: (3.5, 2), 10: (3.5, 2)}
    assert output(figures, now) == {20: (4.5, 2), 10: (4.5, 2)}
    assert output(figures, before) == {20: (3.5, 2), 10: (3.5, 2)}
    figures.close()
