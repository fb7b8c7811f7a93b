"""Series side by side (监测面板): what a forecast is made from, one row a series, one calendar.

Nothing is filled: NaN is not reported, zero is zero. Rows that carry the same family number are
siblings (同类序列): the same indicator of other zones, or indicators of one kind; what is not known
of a short series is borrowed from them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["ALONE", "B", "F", "I", "Panel"]

F = NDArray[np.float64]
I = NDArray[np.int64]  # noqa: E741
B = NDArray[np.bool_]

#: family or peers of a row that has none
ALONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """``n`` series over ``T`` consecutive periods, the last of which is ``last``."""

    #: (n, T)
    values: F
    #: code of the last column: year × frequency + index
    last: int
    #: 1 yearly, 4 quarterly, 12 monthly
    frequency: int
    #: (n,) siblings carry the same number, `ALONE` has none
    family: I
    #: (n,) least and greatest possible value, NaN where there is none; shares have 0 and 100
    low: F
    high: F
    #: (n,) values within the year are totals since its start (本年累计)
    running: B
    #: (n,) values are growth on the year before, per cent
    rates: B
    #: (n,) rows that are ranked together carry the same number
    peers: I

    @classmethod
    def of(
        cls,
        values: ArrayLike,
        *,
        last: int,
        frequency: int = 1,
        family: ArrayLike | None = None,
        low: ArrayLike | None = None,
        high: ArrayLike | None = None,
        running: ArrayLike | None = None,
        rates: ArrayLike | None = None,
        peers: ArrayLike | None = None,
    ) -> Panel:
        """A panel; what is left out holds for no row. Raises ValueError on shapes that disagree."""
        table = np.array(values, dtype=float)
        if table.ndim != 2:
            raise ValueError(f"values: a table of series by periods is needed, got {table.ndim}-d")
        if frequency not in (1, 4, 12):
            raise ValueError(f"frequency: 1, 4 or 12 is needed, got {frequency}")
        table[~np.isfinite(table)] = np.nan

        def column(given: ArrayLike | None, default: float) -> F:
            filled = np.asarray(default if given is None else given, float)
            return np.broadcast_to(filled, (len(table),)).copy()

        def numbers(given: ArrayLike | None) -> I:
            return column(given, ALONE).astype(np.int64)

        return cls(
            values=table,
            last=int(last),
            frequency=frequency,
            family=numbers(family),
            low=column(low, np.nan),
            high=column(high, np.nan),
            running=(column(running, 0.0) > 0) & (frequency > 1),
            rates=column(rates, 0.0) > 0,
            peers=numbers(peers),
        )

    @property
    def first(self) -> int:
        """Code of the first column."""
        return self.last - int(self.values.shape[1]) + 1

    def __len__(self) -> int:
        return len(self.values)

    def at(self, rows: I, periods: I) -> F:
        """Observed values by row and period; NaN where there is none."""
        column = periods - self.first
        width = self.values.shape[1]
        inside = (column >= 0) & (column < width)
        found = np.full(np.broadcast_shapes(rows.shape, periods.shape), np.nan)
        if width:
            picked = self.values[rows, np.clip(column, 0, width - 1)]
            found = np.where(inside, picked, np.nan)
        return found
