"""Duplicates (疑似重复项目): pairs that may be one project, compared side by side and merged."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import done
from hexi.portal.projects.acts.merge_records import merge_records, unmerge_records
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries.twins import pairs, side_by_side
from hexi.portal.projects.views.pages import page_of
from hexi.portal.projects.views.project import crumbs_of, one_project, show
from hexi.portal.projects.views.tabs import tabs

__all__ = ["compare", "listing", "merge", "unmerge"]

PAGE = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one project."""
    person = require(viewer(request), Permission.KEEP_PROJECTS)
    total = pairs(person, last=0)[1]
    first, last, pager = page_of(request, total, PAGE)
    part, _total = pairs(person, first=first, last=last)
    context = {
        "title": ngettext(
            "%(n)d pair may be one project", "%(n)d pairs may be one project each", total
        )
        % {"n": total}
        if total
        else _("No project seems to stand in the library twice"),
        "pairs": part,
        "pager": pager,
        "tabs": tabs(request, "duplicates"),
    }
    return render(request, "hexi/projects/duplicates.html", context)


def _both(request: HttpRequest, one_id: int, other_id: int) -> tuple[ProjectRecord, ProjectRecord]:
    one, other = one_project(request, one_id), one_project(request, other_id)
    for row in (one, other):
        require(viewer(request), Permission.KEEP_PROJECTS, row.unit_path)
    return one, other


@require_GET
def compare(request: HttpRequest, one_id: int, other_id: int) -> HttpResponse:
    """Two records side by side."""
    return _compare(request, one_id, other_id, [])


def _compare(
    request: HttpRequest, one_id: int, other_id: int, faults: list[dict[str, str]]
) -> HttpResponse:
    one, other = _both(request, one_id, other_id)
    context: dict[str, Any] = {
        "title": _("Are these one project?"),
        "crumbs": [
            *crumbs_of(),
            {"label": _("Duplicates"), "url": "/projects/duplicates/"},
            {"label": _("Side by side"), "url": ""},
        ],
        "one": one,
        "other": other,
        "fields": side_by_side(one, other),
        "merged": one.merged_into_id is not None or other.merged_into_id is not None,
        "reason": request.POST.get("reason", ""),
        "faults": faults,
    }
    return render(request, "hexi/projects/compare.html", context)


@require_POST
def merge(request: HttpRequest, one_id: int, other_id: int) -> HttpResponse:
    """The first goes on with everything of both."""
    _both(request, one_id, other_id)
    keep, gone = (
        (other_id, one_id) if request.POST.get("keep") == str(other_id) else (one_id, other_id)
    )
    by, at, reason = viewer(request), timezone.now(), request.POST.get("reason", "")
    return done(
        request,
        lambda: merge_records(keep, gone, reason=reason, by=by, at=at),
        lazy("The two records were merged."),
        lambda faults: _compare(request, one_id, other_id, faults),
        "project",
        keep,
    )


@require_POST
def unmerge(request: HttpRequest, project_id: int) -> HttpResponse:
    """They were two projects after all."""
    by, at, reason = viewer(request), timezone.now(), request.POST.get("reason", "")
    return done(
        request,
        lambda: unmerge_records(project_id, reason=reason, by=by, at=at),
        lazy("The merging was taken apart."),
        lambda faults: show(request, project_id, faults),
        "project",
        project_id,
    )
