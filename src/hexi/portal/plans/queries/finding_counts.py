"""Findings counted (问题计数): by rank and by what people decided, asked once a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from hexi.portal.core.scope import viewer
from hexi.portal.plans.models import FindingDecision, FindingRow
from hexi.portal.plans.models.finding import DecisionState
from hexi.portal.plans.queries import words

__all__ = [
    "RANKS",
    "FindingCounts",
    "Gauge",
    "current_findings",
    "finding_counts",
    "gauges",
    "open_findings",
]

#: the surest first
RANKS = ("identity", "passages", "plausibility")
#: number of faults by rank and decision
Faults = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """Faults by rank and decision, among all lines that were checked."""

    faults: Faults
    checked: int

    @property
    def open(self) -> int:
        return _open(self.faults)

    @property
    def right(self) -> int:
        return self.checked - sum(self.faults.values())


@dataclass(frozen=True, slots=True)
class Gauge:
    """Faults of one rank: how many there are in each state of decision, and the way to them."""

    label: str
    #: faults of the rank that has most of them; the gauges share one scale
    most: int
    parts: list[dict[str, Any]]


def current_findings(request: HttpRequest) -> Any:
    """Lines of the current readings that the asking person may see."""
    return FindingRow.objects.visible_to(viewer(request)).filter(reading__current=True)


def finding_counts(request: HttpRequest) -> FindingCounts:
    """Everything that the asking person may see."""
    return FindingCounts(_faults(request), current_findings(request).count())


def open_findings(request: HttpRequest) -> int:
    """How many findings wait for a decision; stands beside the entry of the navigation."""
    return _open(_faults(request))


def gauges(counts: FindingCounts) -> list[Gauge]:
    """One gauge a rank; each part leads to the list of its findings."""
    totals = dict.fromkeys(RANKS, 0)
    for (rank, _state), number in counts.faults.items():
        totals[rank] += number
    most = max(totals.values())
    return [_gauge(counts.faults, rank, most) for rank in RANKS]


def _gauge(faults: Faults, rank: str, most: int) -> Gauge:
    parts = [
        {
            "key": state.value,
            "label": words.label(words.DECISIONS, state.value),
            "count": faults.get((rank, state.value), 0),
            "url": f"/findings/?{urlencode({'rank': rank, 'decision': state.value})}",
        }
        for state in DecisionState
    ]
    return Gauge(words.rank_label(rank), most, parts)


def _open(faults: Faults) -> int:
    return sum(number for (_rank, state), number in faults.items() if state == DecisionState.OPEN)


def _faults(request: HttpRequest) -> Faults:
    """One query a request, whoever asks first: the page or its navigation."""
    kept: Faults | None = getattr(request, "hexi_faults", None)
    if kept is None:
        decision = FindingDecision.objects.filter(
            document=OuterRef("reading__document"), key=OuterRef("key")
        )
        state = Coalesce(Subquery(decision.values("state")[:1]), Value(DecisionState.OPEN.value))
        rows = current_findings(request).filter(is_fault=True).annotate(decided_as=state)
        counted = rows.order_by().values_list("rank", "decided_as").annotate(Count("id"))
        kept = {(rank, decided): number for rank, decided, number in counted}
        request.hexi_faults = kept  # type: ignore[attr-defined]
    return kept
