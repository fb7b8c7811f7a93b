"""Filling in (网上填报): the grid, and the small answers that its script asks for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.scope import viewer
from hexi.portal.core.views.errors import wants_json
from hexi.portal.returns.acts.check_return import check_return
from hexi.portal.returns.acts.explain import explain
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.approval.flow import whole
from hexi.portal.returns.grid.page import grid_context
from hexi.portal.returns.grid.payload import (
    answer_of,
    body_of,
    findings_record,
    saved_record,
    standing_cells,
)
from hexi.portal.returns.models import Return
from hexi.portal.returns.scope import one_seen

__all__ = ["cells", "check", "explanation", "grid", "submit"]


@require_GET
def grid(request: HttpRequest, return_id: int) -> HttpResponse:
    """The return, to be filled in by its reporter, to be read by who may see it."""
    person = viewer(request)
    row: Return = one_seen(whole(), person, pk=return_id)
    context = grid_context(row, person)
    gaps = {"reporter": context["reporter"], "form": context["form_name"]}
    title = _("%(reporter)s: %(form)s") % gaps
    crumbs = [
        {"label": _("Returns"), "url": "/returns/"},
        {
            "label": f"{context['reporter']} {context['form_name']} {context['period']}",
            "url": f"/returns/{row.pk}/",
        },
        {"label": _("Filling in"), "url": ""},
    ]
    return render(request, "hexi/returns/grid.html", {"title": title, "crumbs": crumbs, **context})


@require_http_methods(["GET", "POST"])
def cells(request: HttpRequest, return_id: int) -> HttpResponse:
    """Cells as they stand, or cells to be kept."""
    person = viewer(request)
    if request.method == "GET":
        row: Return = one_seen(whole(), person, pk=return_id)
        return JsonResponse({**saved_record(row), "current": standing_cells(row)})
    body = body_of(request)
    seen, units = body["seen"], body.get("units")
    saved = save_cells(
        return_id, body["cells"], by=person, at=timezone.now(), seen=seen, units=units
    )
    if not wants_json(request):
        return redirect("return-grid", return_id)
    return JsonResponse(answer_of(saved, seen))


@require_POST
def check(request: HttpRequest, return_id: int) -> JsonResponse:
    """Run the rules on the server; the page and the server come to the same verdicts."""
    row = check_return(return_id, by=viewer(request), at=timezone.now())
    return JsonResponse(findings_record(row))


@require_POST
def explanation(request: HttpRequest, return_id: int) -> JsonResponse:
    """Explain a query on the figures as they stand now."""
    person, body, at = viewer(request), body_of(request), timezone.now()
    row = check_return(return_id, by=person, at=at)
    rule, line = str(body.get("rule", "")), str(body.get("row", ""))
    asked = [f for f in row.findings if f["rule"] == rule and f.get("row", "") == line]
    bound = asked[0]["cells"] if asked else {}
    explain(return_id, rule, bound, str(body.get("text", "")), by=person, at=at)
    return JsonResponse(findings_record(check_return(return_id, by=person, at=at)))


@require_POST
def submit(request: HttpRequest, return_id: int) -> HttpResponse:
    """Hand it in."""
    seen = body_of(request)["seen"]
    submit_return(return_id, by=viewer(request), at=timezone.now(), seen=seen)
    address = reverse("return-grid", args=[return_id])
    return JsonResponse({"url": address}) if wants_json(request) else redirect(address)
