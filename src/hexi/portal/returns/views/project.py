"""One project (项目页): its card, its returns, the steps of the register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import SHOWN, as_day, done
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.change_project import change_project
from hexi.portal.returns.acts.close_project import close_project, take_project_back
from hexi.portal.returns.forms import ProjectForm, put_faults
from hexi.portal.returns.models import Project, Return
from hexi.portal.returns.queries.enterprise_page import register_units
from hexi.portal.returns.queries.lines import return_lines
from hexi.portal.returns.queries.project_page import project_facts
from hexi.portal.returns.registers.project_book import facts, with_reporter
from hexi.portal.returns.scope import one_seen

__all__ = ["change", "close", "page", "reopen"]


@require_GET
def page(request: HttpRequest, project_id: int) -> HttpResponse:
    """Everything that the register knows about it."""
    return _show(request, project_id, [])


def _show(request: HttpRequest, project_id: int, faults: list[dict[str, str]]) -> HttpResponse:
    person = require(viewer(request), Permission.KEEP_REGISTER)
    row: Project = one_seen(with_reporter(), person, pk=project_id)
    today = form_book.day_of(timezone.now())
    returns = Return.objects.visible_to(person).filter(reporter=row.pk)
    history = Event.objects.filter(object_type="project", object_id=str(row.pk))
    context = {
        "title": row.name,
        "crumbs": _crumbs(row.name),
        **project_facts(row, today, person),
        "today": today.isoformat(),
        "returns": return_lines(
            returns.select_related("reporter__unit", "unit", "waiting")[:12], today
        ),
        "history": event_lines(history[:20], person),
        "faults": faults,
    }
    return render(request, "hexi/reporting_projects/project.html", context)


def _crumbs(*labels: str) -> list[dict[str, str]]:
    return [
        {"label": _("Projects"), "url": "/reporting-projects/"},
        *({"label": label, "url": ""} for label in labels),
    ]


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, project_id: int) -> HttpResponse:
    """Change its card."""
    person = require(viewer(request), Permission.KEEP_REGISTER)
    row: Project = one_seen(with_reporter(), person, pk=project_id)
    now = facts(row)
    initial = {**now, "unit": now["unit"].code, "enterprise": row.enterprise.code}
    form = ProjectForm(request.POST or None, initial=initial, units=register_units(person))
    del form.fields["code"]
    if request.method == "POST" and form.is_valid():
        try:
            change_project(
                project_id, form.cleaned_data, by=person, at=timezone.now(),
                reason=request.POST.get("reason", ""),
            )  # fmt: skip
            return done(
                request,
                lambda: None,
                _("The register was changed."),
                _never,
                "reporting-project",
                row.pk,
            )
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            put_faults(form, refusal)
    context = {
        "title": _("Change %(name)s") % {"name": row.name},
        "crumbs": [
            {"label": _("Projects"), "url": "/reporting-projects/"},
            {"label": row.name, "url": f"/reporting-projects/{row.pk}/"},
            {"label": _("Change"), "url": ""},
        ],
        "form": form,
        "row": row,
        "reason": request.POST.get("reason", ""),
    }
    status = 422 if form.errors else 200
    return render(request, "hexi/reporting_projects/change.html", context, status=status)


def _never(faults: list[dict[str, str]]) -> HttpResponse:
    raise AssertionError("nothing was tried")


def _step(request: HttpRequest, project_id: int, act: Any, said: Any) -> HttpResponse:
    who = {"by": viewer(request), "at": timezone.now()}
    return done(
        request,
        lambda: act(who),
        said,
        lambda faults: _show(request, project_id, faults),
        "reporting-project",
        project_id,
    )


@require_POST
def close(request: HttpRequest, project_id: int) -> HttpResponse:
    """It is no longer asked from a day on."""
    sent = request.POST
    day, reason = as_day(sent.get("since", "")), sent.get("reason", "")
    return _step(
        request,
        project_id,
        lambda who: close_project(project_id, day, reason=reason, **who),
        lazy("The closing was entered."),
    )


@require_POST
def reopen(request: HttpRequest, project_id: int) -> HttpResponse:
    """It was closed by mistake."""
    reason = request.POST.get("reason", "")
    return _step(
        request,
        project_id,
        lambda who: take_project_back(project_id, reason=reason, **who),
        lazy("The closing was taken back."),
    )
