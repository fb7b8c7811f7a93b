"""Templates as files (模板下载)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hexi.portal.core.scope import viewer
from hexi.portal.returns.approval.flow import whole
from hexi.portal.returns.models import Return
from hexi.portal.returns.scope import one_seen
from hexi.portal.returns.workbooks.template import file_name, template_of

__all__ = ["XLSX", "template"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def template(request: HttpRequest, return_id: int) -> HttpResponse:
    """The workbook of a return."""
    row: Return = one_seen(whole(), viewer(request), pk=return_id)
    response = HttpResponse(template_of(row), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{file_name(row)}"'
    return response
