"""DuckDB (嵌入式引擎): the default; one wheel, no server, two cores are enough for a province."""

# ruff: noqa: S608 - SQL is put together from our own words; names are ours

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from hexi.warehouse.engines.ansi import AnsiDialect

__all__ = ["DuckdbDialect", "DuckdbEngine"]


class DuckdbDialect(AnsiDialect):
    """Standard SQL but for the list of files and the whole quotient."""

    name = "duckdb"

    def files(self, paths: Sequence[str | Path]) -> str:
        if not paths:
            return super().files(paths)
        listed = ", ".join(self.text(str(path)) for path in paths)
        # a folder of the path never becomes a column
        return f"read_parquet([{listed}], hive_partitioning = false)"

    def whole_divide(self, dividend: str, divisor: int) -> str:
        return f"({dividend} // {divisor})"


class DuckdbEngine:
    """An embedded DuckDB in memory that spills to a folder of its own.

    ``memory`` is a limit such as ``900MB``; ``threads`` defaults to the machine's cores.
    """

    def __init__(
        self,
        *,
        threads: int | None = None,
        memory: str | None = None,
        spill: Path | None = None,
    ) -> None:
        self.dialect = DuckdbDialect()
        self._spill = Path(tempfile.mkdtemp(prefix="hexi-duckdb-", dir=spill))
        settings: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": str(self._spill),
            "threads": threads or os.cpu_count() or 1,
            # sums of integers do not depend on order, and rows are sorted where it matters
            "preserve_insertion_order": False,
            # no network: an engine of the house never fetches code
            "autoinstall_known_extensions": False,
        }
        if memory:
            settings["memory_limit"] = memory
        self._connection = duckdb.connect(":memory:", config=settings)

    def register(self, name: str, table: pa.Table) -> None:
        self.drop(name)
        self._connection.register("hexi_incoming", table)
        self._connection.execute(f"create temp table {name} as select * from hexi_incoming")
        self._connection.unregister("hexi_incoming")

    def stage(self, name: str, sql: str) -> None:
        self._connection.execute(f"create or replace temp table {name} as {sql}")

    def fetch(self, sql: str) -> pa.Table:
        return self._connection.sql(sql).to_arrow_table()

    def drop(self, name: str) -> None:
        self._connection.execute(f"drop table if exists {name}")

    def close(self) -> None:
        self._connection.close()
        shutil.rmtree(self._spill, ignore_errors=True)
