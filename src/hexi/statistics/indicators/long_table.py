"""The long table of figures (长表): one row a figure, made from the engine's wide answers.

Here figures get their printed unit of measure and decimals, for all engines in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from hexi.statistics.indicators.plan import Cell
from hexi.statistics.indicators.rounding import rounded_column

__all__ = ["long_batches"]

#: columns shorter than this are rounded together, since each call has a price of its own
_SHORT = 4096


def long_batches(
    wide: pa.Table,
    cells: Sequence[Cell],
    exact: Sequence[bool],
    names: pa.Array,
    views: pa.Array,
    schema: pa.Schema,
) -> Iterable[pa.RecordBatch]:
    """One batch a cell, rounded; unit and period are shared with the wide answer, not copied."""
    for batch in wide.to_batches():
        rows = batch.num_rows
        unit, period = (batch.column(name).cast(pa.int32()) for name in ("unit", "period"))
        values = _rounded([batch.column(f"v{i}") for i in range(len(cells))], cells, exact)
        for i, cell in enumerate(cells):
            yield pa.RecordBatch.from_arrays(
                [
                    unit,
                    period,
                    _constant(cell.indicator, names, rows),
                    _constant(cell.view, views, rows),
                    values[i],
                    batch.column(f"n{i}").cast(pa.int32()),
                ],
                schema=schema,
            )


def _rounded(
    columns: Sequence[pa.Array], cells: Sequence[Cell], exact: Sequence[bool]
) -> list[pa.Array]:
    """The columns of cells as they are printed."""
    kinds: dict[tuple[Fraction, int, str, bool], list[int]] = {}
    for i, cell in enumerate(cells):
        kind = cell.scale, cell.decimals, cell.rounding, exact[i]
        kinds.setdefault(kind, []).append(i)
    found = list(columns)
    for (scale, decimals, rounding, sure), places in kinds.items():
        long = len(columns[0]) >= _SHORT
        for group in [[i] for i in places] if long else [places]:
            joined = columns[group[0]] if long else pa.concat_arrays([columns[i] for i in group])
            done = rounded_column(joined, scale, decimals, rounding, exact=sure)
            for number, i in enumerate(group):
                rows = len(columns[i])
                found[i] = done.slice(number * rows, rows)
    return found


def _constant(word: str, words: pa.Array, rows: int) -> pa.DictionaryArray:
    index = pc.index(words, word).as_py()
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(index, pa.int16()), rows), words)
