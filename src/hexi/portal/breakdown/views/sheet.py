"""The sheet of a breakdown (分解表页): begin, fill in, compute, spread, undo, drop, propose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.breakdown.acts.discard_breakdown import discard_breakdown
from hexi.portal.breakdown.acts.fill_parts import fill_parts
from hexi.portal.breakdown.acts.open_breakdown import cannot_break_down, open_breakdown
from hexi.portal.breakdown.acts.propose_parts import propose_parts
from hexi.portal.breakdown.acts.save_parts import Saved, save_parts
from hexi.portal.breakdown.acts.settle_parts import settle_parts
from hexi.portal.breakdown.acts.spread_gap import spread_gap
from hexi.portal.breakdown.acts.undo_parts import undo_parts
from hexi.portal.breakdown.holding import lines_of, one_sheet
from hexi.portal.breakdown.models import Breakdown
from hexi.portal.breakdown.queries.history import sheet_history
from hexi.portal.breakdown.queries.opening import day_for, opening_context
from hexi.portal.breakdown.queries.sheet_page import sheet_context, standing
from hexi.portal.breakdown.queries.target_head import crumbs_of, head_of, seen_target
from hexi.portal.breakdown.sheet.changing import standing_cells
from hexi.portal.breakdown.sheet.course import course_of
from hexi.portal.breakdown.views.sent import cells_in, number_in
from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.errors import wants_json
from hexi.portal.core.views.steps import as_day, done
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = [
    "begin", "cells", "discard", "fill", "page", "propose", "settle", "spread", "undo", "units",
]  # fmt: skip

Faults = list[dict[str, str]]


@require_GET
def page(request: HttpRequest, target_id: int) -> HttpResponse:
    """The sheet, or the way to begin one."""
    return _show(request, target_id, [])


def _show(request: HttpRequest, target_id: int, faults: Faults) -> HttpResponse:
    person = viewer(request)
    target = seen_target(target_id, person)
    sheet = Breakdown.objects.visible_to(person).filter(whole=target).first()
    if sheet is None:
        return _begin_page(request, target, person, faults)
    course, lines = course_of(target), lines_of(sheet)
    context = sheet_context(
        sheet, lines, course, request.GET.get("year", ""), editable=_may(person, target)
    )
    return render(
        request,
        "hexi/breakdown/sheet.html",
        {
            **_frame(target),
            "title": f"{target.indicator}: {context['headline']}"
            if request.LANGUAGE_CODE == "en"
            else f"{target.indicator}：{context['headline']}",
            **context,
            "may": _may(person, target),
            "history": sheet_history(sheet, lines),
            "faults": faults,
            "today": timezone.localdate().isoformat(),
        },
    )


def _frame(target: MonitoredTarget) -> dict[str, Any]:
    return {"head": head_of(target), "crumbs": crumbs_of(target, _("Breakdown"))}


def _begin_page(
    request: HttpRequest, target: MonitoredTarget, person: Person | None, faults: Faults
) -> HttpResponse:
    asked = request.POST.get("day", "") or request.GET.get("day", "")
    day = day_for(target, asked, timezone.localdate())
    closed = cannot_break_down(target, course_of(target))
    context = {
        **_frame(target),
        "title": _("%(indicator)s: break it down") % {"indicator": target.indicator},
        "may": _may(person, target) and not closed,
        "closed": [refusal.as_record() for refusal in closed],
        "faults": faults,
        **opening_context(target, day, chosen=request.POST.getlist("units")),
    }
    return render(request, "hexi/breakdown/begin.html", context)


@require_http_methods(["GET", "POST"])
def units(request: HttpRequest, target_id: int) -> HttpResponse:
    """Other units on the same sheet."""
    person = viewer(request)
    if request.method == "POST":
        return begin(request, target_id)
    sheet = one_sheet(target_id, person)
    target = seen_target(target_id, person)
    day = day_for(target, request.GET.get("day", "") or sheet.day.isoformat(), sheet.day)
    context = {
        **_frame(target),
        "title": _("%(indicator)s: the units that take part") % {"indicator": target.indicator},
        "may": _may(person, target),
        "sheet": sheet,
        **opening_context(target, day, chosen=[line.unit.code for line in lines_of(sheet)]),
    }
    return render(request, "hexi/breakdown/begin.html", context)


def _may(person: Person | None, target: MonitoredTarget) -> bool:
    """May this person share the target out?"""
    if person is None or not person.grants(Permission.BREAK_DOWN):
        return False
    return person.covers(target.unit_path)


Act = Callable[..., Any]


def _step(request: HttpRequest, target_id: int, act: Act, said: Any, **more: Any) -> HttpResponse:
    """Do an act on the sheet, and come back to the year that was looked at."""
    response = done(
        request,
        lambda: act(target_id, by=viewer(request), at=timezone.now(), **more),
        said,
        lambda faults: _show(request, target_id, faults),
        "breakdown",
        target_id,
    )
    year = request.POST.get("back", "")
    if response.status_code == 302 and (year.isdecimal() or year == "all"):
        response["Location"] += f"?year={year}"
    return response


@require_POST
def begin(request: HttpRequest, target_id: int) -> HttpResponse:
    """Make the sheet."""
    sent = request.POST
    day = as_day(sent.get("day", "")) or timezone.localdate()
    chosen = sent.getlist("units")
    return _step(
        request,
        target_id,
        lambda pk, **who: open_breakdown(pk, chosen, day, **who),
        lazy("The units stand on the sheet."),
    )


@require_http_methods(["GET", "POST"])
def cells(request: HttpRequest, target_id: int) -> HttpResponse:
    """Cells as they stand, or cells to be kept."""
    person = viewer(request)
    if request.method == "GET":
        sheet = one_sheet(target_id, person)
        lines = lines_of(sheet)
        return JsonResponse(
            {**standing(sheet, lines, course_of(sheet.whole)), "current": standing_cells(lines)}
        )
    sent, seen = cells_in(request)
    saved = save_parts(target_id, sent, by=person, at=timezone.now(), seen=seen)
    if wants_json(request):
        return JsonResponse(_answer(saved, seen))
    for name, refusal in saved.refused.items():
        messages.error(request, f"{name} {refusal.message} {refusal.remedy}")
    return redirect("breakdown", target_id)


def _answer(saved: Saved, seen: int | None) -> dict[str, Any]:
    """What became of the cells; everything, where others have changed cells too."""
    others = seen is not None and saved.sheet.edit > seen + 1
    return {
        **standing(saved.sheet, saved.lines, saved.course),
        "kept": saved.kept,
        "refused": {name: refusal.as_record() for name, refusal in saved.refused.items()},
        "current": standing_cells(saved.lines) if others or saved.refused else None,
    }


@require_POST
def fill(request: HttpRequest, target_id: int) -> HttpResponse:
    """Compute the proposals."""
    method = request.POST.get("method", "")
    return _step(
        request,
        target_id,
        lambda pk, **more: fill_parts(pk, method, **more),
        lazy("The proposals were computed."),
        seen=number_in(request, "seen"),
    )


@require_POST
def settle(request: HttpRequest, target_id: int) -> HttpResponse:
    """Take the negotiated figures over."""
    said = lazy("The final figures are those that were negotiated.")
    return _step(request, target_id, settle_parts, said, seen=number_in(request, "seen"))


@require_POST
def spread(request: HttpRequest, target_id: int) -> HttpResponse:
    """Spread the gap of one year, or of all."""
    year = number_in(request, "year")
    return _step(
        request,
        target_id,
        lambda pk, **more: spread_gap(pk, year, **more),
        lazy("The gap was spread."),
        seen=number_in(request, "seen"),
    )


@require_POST
def undo(request: HttpRequest, target_id: int) -> HttpResponse:
    """One step back."""
    said = lazy("The last change was taken back.")
    return _step(request, target_id, undo_parts, said, seen=number_in(request, "seen"))


@require_POST
def discard(request: HttpRequest, target_id: int) -> HttpResponse:
    """Drop the sheet."""
    reason = request.POST.get("reason", "")
    said = lazy("The breakdown was dropped.")
    return _step(request, target_id, discard_breakdown, said, reason=reason)


@require_POST
def propose(request: HttpRequest, target_id: int) -> HttpResponse:
    """Put the parts to their units."""
    sent = request.POST
    chosen = sent.getlist("units") or None
    due: date | None = as_day(sent.get("due", ""))
    return _step(
        request,
        target_id,
        lambda pk, **more: propose_parts(pk, chosen, **more),
        lazy("The parts lie with their units now."),
        due=due,
        reason=sent.get("reason", ""),
        seen=number_in(request, "seen"),
    )
