"""What is wrong with a first return (演练差错): late, or with an error that somebody has to find.

The first vintage of the months in training has returns that are not there yet and errors of the
kinds that offices meet; the second vintage has them all, and right. The key of answers says where
each error is, so that those who learn to check can be told what they missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hexi.statistics.practice.register import Whole

__all__ = ["KINDS", "Errors", "late_returns", "plant"]

#: kind of error, as the key of answers names it
KINDS: Final = (
    "unit_too_small",  # 元 for 万元: ten thousand times too large
    "unit_too_large",  # 亿元 for 万元: ten thousand times too small
    "swapped_digits",
    "lost_sign",
    "last_month_again",
    "one_zero_more",
)
_LATE: Final = 0.03
_WRONG: Final = 0.0008


@dataclass(frozen=True)
class Errors:
    """Errors of one month: positions in its rows, kind, what is there and what is right."""

    row: Whole
    kind: Whole
    #: hundredths
    wrong: Whole
    right: Whole

    def among(self, there: npt.NDArray[np.bool_]) -> Errors:
        """Those in rows that are there."""
        kept = there[self.row]
        return Errors(self.row[kept], self.kind[kept], self.wrong[kept], self.right[kept])

    def table(self, month: pa.Table, form: int, period: int) -> pa.Table:
        """The key of answers; ``month`` are the rows of the month with reporter and item."""
        place = pa.array(self.row)
        return pa.table(
            {
                "form": pa.repeat(pa.scalar(form, pa.int16()), len(self.row)),
                "period": pa.repeat(pa.scalar(period, pa.int32()), len(self.row)),
                "reporter": month["reporter"].take(place).combine_chunks(),
                "item": month["item"].take(place).combine_chunks(),
                "kind": pa.array(KINDS).take(pa.array(self.kind)),
                "wrong": pa.array(self.wrong),
                "right": pa.array(self.right),
                "synthetic": pa.repeat(pa.scalar(True), len(self.row)),
            }
        )


def late_returns(count: int, period: int, seed: int) -> npt.NDArray[np.bool_]:
    """Enterprises whose return is not there when the month is first published."""
    late: npt.NDArray[np.bool_] = np.random.default_rng([seed, 5, period]).random(count) < _LATE
    return late


def plant(value: Whole, prior: Whole, period: int, seed: int) -> tuple[Whole, Errors]:
    """The month's values with errors put in, and where they are.

    ``value`` and ``prior`` (what is carried over when somebody repeats an old figure) in
    hundredths, a row each. Values of 0 stay.
    """
    dice = np.random.default_rng([seed, 6, period])
    chosen = np.flatnonzero((dice.random(len(value)) < _WRONG) & (value != 0))
    kind = dice.integers(0, len(KINDS), len(chosen))
    right = value[chosen]
    made = np.stack(
        [
            right * 10_000,
            right // 10_000,
            _swapped(right),
            -right,
            prior[chosen],
            right * 10,
        ]
    )
    wrong = made[kind, np.arange(len(chosen))]
    real = wrong != right
    errors = Errors(chosen[real], kind[real], wrong[real], right[real])
    spoilt = value.copy()
    spoilt[errors.row] = errors.wrong
    return spoilt, errors


def _swapped(value: Whole) -> Whole:
    """The first two digits of the whole part in each other's place."""
    whole, rest = np.abs(value) // 100, np.abs(value) % 100
    digits = np.floor(np.log10(np.maximum(whole, 1))).astype(np.int64)
    high, next_ = 10**digits, 10 ** np.maximum(digits - 1, 0)
    first, second = whole // high, whole // next_ % 10
    swapped = whole - first * high - second * next_ + second * high + first * next_
    swapped = np.where(digits > 0, swapped, whole)
    found: Whole = np.sign(value) * (swapped * 100 + rest)
    return found
