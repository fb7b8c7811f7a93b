"""Synthetic facts (合成数据) for benchmarks: enterprises of parks of zones, by month, as segments.

Forty items, of which each enterprise returns 43 %, answered in 97 of 100 months; exact decimals
with last year's figure beside them. Written a month at a time and kept in ``build/facts``, so that
the second run only reads.

    python benchmarks/facts.py 20_000_000
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent / "build" / "facts"
ITEMS, PARKS, ZONES, REGIONS = 40, 400, 60, 5
FORM, FIRST_YEAR = 1, 2015
TREE, OPEN = "zone", 999912
RETURNED, ANSWERED = 0.43, 0.97


@dataclass(frozen=True, slots=True)
class World:
    """Where the facts lie and how many there are."""

    folder: Path
    enterprises: int
    months: int
    rows: int

    @property
    def segments(self) -> list[tuple[int, Path]]:
        """Period and file of each segment, in order."""
        found = sorted((self.folder / "segments").glob("*.parquet"))
        return [(int(path.stem), path) for path in found]

    def table(self, name: str) -> pa.Table:
        """A table of the register: membership, edge."""
        return pq.read_table(self.folder / f"{name}.parquet")


def periods(months: int) -> list[int]:
    """YYYYMM of so many months from the first January."""
    return [(FIRST_YEAR + i // 12) * 100 + i % 12 + 1 for i in range(months)]


def size_of(rows: int) -> tuple[int, int]:
    """Enterprises and months that make about so many rows, as long as 50,000 do for two years."""
    months = 120 if rows > 40_000_000 else 24
    return max(round(rows / months / (ITEMS * RETURNED * ANSWERED)), 10), months


def world(rows: int) -> World:
    """The facts of that size; made where they are not there yet."""
    folder = ROOT / str(rows)
    about = folder / "about.json"
    enterprises, months = size_of(rows)
    if not about.exists():
        (folder / "segments").mkdir(parents=True, exist_ok=True)
        written = _segments(folder / "segments", enterprises, months)
        for name, table in _register(enterprises, months).items():
            pq.write_table(table, folder / f"{name}.parquet")
        about.write_text(json.dumps({"rows": written}), encoding="utf-8")
    kept = json.loads(about.read_text(encoding="utf-8"))
    return World(folder, enterprises, months, kept["rows"])


def _register(enterprises: int, months: int) -> dict[str, pa.Table]:
    """Enterprise in park, park in zone, zone in region; one enterprise in a hundred moves."""
    rng = np.random.default_rng(7)
    reporter = np.arange(enterprises, dtype=np.int32)
    park = rng.integers(0, PARKS, enterprises).astype(np.int32)
    moved = np.flatnonzero(rng.random(enterprises) < 0.01)
    middle = periods(months)[months // 2]
    until = np.full(enterprises, OPEN, np.int32)
    until[moved] = middle
    membership = pa.table(
        {
            "reporter": np.concatenate([reporter, reporter[moved]]),
            "unit": np.concatenate([park, (park[moved] + 1) % PARKS]).astype(np.int32),
            "tree": [TREE] * (enterprises + len(moved)),
            "since": np.concatenate(
                [np.full(enterprises, 190001), np.full(len(moved), middle)]
            ).astype(np.int32),
            "until": np.concatenate([until, np.full(len(moved), OPEN)]).astype(np.int32),
        }
    )
    zone, region, province = PARKS, PARKS + ZONES, PARKS + ZONES + REGIONS
    pairs = [(i, zone + i % ZONES) for i in range(PARKS)]
    pairs += [(zone + i, region + i % REGIONS) for i in range(ZONES)]
    pairs += [(region + i, province) for i in range(REGIONS)]
    edge = pa.table(
        {
            "unit": pa.array([p[0] for p in pairs], pa.int32()),
            "parent": pa.array([p[1] for p in pairs], pa.int32()),
            "tree": [TREE] * len(pairs),
            "since": pa.array([190001] * len(pairs), pa.int32()),
            "until": pa.array([OPEN] * len(pairs), pa.int32()),
        }
    )
    return {"membership": membership, "edge": edge}


def _decimal(units: np.ndarray, null: np.ndarray | None = None) -> pa.Array:
    """Whole numbers as decimal(18, 4), without a detour over text or floats."""
    wide = np.zeros((len(units), 2), np.int64)
    wide[:, 0] = units.astype(np.int64) * 10_000
    missing = None if null is None else pa.array(~null).buffers()[1]
    buffers = [missing, pa.py_buffer(wide)]
    return pa.Array.from_buffers(pa.decimal128(18, 4), len(units), buffers)


def _segments(folder: Path, enterprises: int, months: int) -> int:
    rng = np.random.default_rng(11)
    returns = rng.random((ITEMS, enterprises)) < RETURNED
    size = np.exp(rng.normal(6, 1.2, enterprises)).astype(np.float32)
    rows = 0
    for number, period in enumerate(periods(months)):
        there = returns & (rng.random((1, enterprises), np.float32) < ANSWERED)
        item, reporter = np.nonzero(there)
        count = len(item)
        noise = rng.random(count, np.float32) * 0.4 + 0.8
        value = (size[reporter] * noise * (1 + 0.005 * number) * (1 + item % 7)).astype(np.int64)
        prior = (value * (rng.random(count, np.float32) * 0.2 + 0.85)).astype(np.int64)
        table = pa.table(
            {
                "form": pa.repeat(pa.scalar(FORM, pa.int16()), count),
                "period": pa.repeat(pa.scalar(period, pa.int32()), count),
                "reporter": pa.array(reporter.astype(np.int32)),
                "item": pa.array(item.astype(np.int16)),
                "facet": pa.repeat(pa.scalar(0, pa.int32()), count),
                "value": _decimal(value),
                "prior": _decimal(prior, rng.random(count, np.float32) < 0.03),
                "submission": pa.array((reporter + number * enterprises).astype(np.int32)),
            }
        )
        part = folder / f".{period}.part"
        pq.write_table(
            table,
            part,
            compression="zstd",
            row_group_size=131_072,
            store_decimal_as_integer=True,
        )
        part.rename(folder / f"{period}.parquet")
        rows += count
    return rows


if __name__ == "__main__":
    for wanted in sys.argv[1:] or ["1_000_000"]:
        made = world(int(wanted))
        print(f"{made.rows:,} facts of {made.enterprises:,} enterprises in {made.folder}")
