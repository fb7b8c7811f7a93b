"""A series' own past and its siblings', weighed together (借力后的漂移与波动).

The common growth of a family is the recent mean of its yearly medians: shocks that hit all
siblings show there first. Own and common growth are weighed by what each is worth in years, after
the normal–normal rule; variances likewise (Efron and Morris, 1975).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.monitoring.forecast import settings
from hexi.monitoring.forecast.panel import F, I
from hexi.monitoring.forecast.pooling import Families
from hexi.monitoring.forecast.steps import Past, recent

__all__ = ["Belief", "borrow"]


@dataclass(frozen=True, slots=True, eq=False)
class Belief:
    """(n, T): growth a period and its scale, as believed at each column."""

    drift: F
    scale: F
    #: periods that the drift is worth
    certainty: F
    df: F
    #: siblings had a say
    shared: F
    #: siblings alone speak
    only_shared: F


def borrow(
    past: Past,
    rate: F,
    families: Families,
    *,
    memory: float,
    window: int,
    worth: float,
    overlap: float = 1.0,
) -> Belief:
    """Belief from the own past and ``rate``, the growth a period in each column (NaN: none).

    ``worth``: periods that a large family's growth counts as; ``overlap``: columns that share one
    period's growth, as months do that are compared with the year before.
    """
    middle, seen = families.medians(rate)
    many = np.where(np.isfinite(middle), seen, 0).astype(float)
    # a column that few siblings reported says little
    weight = many / (many + settings.FEWEST_SIBLINGS)
    total = recent(weight, memory, window)
    total2 = recent(weight * weight, memory**2, window)
    with np.errstate(divide="ignore", invalid="ignore"):
        common = recent(weight * np.nan_to_num(middle), memory, window) / total
        periods = total**2 / total2 / overlap
        mean_many = recent(weight * many, memory, window) / total
        strength = 1 / (1 / worth + 1 / (periods * mean_many))
    strength = np.where((total > 0) & (mean_many >= settings.FEWEST_SIBLINGS), strength, 0.0)
    volatility, known = families.medians(past.variance)
    volatility = _carried(np.where(known >= settings.FEWEST_SIBLINGS, volatility, np.nan))
    n = past.drift.shape[0]
    common_, strength_ = families.spread(np.nan_to_num(common), 0.0), families.spread(strength, 0.0)
    volatility_ = families.spread(volatility)
    has_scale = np.isfinite(volatility_)
    strength_ = np.where(has_scale, strength_, 0.0)
    certainty = past.certainty + strength_
    with np.errstate(divide="ignore", invalid="ignore"):
        drift = (past.certainty * past.drift + strength_ * common_) / certainty
        borrowed = np.where(has_scale, settings.BORROWED_SCALE, 0.0)
        own = np.nan_to_num(past.variance)
        variance = (past.worth * own + borrowed * np.nan_to_num(volatility_)) / (
            past.worth + borrowed
        )
    steady = np.where(has_scale, settings.DF, np.clip(past.count - 1, 2.0, settings.DF))
    said = np.where(has_scale & (strength_ > 0), certainty > 0, past.count >= 2)
    return Belief(
        drift=np.where(said, drift, np.nan),
        scale=np.where(said, np.maximum(np.sqrt(variance), settings.SMALLEST_STEP), np.nan),
        certainty=np.maximum(certainty, 1.0),
        df=steady.reshape(n, -1),
        shared=(strength_ > 0).astype(float),
        only_shared=((past.count < 2) & (strength_ > 0)).astype(float),
    )


def _carried(table: F) -> F:
    """Each row's last known value carried on to columns that have none."""
    columns = np.arange(table.shape[1])
    newest: I = np.maximum.accumulate(np.where(np.isfinite(table), columns, 0), axis=1)
    return np.take_along_axis(table, newest, axis=1) if table.size else table
