"""The long table of figures (长表): one row a figure, made from the engine's wide answers.

Here figures get their printed unit of measure and decimals, for all engines in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from hexi.statistics.indicators.finish import Finish
from hexi.statistics.indicators.plan import Cell
from hexi.statistics.indicators.rounding import rounded_column

__all__ = ["long_batches"]

#: columns shorter than this are rounded together, since each call has a price of its own
_SHORT = 4096


def long_batches(
    wide: pa.Table,
    cells: Sequence[Cell],
    done: Finish,
    names: pa.Array,
    views: pa.Array,
    schema: pa.Schema,
) -> Iterable[pa.RecordBatch]:
    """One batch a cell, rounded; unit and period are shared with the wide answer, not copied."""
    for batch in wide.to_batches():
        rows = batch.num_rows
        unit, period = (batch.column(name).cast(pa.int32()) for name in ("unit", "period"))
        values = _rounded([batch.column(f"v{i}") for i in range(len(cells))], cells, done.exact)
        reporters = _counted(batch, done.counts)
        # every cell of a view and every view of an indicator shares its column of words
        indicator, view = (
            {word: _constant(word, words, rows) for word in words.to_pylist()}
            for words in (names, views)
        )
        for i, cell in enumerate(cells):
            yield pa.RecordBatch.from_arrays(
                [
                    unit,
                    period,
                    indicator[cell.indicator],
                    view[cell.view],
                    values[i],
                    reporters[i],
                ],
                schema=schema,
            )


def _counted(batch: pa.RecordBatch, counts: Sequence[Sequence[int]]) -> list[pa.Array]:
    """Reporters of each cell: the least of its inputs; none where one was not returned."""
    used = {number for each in counts for number in each}
    columns = {c: pc.fill_null(batch.column(f"c{c}").cast(pa.int32()), 0) for c in used}
    nobody = pa.repeat(pa.scalar(0, pa.int32()), batch.num_rows)
    found: dict[tuple[int, ...], pa.Array] = {(): nobody}
    for each in map(tuple, counts):
        if each not in found:
            parts = [columns[number] for number in each]
            found[each] = parts[0] if len(parts) == 1 else pc.min_element_wise(*parts)
    return [found[tuple(each)] for each in counts]


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
    """A column that says the same word in every row."""
    index = pc.index(words, word).as_py()
    indices = pa.repeat(pa.scalar(index, pa.int16()), rows)
    return pa.DictionaryArray.from_arrays(indices, words, safe=False)
