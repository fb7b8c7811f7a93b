"""The random walk with drift (带漂移的随机游走): growth goes on as it has lately, and may be wrong.

From the last value, h periods ahead: centre x + h·a, scale f·s·√(h + h²/c) with t tails, where a
and s are the believed growth and its volatility, c the periods that a is worth, and f what past
forecasts of h periods had to be widened by. Closed form throughout, all series at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.monitoring.forecast import settings
from hexi.monitoring.forecast.borrowing import Belief, borrow
from hexi.monitoring.forecast.dice import Dice
from hexi.monitoring.forecast.errors import widening
from hexi.monitoring.forecast.panel import B, F, I
from hexi.monitoring.forecast.pooling import Families
from hexi.monitoring.forecast.scales import Scale, choose
from hexi.monitoring.forecast.steps import newest_column, past_of, steps_of

__all__ = ["Walk", "fit_walk"]

#: horizons that past errors are measured at; later ones take the last
_MEASURED = 6


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """A fitted walk of each of ``n`` series."""

    scale: Scale
    #: periods in a year
    a_year: int
    #: code of the period of the last value
    origin: I
    #: last value on the scale; NaN where nothing can be said
    x: F
    #: growth a period, its volatility, periods it is worth, degrees of freedom
    drift: F
    volatility: F
    certainty: F
    df: F
    #: variance of the last value itself, where it was estimated
    jump: F
    #: (n, H) factor on the scale by horizon
    widen: F
    points: I
    gaps: I
    #: steps, where none of them moved the series; else 0
    still: F
    shared: F
    only_shared: F

    @property
    def said(self) -> B:
        """True where there is enough to go by."""
        return np.isfinite(self.x) & np.isfinite(self.drift)

    def moments(self, rows: I, periods: I) -> tuple[F, F]:
        """Centre and scale of rows (k,) at periods (k,) or (k, H), on the scale."""
        rows_ = rows.reshape(-1, *(1,) * (periods.ndim - 1))
        h = (periods - self.origin[rows_]).astype(float)
        ahead = np.maximum(h, 0.0)
        centre = self.x[rows_] + ahead * self.drift[rows_]
        spread = self._factor(rows_, ahead) * self.volatility[rows_]
        variance = spread**2 * (ahead + ahead**2 / self.certainty[rows_]) + self.jump[rows_]
        return centre, np.sqrt(variance)

    def since(self, rows: I, periods: I) -> tuple[F, F]:
        """The last value on the scale, and the years from there to a period."""
        return self.x[rows], (periods - self.origin[rows]) / self.a_year

    def change(self, rows: I) -> tuple[F, F]:
        """Centre and scale of growth on the year before, where both years are to come."""
        year = np.full(rows.shape, float(self.a_year))
        spread = self._factor(rows, year) * self.volatility[rows]
        scale = spread * np.sqrt(year + year**2 / self.certainty[rows])
        return year * self.drift[rows], scale

    def paths(self, row: int, periods: I, dice: Dice) -> F:
        """(draws, H) of one row's way through consecutive periods, on the scale."""
        h = np.maximum(periods - self.origin[row], 0)
        drawn = dice.normal(2 + int(h.max(initial=0)))
        walk = np.cumsum(drawn[:, 2:], axis=1)
        way = np.where(h > 0, walk[:, np.maximum(h - 1, 0)], 0.0) if walk.size else 0.0
        ahead = h.astype(float)
        lean = drawn[:, :1] * (ahead / np.sqrt(self.certainty[row]))
        start = drawn[:, 1:2] * np.sqrt(self.jump[row])
        spread = self._factor(np.full(h.shape, row), ahead) * self.volatility[row]
        noise = (spread * (way + lean) + start) * dice.heavy(float(self.df[row]))
        return np.asarray(self.x[row] + ahead * self.drift[row] + noise, float)

    def _factor(self, rows: I, ahead: F) -> F:
        place = np.clip(np.ceil(ahead).astype(np.int64) - 1, 0, self.widen.shape[1] - 1)
        return np.asarray(self.widen[rows, place], float)


def fit_walk(
    values: F,
    *,
    last: int,
    a_year: int,
    family: I,
    low: F,
    high: F,
    jump: F | None = None,
) -> Walk:
    """Fit all rows; ``jump`` is the variance of the logarithm of a last value that is estimated."""
    scale = choose(values, low, high)
    x = scale.to(values)
    families = Families(family, scale.kind)
    steps = steps_of(x)
    memory, window = settings.OWN_MEMORY ** (1 / a_year), settings.WINDOW * a_year
    past = past_of(steps, memory, window)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(steps.span > 0, steps.size / steps.span, np.nan)
    belief = borrow(
        past,
        rate,
        families,
        memory=settings.FAMILY_MEMORY ** (1 / a_year),
        window=window,
        worth=settings.SIBLINGS_WORTH * a_year,
    )
    column = newest_column(x)
    n, width = x.shape
    there = np.maximum(column, 0)
    every = np.arange(n)
    # siblings that have reported since the row's last value speak for the time since
    newest = np.full(n, width - 1) if width else there
    spoken = np.isfinite(belief.drift[every, newest]) if width else np.zeros(n, bool)
    said = np.where(spoken & (belief.shared[every, newest] > 0), newest, there) if width else there
    return Walk(
        scale=scale,
        a_year=a_year,
        origin=(last - (width - 1 - column)).astype(np.int64),
        x=np.where(column >= 0, _pick(x, there), np.nan),
        drift=_pick(belief.drift, said),
        volatility=_pick(belief.scale, said),
        certainty=_pick(belief.certainty, said),
        df=_pick(belief.df, said),
        jump=np.zeros(n) if jump is None else _jump(jump, scale, x, there),
        widen=_widen(x, belief, families, a_year),
        points=np.isfinite(x).sum(axis=1).astype(np.int64),
        gaps=(np.maximum(steps.span - 1, 0) * (steps.span > 0)).sum(axis=1).astype(np.int64),
        still=np.where((steps.size == 0).all(axis=1), (steps.span > 0).sum(axis=1), 0.0),
        shared=_pick(belief.shared, said),
        only_shared=_pick(belief.only_shared, said),
    )


def _pick(table: F, column: I) -> F:
    """The value of each row at its column."""
    if not table.shape[1]:
        return np.full(len(table), np.nan)
    return np.take_along_axis(table, column[:, None], axis=1)[:, 0]


def _jump(jump: F, scale: Scale, x: F, column: I) -> F:
    """A variance of the logarithm as one on the scale."""
    plain = scale.kind != 0
    return np.where(plain, jump * np.maximum(np.abs(_pick(x, column)), 1e-12) ** 2, jump)


def _widen(x: F, belief: Belief, families: Families, a_year: int) -> F:
    """(n, H) factors from the errors of earlier origins, h periods after each."""
    width = x.shape[1]
    df = belief.df[:, -1] if width else np.full(len(x), settings.DF)
    columns = []
    for h in range(1, min(_MEASURED, max(width - 3, 1)) + 1):
        before, after = slice(0, max(width - h, 0)), slice(h, width)
        spread = belief.scale[:, before] * np.sqrt(h + h * h / belief.certainty[:, before])
        with np.errstate(invalid="ignore"):
            errors = (x[:, after] - x[:, before] - h * belief.drift[:, before]) / spread
        columns.append(widening(errors, df, families, a_year))
    return np.stack(columns, axis=1)
