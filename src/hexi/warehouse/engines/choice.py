"""Which engine runs (选择引擎): ``HEXI_ENGINE`` names it; DuckDB where nothing is said."""

from __future__ import annotations

import os

from hexi.warehouse.engines.clickhouse import open_chdb, open_server
from hexi.warehouse.engines.duckdb import DuckdbEngine
from hexi.warehouse.engines.protocol import Engine
from hexi.warehouse.engines.spark import open_spark
from hexi.warehouse.errors import WarehouseError, WarehouseFault

__all__ = ["open_engine"]


def open_engine(
    name: str | None = None, *, threads: int | None = None, memory: str | None = None
) -> Engine:
    """An engine by name or address, else as ``HEXI_ENGINE`` says, else DuckDB.

    ``duckdb``; ``chdb`` or ``clickhouse://user:password@host:port/?files=folder``;
    ``spark://host:port``, ``local-cluster[…]``, ``local[…]``, ``yarn`` or ``k8s://…``.
    ``threads`` and ``memory`` (such as ``900MB``) limit it. WarehouseError with code ``engine``
    for one that is unknown or not installed.
    """
    wanted = name or os.environ.get("HEXI_ENGINE", "") or "duckdb"
    if wanted == "duckdb":
        return DuckdbEngine(threads=threads, memory=memory)
    if wanted == "chdb":
        return open_chdb(threads, memory)
    if wanted.startswith("clickhouse://"):
        return open_server(wanted)
    if wanted.startswith(("spark://", "local[", "local-cluster[", "yarn", "k8s://")):
        return open_spark(wanted, threads, memory)
    raise WarehouseError(WarehouseFault("HEXI_ENGINE", "engine", wanted))
