"""Quarters and months against the year before (同比): the season stays, the growth on it goes on.

The growth on the same period of the year before returns from its latest value towards the believed
growth at a speed φ learnt from the family (a first-order autoregression); the value is last year's
period plus that growth, over as many years as the target is away. Scales are in closed form.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.monitoring.forecast import settings
from hexi.monitoring.forecast.borrowing import Belief, borrow
from hexi.monitoring.forecast.dice import Dice
from hexi.monitoring.forecast.errors import widening
from hexi.monitoring.forecast.panel import ALONE, B, F, I
from hexi.monitoring.forecast.pooling import Families
from hexi.monitoring.forecast.scales import Scale, choose
from hexi.monitoring.forecast.steps import Past, newest_column, recent

__all__ = ["FEWEST", "Seasonal", "fit_seasonal"]

#: growths on the year before that a row must have, or it is treated as having no season
FEWEST = 3
#: growths within a year that count as independent when their variance is reckoned
_INDEPENDENT_A_YEAR = 3.0
#: speed of return before anything is known, and growths that it counts as
_RETURN, _RETURN_WORTH, _SLOWEST = 0.8, 60.0, 0.98


@dataclass(frozen=True, slots=True, eq=False)
class Seasonal:
    """A fitted seasonal model of each of ``n`` series."""

    scale: Scale
    a_year: int
    #: (n, T) values on the scale, and the code of the last column
    history: F
    last: int
    origin: I
    #: last value on the scale
    x: F
    #: growth a year, its scale about it, years that it is worth, degrees of freedom
    drift: F
    volatility: F
    certainty: F
    df: F
    #: latest growth less the believed one, and whether it was observed
    ahead: F
    ahead_seen: B
    #: part of that which is left after a period
    stay: F
    #: horizons of the columns of `widen`
    horizons: tuple[int, ...]
    widen: F
    points: I
    gaps: I
    #: years, where no period differed from the year before; else 0
    still: F
    shared: F
    only_shared: F

    @property
    def said(self) -> B:
        """True where there is enough to go by."""
        return np.isfinite(self.x) & np.isfinite(self.drift)

    def moments(self, rows: I, periods: I) -> tuple[F, F]:
        """Centre and scale of rows (k,) at periods (k,) or (k, H), on the scale."""
        rows_ = np.broadcast_to(rows.reshape(-1, *(1,) * (periods.ndim - 1)), periods.shape)
        base, years = self._anchor(rows_, periods)
        return self._sum(rows_, periods, base, years)

    def since(self, rows: I, periods: I) -> tuple[F, F]:
        """The same period of the latest year that has it, and the years from there."""
        base, years = self._anchor(rows, periods)
        return base, years.astype(float)

    def change(self, rows: I, periods: I) -> tuple[F, F]:
        """Centre and scale of growth on the year before in a period ahead."""
        nothing = np.zeros(rows.shape)
        return self._sum(rows, periods, nothing, np.ones(rows.shape, np.int64))

    def paths(self, row: int, periods: I, dice: Dice) -> F:
        """(draws, H) of one row's way through periods, on the scale."""
        far = int(max(periods.max(initial=0) - self.origin[row], 0))
        stay, size = self.stay[row], self.volatility[row]
        drawn = dice.normal(2 + far)
        growth = np.empty((dice.draws, far + 1))
        growth[:, 0] = 0.0 if self.ahead_seen[row] else drawn[:, 1] * size
        push = size * np.sqrt(1 - stay**2)
        for h in range(far):
            growth[:, h + 1] = stay * growth[:, h] + push * drawn[:, h + 2]
        lean = drawn[:, :1] * (size / np.sqrt(self.certainty[row]))
        heavy = dice.heavy(float(self.df[row]))
        rows = np.full(periods.shape, row)
        base, years = self._anchor(rows, periods)
        centre, _ = self._sum(rows, periods, base, years)
        noise = years * lean
        for i in range(int(years.max(initial=0))):
            h = periods - self.a_year * i - self.origin[row]
            at = np.where(h > 0, growth[:, np.clip(h, 0, far)], 0.0)
            noise = noise + np.where(i < years, at, 0.0)
        return np.asarray(centre + self._factor(rows, periods) * noise * heavy, float)

    def _anchor(self, rows: I, periods: I) -> tuple[F, I]:
        """The same period of the latest year that has it, and the years since."""
        width = self.history.shape[1]
        base = np.full(periods.shape, np.nan)
        years = np.zeros(periods.shape, np.int64)
        reach = int((periods.max(initial=self.last) - self.last) // self.a_year)
        for j in range(1, reach + width // self.a_year + 2):
            column = periods - j * self.a_year - (self.last - width + 1)
            inside = (column >= 0) & (column < width) & (years == 0)
            found = np.where(inside, self.history[rows, np.clip(column, 0, width - 1)], np.nan)
            new = np.isfinite(found)
            base, years = np.where(new, found, base), np.where(new, j, years)
        # a season that was never observed starts from the last value
        missing = years == 0
        away = np.maximum((periods - self.origin[rows]) / self.a_year, 0)
        base = np.where(missing, self.x[rows], base)
        return base, np.where(missing, np.ceil(away), years).astype(np.int64)

    def _sum(self, rows: I, periods: I, base: F, years: I) -> tuple[F, F]:
        stay, size = self.stay[rows], self.volatility[rows]
        drift, ahead = self.drift[rows], np.where(self.ahead_seen[rows], self.ahead[rows], 0.0)
        centre = base + years * drift
        variance = np.zeros(periods.shape)
        loose = np.where(self.ahead_seen[rows], 1.0, 0.0)
        earlier: list[tuple[F, F]] = []
        for i in range(int(years.max(initial=0))):
            h = (periods - self.a_year * i - self.origin[rows]).astype(float)
            counts = (i < years).astype(float)
            left = np.where(h > 0, stay ** np.maximum(h, 0), 0.0)
            centre = centre + counts * left * ahead
            own = np.where(h > 0, 1 - loose * left**2, 1.0)
            variance = variance + counts * own
            for later, later_h in earlier:
                apart = np.where(h > 0, stay ** np.maximum(later_h - h, 0), 0.0)
                variance = variance + 2 * counts * apart * np.maximum(own, 0) * later
            earlier.append((counts, h))
        variance = size**2 * (variance + years**2 / self.certainty[rows])
        return centre, self._factor(rows, periods) * np.sqrt(variance)

    def _factor(self, rows: I, periods: I) -> F:
        place = np.searchsorted(self.horizons, np.maximum(periods - self.origin[rows], 1))
        return np.asarray(self.widen[rows, np.minimum(place, len(self.horizons) - 1)], float)


def fit_seasonal(values: F, *, last: int, a_year: int, family: I, low: F, high: F) -> Seasonal:
    """Fit all rows of a panel of quarters or months."""
    scale = choose(values, low, high)
    x = scale.to(values)
    n, width = x.shape
    growth = np.full(x.shape, np.nan)
    growth[:, a_year:] = x[:, a_year:] - x[:, :-a_year]
    families = Families(family, scale.kind)
    window = settings.WINDOW * a_year
    belief = borrow(
        _past(growth, a_year, window),
        growth,
        families,
        memory=settings.FAMILY_MEMORY ** (1 / a_year),
        window=window,
        worth=settings.SIBLINGS_WORTH,
        overlap=a_year,
    )
    column = np.maximum(newest_column(x), 0)
    every = np.arange(n)
    drift = belief.drift[every, column]
    latest = growth[every, column]
    stay = _stay(growth - drift[:, None], families)
    horizons = tuple(sorted({1, max(a_year // 4, 1), max(a_year // 2, 1), a_year}))
    return Seasonal(
        scale=scale,
        a_year=a_year,
        history=x,
        last=last,
        origin=(last - (width - 1 - column)).astype(np.int64),
        x=x[every, column],
        drift=drift,
        volatility=belief.scale[every, column],
        certainty=belief.certainty[every, column],
        df=belief.df[every, column],
        ahead=np.nan_to_num(latest - drift),
        ahead_seen=np.isfinite(latest),
        stay=stay,
        horizons=horizons,
        widen=_widen(x, growth, belief, stay, families, horizons, a_year),
        points=np.isfinite(x).sum(axis=1).astype(np.int64),
        gaps=_gaps(x),
        still=_still(growth, a_year),
        shared=belief.shared[every, column],
        only_shared=belief.only_shared[every, column],
    )


def _past(growth: F, a_year: int, window: int) -> Past:
    """Mean and variance of growth on the year before at every column."""
    memory = settings.OWN_MEMORY ** (1 / a_year)
    there = np.isfinite(growth)
    count_all = np.maximum(there.sum(axis=1, keepdims=True), 1)
    centre = np.nansum(growth, axis=1, keepdims=True) / count_all
    size = np.where(there, growth - centre, 0.0)
    weight = recent(there.astype(float), memory, window)
    weight2 = recent(there.astype(float), memory**2, window)
    grown, square = recent(size, memory, window), recent(size * size, memory, window)
    count = np.round(recent(there.astype(float), 1.0, window))
    some = count > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = np.where(some, weight**2 / weight2, 0.0)
        mean = np.where(some, grown / weight, 0.0)
        raw = np.where(some, square / weight - mean**2, 0.0)
        variance = np.where(count > 1, raw * worth / np.maximum(worth - 1, 1e-9), np.nan)
    return Past(
        drift=np.where(some, mean + centre, 0.0),
        variance=np.maximum(variance, 0.0),
        certainty=worth / a_year,
        worth=np.where(count > 1, worth * _INDEPENDENT_A_YEAR / a_year, 0.0),
        count=count,
    )


def _stay(apart: F, families: Families) -> F:
    """(n,) part of a deviation that is left after a period, by family."""
    before, after = apart[:, :-1], apart[:, 1:]
    both = np.isfinite(before) & np.isfinite(after)
    product = np.where(both, before * after, 0.0).sum(axis=1)
    square = np.where(both, before * before, 0.0).sum(axis=1)
    pairs = both.sum(axis=1).astype(float)
    whole = _shrunk(product.sum(), square.sum(), pairs.sum(), _RETURN)
    member = families.of != ALONE
    of = families.of[member]

    def total(column: F) -> F:
        return np.asarray(np.bincount(of, column[member], families.count), float)

    own = _shrunk(total(product), total(square), total(pairs), whole)
    return families.spread(np.atleast_1d(own), float(whole))


def _shrunk(product: F, square: F, pairs: F, towards: F | float) -> F:
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = np.where(square > 0, product / square, towards)
    part = (pairs * np.clip(seen, 0, 1) + _RETURN_WORTH * towards) / (pairs + _RETURN_WORTH)
    return np.asarray(np.clip(part, 0.0, _SLOWEST), float)


def _widen(
    x: F,
    growth: F,
    belief: Belief,
    stay: F,
    families: Families,
    horizons: tuple[int, ...],
    a_year: int,
) -> F:
    width = x.shape[1]
    df = belief.df[:, -1]
    columns = []
    for h in horizons:
        before = slice(0, max(width - h, 0))
        left = (stay**h)[:, None]
        spread = belief.scale[:, before] * np.sqrt(1 - left**2 + 1 / belief.certainty[:, before])
        drift = belief.drift[:, before]
        with np.errstate(invalid="ignore"):
            miss = growth[:, h:] - drift - left * (growth[:, before] - drift)
            columns.append(widening(miss / spread, df, families, a_year))
    return np.stack(columns, axis=1)


def _still(growth: F, a_year: int) -> F:
    known = np.isfinite(growth)
    moved = (np.where(known, growth, 0.0) != 0).any(axis=1)
    return np.where(moved, 0.0, known.sum(axis=1) / a_year)


def _gaps(x: F) -> I:
    seen = np.isfinite(x)
    columns = np.arange(x.shape[1])
    first = np.where(seen, columns, x.shape[1]).min(axis=1, initial=x.shape[1])
    last = newest_column(x)
    return np.where(last >= 0, last - first + 1 - seen.sum(axis=1), 0).astype(np.int64)
