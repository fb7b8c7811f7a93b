"""The yearly plan of a unit (年度计划页): on the page as in Word and Excel."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.breakdown.acts.set_usual_paths import set_usual_paths, without_path
from hexi.portal.breakdown.queries.yearly import plan_of, targets_in, unit_for_plan, years_of
from hexi.portal.core.exports import attachment
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import viewer
from hexi.reports import yearly_plan_docx, yearly_plan_xlsx
from hexi.reports.yearly_plan import figure

__all__ = ["document", "page", "usual_paths"]

_MAKERS = {"docx": yearly_plan_docx.render, "xlsx": yearly_plan_xlsx.render}


@require_GET
def page(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The plan's table, and the way to its documents."""
    person = viewer(request)
    unit = unit_for_plan(code, person)
    plan = plan_of(unit, year, person, timezone.localdate())
    years = years_of(unit, person)
    targets = targets_in(unit, year, person)
    without = without_path(targets, person, timezone.localdate())
    context = {
        "title": plan.title,
        "crumbs": [
            {"label": _("Units"), "url": reverse("units")},
            {"label": name_of(unit), "url": reverse("unit", args=[code])},
            {"label": _("Yearly plan"), "url": ""},
        ],
        "unit": unit,
        "plan": plan,
        "year": year,
        "tabs": [
            {
                "label": str(one),
                "url": reverse("yearly-plan", args=[code, one]),
                "here": one == year,
            }
            for one in years
        ],
        "lines": [
            {
                "duty": duty,
                "url": reverse("monitored-target", args=[target.pk]),
                "path_url": "" if target.path else reverse("target-path", args=[target.pk]),
                "nature": plan.nature(duty),
                "base": figure(duty.base),
                "last": figure(duty.last),
                "value": plan.aim(duty, duty.value),
                "final": plan.aim(duty, duty.final),
                "quarters": [figure(one) for one in duty.quarters],
                "answerable": plan.answerable(duty),
            }
            for duty, target in zip(plan.duties, targets, strict=True)
        ],
        "may_set": bool(without),
        "without": len(without),
        "documents": [
            {"label": label, "url": reverse("yearly-plan-document", args=[code, year, suffix])}
            for suffix, label in (("docx", "Word"), ("xlsx", "Excel"))
        ],
    }
    return render(request, "hexi/breakdown/yearly.html", context)


@require_GET
def document(request: HttpRequest, code: str, year: int, suffix: str) -> HttpResponse:
    """The plan as a file."""
    person = viewer(request)
    if suffix not in _MAKERS:
        raise NotFound
    plan = plan_of(unit_for_plan(code, person), year, person, timezone.localdate())
    now = timezone.localtime(timezone.now()).replace(tzinfo=None)
    return attachment(_MAKERS[suffix](plan, at=now), f"hexi-yearly-plan-{code}-{year}.{suffix}")


@require_POST
def usual_paths(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Give every target that has no path the usual one."""
    person = viewer(request)
    unit = unit_for_plan(code, person)
    count = set_usual_paths(
        [target.pk for target in targets_in(unit, year, person)], by=person, at=timezone.now()
    )
    said = ngettext("%(n)d path was set.", "%(n)d paths were set.", count)
    messages.success(request, said % {"n": count})
    return redirect("yearly-plan", code, year)
