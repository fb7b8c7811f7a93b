"""Overview (总览): which plans, how many targets kept, what is wrong in their own sums."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hexi.portal.core.models import Person
from hexi.portal.core.scope import viewer
from hexi.portal.plans.models import PlanRow, Reading, ReadingState, TargetRow
from hexi.portal.plans.queries.finding_counts import current_findings, finding_counts, gauges
from hexi.portal.plans.queries.finding_lines import finding_lines
from hexi.portal.plans.queries.lines import Counts, reading_line, target_line
from hexi.portal.plans.queries.plan_lists import open_faults, plan_lines, verdict_counts

__all__ = ["WORST_FIRST", "overview"]

#: broken identities first: they are the surest
WORST_FIRST = Case(
    When(rank="identity", then=Value(0)),
    When(rank="passages", then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
_MISSED_FIRST = Case(
    When(verdict="missed", then=Value(0)),
    When(verdict="on_the_way", then=Value(1)),
    When(verdict="met", then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)
MOST_FINDINGS, MOST_TARGETS, MOST_PLANS = 6, 8, 50


def overview(request: HttpRequest) -> HttpResponse:
    """The first screen."""
    person = viewer(request)
    targets = TargetRow.objects.visible_to(person)
    counts = verdict_counts(targets)
    plans = list(PlanRow.objects.visible_to(person).select_related("unit")[:MOST_PLANS])
    worst = list(
        open_faults(current_findings(request))
        .select_related("reading__document__plan__unit")
        .order_by(WORST_FIRST, "id")[:MOST_FINDINGS]
    )
    shown = (
        targets.select_related("plan", "unit")
        .exclude(verdict="unknown")
        .order_by(_MISSED_FIRST, "plan", "number")[:MOST_TARGETS]
    )
    checked = finding_counts(request)
    context = {
        "title": headline(counts),
        "counts": counts,
        "plans": plan_lines(plans, person),
        "findings": finding_lines(worst, person),
        "finding_counts": checked,
        "gauges": gauges(checked),
        "targets": [target_line(row) for row in shown],
        "readings": _unfinished(person),
        "is_empty": not plans,
    }
    return render(request, "hexi/overview.html", context)


def headline(counts: Counts) -> str:
    """The page's answer in one sentence."""
    if not counts.total:
        return _("No plans yet")
    judged = counts.met + counts.missed
    if not judged:
        return ngettext("%(n)d target", "%(n)d targets", counts.total) % {"n": counts.total}
    return _("%(met)d of %(judged)d targets that can be judged were met") % {
        "met": counts.met,
        "judged": judged,
    }


def _unfinished(person: Person | None) -> list[Any]:
    rows = (
        Reading.objects.visible_to(person)
        .filter(state__in=(ReadingState.QUEUED, ReadingState.READING))
        .select_related("document__plan")[:20]
    )
    return [reading_line(row) for row in rows]
