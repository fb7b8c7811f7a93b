"""What past forecasts missed by (以往误差): bands are widened to what earlier ones would have met.

Only errors that were known on the day count: an origin h periods back is judged by the value that
has come since.
"""

from __future__ import annotations

import numpy as np

from hexi.monitoring.forecast import settings, student
from hexi.monitoring.forecast.panel import ALONE, B, F, I
from hexi.monitoring.forecast.pooling import Families, grouped_quantile

__all__ = ["widening"]

_NARROWEST, _WIDEST = 0.6, 3.0
#: errors that count as one year's
_ERRORS_A_YEAR = 4


def widening(errors: F, df: F, families: Families, periods_a_year: int) -> F:
    """(n,) factor on the scale, from standardised errors (n, origins), NaN where not known.

    Columns are origins, the newest last. Families too small to tell, and rows without one, take
    the factor of the whole panel.
    """
    window = errors[:, -settings.YEARS_OF_ERRORS * periods_a_year :]
    known = np.isfinite(window)
    of = families.of
    whole = _factor(window, known, np.zeros(len(of), np.int64), 1, periods_a_year, df)
    if not families.count:
        return np.full(len(of), whole[0])
    member = of != ALONE
    own = _factor(
        window[member], known[member], of[member], families.count, periods_a_year, df[member]
    )
    own = np.where(families.size >= settings.FEWEST_SIBLINGS, own, whole[0])
    return families.spread(own, float(whole[0]))


def _factor(window: F, known: B, of: I, groups: int, a_year: int, df: F) -> F:
    group = np.broadcast_to(of[:, None], window.shape)[known]
    reach, count = grouped_quantile(np.abs(window[known]), group, groups, settings.LEVEL_OF_ERRORS)
    due = student.quantile(0.5 + settings.LEVEL_OF_ERRORS / 2, np.median(df) if len(df) else 5.0)
    origins = np.zeros((groups, window.shape[1]), bool)
    rows, columns = np.nonzero(known)
    origins[of[rows], columns] = True
    years = np.minimum(origins.sum(axis=1) / a_year, count / _ERRORS_A_YEAR)
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = np.log(np.clip(reach / due, 1e-6, 1e6))
    seen = np.where(count > 0, seen, 0.0)
    prior = np.log(settings.PRIOR_WIDTH)
    factor = np.exp(
        (years * seen + settings.PRIOR_ERRORS * prior) / (years + settings.PRIOR_ERRORS)
    )
    return np.asarray(np.clip(factor, _NARROWEST, _WIDEST), float)
