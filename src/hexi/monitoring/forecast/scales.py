"""The scale a series is forecast on (测算尺度): where its steps are alike whatever its height.

Positive series grow by rates: logarithm. Shares between two limits: logit, so that no forecast
leaves them. Series with zeros or negative values: plain differences, in units of the series' own
size, so that siblings of other sizes compare.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.monitoring.forecast.panel import F, I

__all__ = ["LOG", "LOGIT", "NAMES", "PLAIN", "Scale", "choose"]

LOG, LOGIT, PLAIN = 0, 1, 2
NAMES = ("log", "logit", "plain")

#: a share nearer to its limit than this part of the range counts as this near
_EDGE = 0.002
#: largest power that is taken back from a logarithm
_FAR = 300.0


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """The scale of each row."""

    #: (n,) LOG, LOGIT or PLAIN
    kind: I
    #: (n,) size of the series, for PLAIN; 1 elsewhere
    size: F
    low: F
    high: F

    def to(self, values: F, rows: I | None = None) -> F:
        """Values (rows first) on the scale; nothing for values that it cannot carry."""
        kind, size, low, high = self._beside(values, rows)
        with np.errstate(all="ignore"):
            log = np.where(values > 0, np.log(np.where(values > 0, values, 1.0)), -np.inf)
            part = np.clip((values - low) / (high - low), _EDGE, 1 - _EDGE)
            logit = np.log(part / (1 - part))
            found = np.where(kind == LOG, log, np.where(kind == LOGIT, logit, values / size))
        return np.asarray(np.where(np.isnan(values), np.nan, found), float)

    def back(self, x: F, rows: I | None = None) -> F:
        """Values again; limits hold."""
        kind, size, low, high = self._beside(x, rows)
        with np.errstate(all="ignore"):
            found = x * size
            if (kind == LOG).any():
                found = np.where(kind == LOG, np.exp(np.clip(x, -_FAR, _FAR)), found)
            if (kind == LOGIT).any():
                part = 1 / (1 + np.exp(-np.clip(x, -_FAR, _FAR)))
                found = np.where(kind == LOGIT, low + (high - low) * part, found)
            # a limit that is not there is NaN and holds nothing back
            found = np.fmin(np.fmax(found, low), high)
        return np.where(np.isnan(x), np.nan, found)

    def _beside(self, table: F, rows: I | None) -> tuple[I, F, F, F]:
        """The columns shaped to stand beside a table whose first axis is rows."""
        chosen = slice(None) if rows is None else rows
        shape = (-1,) + (1,) * (table.ndim - 1)
        return (
            self.kind[chosen].reshape(shape),
            self.size[chosen].reshape(shape),
            self.low[chosen].reshape(shape),
            self.high[chosen].reshape(shape),
        )

    def take(self, rows: I) -> Scale:
        """The scale of some rows."""
        return Scale(self.kind[rows], self.size[rows], self.low[rows], self.high[rows])


def choose(values: F, low: F, high: F) -> Scale:
    """The scale of each row of a table, from its values and its limits."""
    seen = np.isfinite(values)
    n = len(values)
    least = np.where(seen, values, np.inf).min(axis=1, initial=np.inf)
    most = np.where(seen, values, -np.inf).max(axis=1, initial=-np.inf)
    bounded = np.isfinite(low) & np.isfinite(high) & (high > low)
    within = bounded & (least >= low) & (most <= high)
    kind = np.where(within, LOGIT, np.where(least > 0, LOG, PLAIN)).astype(np.int64)
    count = np.maximum(seen.sum(axis=1), 1)
    mean = np.where(seen, np.abs(values), 0.0).sum(axis=1) / count
    size = np.where((kind == PLAIN) & (mean > 0), mean, np.ones(n))
    # what has been zero and never less does not fall below it: counts, flows
    low = np.where((kind == PLAIN) & np.isnan(low) & (least == 0), 0.0, low)
    # limits that the values themselves break are no limits
    low = np.where(np.isfinite(low) & (least < low), np.nan, low)
    high = np.where(np.isfinite(high) & (most > high), np.nan, high)
    return Scale(kind, size, low, high)
