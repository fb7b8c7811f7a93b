"""What past forecasts missed by (以往误差): bands are widened to what earlier ones would have met.

Only errors that were known on the day count: an origin h periods back is judged by the value that
has come since.
"""

from __future__ import annotations

import math

import numpy as np

from hexi.monitoring.forecast import settings, student
from hexi.monitoring.forecast.panel import F
from hexi.monitoring.forecast.pooling import Families, quantile_of

__all__ = ["widening"]

_NARROWEST, _WIDEST = 0.6, 3.0
#: errors that count as one year's
_ERRORS_A_YEAR = 4


def widening(errors: F, df: F, families: Families, periods_a_year: int) -> F:
    """(n,) factor on the scale, from standardised errors (n, origins), NaN where not known.

    Columns are origins, the newest last. Families too small to tell, and rows without one, take
    the factor of the whole panel.
    """
    window = np.abs(errors[:, -settings.YEARS_OF_ERRORS * periods_a_year :])
    due = float(student.quantile(0.5 + settings.LEVEL_OF_ERRORS / 2, np.median(df)))
    whole = _factor(window, due, periods_a_year)
    own = [
        _factor(window[rows], due, periods_a_year)
        if len(rows) >= settings.FEWEST_SIBLINGS
        else whole
        for rows in families.members
    ]
    return families.spread(np.array(own, float), whole)


def _factor(window: F, due: float, a_year: int) -> float:
    """What errors that reach so far ask for, beside ``due``, what the tails would have."""
    reach = quantile_of(window, settings.LEVEL_OF_ERRORS)
    known = np.isfinite(window)
    years = min(known.any(axis=0).sum() / a_year, known.sum() / _ERRORS_A_YEAR)
    seen = math.log(min(max(reach / due, 1e-6), 1e6)) if math.isfinite(reach) else 0.0
    prior = settings.PRIOR_ERRORS
    wide = (years * seen + prior * math.log(settings.PRIOR_WIDTH)) / (years + prior)
    return min(max(math.exp(wide), _NARROWEST), _WIDEST)
