"""A manifest in a database by its address (清单所在数据库): the portal's, read from a notebook.

``sqlite:///file`` and ``postgresql://user:password@host/name`` as in ``HEXI_DATABASE_URL``. The
tables must be there: the portal makes them.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from hexi.warehouse.errors import WarehouseError, WarehouseFault
from hexi.warehouse.manifest import Manifest, writing

__all__ = ["manifest_at"]


def manifest_at(address: str) -> Manifest:
    """The manifest in a database; WarehouseError where there is none."""
    if address.startswith(("postgres://", "postgresql://")):
        return _postgresql(address)
    if address.startswith("sqlite:///"):
        return _sqlite(Path(unquote(address.removeprefix("sqlite:///"))))
    raise WarehouseError(WarehouseFault(address.partition(":")[0], "no_warehouse"))


def _sqlite(path: Path) -> Manifest:
    if not path.is_file():
        raise WarehouseError(WarehouseFault(str(path), "no_warehouse"))
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    if not connection.execute(
        "SELECT 1 FROM sqlite_master WHERE name = 'warehouse_snapshot'"
    ).fetchone():
        raise WarehouseError(WarehouseFault(str(path), "no_warehouse"))

    return Manifest(
        connection, dialect="sqlite", style="?", transaction=partial(writing, connection)
    )


def _postgresql(address: str) -> Manifest:
    try:
        psycopg: Any = import_module("psycopg")
    except ImportError as error:
        raise WarehouseError(WarehouseFault("psycopg", "database")) from error
    try:
        connection = psycopg.connect(address, autocommit=True)
        found = connection.execute("SELECT to_regclass('warehouse_snapshot')").fetchone()
    except psycopg.Error as error:
        # the address holds a password: only the driver's own words are told
        fault = WarehouseFault("PostgreSQL", "database", str(error).strip())
        raise WarehouseError(fault) from error
    if found is None or found[0] is None:
        raise WarehouseError(WarehouseFault("PostgreSQL", "no_warehouse"))
    return Manifest(
        connection, dialect="postgresql", style="%s", transaction=connection.transaction
    )
