"""The practice library on a page (演练项目): lay it, see how far it is, take it away again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import done
from hexi.portal.projects.acts.lay_practice_projects import lay_practice_projects
from hexi.portal.projects.acts.remove_practice_projects import remove_practice_projects
from hexi.portal.projects.models import PracticeJob, PracticeKind
from hexi.portal.projects.practice.removal import going
from hexi.portal.projects.views.tabs import tabs

__all__ = ["page", "progress", "remove"]


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What there is of it, and the way to lay it (POST) or to take it away."""
    person = require(viewer(request), Permission.MAKE_PRACTICE)
    if request.method == "GET":
        return _show(request, [])
    return done(
        request,
        lambda: lay_practice_projects(by=person, at=timezone.now()),
        lazy("Practice projects are being laid."),
        lambda faults: _show(request, faults),
        "project-practice",
    )


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take all of them away, as it was confirmed."""
    person = require(viewer(request), Permission.MAKE_PRACTICE)
    seen = request.POST.get("seen", "")
    return done(
        request,
        lambda: remove_practice_projects(
            by=person, at=timezone.now(), seen=int(seen) if seen.isdecimal() else -1
        ),
        lazy("Practice projects are being taken away."),
        lambda faults: _show(request, faults),
        "project-practice",
    )


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """How far the job is; when it is over, the page is asked for again."""
    person = require(viewer(request), Permission.MAKE_PRACTICE)
    job = PracticeJob.objects.visible_to(person).first()
    response = render(request, "hexi/projects/_practice_job.html", {"job": job})
    if job is None or not job.busy:
        response["HX-Refresh"] = "true"
    return response


def _show(request: HttpRequest, faults: list[dict[str, str]]) -> HttpResponse:
    job = PracticeJob.objects.visible_to(viewer(request)).first()
    busy = job is not None and job.busy
    # counting what goes is work for the database, and changes while the worker is at it
    all_ = None if busy else going()
    context = {
        "title": _headline(job if busy else None, all_.projects if all_ else 0),
        "tabs": tabs(request, "practice"),
        "job": job,
        "going": all_,
        "faults": faults,
    }
    return render(request, "hexi/projects/practice.html", context)


def _headline(job: PracticeJob | None, projects: int) -> str:
    if job is not None and job.kind == PracticeKind.LAY:
        return _("Practice projects are being laid")
    if job is not None:
        return _("Practice projects are being taken away")
    if projects:
        return _("%(n)d practice projects are in the library") % {"n": projects}
    return _("There are no practice projects")
