"""The leader's page (领导专页): what is not as it should be, and nothing else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import require, viewer
from hexi.portal.supervision.queries.exceptions import (
    Exceptions,
    exceptions,
    leaders,
    units_with_projects,
)
from hexi.portal.supervision.views.sent import today
from hexi.portal.supervision.views.tabs import tabs

__all__ = ["page"]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Red and yellow lamps, problems past due, running orders, this week's meetings, visits due."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    if person.role == Role.ENTERPRISE:
        return redirect("problems")
    found = exceptions(person, request.GET, today())
    context: dict[str, Any] = {
        "title": _title(found),
        "found": found,
        "as_of": date_format(timezone.localtime(), "Y-m-d H:i"),
        "units": choices(request, "unit", [("", _("All units")), *units_with_projects(person)]),
        "leaders": choices(
            request,
            "leader",
            [("", _("All leaders")), *((name, name) for name in leaders(person))],
        ),
        "narrowed": bool(request.GET.get("unit") or request.GET.get("leader")),
        "tabs": tabs(request, "exceptions"),
    }
    template = "_exceptions.html" if by_htmx(request) else "exceptions.html"
    return render(request, f"hexi/supervision/{template}", context)


def _title(found: Exceptions) -> str:
    """What is not in order, counted."""
    if found.quiet:
        return _("Nothing is out of order")
    counted = (
        (found.red, ngettext("%(n)d project red", "%(n)d projects red", found.red)),
        (found.yellow, ngettext("%(n)d project yellow", "%(n)d projects yellow", found.yellow)),
        (found.late, ngettext("%(n)d problem late", "%(n)d problems late", found.late)),
        (found.running, ngettext("%(n)d order open", "%(n)d orders open", found.running)),
        (found.due, ngettext("%(n)d visit due", "%(n)d visits due", found.due)),
    )
    said = [text % {"n": count} for count, text in counted if count]
    if not said:
        return _("Nothing is late; there are meetings this week")
    return pgettext("list", ", ").join(said)
