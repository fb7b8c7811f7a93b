"""How right past warnings were (预警检验): false alarms, misses and lead time, from outcomes.

A false alarm is a warning on a target that was met; a miss is a target not met that no warning had
been raised on. Rates of few cases come with the interval that so few cases leave open (Wilson).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

__all__ = ["Claim", "PastWarning", "Rate", "TrackRecord", "calibration", "track_record"]


@dataclass(frozen=True, slots=True)
class PastWarning:
    """A warning that was raised."""

    goal: str
    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, with the 95 % interval of the share."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        """None where there is nothing to take a share of."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval."""
        if not self.of:
            return None
        z, n, p = 1.959964, self.of, self.hits / self.of
        centre = p + z * z / (2 * n)
        spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        scale = 1 + z * z / n
        # at 0 and 1 the formula meets the share itself, but for rounding
        return max(0.0, min(p, (centre - spread) / scale)), min(
            1.0, max(p, (centre + spread) / scale)
        )

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        interval = self.interval
        return {
            "hits": self.hits,
            "of": self.of,
            "share": self.share,
            "interval": list(interval) if interval else None,
        }


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """False alarms and misses of one kind of warning, or of all (kind is empty)."""

    kind: str
    #: warned and met, of all warned
    false_alarms: Rate
    #: not met and never warned, of all not met
    misses: Rate
    #: months from the first warning to the end of the due year, middle of the targets not met
    lead_months: float | None

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "kind": self.kind,
            "false_alarms": self.false_alarms.as_record(),
            "misses": self.misses.as_record(),
            "lead_months": self.lead_months,
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """What was claimed with probabilities of one band, and what came."""

    low: float
    high: float
    mean: float
    met: Rate


def track_record(
    warnings: Iterable[PastWarning], outcomes: Mapping[str, tuple[bool, int]]
) -> tuple[TrackRecord, ...]:
    """All warnings together, then by kind; ``outcomes``: goal → (met, due year), decided ones.

    Warnings raised after the due year, and those on goals not decided yet, do not count.
    """
    counted = [
        one for one in warnings if one.goal in outcomes and one.on.year <= outcomes[one.goal][1]
    ]
    kinds = sorted({one.kind for one in counted})
    records = [_record("", counted, outcomes)]
    records += [
        _record(kind, [one for one in counted if one.kind == kind], outcomes) for kind in kinds
    ]
    return tuple(records)


def _record(
    kind: str, warnings: Sequence[PastWarning], outcomes: Mapping[str, tuple[bool, int]]
) -> TrackRecord:
    first: dict[str, date] = {}
    for one in warnings:
        first[one.goal] = min(one.on, first.get(one.goal, one.on))
    met_though = sum(outcomes[goal][0] for goal in first)
    missed = [goal for goal, (met, _) in outcomes.items() if not met]
    unwarned = sum(goal not in first for goal in missed)
    leads = sorted(
        (outcomes[goal][1] + 1) * 12 - (first[goal].year * 12 + first[goal].month)
        for goal in missed
        if goal in first
    )
    middle = None
    if leads:
        half = len(leads) // 2
        middle = float(leads[half]) if len(leads) % 2 else (leads[half - 1] + leads[half]) / 2
    return TrackRecord(kind, Rate(met_though, len(first)), Rate(unwarned, len(missed)), middle)


def calibration(
    claims: Iterable[tuple[float, bool]],
    bounds: Sequence[float] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
) -> tuple[Claim, ...]:
    """Stored probabilities against outcomes, by band: of those given 60 %, were 60 % met?"""
    listed = list(claims)
    found: list[Claim] = []
    for low, high in pairwise(bounds):
        last = high == bounds[-1]
        inside = [(p, met) for p, met in listed if low <= p < high or (last and p == high)]
        mean = sum(p for p, _ in inside) / len(inside) if inside else (low + high) / 2
        found.append(Claim(low, high, mean, Rate(sum(met for _, met in inside), len(inside))))
    return tuple(found)
