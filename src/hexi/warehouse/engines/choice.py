"""Which engine runs (选择引擎): ``HEXI_ENGINE`` names it; DuckDB where nothing is said.

``HEXI_ENGINE_MEMORY`` bounds it. DuckDB has a bound always, so that a large question does not push
the portal out of a small machine: beyond it, it works on the disk.
"""

from __future__ import annotations

import os
import re
from typing import Final

from hexi.warehouse.engines.clickhouse import open_chdb, open_server
from hexi.warehouse.engines.duckdb import DuckdbEngine
from hexi.warehouse.engines.protocol import Engine
from hexi.warehouse.engines.spark import open_spark
from hexi.warehouse.errors import WarehouseError, WarehouseFault

__all__ = ["open_engine"]

#: enough for a hundred million facts; what is more goes to the disk
_MEMORY: Final = "1GB"
_SIZE: Final = re.compile(r"[0-9]+(\.[0-9]+)?\s*[KMG]B", re.IGNORECASE)


def open_engine(
    name: str | None = None, *, threads: int | None = None, memory: str | None = None
) -> Engine:
    """An engine by name or address, else as ``HEXI_ENGINE`` says, else DuckDB.

    ``duckdb``; ``chdb`` or ``clickhouse://user:password@host:port/?files=folder``;
    ``spark://host:port``, ``local-cluster[…]``, ``local[…]``, ``yarn`` or ``k8s://…``.
    ``threads`` and ``memory`` (such as ``900MB``) limit it; without ``memory`` it is what
    ``HEXI_ENGINE_MEMORY`` says, of DuckDB else 1 GB. WarehouseError with code ``engine`` for one
    that is unknown or not installed, ``memory`` for a size that is none.
    """
    wanted = name or os.environ.get("HEXI_ENGINE", "") or "duckdb"
    memory = memory or os.environ.get("HEXI_ENGINE_MEMORY", "").strip() or None
    if memory and not _SIZE.fullmatch(memory):
        raise WarehouseError(WarehouseFault("HEXI_ENGINE_MEMORY", "memory", memory))
    if wanted == "duckdb":
        return DuckdbEngine(threads=threads, memory=memory or _MEMORY)
    if wanted == "chdb":
        return open_chdb(threads, memory)
    if wanted.startswith("clickhouse://"):
        return open_server(wanted)
    if wanted.startswith(("spark://", "local[", "local-cluster[", "yarn", "k8s://")):
        return open_spark(wanted, threads, memory)
    raise WarehouseError(WarehouseFault("HEXI_ENGINE", "engine", wanted))
