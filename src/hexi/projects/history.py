"""Histories of many projects at once (项目历史列): what stood at a time, what came by then.

Rows of all projects lie in one column, ordered by project and time, so that a question about every
project on a past day is one search in it. A project is its position (0 … n-1); times are whole
numbers that grow (days, months as 202611, years).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Flags", "History", "Ints"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
#: room for a time beside the project's position in one sortable number
_SPAN_BITS = 22
_SPAN = 1 << _SPAN_BITS
#: times whose places are kept: figures ask several questions about one day
_KEPT = 3


@dataclass(frozen=True)
class History:
    """Rows of ``size`` projects."""

    size: int
    #: position and time in one number, ascending
    keys: Ints
    #: money in yuan, or the code of what stood there
    values: Ints

    @classmethod
    def of(cls, size: int, positions: Ints, times: Ints, values: Ints) -> History:
        """From rows in any order; rows of one project and time keep theirs.

        Raises:
            ValueError: a position or a time is out of bounds.
        """
        if len(times) and (times.min() < 0 or times.max() >= _SPAN):
            raise ValueError("times must lie between 0 and 4,194,303")
        if len(positions) and (positions.min() < 0 or positions.max() >= size):
            raise ValueError("a row of no project")
        keys = positions.astype(np.int64) * _SPAN + times
        if np.any(keys[1:] < keys[:-1]):
            order = np.argsort(keys, kind="stable")
            keys, values = keys[order], values[order]
        return cls(size, keys, values.astype(np.int64, copy=False))

    def replaced(self, size: int, chosen: Ints, rows: History) -> History:
        """With the rows of the chosen positions (ascending) taken from another history.

        ``size`` may have grown: new projects come after the old ones.
        """
        keys: list[Ints] = []
        values: list[Ints] = []
        done = 0
        starts = np.searchsorted(self.keys, chosen * _SPAN)
        ends = np.searchsorted(self.keys, (chosen + 1) * _SPAN)
        begins = np.searchsorted(rows.keys, chosen * _SPAN)
        stops = np.searchsorted(rows.keys, (chosen + 1) * _SPAN)
        for start, end, begin, stop in zip(starts, ends, begins, stops, strict=True):
            keys += [self.keys[done:start], rows.keys[begin:stop]]
            values += [self.values[done:start], rows.values[begin:stop]]
            done = end
        keys.append(self.keys[done:])
        values.append(self.values[done:])
        return History(size, np.concatenate(keys), np.concatenate(values))

    def last(self, time: int, missing: int = -1) -> Ints:
        """The value that stood for each project at a time; ``missing`` where none did yet."""
        ends = self._ends(time)
        found = np.full(self.size, missing, dtype=np.int64)
        some = ends > self._starts
        found[some] = self.values[ends[some] - 1]
        return found

    def last_time(self, time: int, missing: int = -1) -> Ints:
        """Since when that value stood."""
        ends = self._ends(time)
        found = np.full(self.size, missing, dtype=np.int64)
        some = ends > self._starts
        found[some] = self.keys[ends[some] - 1] % _SPAN
        return found

    def last_positive(self, missing: int = -1) -> Ints:
        """The time of each project's last row whose value is above nothing."""
        rows = self.keys[self.values > 0]
        found = np.full(self.size, missing, dtype=np.int64)
        # rows are ascending: of one project the last one stays
        found[rows >> _SPAN_BITS] = rows & (_SPAN - 1)
        return found

    def known(self, time: int) -> Flags:
        """Which projects have a row at that time exactly."""
        return self._ends(time) > self._ends(time - 1)

    def total(self, time: int, since: int = 0) -> Ints:
        """Sums of the rows from ``since`` to ``time``, both included."""
        started = self._ends(since - 1) if since else self._starts
        return np.asarray(self._sums[self._ends(time)] - self._sums[started])

    def by_time(self, chosen: Flags, since: int, until: int) -> dict[int, int]:
        """Sums of the chosen projects' rows by time, from ``since`` to ``until``."""
        times = self.keys & (_SPAN - 1)
        rows = (times >= since) & (times <= until) & chosen[self.keys >> _SPAN_BITS]
        found, groups = np.unique(times[rows], return_inverse=True)
        sums = np.zeros(len(found), dtype=np.int64)
        np.add.at(sums, groups, self.values[rows])
        return {int(time): int(value) for time, value in zip(found, sums, strict=True)}

    def ever(self, wanted: Flags, time: int) -> Flags:
        """Which projects had a row by then whose value is among the wanted codes."""
        hits = np.concatenate(([0], np.cumsum(wanted[self.values], dtype=np.int64)))
        return np.asarray(hits[self._ends(time)] > hits[self._starts])

    @cached_property
    def _sums(self) -> Ints:
        """What all rows before each come to."""
        return np.concatenate(([0], np.cumsum(self.values)))

    @cached_property
    def _starts(self) -> Ints:
        return np.searchsorted(self.keys, np.arange(self.size) * _SPAN)

    @cached_property
    def _kept_ends(self) -> dict[int, Ints]:
        return {}

    def _ends(self, time: int) -> Ints:
        """First row after a time, by project; the last times asked for are kept."""
        found = self._kept_ends.pop(time, None)
        if found is None:
            wanted = np.arange(self.size) * _SPAN + time
            found = np.searchsorted(self.keys, wanted, side="right")
        self._kept_ends[time] = found
        while len(self._kept_ends) > _KEPT:
            self._kept_ends.pop(next(iter(self._kept_ends)))
        return found
