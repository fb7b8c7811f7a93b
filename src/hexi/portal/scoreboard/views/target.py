"""One target (目标页): where it stands and why, and what would become of it under an assumption."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.scope import viewer
from hexi.portal.plans.queries.target_page import target_of
from hexi.portal.scoreboard.acts.adjust_target import may_adjust
from hexi.portal.scoreboard.models import MonitoredTarget, TargetState
from hexi.portal.scoreboard.queries.course import course
from hexi.portal.scoreboard.queries.lines import MonitoredLine
from hexi.portal.scoreboard.queries.scenario import asked_scenario, drivers, scenario_of
from hexi.portal.scoreboard.queries.target_page import one_target, target_page
from hexi.portal.scoreboard.queries.tree import crumbs_to
from hexi.portal.scoreboard.views.asked import asked_day, tail_of, today

__all__ = ["of_plan", "page", "scenario"]


@require_GET
def page(request: HttpRequest, target_id: int) -> HttpResponse:
    """The whole page of a target."""
    person, asof = viewer(request), asked_day(request)
    row = one_target(target_id, person)
    context = target_page(row, person, asof, today())
    standing, line = context["standing_row"], context["line"]
    context |= {
        "title": _sentence(line, withdrawn=_withdrawn(row, asof)),
        "crumbs": _crumbs(row, tail_of(asof)),
        "course": course(row, standing, asof or today(), context.get("path") or []),
        "asof": asof.isoformat() if asof else "",
        "may_adjust": may_adjust(row, person),
        "drivers": drivers(),
        "asked": asked_scenario(request.GET),
        "today": today().isoformat(),
    }
    return render(request, "hexi/scoreboard/target.html", context)


@require_GET
def scenario(request: HttpRequest, target_id: int) -> HttpResponse:
    """What the chance would be under one assumption; nothing is kept."""
    row = one_target(target_id, viewer(request))
    context = {
        "row": row,
        "drivers": drivers(),
        "asked": asked_scenario(request.GET),
        "scenario": scenario_of(row, request.GET, today()),
    }
    if by_htmx(request):
        return render(request, "hexi/scoreboard/_scenario.html", context)
    context |= {
        "title": _("What if: %(target)s") % {"target": row.indicator},
        "crumbs": [
            *_crumbs(row, "")[:-1],
            {"label": row.indicator, "url": reverse("monitored-target", args=[row.pk])},
            {"label": _("What if"), "url": ""},
        ],
    }
    return render(request, "hexi/scoreboard/scenario.html", context)


@require_GET
def of_plan(request: HttpRequest, target_id: int) -> HttpResponse:
    """The address that plans' lists know; the page stands under the monitored target's own."""
    kept = target_of(target_id, viewer(request))
    row = MonitoredTarget.objects.filter(target=kept).order_by("pk").first()
    if row is None:  # a home from before monitoring, whose set-up has not run yet
        return redirect(f"{reverse('scoreboard')}?plan={kept.plan_id}")
    return redirect("monitored-target", row.pk)


def _withdrawn(row: MonitoredTarget, asof: date | None) -> bool:
    """Was it withdrawn by that day?"""
    if row.state != TargetState.WITHDRAWN:
        return False
    return asof is None or timezone.localdate(row.changed_at) <= asof


def _sentence(line: MonitoredLine, *, withdrawn: bool) -> str:
    """The answer first: lamp, and how likely the target is to be met."""
    gaps: dict[str, Any] = {
        "indicator": line.indicator,
        "period": line.target_period,
        "lamp": line.lamp_label,
        "chance": line.chance,
    }
    if withdrawn:
        return _("%(indicator)s, %(period)s: withdrawn") % gaps
    if line.chance and line.lamp in ("red", "yellow", "green"):
        return _("%(indicator)s, %(period)s: %(lamp)s, chance %(chance)s") % gaps
    return _("%(indicator)s, %(period)s: %(lamp)s") % gaps


def _crumbs(row: MonitoredTarget, tail: str) -> list[dict[str, str]]:
    return [
        {"label": _("Scoreboard"), "url": reverse("scoreboard") + tail},
        *crumbs_to(row.unit, tail),
        {"label": row.indicator, "url": ""},
    ]
