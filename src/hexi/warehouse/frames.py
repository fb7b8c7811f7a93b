"""Tables as the reader works with them (数据框): Arrow, Polars or pandas, where installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Literal

import pyarrow as pa

__all__ = ["Into", "as_frame"]

#: what a table is handed out as
Into = Literal["arrow", "polars", "pandas"]


def as_frame(table: pa.Table, into: Into = "arrow") -> Any:
    """The table as Arrow, Polars or pandas; decimals stay exact in all three.

    ImportError where the library is not installed, ValueError for another name.
    """
    if into == "arrow":
        return table
    if into == "polars":
        return import_module("polars").from_arrow(table)
    if into == "pandas":
        import_module("pandas")
        return table.to_pandas()
    raise ValueError(f"arrow, polars or pandas, not {into!r}")
