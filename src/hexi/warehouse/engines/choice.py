"""Which engine runs (选择引擎): ``HEXI_ENGINE`` names it; DuckDB where nothing is said."""

from __future__ import annotations

import os

from hexi.warehouse.engines.duckdb import DuckdbEngine
from hexi.warehouse.engines.protocol import Engine
from hexi.warehouse.errors import WarehouseError, WarehouseFault

__all__ = ["open_engine"]


def open_engine(
    name: str | None = None, *, threads: int | None = None, memory: str | None = None
) -> Engine:
    """An engine by name or address, else as ``HEXI_ENGINE`` says, else DuckDB.

    ``threads`` and ``memory`` (such as ``900MB``) limit the embedded engine. WarehouseError with
    code ``engine`` for one that is unknown or not installed.
    """
    wanted = name or os.environ.get("HEXI_ENGINE", "") or "duckdb"
    if wanted == "duckdb":
        return DuckdbEngine(threads=threads, memory=memory)
    raise WarehouseError(WarehouseFault("HEXI_ENGINE", "engine", wanted))
