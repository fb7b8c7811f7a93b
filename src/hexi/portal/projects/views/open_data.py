"""Open data of projects (公开项目数据): the published projects as an OC4IDS package."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import viewer
from hexi.portal.projects.queries.open_data import open_package
from hexi.reports.oc4ids import render

__all__ = ["oc4ids"]


@require_GET
def oc4ids(request: HttpRequest) -> HttpResponse:
    """Everything that is published; there is no package without a project."""
    made = open_package(viewer(request), request.build_absolute_uri(request.path))
    if made is None:
        raise NotFound
    return HttpResponse(render(made), content_type="application/json")
