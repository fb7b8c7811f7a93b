"""Spark (分布式引擎): a cluster that a site has already, such as ``spark://host:7077``.

The warehouse's folder must be readable under the same path by every worker. Stages are persisted
in the cluster's memory and spill to its disks.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from hexi.warehouse.engines.ansi import AnsiDialect
from hexi.warehouse.errors import WarehouseError, WarehouseFault

__all__ = ["SparkDialect", "SparkEngine", "open_spark"]

_COLUMNS: Final = (
    "form smallint, period int, reporter int, item smallint, facet int,"
    " value decimal(18,4), prior decimal(18,4), submission int"
)


class SparkDialect(AnsiDialect):
    """Standard SQL; a list of files becomes a view of the session."""

    name = "spark"

    def __init__(self, session: Any) -> None:
        self._session = session

    def files(self, paths: Sequence[str | Path]) -> str:
        if not paths:
            return super().files(paths)
        listed = [str(path) for path in paths]
        name = "files_" + sha256("\n".join(listed).encode()).hexdigest()[:16]
        frame = self._session.read.schema(_COLUMNS).parquet(*listed)
        frame.createOrReplaceTempView(name)
        return name

    def whole_divide(self, dividend: str, divisor: int) -> str:
        return f"cast(({dividend} div {divisor}) as int)"

    def text(self, value: str) -> str:
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def starts_with(self, text: str, start: str) -> str:
        return f"startswith({text}, {start})"


class SparkEngine:
    """A session on a cluster."""

    def __init__(self, session: Any, folder: Path) -> None:
        self.dialect = SparkDialect(session)
        self._session, self._folder = session, folder
        self._stages: dict[str, Any] = {}

    def register(self, name: str, table: pa.Table) -> None:
        self.drop(name)
        self._session.createDataFrame(table).createOrReplaceTempView(name)

    def stage(self, name: str, sql: str) -> None:
        # now and once; its plan is forgotten, or each stage would be planned again, with all that
        # it rests on, wherever it is read
        frame = self._session.sql(sql).localCheckpoint(eager=True)
        self.drop(name)
        frame.createOrReplaceTempView(name)
        self._stages[name] = frame

    def fetch(self, sql: str) -> pa.Table:
        return self._session.sql(sql).toArrow()

    def drop(self, name: str) -> None:
        kept = self._stages.pop(name, None)
        self._session.catalog.dropTempView(name)
        if kept is not None:
            kept.unpersist()

    def close(self) -> None:
        self._session.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def open_spark(address: str, threads: int | None, memory: str | None) -> SparkEngine:
    """A session at a master's address; WarehouseError where pyspark is not installed.

    ``threads`` is the number of parts that a shuffle makes, ``memory`` an executor's.
    """
    try:
        sql = import_module("pyspark.sql")
    except ImportError as error:
        raise WarehouseError(WarehouseFault("HEXI_ENGINE", "engine", "spark")) from error
    folder = Path(tempfile.mkdtemp(prefix="hexi-spark-"))
    settings = {
        # what is a megabyte in all is not cut into two hundred
        "spark.sql.shuffle.partitions": str(threads or 2 * (os.cpu_count() or 1)),
        "spark.sql.adaptive.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        # a product keeps all its decimals; by itself Spark would round them to make room
        "spark.sql.decimalOperations.allowPrecisionLoss": "false",
        "spark.ui.enabled": "false",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }
    if memory:
        settings["spark.executor.memory"] = memory.lower().removesuffix("b")
    builder = sql.SparkSession.builder.master(address).appName("hexi")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return SparkEngine(session, folder)
