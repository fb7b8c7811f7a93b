"""The warehouse (数据仓库): facts as columns, in immutable segments with vintages."""

from hexi.warehouse.engines import Dialect, Engine, open_engine
from hexi.warehouse.errors import WarehouseError, WarehouseFault
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
    "open_engine",
]
