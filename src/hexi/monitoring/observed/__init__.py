"""Observed series (监测序列): what a goal is measured by, on one calendar, nothing filled."""

from hexi.monitoring.observed.gathering import measured_by, observed_for, with_seen_base
from hexi.monitoring.observed.series import Break, Observed, Partial, code_of, period_of, possible

__all__ = [
    "Break",
    "Observed",
    "Partial",
    "code_of",
    "measured_by",
    "observed_for",
    "period_of",
    "possible",
    "with_seen_base",
]
