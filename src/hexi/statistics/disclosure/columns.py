"""Cells as columns (单元格列表): a long table becomes a `Table`, and a decision is put to its rows.

The long table is what an engine gives for a publication: a row a cell, with the names of its
nodes, the sum, the number of enterprises, the largest and the second largest contribution and who
the largest is. In SQL over facts with their units these are ``sum(value)``, ``count(*)``,
``max(value, 2)`` and ``arg_max(reporter, value)`` after one sum for each enterprise and cell.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hexi.statistics.disclosure.axes import Axis
from hexi.statistics.disclosure.decision import Decision
from hexi.statistics.disclosure.rules import Mask, Whole
from hexi.statistics.disclosure.table import Table, TableError

__all__ = ["from_columns", "hidden_rows"]

_AMOUNTS = ("total", "first", "second")


def from_columns(axes: Sequence[Axis], given: pa.Table, *, signed: Mask | None = None) -> Table:
    """The table of a long table; a cell without a row is one that nobody reported.

    Columns: one an axis (text), ``total``, ``first``, ``second`` (decimals of at most four
    places or whole numbers), ``reporters``, ``holder`` (whole numbers); optional ``gross`` and
    ``published``. TableError where a column or node is unknown or a cell stands twice.
    """
    wanted = {*(axis.name for axis in axes), *_AMOUNTS, "reporters", "holder"}
    missing = sorted(wanted - set(given.column_names))
    if missing:
        raise TableError(f"missing columns: {', '.join(missing)}")
    shape = tuple(len(axis) for axis in axes)
    place = _places(axes, given)
    if len(np.unique(place)) != len(place):
        raise TableError("a cell stands in two rows")

    def spread(column: Whole, empty: int = 0) -> Whole:
        cells = np.full(shape, empty, np.int64)
        cells.reshape(-1)[place] = column
        return cells

    total, first, second = (spread(_amounts(given[name])) for name in _AMOUNTS)
    published: Mask | None = None
    if "published" in given.column_names:
        published = np.zeros(shape, bool)
        published.reshape(-1)[place] = given["published"].to_numpy()
    return Table.of(
        axes,
        total,
        spread(given["reporters"].to_numpy()),
        first,
        second,
        spread(given["holder"].to_numpy(), -1),
        published=published,
        gross=spread(_amounts(given["gross"])) if "gross" in given.column_names else None,
        signed=signed,
    )


def hidden_rows(decision: Decision, given: pa.Table) -> pa.Array:
    """True for each row of a long table whose cell readers do not see."""
    place = _places(decision.axes, given)
    return pa.array(decision.hidden.reshape(-1)[place])


def _places(axes: Sequence[Axis], given: pa.Table) -> npt.NDArray[np.intp]:
    flat = np.zeros(given.num_rows, np.intp)
    for axis in axes:
        found = pc.index_in(given[axis.name], value_set=pa.array(axis.nodes, pa.string()))
        if found.null_count:
            name = given[axis.name].filter(pc.is_null(found))[0].as_py()
            raise TableError(f"{axis.name}: no node {name}")
        flat = flat * len(axis) + found.to_numpy()
    return flat


def _amounts(column: pa.ChunkedArray) -> Whole:
    """Ten-thousandths of decimals or whole numbers; TableError where something would be lost."""
    try:
        exact = column.cast(pa.decimal128(19, 0)) if pa.types.is_integer(column.type) else column
        exact = exact.cast(pa.decimal128(24, 4))
        whole: Whole = (
            pc.multiply_checked(exact, pa.scalar(10_000, pa.decimal128(5, 0)))
            .cast(pa.decimal128(38, 0))
            .cast(pa.int64())
            .to_numpy()
        )
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise TableError(f"amounts are decimals of four places: {error}") from error
    return whole
