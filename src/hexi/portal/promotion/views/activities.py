"""Activities and agents (招商活动、委托机构): lists with what came of each, entry and change."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.exports import table_response
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import as_number, done
from hexi.portal.promotion.acts.link_result import link_result
from hexi.portal.promotion.models import Activity, Agent
from hexi.portal.promotion.queries.activities import (
    activity_facts,
    activity_lines,
    agent_lines,
    linkable,
)
from hexi.portal.promotion.views.keeping import keep_form
from hexi.portal.promotion.views.tabs import crumbs, exports_of, reader, tabs
from hexi.portal.promotion.wording import words_of

__all__ = [
    "agent_form",
    "agents",
    "export",
    "form",
    "link",
    "listing",
    "page",
]

PAGE = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The latest first, each with what came of it."""
    person = reader(request)
    rows = Activity.objects.visible_to(person)
    if kind := request.GET.get("kind"):
        rows = rows.filter(kind=kind)
    part, pager = paged(request, rows.select_related("unit"), PAGE)
    total = pager.total if pager else len(part)
    context = {
        "title": ngettext("%(n)d activity", "%(n)d activities", total) % {"n": total},
        "tabs": tabs("activities"),
        "lines": activity_lines(part, person),
        "pager": pager,
        "kinds": choices(request, "kind", [("", _("All kinds")), *words_of("activity").items()]),
        "filtered": bool(kind),
        "can_enter": person.grants(Permission.PROMOTE),
        "exports": exports_of(request, "activities-export"),
    }
    return render(request, "hexi/promotion/activities/list.html", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person = reader(request)
    rows = Activity.objects.visible_to(person).select_related("unit")
    head = [_("Activity"), _("Kind"), pgettext("promotion", "Level"), _("First day"),
            pgettext("promotion", "Place"), _("Unit"),
            _("Firms met"), _("Enquiries"), _("Leads"), _("Agreements"),
            _("Investment agreed, 10,000 yuan")]  # fmt: skip
    body = [
        [x.name, x.kind, x.level, x.day.isoformat(), x.place, x.unit, x.firms, str(x.enquiries),
         str(x.projects), str(x.agreements), x.amount]
        for x in activity_lines(rows, person)
    ]  # fmt: skip
    return table_response(suffix, "activities", _("Activities"), head, body)


@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, activity_id: int | None = None) -> HttpResponse:
    """A new one, or one changed."""
    titles = _("Enter an activity"), _("Activities")
    return keep_form(
        request, "activity", activity_id, titles=titles, back="activities", page="activity"
    )


@require_GET
def page(request: HttpRequest, activity_id: int) -> HttpResponse:
    """One activity with its enquiries, leads and agreements."""
    return _show(request, activity_id, [])


def _show(request: HttpRequest, activity_id: int, faults: list[dict[str, str]]) -> HttpResponse:
    person = reader(request)
    row = Activity.objects.visible_to(person).select_related("unit").filter(pk=activity_id).first()
    if row is None:
        raise NotFound
    may = person.grants(Permission.PROMOTE) and person.covers(row.unit_path)
    context = {
        "title": row.name,
        "crumbs": crumbs((_("Activities"), reverse("activities")), (row.name, "")),
        **activity_facts(row, person),
        "can": may,
        "linkable": linkable(row, person) if may else [],
        "faults": faults,
    }
    return render(request, "hexi/promotion/activities/activity.html", context)


@require_POST
def link(request: HttpRequest, activity_id: int) -> HttpResponse:
    """A project was met there."""
    sent = request.POST
    return done(
        request,
        lambda: link_result(
            activity_id, as_number(sent.get("project")) or 0, sent.get("note", ""),
            by=viewer(request), at=timezone.now(),
        ),
        lazy("The project was linked."),
        lambda faults: _show(request, activity_id, faults),
        "activity",
        activity_id,
    )  # fmt: skip


@require_GET
def agents(request: HttpRequest) -> HttpResponse:
    """Who looks for investors on the units' behalf, and what they brought."""
    person = reader(request)
    rows = Agent.objects.visible_to(person).select_related("unit")
    part, pager = paged(request, rows, PAGE)
    total = pager.total if pager else len(part)
    context = {
        "title": ngettext("%(n)d agent or chamber", "%(n)d agents and chambers", total)
        % {"n": total},
        "tabs": tabs("agents"),
        "lines": agent_lines(part, person, timezone.localdate()),
        "pager": pager,
        "can_enter": person.grants(Permission.PROMOTE),
    }
    return render(request, "hexi/promotion/agents.html", context)


@require_http_methods(["GET", "POST"])
def agent_form(request: HttpRequest, agent_id: int | None = None) -> HttpResponse:
    """A new one, or one changed."""
    titles = _("Enter an agent or chamber"), _("Agents and chambers")
    return keep_form(request, "agent", agent_id, titles=titles, back="agents")
