"""What can be said of targets today (达标概率): chance, median, band, method and reasons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from hexi.monitoring.forecast.asks import S
from hexi.monitoring.forecast.panel import F
from hexi.monitoring.forecast.reasons import Reason

__all__ = ["Outlook"]


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """(m,) answers; NaN is not to be said."""

    #: chance that the target is met
    p: F
    #: of what the target measures, at its end, in the unit of its line
    median: F
    low80: F
    high80: F
    #: outcome, where the period is observed already
    value: F
    #: change a year that is left to do, and that the past had: per cent where rates compound,
    #: else in the unit of the series
    required: F
    past: F
    #: known drift family seasonal ytd paths none
    method: S
    reasons: tuple[tuple[Reason, ...], ...]

    def as_record(self, place: int) -> dict[str, Any]:
        """JSON-ready record of one target."""
        numbers = ("p", "median", "low80", "high80", "value", "required", "past")
        record: dict[str, Any] = {name: _plain(getattr(self, name)[place]) for name in numbers}
        record["method"] = str(self.method[place])
        record["reasons"] = [one.as_record() for one in self.reasons[place]]
        return record


def _plain(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
