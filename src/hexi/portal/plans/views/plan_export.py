"""A plan as a file (规划导出): JSON, Excel, CSV and Markdown of the register."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hexi.portal.core.exports import attachment
from hexi.portal.core.scope import viewer
from hexi.portal.plans.queries.plan_file import plan_file
from hexi.portal.plans.queries.plan_page import plan_of

__all__ = ["export"]


@require_GET
def export(request: HttpRequest, plan_id: int, suffix: str) -> HttpResponse:
    """The register of one plan."""
    row = plan_of(plan_id, viewer(request))
    return attachment(plan_file(row, suffix), f"hexi-plan-{row.pk}.{suffix}")
