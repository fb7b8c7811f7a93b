"""Plans with their counts (规划与计数): three queries for any number of plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef

from hexi.portal.core.models import Person
from hexi.portal.plans.models import FindingDecision, FindingRow, PlanRow, Reading, TargetRow
from hexi.portal.plans.models.finding import DecisionState
from hexi.portal.plans.queries.lines import Counts, PlanLine, plan_line

__all__ = ["decided", "open_faults", "plan_lines", "verdict_counts"]


def plan_lines(rows: Sequence[PlanRow], person: Person | None) -> list[PlanLine]:
    """Lines of plans that have been filtered by scope already."""
    ids = [row.pk for row in rows]
    counts: dict[int, Counts] = defaultdict(Counts)
    tally = (
        TargetRow.objects.filter(plan__in=ids)
        .order_by()
        .values_list("plan", "verdict")
        .annotate(Count("id"))
    )
    for plan, verdict, number in tally:
        counts[plan].add(verdict, number)
    readings: dict[int, list[Reading]] = defaultdict(list)
    for reading in Reading.objects.filter(document__plan__in=ids).select_related("document"):
        readings[reading.document.plan_id].append(reading)
    faults: dict[int, int] = dict(
        open_faults(FindingRow.objects.filter(reading__document__plan__in=ids))
        .order_by()
        .values_list("reading__document__plan")
        .annotate(Count("id"))
    )
    return [
        plan_line(row, person, counts[row.pk], readings[row.pk], faults.get(row.pk, 0))
        for row in rows
    ]


def decided(state: str) -> Any:
    """A subquery: has a person decided so on this finding?"""
    return Exists(
        FindingDecision.objects.filter(
            document=OuterRef("reading__document"), key=OuterRef("key"), state=state
        )
    )


def open_faults(findings: Any) -> Any:
    """Faults that nobody has accepted or dismissed."""
    return findings.filter(is_fault=True, reading__current=True).exclude(
        decided(DecisionState.ACCEPTED) | decided(DecisionState.DISMISSED)
    )


def verdict_counts(targets: Any) -> Counts:
    """Verdicts of a filtered set of targets."""
    counts = Counts()
    for verdict, number in targets.order_by().values_list("verdict").annotate(Count("id")):
        counts.add(verdict, number)
    return counts
