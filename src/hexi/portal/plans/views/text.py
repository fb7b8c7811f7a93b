"""The plan reader (规划原文): the text with its figures, the side panel, corrections."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.scope import one_visible, viewer
from hexi.portal.plans.acts.correct_statement import correct_statement, withdraw_correction
from hexi.portal.plans.models import CorrectionRow, StatementRow
from hexi.portal.plans.queries.plan_page import (
    crumbs,
    current_reading,
    documents_of,
    plan_line_of,
    plan_of,
    shown_documents,
    tabs,
)
from hexi.portal.plans.queries.reader import ReadAnew, documents_choices, reader_context
from hexi.portal.plans.queries.statement_panel import statement_of_plan, statement_panel

__all__ = ["correct", "statement_page", "text_page", "withdraw"]


@require_GET
def text_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The document of a plan, read."""
    person = viewer(request)
    row = plan_of(plan_id, person)
    reading = current_reading(row, request.GET.get("document", ""))
    lines = documents_of(row, person)
    context = {
        "title": row.title,
        "crumbs": crumbs(row, _("Text")),
        "plan": plan_line_of(row, person),
        "tabs": tabs(row, "text"),
        "document": None,
        "documents": documents_choices(request, shown_documents(row), reading),
        "waiting": [d["reading"] for d in lines if d["reading"] and d["reading"].state != "ready"],
        "panel": None,
    }
    if reading is not None:
        try:
            context |= reader_context(request, row, reading, person)
        except ReadAnew:
            return redirect(request.get_full_path())  # the new reading is there already
        context["document"] = next(d for d in lines if d["id"] == reading.document_id)
        faults = context["counts"]["faults"]
        context["title"] = ngettext(
            "%(plan)s: %(n)d finding", "%(plan)s: %(n)d findings", faults
        ) % {"plan": row.title, "n": faults}
        number = request.GET.get("s", "")
        if number.isdecimal() and int(number) < reading.statement_count:
            context["panel"] = statement_panel(statement_of_plan(row, int(number), person), person)
    return render(request, "hexi/plans/text.html", context)


@require_GET
def statement_page(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """One figure: the side panel for htmx, a page of its own otherwise."""
    person = viewer(request)
    row = plan_of(plan_id, person)
    return _show(request, statement_of_plan(row, number, person))


@require_POST
def correct(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Correct one field of one figure."""
    person = viewer(request)
    statement = statement_of_plan(plan_of(plan_id, person), number, person)
    field = request.POST.get("field", "")
    try:
        correct_statement(
            statement.pk,
            field,
            request.POST.get("value", ""),
            reason=request.POST.get("reason", ""),
            by=person,
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        errors = {refusal.place or field: f"{refusal.message} {refusal.remedy}"}
        return _show(request, statement, errors)
    if not by_htmx(request):
        return redirect("statement", plan_id, number)
    fresh = statement_of_plan(plan_of(plan_id, person), number, person)
    return _show(request, fresh, notice=_("Corrected. The sums were checked again."))


@require_POST
def withdraw(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Withdraw a correction."""
    person = viewer(request)
    correction: CorrectionRow = one_visible(
        CorrectionRow.objects.select_related("document"), person, pk=correction_id
    )
    reason = request.POST.get("reason", "")
    withdraw_correction(correction_id, reason=reason, by=person, at=timezone.now())
    correction.refresh_from_db()
    statement = None
    if correction.statement is not None:
        statement = StatementRow.objects.filter(
            reading__document=correction.document,
            reading__current=True,
            number=correction.statement,
        ).first()
    plan_id = correction.document.plan_id
    if statement is None:
        return redirect("plan", plan_id)
    if not by_htmx(request):
        return redirect("statement", plan_id, statement.number)
    fresh = statement_of_plan(plan_of(plan_id, person), statement.number, person)
    return _show(request, fresh, notice=_("Withdrawn. The sums were checked again."))


def _show(
    request: HttpRequest,
    statement: StatementRow,
    errors: dict[str, str] | None = None,
    *,
    notice: str = "",
) -> HttpResponse:
    person = viewer(request)
    plan = statement.reading.document.plan
    panel = statement_panel(statement, person)
    context = {
        "title": f"{statement.indicator} {statement.text}",
        "crumbs": crumbs(plan, _("Text"), statement.text),
        "statement": panel,
        "plan": plan_line_of(plan, person),
        "notice": notice,
        "form_errors": errors or {},
        "posted": request.POST if errors else {},
    }
    template = "plans/_statement.html" if by_htmx(request) else "plans/statement.html"
    return render(request, f"hexi/{template}", context, status=422 if errors else 200)
