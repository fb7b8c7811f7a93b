"""Plan against plan (规划对照)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hexi.portal.core.lists import choices
from hexi.portal.core.scope import viewer
from hexi.portal.plans.models import PlanRow
from hexi.portal.plans.queries.comparison import compare
from hexi.portal.plans.queries.cross_checks import between
from hexi.portal.plans.queries.plan_lists import plan_lines

__all__ = ["comparison"]


@require_GET
def comparison(request: HttpRequest) -> HttpResponse:
    """Two plans side by side."""
    person = viewer(request)
    visible = PlanRow.objects.visible_to(person).select_related("unit").order_by("title")
    rows = {str(row.pk): row for row in visible}
    left, right = rows.get(request.GET.get("left", "")), rows.get(request.GET.get("right", ""))
    entries = [("", _("Choose a plan")), *((key, row.title) for key, row in rows.items())]
    context: dict[str, Any] = {
        "title": _("Plan against plan"),
        "lefts": choices(request, "left", entries),
        "rights": choices(request, "right", entries),
        "left": None,
        "right": None,
        "rows": [],
        "findings": [],
        "agreeing": [],
        "only_left": [],
        "only_right": [],
    }
    if left is not None and right is not None and left.pk != right.pk:
        context["left"], context["right"] = plan_lines([left, right], person)
        context |= compare(left, right)
        lines = between(left, right)
        context["findings"] = [line for line in lines if line.is_fault]
        context["agreeing"] = [line for line in lines if not line.is_fault]
        context["title"] = _("%(left)s against %(right)s") % {
            "left": left.title,
            "right": right.title,
        }
    return render(request, "hexi/compare.html", context)
