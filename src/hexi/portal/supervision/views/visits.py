"""Visits (走访页): planned and paid ones, whom nobody has visited, one visit and its record."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.exports import file_links, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Event, Person
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import as_day
from hexi.portal.supervision.acts.drop_visit import drop_visit
from hexi.portal.supervision.acts.plan_visit import PlannedVisit, plan_visit
from hexi.portal.supervision.acts.raise_problem import may_raise
from hexi.portal.supervision.acts.record_visit import may_record, record_visit
from hexi.portal.supervision.models import VisitState
from hexi.portal.supervision.queries.choosing import colleagues, visit_options
from hexi.portal.supervision.queries.lines import problem_lines, visit_lines
from hexi.portal.supervision.queries.problems import whole_problems
from hexi.portal.supervision.queries.visits import (
    coverage_of,
    filtered_visits,
    one_visit,
    whole_visits,
)
from hexi.portal.supervision.rules import visit_name
from hexi.portal.supervision.views.forms import (
    Faults,
    choose_host,
    crumbs,
    entered,
    step,
)
from hexi.portal.supervision.views.sent import Host, asked_host, number, today
from hexi.portal.supervision.views.tabs import tabs

__all__ = ["coverage", "drop", "export", "listing", "new", "page", "record"]

PAGE = 100


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Planned visits first; filters live in the address."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    everything = whole_visits().visible_to(person)
    rows = filtered_visits(everything, request.GET, today())
    part, pager = paged(request, rows.order_by("-state", "planned", "-pk"), PAGE)
    due = everything.filter(state=VisitState.PLANNED, planned__lte=today()).count()
    said = ngettext("%(n)d visit is due", "%(n)d visits are due", due) % {"n": due}
    context: dict[str, Any] = {
        "title": said if due else _("No visit is due"),
        "visits": visit_lines(part, today()),
        "pager": pager,
        "any": everything.exists(),
        "query": request.GET.get("q", ""),
        "states": choices(
            request,
            "state",
            [
                ("", _("All")),
                ("late", _("Overdue")),
                *((s.value, str(s.label)) for s in VisitState),
            ],
        ),
        "kinds": choices(
            request, "kind", [("", _("All kinds")), *((o.value, o.label) for o in visit_options())]
        ),
        "exports": file_links(request, "visits-export"),
        "tabs": tabs(request, "visits"),
    }
    template = "_visit_rows.html" if by_htmx(request) else "visits.html"
    return render(request, f"hexi/supervision/{template}", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    rows = filtered_visits(whole_visits().visible_to(person), request.GET, today())
    head = [
        _("Project or enterprise"), _("Unit"), _("Occasion"), _("Visitor"), _("Planned for"),
        _("Paid on"), _("State"), _("What was heard"),
    ]  # fmt: skip
    listed = list(rows)
    body = [
        [x.about, x.unit, x.kind, x.visitor, x.planned, x.paid, x.state_label, row.heard]
        for x, row in zip(visit_lines(listed, today()), listed, strict=True)
    ]
    return table_response(suffix, "visits", _("Visits"), head, body)


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Whom visits of the last months did not reach."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    if person.role == Role.ENTERPRISE:
        raise NotPermitted
    whom: Literal["projects", "enterprises"] = (
        "enterprises" if request.GET.get("whom") == "enterprises" else "projects"
    )
    found, since = coverage_of(person, today(), whom)
    missing = len(found.missing)
    part, pager = paged(request, found.missing, PAGE)
    whoms = [("projects", _("Projects")), ("enterprises", _("Enterprises of the register"))]
    if whom == "projects":
        said = ngettext(
            "%(n)d project was not visited since %(since)s",
            "%(n)d projects were not visited since %(since)s",
            missing,
        )
    else:
        said = ngettext(
            "%(n)d enterprise was not visited since %(since)s",
            "%(n)d enterprises were not visited since %(since)s",
            missing,
        )
    gaps = {"n": missing, "since": since.isoformat()}
    context = {
        "title": said % gaps if missing else _("All were visited since %(since)s") % gaps,
        "found": found,
        "share": f"{found.share:.1f}%" if found.share is not None else "–",
        "since": since.isoformat(),
        "hosts": part,
        "pager": pager,
        "key": "project" if whom == "projects" else "enterprise",
        "whoms": choices(
            request,
            "whom",
            whoms if person.grants(Permission.KEEP_PROJECTS) else whoms[:1],
            default="projects",
        ),
        "may_plan": person.grants(Permission.KEEP_PROJECTS),
        "tabs": tabs(request, "coverage"),
    }
    return render(request, "hexi/supervision/coverage.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a visit: choose whom, then say who goes, when and why."""
    person = require(viewer(request), Permission.KEEP_PROJECTS)
    host = asked_host(request, person)
    if host is None:
        title = _("Whom is the visit to?")
        return choose_host(request, person, title, "visits", name="visit-new")
    return entered(
        request,
        lambda: plan_visit(_sent(request, host), by=person, at=timezone.now()),
        lambda _made: _("The visit is planned."),
        lambda made: reverse("visit", args=[made.pk]),
        lambda faults: _form(request, person, host, faults),
    )


