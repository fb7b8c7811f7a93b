"""The warehouse's claims: loading, publishing, revising and reading at 20 million facts.

    python benchmarks/warehouse.py [--months 24]

CPU seconds of one process. Synthetic enterprises: 50,000 reporters, 40 items, every second or
third reported, so that a month has 840,000 facts.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from hexi.warehouse import Registry, Warehouse, open_engine
from hexi.warehouse.loading import load_files

AT = datetime(2026, 1, 5, tzinfo=UTC)
REPORTERS, ITEMS, UNITS = 50_000, 40, 90


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measured(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """CPU seconds, wall seconds, answer."""
    begun, wall = cpu(), time.perf_counter()
    answer = work()
    return cpu() - begun, time.perf_counter() - wall, answer


def register() -> Registry:
    parents = [
        {"unit": u, "parent": 1 + (u - 2) // 9, "tree": "place"} for u in range(2, UNITS + 1)
    ]
    return Registry.of(
        {
            "form": [{"id": 1, "code": "QY01", "frequency": "month"}],
            "item": [{"id": i, "code": f"i{i}"} for i in range(1, ITEMS + 1)],
            "reporter": [{"id": r, "code": f"R{r:017d}"} for r in range(1, REPORTERS + 1)],
            "unit": [{"id": u, "code": f"u{u}"} for u in range(1, UNITS + 1)],
            "edge": parents,
            "membership": [
                {"reporter": r, "unit": 11 + r % (UNITS - 10), "tree": "place"}
                for r in range(1, REPORTERS + 1)
            ],
        }
    )


def month(seed: int) -> pa.Table:
    """A month's returns; amounts spread as those of enterprises are."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"select setseed({(seed % 97) / 100})").fetchall()
    return connection.sql(
        f"""select r::int as reporter, i::smallint as item,
            (exp(8 + 2 * (random() + random() + random() - 1.5)) // 1)::decimal(18,4) as value,
            (exp(8 + 2 * (random() + random() + random() - 1.5)) // 1)::decimal(18,4) as prior
        from range(1, {REPORTERS + 1}) a(r), range(1, {ITEMS + 1}) b(i)
        where hash(r * 40 + i) % 100 < 42"""
    ).to_arrow_table()


def csv_of(table: pa.Table, rows: int) -> bytes:
    columns = [table.slice(0, rows)[name].to_pylist() for name in ("reporter", "item", "value")]
    lines = [f"R{r:017d},i{i},{v}" for r, i, v in zip(*columns, strict=True)]
    return ("reporter,item,value\n" + "\n".join(lines)).encode()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--months", type=int, default=24)
    months = parser.parse_args().months
    held = []

    def claim(name: str, found: float, most: float, unit: str = "CPU s") -> None:
        held.append(found <= most)
        sys.stdout.write(f"{name:58} {found:8.2f} of {most:g} {unit}\n")

    with tempfile.TemporaryDirectory() as folder:
        house = Warehouse.open(Path(folder), create=True)
        house.publish_registry(register(), actor="a", reason="b", at=AT)
        periods = [(2023 + n // 12) * 100 + n % 12 + 1 for n in range(months)]
        spent, facts = 0.0, 0
        for number, period in enumerate(periods):
            table = month(number)
            facts += table.num_rows
            used, _, _ = measured(
                lambda t=table, p=period: house.publish(1, p, t, actor="a", reason="b", at=AT)
            )
            spent += used
        size = sum(segment.bytes for segment in house.segments())
        sys.stdout.write(f"{facts:,} facts in {months} months, {size / facts:.1f} bytes a fact\n")
        claim("publish a month of 840,000 facts", spent / months, 1.0)

        last = house.facts(periods=[periods[-1]], reporters=[777])
        changed = last.set_column(
            5, "value", pc.add(last["value"], pa.scalar(1)).cast(last.schema[5].type)
        )
        changed = changed.select(["reporter", "item", "value", "prior"])
        used, _, _ = measured(
            lambda: house.publish(1, periods[-1], changed, actor="a", reason="b", at=AT)
        )
        claim("one return revised: its month written anew", used, 0.5)
        newest = house.snapshots()[-1].id
        used, _, found = measured(
            lambda: house.difference(newest - 1, newest, tree="place", unit=1)
        )
        assert found.by_reporter.num_rows == changed.num_rows
        claim("why it changed, from the province to the enterprise", used, 2.0)

        engine = open_engine()
        source = engine.dialect.files(house.files())
        engine.register("m", house.registry().membership)
        by_hand = f"""select f.form, f.period, m.unit, f.item, f.facet,
                sum(value), sum(prior), count(*)
            from {source} f join m using (reporter) group by all"""
        floor = min(measured(lambda: engine.fetch(by_hand))[0] for _ in range(3))
        used = min(measured(lambda: house.cube("place", engine=engine))[0] for _ in range(3))
        sys.stdout.write(f"hand-written sums at the lowest level: {floor:.2f} CPU s\n")
        claim("sums of all items for all units and months", used / floor, 1.4, "times that")
        used, _, _ = measured(lambda: house.facts(periods=periods[-1:], reporters=[777]))
        claim("one enterprise's month", used, 0.1)
        used, _, faults = measured(house.verify)
        assert not faults
        claim("verify every file", used, 2.0)

        data = csv_of(month(99), 200_000)
        used, _, report = measured(
            lambda: load_files(
                house,
                [("m.csv", data)],
                form="QY01",
                period="2025-12",
                actor="a",
                reason="b",
                at=AT,
            )
        )
        assert report.files[0].facts == 200_000, report.faults[:3]
        claim("a CSV of 200,000 rows checked and loaded", used, 5.0)
        engine.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    claim("peak memory", peak, 2.0, "GB")
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
