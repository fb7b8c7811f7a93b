"""The API itself (接口总成): routers, description, and a reference page of our own.

No page of ours loads anything from another host, so ninja's own documentation pages are off.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from ninja import NinjaAPI

from hexi.portal.admission.api import admission
from hexi.portal.api.errors import install
from hexi.portal.api.identity import identify
from hexi.portal.assessment.api import assessments
from hexi.portal.breakdown.api import breakdowns
from hexi.portal.breakdown.api import tasks as task_list
from hexi.portal.chains.api import chains
from hexi.portal.evaluations.api import evaluations
from hexi.portal.figures.api import figures
from hexi.portal.plans.api import findings, plans, readings, reference, statements, targets
from hexi.portal.projects.api import open_data, portfolio
from hexi.portal.projects.api import projects as library
from hexi.portal.projects.api import steps as library_steps
from hexi.portal.promotion.api import promotion
from hexi.portal.returns.api import batches, periods, projects, register, returns
from hexi.portal.scoreboard.api import scoreboard
from hexi.portal.supervision.api import supervision

__all__ = ["api", "reference_page"]

api = NinjaAPI(
    title="Hexi 河西",
    version=settings.HEXI_VERSION,
    description="规划、目标、问题、报表与名录。Plans, targets, findings, returns, register.",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=identify,
    urls_namespace="api",
)
install(api)
for router, tag in (
    (reference.router, "reference"),
    (plans.router, "plans"),
    (readings.router, "readings"),
    (statements.router, "statements"),
    (targets.router, "targets"),
    (findings.router, "findings"),
    (figures.router, "figures"),
    (evaluations.router, "evaluations"),
    (assessments.router, "assessment"),
    # who is missing stands before one return: the first address that fits is taken
    (periods.router, "periods"),
    (returns.router, "returns"),
    (register.router, "register"),
    (projects.router, "register"),
    (batches.router, "batches"),
    # … and portfolio figures before one project
    (portfolio.router, "projects"),
    (library.router, "projects"),
    (library_steps.router, "projects"),
    (scoreboard.router, "monitoring"),
    (open_data.router, "projects"),
    (promotion.router, "promotion"),
    (chains.router, "chains"),
    (admission.router, "admission"),
    (supervision.router, "supervision"),
    (breakdowns.router, "breakdowns"),
    (task_list.router, "tasks"),
):
    api.add_router("", router, tags=[tag])


def _summary(both: str) -> str:
    """The half of ``中文 / English`` that the reader's language asks for."""
    chinese, _slash, english = both.partition(" / ")
    return english if get_language() == "en" and english else chinese


@require_GET
def reference_page(request: HttpRequest) -> HttpResponse:
    """Every operation on one plain page."""
    schema: dict[str, Any] = api.get_openapi_schema()
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "summary": _summary(operation.get("summary", "")),
            "description": operation.get("description", ""),
            "parameters": [
                {"name": p["name"], "required": p.get("required", False)}
                for p in operation.get("parameters", ())
            ],
            "responses": [{"status": status} for status in operation.get("responses", {})],
            "role": _("Signed in") if method != "get" else _("Reader"),
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    context = {
        "title": _("%(n)d operations of the API") % {"n": len(operations)},
        "crumbs": [{"label": _("Help"), "url": "/help/"}, {"label": "API", "url": ""}],
        "operations": operations,
        "openapi_url": "/api/openapi.json",
    }
    return render(request, "hexi/help_api.html", context)
