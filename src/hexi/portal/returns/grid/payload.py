"""What the grid sends and is answered (填报数据交换): changed cells, and how they stand now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.acts.save_cells import COVER, Saved
from hexi.portal.returns.filling.checking import Finding, open_queries, stopping
from hexi.portal.returns.models import Return

__all__ = ["answer_of", "body_of", "findings_record", "saved_record", "standing_cells"]

#: cells in one request; a form with all partners has fewer than a thousand
_MOST = 5000


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON body, or the fields of the form where the page runs without its script."""
    if "json" not in (request.content_type or ""):
        fields = {k: str(v) for k, v in request.POST.items() if k != "csrfmiddlewaretoken"}
        seen = fields.pop("seen", "")
        return {"cells": fields, "seen": int(seen) if seen.isdecimal() else None}
    try:
        found: Any = json.loads(request.body or b"{}")
    except ValueError:
        found = None
    body: dict[str, Any] = found if isinstance(found, dict) else {"cells": None}
    cells = body.setdefault("cells", {})
    if not isinstance(cells, dict) or len(cells) > _MOST:
        raise Refusal(
            "bad_request",
            _("The request cannot be understood."),
            _("Reload the page and try again."),
            status=400,
        )
    seen_edit, units = body.get("seen"), body.get("units")
    body["seen"] = seen_edit if isinstance(seen_edit, int) else None
    body["units"] = units if isinstance(units, dict) else None
    return body


def answer_of(saved: Saved, seen: int | None) -> dict[str, Any]:
    """What became of the cells that were sent; everything, where others have changed cells too."""
    row = saved.row
    others = seen is not None and row.edit > seen + 1
    return {
        **saved_record(row),
        "kept": saved.kept,
        "refused": {name: refusal.as_record() for name, refusal in saved.refused.items()},
        "current": standing_cells(row) if others or saved.refused else None,
    }


def saved_record(row: Return) -> dict[str, Any]:
    """The count of changes and the state."""
    return {"edit": row.edit, "state": row.state, "state_label": row.get_state_display()}


def standing_cells(row: Return) -> dict[str, str]:
    """Every filled cell by name, cover page included."""
    return {**row.values, **{f"{COVER}{code}": str(text) for code, text in row.cover.items()}}


def findings_record(row: Return) -> dict[str, Any]:
    """What the last check found, and what of it still stops the return."""
    explained: list[Mapping[str, Any]] = [
        {"rule": e.rule, "version": e.rule_version, "cells": e.cells, "text": e.text}
        for e in row.explanations.filter(lapsed_at=None)
    ]
    found: list[Finding] = row.findings
    return {
        **saved_record(row),
        "findings": found,
        "explanations": explained,
        "queries": len(open_queries(found, row.explanations.all())),
        "stopping": len(stopping(row, found)),
    }
