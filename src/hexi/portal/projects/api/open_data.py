"""Open projects as JSON (公开项目接口): what is published, as an OC4IDS package."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.core.refusal import NotFound
from hexi.portal.projects.queries.open_data import open_package
from hexi.reports.oc4ids import render

__all__ = ["router"]

router = Router()


@router.get("/projects.oc4ids", response={200: dict[str, Any], **ERRORS},
            summary="公开项目（OC4IDS） / Open projects (OC4IDS)")  # fmt: skip
def open_projects(request: HttpRequest) -> HttpResponse:
    made = open_package(caller(request), request.build_absolute_uri(request.path))
    if made is None:
        raise NotFound
    return HttpResponse(render(made), content_type="application/json")
