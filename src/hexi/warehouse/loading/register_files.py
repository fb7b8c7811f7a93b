"""The register from a folder of tables (名录文件): form.csv, item.csv, reporter.csv and the others.

Each table of :data:`hexi.warehouse.registry.TABLES` is a CSV, xlsx or Parquet file of its name with
its columns; files may be left out. An empty ``since`` or ``until`` is "from ever" and "still so".
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from hexi.warehouse.errors import WarehouseError, WarehouseFault
from hexi.warehouse.loading.batch import read_sheets
from hexi.warehouse.months import OPEN
from hexi.warehouse.registry import TABLES, Registry

__all__ = ["read_register"]

_SUFFIXES = (".csv", ".xlsx", ".parquet")
_DEFAULTS = {"since": "190001", "until": str(OPEN)}


def read_register(folder: Path) -> Registry:
    """The register of a folder; WarehouseError where no table is there or columns do not fit.

    Unreadable for a file that is nothing that can be loaded.
    """
    tables = {}
    for name in TABLES:
        paths = [folder / f"{name}{suffix}" for suffix in _SUFFIXES]
        found = [path for path in paths if path.is_file()]
        if len(found) > 1:
            shown = "、".join(path.name for path in found)
            raise WarehouseError(WarehouseFault(str(folder), "columns", shown))
        if found:
            tables[name] = _table(name, found[0])
    if not tables:
        shown = "、".join(f"{name}.csv" for name in TABLES)
        raise WarehouseError(WarehouseFault(str(folder), "no_tables", shown))
    return Registry.of(tables)


def _table(name: str, path: Path) -> pa.Table:
    known = set(TABLES[name].names)
    sheet = read_sheets(path.name, path.read_bytes(), lambda row: bool(known & set(row)))[0]
    if sheet.faults:
        raise WarehouseError(WarehouseFault(path.name, "columns", sheet.faults[0].sentence()))
    columns = {}
    for column, cells in zip(sheet.header, sheet.columns, strict=True):
        text = pc.utf8_trim_whitespace(cells)
        if column in _DEFAULTS:
            text = pc.if_else(pc.equal(pc.fill_null(text, ""), ""), _DEFAULTS[column], text)
        columns[column] = text
    return pa.table(columns)
