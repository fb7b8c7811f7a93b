"""Responsibility (责任落实页): who leads, who is steward, who answers, for one or many projects."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.projects.queries.words import stage_label
from hexi.portal.supervision.acts.assign_responsible import Responsible, assign_many
from hexi.portal.supervision.queries.choosing import colleagues
from hexi.portal.supervision.queries.exceptions import leaders, units_with_projects
from hexi.portal.supervision.queries.visits import running_projects
from hexi.portal.supervision.views.forms import Faults, entered
from hexi.portal.supervision.views.sent import number
from hexi.portal.supervision.views.tabs import tabs

__all__ = ["page"]

PAGE = 100


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Projects with who answers for them; those without a leader first."""
    person = require(viewer(request), Permission.KEEP_PROJECTS)
    sent = request.POST
    wanted = [key for text in sent.getlist("project") if (key := number(text)) is not None]
    return entered(
        request,
        lambda: assign_many(
            wanted, _given(request), reason=sent.get("reason", ""), by=person, at=timezone.now()
        ),
        lambda count: (
            ngettext("%(n)d project assigned.", "%(n)d projects assigned.", count) % {"n": count}
        ),
        lambda _count: f"{reverse('responsibility')}?{request.GET.urlencode()}",
        lambda faults: _show(request, person, faults),
    )


def _show(request: HttpRequest, person: Person, faults: Faults) -> HttpResponse:
    sent = request.POST
    rows = _filtered(running_projects(person).select_related("unit"), request)
    part, pager = paged(request, rows.order_by("leader_name", "unit__order", "pk"), PAGE)
    alone = running_projects(person).filter(leader_name="").count()
    ticked = set(sent.getlist("project"))
    said = ngettext(
        "%(n)d project has no leader in charge", "%(n)d projects have no leader in charge", alone
    )
    context: dict[str, Any] = {
        "title": said % {"n": alone} if alone else _("Every project has a leader in charge"),
        "projects": [
            {
                "row": row,
                "unit": name_of(row.unit),
                "stage": stage_label(row.stage),
                "ticked": str(row.pk) in ticked,
            }
            for row in part
        ],
        "pager": pager,
        "query": request.GET.get("q", ""),
        "units": choices(request, "unit", [("", _("All units")), *units_with_projects(person)]),
        "leaders": choices(
            request,
            "leader",
            [
                ("", _("All leaders")),
                ("-", _("Without a leader")),
                *((name, name) for name in leaders(person)),
            ],
        ),
        "people": colleagues(person),
        "sent": sent,
        "faults": faults,
        "tabs": tabs(request, "responsibility"),
    }
    return render(request, "hexi/supervision/responsibility.html", context)


def _given(request: HttpRequest) -> Responsible:
    """Empty fields leave as it is; the box takes a seat's holder away."""
    sent = request.POST

    def text(name: str) -> str | None:
        if sent.get(f"{name}_none"):
            return ""
        return sent.get(name, "").strip() or None

    return Responsible(
        leader=number(sent.get("leader")),
        leader_name=text("leader_name"),
        steward=number(sent.get("steward")),
        steward_name=text("steward_name"),
        body=text("body"),
    )


def _filtered(rows: Any, request: HttpRequest) -> Any:
    asked = request.GET
    if unit := asked.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    if leader := asked.get("leader"):
        rows = rows.filter(leader_name="" if leader == "-" else leader)
    if query := asked.get("q", "").strip():
        rows = rows.filter(Q(name__icontains=query) | Q(number__iexact=query))
    return rows
