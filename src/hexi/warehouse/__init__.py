"""The warehouse (数据仓库): facts as columns, in immutable segments with vintages.

A notebook opens it and asks for tables as they are known now, or were on a day:

    import hexi.warehouse
    w = hexi.warehouse.open("warehouse", as_of=date(2024, 3, 31))
    w.cube("jurisdiction", periods=[202402], into="polars")
"""

from hexi.warehouse.engines import Dialect, Engine, open_engine
from hexi.warehouse.errors import WarehouseError, WarehouseFault
from hexi.warehouse.frames import as_frame
from hexi.warehouse.manifest import Manifest, Segment, Snapshot
from hexi.warehouse.registry import Registry
from hexi.warehouse.rewriting import Change
from hexi.warehouse.store import AsOf, Warehouse

__all__ = [
    "AsOf",
    "Change",
    "Dialect",
    "Engine",
    "Manifest",
    "Registry",
    "Segment",
    "Snapshot",
    "Warehouse",
    "WarehouseError",
    "WarehouseFault",
    "as_frame",
    "open",
    "open_engine",
]

#: ``Warehouse.open`` by the name that a notebook types
open = Warehouse.open