def _sent(request: HttpRequest, host: Host) -> PlannedVisit:
    sent = request.POST
    return PlannedVisit(
        kind=sent.get("kind", ""),
        planned=as_day(sent.get("planned", "")),
        project=host.project.pk if host.project else None,
        enterprise=host.enterprise.pk if host.enterprise else None,
        visitor=number(sent.get("visitor")),
        visitor_name=sent.get("visitor_name", ""),
        note=sent.get("note", ""),
    )


def _form(request: HttpRequest, person: Person, host: Host, faults: Faults) -> HttpResponse:
    sent = request.POST
    leader = host.project.leader_id if host.project else None
    context = {
        "title": _("Plan a visit"),
        "crumbs": crumbs("visits", _("New")),
        "host": host,
        "kinds": visit_options(sent.get("kind", "")),
        "people": colleagues(person, number(sent.get("visitor")) or leader),
        "leader_name": host.project.leader_name if host.project and not leader else "",
        "day": sent.get("planned", today().isoformat()),
        "sent": sent,
        "faults": faults,
    }
    return render(request, "hexi/supervision/visit_new.html", context)


@require_GET
def page(request: HttpRequest, visit_id: int) -> HttpResponse:
    """One visit."""
    return _show(request, visit_id, [])


@require_POST
def record(request: HttpRequest, visit_id: int) -> HttpResponse:
    """It was paid."""
    sent = request.POST
    act = partial(record_visit, visit_id, as_day(sent.get("paid", "")), sent.get("heard", ""))
    return step(request, act, lazy("The visit is recorded."), _show, "visit", visit_id)


@require_POST
def drop(request: HttpRequest, visit_id: int) -> HttpResponse:
    """It will not be paid."""
    act = partial(drop_visit, visit_id, request.POST.get("reason", ""))
    return step(request, act, lazy("The visit is dropped."), _show, "visit", visit_id)


def _show(request: HttpRequest, visit_id: int, faults: Faults) -> HttpResponse:
    person = require(viewer(request), Permission.SEE_PROJECTS)
    row = one_visit(visit_id, person)
    [line] = visit_lines([row], today())
    host = row.project or row.enterprise
    assert host is not None
    problems = whole_problems().visible_to(person).filter(visit=row).order_by("pk")
    keeps = person.grants(Permission.KEEP_PROJECTS) and person.covers(row.unit_path)
    context = {
        "title": _("Visit to %(about)s") % {"about": row.about},
        "crumbs": crumbs("visits", row.about),
        "row": row,
        "line": line,
        "kind": visit_name(row.kind),
        "problems": problem_lines(problems, today()),
        "host_query": f"project={host.pk}" if row.project else f"enterprise={host.pk}",
        "may_record": may_record(row, person),
        "may_drop": keeps and row.state == VisitState.PLANNED,
        "may_raise": row.state == VisitState.PAID and may_raise(person, host),
        "paid": request.POST.get("paid", (row.paid or today()).isoformat()),
        "heard": request.POST.get("heard", row.heard),
        "events": event_lines(
            Event.objects.filter(object_type="visit", object_id=str(row.pk))[:40]
        ),
        "faults": faults,
    }
    return render(request, "hexi/supervision/visit.html", context)
