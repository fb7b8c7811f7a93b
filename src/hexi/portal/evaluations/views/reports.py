"""The list of evaluations, one evaluation, and the steps on it (评估页面)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.exports import attachment
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.evaluations.acts.drop_evaluation import drop_evaluation
from hexi.portal.evaluations.acts.issue_evaluation import issue_evaluation
from hexi.portal.evaluations.acts.renew_evaluation import renew_evaluation
from hexi.portal.evaluations.acts.start_evaluation import start_evaluation
from hexi.portal.evaluations.acts.word_evaluation import word_evaluation
from hexi.portal.evaluations.models import EvaluationReport, ReportKind, ReportState
from hexi.portal.evaluations.queries.reports import (
    language_now,
    lines,
    page_of,
    report_of,
    startable,
)
from hexi.reports import evaluation_docx, evaluation_json

__all__ = ["document", "drop", "issue", "one", "renew", "reports", "word"]

_PAGE = 50


@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """The list, and the form that starts one."""
    faults: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            made = _start(request)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            faults = [refusal.as_record()]
        else:
            messages.success(request, _("The draft was computed."))
            return redirect("evaluation", made.pk)
    person = viewer(request)
    rows = EvaluationReport.objects.visible_to(person).select_related("plan")
    if query := request.GET.get("q", "").strip():
        rows = rows.filter(Q(title__icontains=query) | Q(title_en__icontains=query))
    if (state := request.GET.get("state", "")) in ReportState.values:
        rows = rows.filter(state=state)
    part, pager = paged(request, rows, _PAGE)
    total = pager.total if pager else len(part)
    context = {
        "title": ngettext("%(n)d evaluation", "%(n)d evaluations", total) % {"n": total},
        "reports": lines(part),
        "query": request.GET.get("q", ""),
        "states": choices(
            request,
            "state",
            [("", _("All")), *((value, str(label)) for value, label in ReportState.choices)],
        ),
        "filtered": bool(request.GET.get("q") or request.GET.get("state")),
        "pager": pager,
        "plans": startable(person),
        "kinds": ReportKind.choices,
        "today": timezone.localdate().isoformat(),
        "faults": faults,
        "sent": request.POST or request.GET,
    }
    template = "_rows.html" if by_htmx(request) else "list.html"
    status = 422 if faults else 200
    return render(request, f"hexi/evaluations/{template}", context, status=status)


def _start(request: HttpRequest) -> EvaluationReport:
    sent = request.POST
    plan = sent.get("plan", "")
    if not plan.isdecimal():
        raise Refusal(
            "plan", _("No plan was chosen."), _("Choose the plan to evaluate."), place="plan"
        )
    return start_evaluation(
        int(plan),
        sent.get("kind", ""),
        _day(sent.get("as_of", "")),
        by=viewer(request),
        at=timezone.now(),
    )


def _day(text: str) -> date:
    """A day as a form sends it; today where none is written."""
    if not text.strip():
        return timezone.localdate()
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refusal(
            "no_day",
            _("“%(text)s” is no date.") % {"text": text},
            _("Write it like 2026-12-31."),
            place="as_of",
        ) from error


@require_GET
def one(request: HttpRequest, report_id: int) -> HttpResponse:
    """The report as a page; every number leads to its evidence."""
    return _page(request, report_of(report_id, viewer(request)))


def _page(
    request: HttpRequest,
    row: EvaluationReport,
    faults: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    person, language = viewer(request), language_now()
    inside = person is not None and person.covers(row.plan.unit_path)
    may = {
        "word": inside and row.is_draft and person is not None and person.grants(Permission.EDIT),
        "issue": inside
        and row.is_draft
        and person is not None
        and person.grants(Permission.PUBLISH),
    }
    shown = page_of(row, language)
    context: dict[str, Any] = {
        **shown,
        "title": shown["record"]["title"],
        "crumbs": [
            {"label": _("Evaluations"), "url": reverse("evaluations")},
            {"label": str(row.get_kind_display()), "url": ""},
        ],
        "report": row,
        "can": may,
        "editing": request.GET.get("edit", "") if may["word"] else "",
        "faults": faults or [],
        "sent": request.POST,
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "hexi/evaluations/report.html", context, status=status)


@require_POST
def word(request: HttpRequest, report_id: int) -> HttpResponse:
    """Keep somebody's words for a part and go back to it."""
    sent = request.POST
    part = sent.get("part", "")
    try:
        word_evaluation(
            report_id,
            part,
            language_now(),
            sent.get("text", ""),
            by=viewer(request),
            at=timezone.now(),
            seen=sent.get("seen"),
        )
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        row = report_of(report_id, viewer(request))
        return _page(request, row, [refusal.as_record()], refusal.status)
    return redirect(f"{reverse('evaluation', args=[report_id])}#{part}")


@require_POST
def renew(request: HttpRequest, report_id: int) -> HttpResponse:
    """Compute it again for a day."""
    try:
        renew_evaluation(
            report_id,
            _day(request.POST.get("as_of", "")),
            by=viewer(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        row = report_of(report_id, viewer(request))
        return _page(request, row, [refusal.as_record()], refusal.status)
    messages.success(request, _("The figures are of that day now; people's words were kept."))
    return redirect("evaluation", report_id)


@require_POST
def issue(request: HttpRequest, report_id: int) -> HttpResponse:
    """Issue it."""
    issue_evaluation(report_id, by=viewer(request), at=timezone.now())
    messages.success(request, _("The report was issued."))
    return redirect("evaluation", report_id)


@require_POST
def drop(request: HttpRequest, report_id: int) -> HttpResponse:
    """Drop a draft."""
    drop_evaluation(report_id, by=viewer(request), at=timezone.now())
    messages.success(request, _("The draft was dropped."))
    return redirect("evaluations")


@require_GET
def document(request: HttpRequest, report_id: int, suffix: str) -> HttpResponse:
    """The report as Word or as data, in the reader's language."""
    row = report_of(report_id, viewer(request))
    language = language_now()
    edits = [kept.as_edit() for kept in row.wordings.all()]
    if suffix == "json":
        record = evaluation_json.record(row.evaluation(), edits=edits, language=language)
        content = json.dumps(record, ensure_ascii=False, indent=1).encode()
    elif suffix == "docx":
        content = evaluation_docx.render(
            row.evaluation(), edits=edits, language=language, at=row.computed_at
        )
    else:
        raise NotFound
    return attachment(content, f"hexi-evaluation-{row.pk}.{suffix}")
