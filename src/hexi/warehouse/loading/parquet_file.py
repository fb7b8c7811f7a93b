"""Parquet files from other systems: their columns as text, numbers exactly or to fifteen digits."""

from __future__ import annotations

import io

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from hexi.warehouse.loading.faults import LoadFault
from hexi.warehouse.loading.sheet import Sheet, Unreadable

__all__ = ["read_parquet"]


def read_parquet(file: str, data: bytes) -> Sheet:
    """The sheet of a Parquet file; Unreadable where it is none."""
    try:
        table = pq.read_table(io.BytesIO(data))
        columns = tuple(_text(column) for column in table.columns)
    except (pa.ArrowException, duckdb.Error, OSError) as error:
        raise Unreadable(LoadFault(file, "", 0, "", "broken", str(error))) from error
    # rows have no header line: the first is row 1
    return Sheet(file, "", tuple(table.column_names), columns, first_row=1)


def _text(column: pa.ChunkedArray) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type):
        return _digits(column)
    return column.cast(pa.string()).combine_chunks()


def _digits(column: pa.ChunkedArray) -> pa.Array:
    """Doubles as they are printed with fifteen digits: 0.3, not 0.30000000000000004."""
    connection = duckdb.connect(":memory:")
    try:
        connection.register("given", pa.table({"v": column.cast(pa.float64())}))
        answer = connection.sql("select printf('%.15g', v) as v from given").to_arrow_table()
    finally:
        connection.close()
    return answer["v"].combine_chunks().cast(pa.string())
