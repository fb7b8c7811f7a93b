"""SDMX-CSV 1.0 and 2.0 (统计数据交换): the columns that are facts, without labels and attributes.

Version 1.0 begins with DATAFLOW, 2.0 with STRUCTURE, STRUCTURE_ID and ACTION. Where labels are
asked for, heads and cells read ``code: label``. What is no dimension that the warehouse has is an
attribute and passes.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from hexi.warehouse.loading.faults import LoadFault
from hexi.warehouse.loading.layout import role_of
from hexi.warehouse.loading.sheet import Sheet

__all__ = ["plain_sheet"]

#: actions that give whole data; D would take away
_GIVING = frozenset({"", "I", "A", "R", "M"})


def plain_sheet(sheet: Sheet) -> Sheet:
    """The sheet itself, or of an SDMX-CSV only the columns that the warehouse knows."""
    first = sheet.header[0].upper() if sheet.header else ""
    if not (first.startswith("DATAFLOW") or first.partition("[")[0] == "STRUCTURE"):
        return sheet
    heads = [name.split(":")[0].strip() for name in sheet.header]
    labelled = any(":" in name for name in sheet.header)
    chosen = [index for index, name in enumerate(heads) if role_of(name)]
    columns = tuple(_codes(sheet.columns[i], heads[i], labelled) for i in chosen)
    return Sheet(
        sheet.file,
        sheet.name,
        tuple(heads[index] for index in chosen),
        columns,
        sheet.first_row,
        sheet.left_out,
        sheet.faults + _actions(sheet, heads),
    )


def _codes(column: pa.Array, name: str, labelled: bool) -> pa.Array:
    """Codes without their labels; a value that is NaN is none."""
    if role_of(name) == "value":
        return pc.if_else(pc.equal(pc.utf8_lower(column), "nan"), "", column)
    return pc.replace_substring_regex(column, ": .*$", "") if labelled else column


def _actions(sheet: Sheet, heads: list[str]) -> tuple[LoadFault, ...]:
    """Rows whose action is not to give data."""
    if "ACTION" not in heads:
        return ()
    at = heads.index("ACTION")
    faults = {}
    for index, action in enumerate(sheet.columns[at].to_pylist()):
        code = action.split(":")[0].strip().upper()
        if code not in _GIVING and code not in faults:
            faults[code] = sheet.fault_at("action", index, at, code)
    return tuple(faults.values())
