"""Plan library (规划库): every plan one may see, found by title, unit, level and state."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.names import named_by
from hexi.portal.core.scope import viewer
from hexi.portal.plans.models import PlanDocument, PlanRow
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.plan_lists import plan_lines

__all__ = ["library"]

PAGE = 50


def library(request: HttpRequest) -> HttpResponse:
    """The list with search and filters."""
    person = viewer(request)
    everything = PlanRow.objects.visible_to(person)
    rows = filtered(everything, request.GET)
    part, pager = paged(request, rows.select_related("unit").order_by("-last_year", "id"), PAGE)
    total = pager.total if pager else len(part)
    filters = ("q", "level", "unit", "state")
    context = {
        "title": ngettext("%(n)d plan", "%(n)d plans", total) % {"n": total},
        "plans": plan_lines(list(part), person),
        "query": request.GET.get("q", ""),
        "levels": _levels(request, everything),
        "units": _units(request, everything),
        "states": choices(
            request,
            "state",
            [("", _("All")), ("text", _("With text")), ("none", _("Without text"))],
        ),
        "pager": pager,
        "upload_url": reverse("upload"),
        "filtered": any(request.GET.get(key) for key in filters),
    }
    template = "plans/_library_rows.html" if by_htmx(request) else "plans/library.html"
    return render(request, f"hexi/{template}", context)


def filtered(rows: Any, asked: Any) -> Any:
    """The filters of the address; also used by the API."""
    if query := asked.get("q", "").strip():
        rows = rows.filter(
            Q(title__icontains=query)
            | Q(unit__name__icontains=query)
            | Q(unit__name_en__icontains=query)
        )
    if level := asked.get("level"):
        rows = rows.filter(level=level)
    if unit := asked.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    if asked.get("state") == "text":
        rows = rows.filter(pk__in=_with_text())
    elif asked.get("state") == "none":
        rows = rows.exclude(pk__in=_with_text())
    return rows


def _with_text() -> Any:
    return PlanDocument.objects.texts().filter(readings__current=True).values("plan")


def _levels(request: HttpRequest, rows: Any) -> list[Any]:
    counted = rows.exclude(level="").order_by("level").values_list("level").annotate(Count("id"))
    entries = [(level, words.label(words.LEVELS, level), n) for level, n in counted]
    return choices(request, "level", [("", _("All levels")), *entries])


def _units(request: HttpRequest, rows: Any) -> list[Any]:
    counted = (
        rows.exclude(unit=None)
        .order_by("unit__order")
        .values_list("unit__code", f"unit__{named_by()}")
        .annotate(Count("id"))
    )
    return choices(request, "unit", [("", _("All units")), *counted])
