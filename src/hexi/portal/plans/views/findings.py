"""Findings (问题): what does not add up, what was checked and is right, and what people decided."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.exports import FORMATS, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Event, Person
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.scope import one_visible, viewer
from hexi.portal.plans.acts.decide_finding import decide_finding
from hexi.portal.plans.models import FindingRow, StatementRow
from hexi.portal.plans.models.finding import DecisionState
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.finding_counts import (
    RANKS,
    FindingCounts,
    current_findings,
    finding_counts,
)
from hexi.portal.plans.queries.finding_lines import finding_lines
from hexi.portal.plans.queries.plan_lists import decided
from hexi.portal.plans.queries.statement_panel import passages
from hexi.portal.plans.views.overview import WORST_FIRST

__all__ = ["decide", "export", "filtered", "finding_page", "listing"]

PAGE = 50
_FILTERS = ("check", "rank", "decision", "plan", "show")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The list, worst first."""
    person = viewer(request)
    everything = current_findings(request)
    rows = filtered(everything, request.GET)
    part, pager = paged(request, _whole(rows).order_by(WORST_FIRST, "reading", "number"), PAGE)
    counts = finding_counts(request)
    context = {
        "title": headline(counts),
        "findings": finding_lines(list(part), person),
        "checks": _checks(request, rows),
        "ranks": _ranks(request),
        "decisions": choices(
            request,
            "decision",
            [("", _("All")), *((k, str(v)) for k, v in words.DECISIONS.items())],
        ),
        "plans": _plans(request, everything),
        "show": choices(
            request,
            "show",
            [
                ("", _("Faults"), counts.checked - counts.right),
                ("right", _("Checked and right"), counts.right),
                ("all", _("All lines"), counts.checked),
            ],
        ),
        "counts": counts,
        "pager": pager,
        "exports": _exports(request),
        "filtered": any(request.GET.get(key) for key in _FILTERS),
    }
    template = "findings/_rows.html" if by_htmx(request) else "findings/list.html"
    return render(request, f"hexi/{template}", context)


@require_GET
def finding_page(request: HttpRequest, finding_id: int) -> HttpResponse:
    """One finding with the figures it rests on."""
    person = viewer(request)
    row: FindingRow = one_visible(_whole(FindingRow.objects.all()), person, pk=finding_id)
    return _show(request, row, person)


@require_POST
def decide(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Accept, dismiss, reopen or note."""
    person = viewer(request)
    errors: dict[str, str] = {}
    try:
        decide_finding(
            finding_id,
            request.POST.get("decision", ""),
            reason=request.POST.get("reason", ""),
            note=request.POST.get("note", ""),
            by=person,
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        errors = {refusal.place or "decision": f"{refusal.message} {refusal.remedy}"}
    if not errors and not by_htmx(request):
        return redirect("finding", finding_id)
    row: FindingRow = one_visible(_whole(FindingRow.objects.all()), person, pk=finding_id)
    return _show(request, row, person, errors)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person = viewer(request)
    everything = current_findings(request)
    rows = _whole(filtered(everything, request.GET)).order_by(WORST_FIRST, "reading", "number")
    head = [
        _("Plan"), _("Check"), _("Name of the check"), _("Verdict"), _("Rank"), _("Finding"),
        _("Arithmetic"), _("Would have passed"), _("Hypothesis"), _("Decision"), _("Reason"),
        _("Figures"),
    ]  # fmt: skip
    body = [
        [
            f.plan, f.check, f.check_name, f.verdict_label, f.rank_label, f.title, f.arithmetic,
            f.expected, f.hypothesis, f.decision["state_label"], f.decision["reason"],
            "；".join(p["text"] for e in f.evidence for p in e["parts"] if p["mark"]),
        ]
        for f in finding_lines(list(rows), person)
    ]  # fmt: skip
    return table_response(suffix, "findings", _("Findings"), head, body)


def filtered(rows: Any, asked: Any) -> Any:
    """The filters of the address; also used by the API."""
    show = asked.get("show", "")
    if show != "all":
        rows = rows.filter(is_fault=show != "right")
    if check := asked.get("check"):
        rows = rows.filter(check_code=check)
    if rank := asked.get("rank"):
        rows = rows.filter(rank=rank)
    if (plan := asked.get("plan", "")) and plan.isdecimal():
        rows = rows.filter(reading__document__plan=int(plan))
    decision = asked.get("decision")
    if decision in (DecisionState.ACCEPTED, DecisionState.DISMISSED):
        rows = rows.filter(decided(decision))
    elif decision == DecisionState.OPEN:
        rows = rows.exclude(decided(DecisionState.ACCEPTED) | decided(DecisionState.DISMISSED))
    return rows


def headline(counts: FindingCounts) -> str:
    """What is open, in one sentence."""
    if not counts.checked:
        return _("Nothing has been checked yet")
    numbers = {"open": counts.open, "right": counts.right}
    if not counts.open:
        return _("No open finding; %(right)d lines were checked and are right") % numbers
    title = ngettext(
        "%(open)d finding is open; %(right)d lines were checked and are right",
        "%(open)d findings are open; %(right)d lines were checked and are right",
        counts.open,
    )
    return title % numbers


def _whole(rows: Any) -> Any:
    return rows.select_related("reading__document__plan__unit")


def _show(
    request: HttpRequest,
    row: FindingRow,
    person: Person | None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    line = finding_lines([row], person)[0]
    statements = StatementRow.objects.filter(reading=row.reading, number__in=row.statements)
    plan = row.reading.document.plan_id
    figures = passages(list(statements), row.reading.canonical_text(), plan) if statements else []
    history = Event.objects.filter(act="decide_finding", object_id=str(row.pk), after__key=row.key)
    context = {
        "title": line.title,
        "crumbs": [
            {"label": _("Findings"), "url": "/findings/"},
            {"label": line.plan, "url": f"/findings/?plan={plan}"},
            {"label": line.check_name, "url": ""},
        ],
        "finding": line,
        "statements": figures,
        "explanation": line.check_name,
        "history": event_lines(history),
        "form_errors": errors or {},
    }
    template = "findings/_finding.html" if by_htmx(request) else "findings/finding.html"
    return render(request, f"hexi/{template}", context, status=422 if errors else 200)


def _checks(request: HttpRequest, rows: Any) -> list[Any]:
    counted = rows.order_by("check_code").values_list("check_code").annotate(Count("id"))
    entries = [(code, f"{code} {words.check_label(code)}", number) for code, number in counted]
    return choices(request, "check", [("", _("All checks")), *entries])


def _ranks(request: HttpRequest) -> list[Any]:
    entries = [(rank, words.rank_label(rank)) for rank in RANKS]
    return choices(request, "rank", [("", _("All")), *entries])


def _plans(request: HttpRequest, rows: Any) -> list[Any]:
    plan = "reading__document__plan"
    counted = (
        rows.filter(is_fault=True)
        .order_by(f"{plan}__title")
        .values_list(plan, f"{plan}__title")
        .annotate(Count("id"))
    )
    entries = [(str(code), name, number) for code, name, number in counted]
    return choices(request, "plan", [("", _("All plans")), *entries])


def _exports(request: HttpRequest) -> list[dict[str, str]]:
    query = request.GET.urlencode()
    tail = f"?{query}" if query else ""
    return [{"label": s.upper(), "url": f"/findings/export.{s}{tail}"} for s in FORMATS]
