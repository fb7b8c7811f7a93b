"""What pages of the sheet send (分解表数据交换): cells as JSON, or as fields without the script."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal

__all__ = ["cells_in", "number_in"]

#: cells in one request; 45 zones by 15 columns are fewer
_MOST = 5000
_FORM_FIELDS = ("csrfmiddlewaretoken", "seen", "back")


def number_in(request: HttpRequest, name: str) -> int | None:
    """A whole number of a form; None where there is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def cells_in(request: HttpRequest) -> tuple[dict[str, Any], int | None]:
    """Cell to value, and the count of changes that the page knew."""
    if "json" not in (request.content_type or ""):
        fields = {k: str(v) for k, v in request.POST.items() if k not in _FORM_FIELDS}
        return fields, number_in(request, "seen")
    try:
        body: Any = json.loads(request.body or b"{}")
    except ValueError:
        body = None
    cells = body.get("cells") if isinstance(body, dict) else None
    if not isinstance(cells, dict) or len(cells) > _MOST:
        raise Refusal(
            "bad_request",
            _("The request cannot be understood."),
            _("Reload the page and try again."),
            status=400,
        )
    seen = body.get("seen")
    return cells, seen if isinstance(seen, int) else None
