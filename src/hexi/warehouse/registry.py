"""The register (名录): who reports, which units they belong to, and when (dated dimensions).

Facts carry whole numbers; here stands what the numbers mean. A reporter (填报单位: an enterprise,
or a unit that reports on itself) belongs to one unit in each tree at a time; a unit has one
parent in each tree at a time. Trees (体系) are jurisdiction, type of zone, industry, ownership and
whatever else figures are added up by. Dates are months: ``since`` is included, ``until`` is not,
999912 is open.

The register is versioned with the facts: a snapshot shows facts and register as both were known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pyarrow as pa

from hexi.warehouse.errors import WarehouseError, WarehouseFault
from hexi.warehouse.months import OPEN

__all__ = ["TABLES", "Registry"]


def _schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, nullable=False) for name, kind in columns])


_LIFE: Final = (("since", pa.int32()), ("until", pa.int32()))

#: the tables and their columns
TABLES: Final[dict[str, pa.Schema]] = {
    # a form (报表) and how often it is reported: month, quarter, half, year
    "form": _schema(("id", pa.int16()), ("code", pa.string()), ("frequency", pa.string())),
    "item": _schema(("id", pa.int16()), ("code", pa.string()), ("name", pa.string())),
    # classes of dynamic rows, such as partner countries; 0 is never one of them
    "facet": _schema(("id", pa.int32()), ("code", pa.string()), ("name", pa.string())),
    "reporter": _schema(("id", pa.int32()), ("code", pa.string()), ("name", pa.string()), *_LIFE),
    "unit": _schema(
        ("id", pa.int32()),
        ("code", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        *_LIFE,
    ),
    "membership": _schema(
        ("reporter", pa.int32()), ("unit", pa.int32()), ("tree", pa.string()), *_LIFE
    ),
    "edge": _schema(("unit", pa.int32()), ("parent", pa.int32()), ("tree", pa.string()), *_LIFE),
}

_DEFAULTS: Final[dict[str, Any]] = {"since": 190001, "until": OPEN, "name": "", "kind": ""}


@dataclass(frozen=True)
class Registry:
    """The tables of the register as Arrow; made by :meth:`of`, which checks nothing yet."""

    form: pa.Table
    item: pa.Table
    facet: pa.Table
    reporter: pa.Table
    unit: pa.Table
    membership: pa.Table
    edge: pa.Table

    @classmethod
    def of(cls, tables: Mapping[str, Any]) -> Registry:
        """A register from Arrow tables or lists of dicts by table name.

        Tables may be left out; since, until, name and kind have defaults. Rows are sorted, so that
        the same register is the same file. Raises WarehouseError where columns do not fit.
        """
        wrong = [
            WarehouseFault(name, "columns", "不认识的表") for name in tables if name not in TABLES
        ]
        if wrong:
            raise WarehouseError(*wrong)
        return cls(**{name: _table(name, tables.get(name, [])) for name in TABLES})

    def tables(self) -> dict[str, pa.Table]:
        """All tables by name."""
        return {name: getattr(self, name) for name in TABLES}

    # --- looking up ---------------------------------------------------------------------------

    @cached_property
    def forms(self) -> dict[str, int]:
        """Number of a form by its code."""
        return _numbers(self.form)

    @cached_property
    def items(self) -> dict[str, int]:
        """Number of an item by its code."""
        return _numbers(self.item)

    @cached_property
    def units(self) -> dict[str, int]:
        """Number of a unit by its code."""
        return _numbers(self.unit)

    @cached_property
    def reporters(self) -> dict[str, int]:
        """Number of a reporter by its code."""
        return _numbers(self.reporter)

    @cached_property
    def frequencies(self) -> dict[int, str]:
        """Frequency of each form by its number."""
        columns = self.form.to_pydict()
        return dict(zip(columns["id"], columns["frequency"], strict=True))


def _numbers(table: pa.Table) -> dict[str, int]:
    columns = table.select(["code", "id"]).to_pydict()
    return dict(zip(columns["code"], columns["id"], strict=True))


def _table(name: str, given: Any) -> pa.Table:
    """A table with the columns of its schema, defaults filled in, sorted by all columns."""
    schema = TABLES[name]
    if isinstance(given, pa.Table):
        columns = {column: given[column] for column in given.column_names}
        rows = given.num_rows
    else:
        given = list(given)
        rows = len(given)
        keys = {key for row in given for key in row}
        columns = {key: [row.get(key, _DEFAULTS.get(key)) for row in given] for key in keys}
    extra = sorted(set(columns) - set(schema.names))
    missing = [c for c in schema.names if c not in columns and c not in _DEFAULTS and rows]
    if extra or missing:
        found = "，".join([*(f"多 {c}" for c in extra), *(f"缺 {c}" for c in missing)])
        raise WarehouseError(WarehouseFault(name, "columns", found))
    arrays = []
    for field in schema:
        values = columns.get(field.name, [_DEFAULTS.get(field.name)] * rows)
        arrays.append(_column(name, field, values))
    table = pa.table(arrays, schema=schema)
    return table.sort_by([(column, "ascending") for column in schema.names]).combine_chunks()


def _column(table: str, field: pa.Field, values: Any) -> Any:
    try:
        if isinstance(values, pa.ChunkedArray | pa.Array):
            column = values.cast(field.type)
        else:
            column = pa.array(values, field.type)
    except (pa.ArrowException, TypeError, OverflowError) as error:
        raise WarehouseError(WarehouseFault(table, "columns", f"{field.name}：{error}")) from error
    if column.null_count:
        raise WarehouseError(WarehouseFault(table, "null", field.name))
    return column
