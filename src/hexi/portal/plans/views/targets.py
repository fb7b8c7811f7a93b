"""Targets (目标): the table with its filters and exports."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET

from hexi.portal.core.exports import FORMATS, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, columns, paged
from hexi.portal.core.names import named_by
from hexi.portal.core.scope import viewer
from hexi.portal.plans.models import TargetRow
from hexi.portal.plans.models.target import VerdictState
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.lines import target_line
from hexi.portal.plans.queries.plan_lists import verdict_counts

__all__ = ["export", "filtered", "sorted_rows", "table"]

PAGE = 100

#: column key to what it sorts by
SORTS = {
    "plan": ("plan__title", "number"),
    "unit": ("unit__order", "number"),
    "indicator": ("indicator", "period"),
    "period": ("period", "number"),
    "target": ("size", "number"),
    "verdict": ("verdict", "number"),
    "kind": ("kind", "number"),
}
_COLUMNS = [
    ("indicator", lazy("Indicator"), False),
    ("unit", pgettext_lazy("of account", "Unit"), False),
    ("plan", lazy("Plan"), False),
    ("kind", lazy("Kind"), False),
    ("base", lazy("Base"), True),
    ("target", lazy("Target"), True),
    ("period", lazy("Due"), False),
    ("observed", lazy("Observed"), True),
    ("verdict", lazy("Verdict"), False),
]
_FILTERS = ("q", "verdict", "plan", "unit", "kind")


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """All targets one may see."""
    person = viewer(request)
    everything = TargetRow.objects.visible_to(person)
    rows = filtered(everything, request.GET)
    counts = verdict_counts(rows)
    part, pager = paged(request, sorted_rows(rows, request.GET.get("sort", "")), PAGE)
    context = {
        "title": headline(counts),
        "targets": [target_line(row) for row in part],
        "columns": columns(request, _COLUMNS, "plan"),
        "verdicts": choices(
            request,
            "verdict",
            [("", _("All"), counts.total)]
            + [(v.value, str(v.label), getattr(counts, v.value)) for v in VerdictState],
        ),
        "plans": _counted(request, everything, "plan", "plan__title", _("All plans")),
        "units": _counted(
            request, everything, "unit__code", f"unit__{named_by()}", _("All units"), "unit"
        ),
        "kinds": choices(
            request,
            "kind",
            [("", _("All kinds")), *((k, str(v)) for k, v in words.KINDS.items())],
        ),
        "query": request.GET.get("q", ""),
        "counts": counts,
        "pager": pager,
        "exports": _exports(request),
        "filtered": any(request.GET.get(key) for key in _FILTERS),
    }
    template = "targets/_rows.html" if by_htmx(request) else "targets/table.html"
    return render(request, f"hexi/{template}", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The table as a file, with the filters and the order of the page."""
    rows = filtered(TargetRow.objects.visible_to(viewer(request)), request.GET)
    head = [
        _("Plan"), _("Unit"), _("Indicator"), _("Kind"), _("Base"), _("Base period"), _("Bound"),
        _("Target"), _("Period"), _("Unit of measure"), _("Observed"), _("Observed period"),
        _("Verdict"), _("Reason"), _("Place"),
    ]  # fmt: skip
    body = [
        [
            line.plan, line.unit, line.indicator, line.kind_label, line.base, line.base_period,
            line.bound_label, line.target, line.target_period, line.unit_of_measure,
            line.observed, line.observed_period, line.verdict_label, line.reason, line.place,
        ]
        for line in map(target_line, sorted_rows(rows, request.GET.get("sort", "")))
    ]  # fmt: skip
    return table_response(suffix, "targets", _("Targets"), head, body)


def filtered(rows: Any, asked: Any) -> Any:
    """The filters of the address; also used by the API."""
    if query := asked.get("q", "").strip():
        rows = rows.filter(
            Q(indicator__icontains=query)
            | Q(subject__icontains=query)
            | Q(plan__title__icontains=query)
        )
    if verdict := asked.get("verdict"):
        rows = rows.filter(verdict=verdict)
    if (plan := asked.get("plan", "")) and plan.isdecimal():
        rows = rows.filter(plan=int(plan))
    if unit := asked.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if indicator := asked.get("indicator"):
        rows = rows.filter(indicator_id=indicator)
    return rows


def sorted_rows(rows: Any, sort: str) -> Any:
    """The order of the address; an unknown one is the plans' own."""
    keys = SORTS.get(sort.lstrip("-"), ("plan", "number"))
    order = [f"-{key}" for key in keys] if sort.startswith("-") else list(keys)
    return rows.select_related("plan", "unit").order_by(*order, "id")


def headline(counts: Any) -> str:
    """How many are behind, in one sentence."""
    title = ngettext(
        "%(missed)d of %(n)d target was missed", "%(missed)d of %(n)d targets were missed",
        counts.total,
    )  # fmt: skip
    return title % {"missed": counts.missed, "n": counts.total}


def _counted(
    request: HttpRequest, rows: Any, value: str, label: str, everything: str, key: str = ""
) -> list[Any]:
    counted = (
        rows.exclude(**{value: None})
        .order_by(label)
        .values_list(value, label)
        .annotate(Count("id"))
    )
    entries = [(str(code), name, number) for code, name, number in counted]
    return choices(request, key or value, [("", everything), *entries])


def _exports(request: HttpRequest) -> list[dict[str, str]]:
    query = request.GET.urlencode()
    tail = f"?{query}" if query else ""
    return [{"label": s.upper(), "url": f"/targets/export.{s}{tail}"} for s in FORMATS]
