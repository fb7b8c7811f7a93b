"""One plan (规划): summary, publishing, deleting, its files."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require, viewer
from hexi.portal.plans.acts.change_plan import change_plan
from hexi.portal.plans.acts.delete_plan import delete_plan, remove_document
from hexi.portal.plans.acts.publish_plan import publish_plan, unpublish_plan
from hexi.portal.plans.acts.reread_document import reread_document
from hexi.portal.plans.files import path_of
from hexi.portal.plans.models import PlanDocument, PlanRow, TargetRow
from hexi.portal.plans.queries.lines import PlanLine, target_line
from hexi.portal.plans.queries.plan_file import forms_of
from hexi.portal.plans.queries.plan_lists import plan_lines
from hexi.portal.plans.queries.plan_page import (
    corrections_of,
    crumbs,
    current_reading,
    documents_of,
    facts,
    plan_line_of,
    plan_of,
    register_of,
    tabs,
)

__all__ = ["change", "delete", "file", "plan_page", "publish", "remove", "reread", "unpublish"]


@require_GET
def plan_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The plan's summary."""
    person = viewer(request)
    row = plan_of(plan_id, person)
    targets = TargetRow.objects.filter(plan=row).select_related("plan", "unit")
    line = plan_line_of(row, person)
    uppers = [row.upper] if row.upper else []
    visible = PlanRow.objects.visible_to(person).filter(pk__in=[u.pk for u in uppers])
    context = {
        "title": headline(line),
        "crumbs": crumbs(row),
        "plan": line,
        "tabs": tabs(row, "plan"),
        "facts": facts(row),
        "documents": documents_of(row, person),
        "targets": [target_line(target) for target in targets],
        "exports": [
            {
                "label": suffix.upper() if suffix != "md" else "Markdown",
                "url": f"/plans/{row.pk}/export.{suffix}",
            }
            for suffix in forms_of(current_reading(row) is not None)
        ],
        "corrections": corrections_of(row, person),
        "upper": plan_lines(list(visible.select_related("unit")), person),
        **register_of(row),
    }
    return render(request, "hexi/plans/plan.html", context)


def headline(line: PlanLine) -> str:
    """The plan's answer in one sentence; its name where there is nothing to answer yet."""
    if not line.targets and not line.checked:
        return line.title
    return _("Of %(n)d targets %(missed)d were missed; %(faults)d findings to settle") % {
        "n": line.targets,
        "missed": line.counts.missed,
        "faults": line.faults,
    }


@require_POST
def publish(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Make it public."""
    reason = request.POST.get("reason", "")
    publish_plan(plan_id, by=viewer(request), at=timezone.now(), reason=reason)
    return redirect("plan", plan_id)


@require_POST
def unpublish(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Withdraw it from the public."""
    reason = request.POST.get("reason", "")
    unpublish_plan(plan_id, by=viewer(request), at=timezone.now(), reason=reason)
    return redirect("plan", plan_id)


@require_POST
def change(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Change the plan's card."""
    fields = ("title", "unit", "level", "first_year", "last_year", "upper")
    changes = {
        key: (int(value) if value.isdecimal() else None)
        if key in ("first_year", "last_year", "upper")
        else value
        for key in fields
        if (value := request.POST.get(key)) is not None
    }
    reason = request.POST.get("reason", "")
    change_plan(plan_id, changes, by=viewer(request), at=timezone.now(), reason=reason)
    return redirect("plan", plan_id)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Say what will be lost, then delete."""
    person = viewer(request)
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        delete_plan(plan_id, reason=reason, by=person, at=timezone.now())
        return redirect("plans")
    row = plan_of(plan_id, person)
    require(person, Permission.DELETE, row.unit_path)
    line = plan_line_of(row, person)
    context = {
        "title": _("Delete %(title)s") % {"title": row.title},
        "crumbs": crumbs(row, _("Delete")),
        "plan": line,
        "losses": [
            {"label": _("Documents"), "value": line.documents},
            {"label": _("Statements"), "value": line.statements},
            {"label": _("Targets"), "value": line.targets},
            {"label": _("Corrections"), "value": len(corrections_of(row, person))},
        ],
    }
    return render(request, "hexi/plans/delete.html", context)


@require_POST
def reread(request: HttpRequest, document_id: int) -> HttpResponse:
    """Read the document again."""
    reading = reread_document(document_id, by=viewer(request), at=timezone.now())
    return redirect("plan", reading.document.plan_id)


@require_POST
def remove(request: HttpRequest, document_id: int) -> HttpResponse:
    """Take the document out of its plan."""
    person = viewer(request)
    document = one_visible(PlanDocument.objects.all(), person, pk=document_id)
    reason = request.POST.get("reason", "")
    remove_document(document_id, reason=reason, by=person, at=timezone.now())
    return redirect("plan", document.plan_id)


@require_GET
def file(request: HttpRequest, document_id: int) -> HttpResponse | FileResponse:
    """The file as it was uploaded; always a download, never shown inside our pages."""
    document: PlanDocument = one_visible(
        PlanDocument.objects.all(), viewer(request), pk=document_id
    )
    path = path_of(document.digest)
    if not path.exists():
        raise NotFound
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
