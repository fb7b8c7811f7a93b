"""The problem ledger (问题台账页): the list with its facets, export, and raising a problem."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hexi.portal.core.exports import file_links, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, columns, paged
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import require, viewer
from hexi.portal.supervision.acts.raise_problem import NewProblem, may_raise, raise_problem
from hexi.portal.supervision.models import Problem, ProblemState
from hexi.portal.supervision.queries.choosing import (
    colleagues,
    kind_options,
    unit_options,
)
from hexi.portal.supervision.queries.lines import problem_lines
from hexi.portal.supervision.queries.problems import filtered_problems, whole_problems
from hexi.portal.supervision.rules import kind_name
from hexi.portal.supervision.views.forms import (
    Faults,
    choose_host,
    crumbs,
    entered,
)
from hexi.portal.supervision.views.sent import Host, asked_host, number, today
from hexi.portal.supervision.views.tabs import tabs

__all__ = ["export", "listing", "new"]

PAGE = 100
_COLUMNS = (
    ("title", lazy("Problem"), False),
    ("kind", lazy("Kind"), False),
    ("deadline", lazy("Deadline"), False),
    ("raised_on", lazy("Raised"), False),
)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Open problems first; filters live in the address."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    everything = Problem.objects.visible_to(person)
    rows = filtered_problems(whole_problems().visible_to(person), request.GET, today())
    part, pager = paged(request, rows, PAGE)
    opened = everything.filter(state=ProblemState.OPEN)
    late = opened.filter(deadline__lt=today()).count()
    counts = dict(everything.order_by().values_list("state").annotate(n=Count("pk")))
    running = sum(counts.values()) - counts.get(ProblemState.CLOSED, 0)
    context: dict[str, Any] = {
        "title": _title(running, late),
        "problems": problem_lines(part, today()),
        "pager": pager,
        "any": bool(counts),
        "query": request.GET.get("q", ""),
        "states": choices(
            request,
            "state",
            [
                ("", _("Not closed"), running),
                ("late", _("Overdue"), late),
                *((s.value, str(s.label), counts.get(s.value, 0)) for s in ProblemState),
                ("all", _("All"), sum(counts.values())),
            ],
        ),
        "kinds": choices(request, "kind", [("", _("All kinds")), *_kinds(everything)]),
        "owners": choices(request, "owner", [("", _("All owners")), *_owners(everything)]),
        "columns": columns(request, _COLUMNS, "deadline"),
        "exports": file_links(request, "problems-export"),
        "tabs": tabs(request, "problems"),
    }
    template = "_problem_rows.html" if by_htmx(request) else "problems.html"
    return render(request, f"hexi/supervision/{template}", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    rows = filtered_problems(whole_problems().visible_to(person), request.GET, today())
    head = [
        _("Problem"), _("Project or enterprise"), _("Unit"), _("Kind"), _("State"), _("Owner"),
        _("Responsible body"), _("Raised"), _("Raised by"), _("Deadline"), _("Time left"),
        _("Levels risen"),
    ]  # fmt: skip
    body = [
        [
            x.title, x.about, x.unit, x.kind, x.state_label, x.owner, x.owner_body, x.raised,
            x.raised_by, x.deadline, x.due_words, str(x.risen),
        ]
        for x in problem_lines(rows, today())
    ]  # fmt: skip
    return table_response(suffix, "problems", _("Problem ledger"), head, body)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Raise a problem: choose what it is about, then say what it is."""
    person = require(viewer(request), Permission.RAISE_PROBLEM)
    host = asked_host(request, person)
    if host is None:
        title = _("What is the problem about?")
        return choose_host(request, person, title, "problems", name="problem-new")
    if not may_raise(person, host.about):
        raise NotPermitted
    return entered(
        request,
        lambda: raise_problem(_sent(request, host), by=person, at=timezone.now()),
        lambda _made: _("The problem is in the ledger."),
        lambda made: reverse("problem", args=[made.pk]),
        lambda faults: _form(request, person, host, faults),
    )


def _form(request: HttpRequest, person: Person, host: Host, faults: Faults) -> HttpResponse:
    sent = request.POST
    context = {
        "title": _("Raise a problem"),
        "crumbs": crumbs("problems", _("Raise a problem")),
        "host": host,
        "about": host.about,
        "kinds": kind_options(today(), sent.get("kind", "")),
        "units": unit_options(sent.get("owner_unit", "")),
        "people": colleagues(person, number(sent.get("owner_person"))),
        "chooses": person.role != Role.ENTERPRISE,
        "visit": request.GET.get("visit") or sent.get("visit", ""),
        "sent": sent,
        "faults": faults,
    }
    return render(request, "hexi/supervision/problem_new.html", context)


def _sent(request: HttpRequest, host: Host) -> NewProblem:
    sent = request.POST
    days = sent.get("days", "").strip()
    return NewProblem(
        kind=sent.get("kind", ""),
        title=sent.get("title", ""),
        detail=sent.get("detail", ""),
        project=host.project.pk if host.project else None,
        enterprise=host.enterprise.pk if host.enterprise else None,
        owner_unit=sent.get("owner_unit", ""),
        owner_person=number(sent.get("owner_person")),
        owner_body=sent.get("owner_body", ""),
        # what is no number is a wrong number of days
        days=(number(days) or 0) if days else None,
        visit=number(sent.get("visit")),
    )


def _title(running: int, late: int) -> str:
    if not running:
        return _("No problem is open")
    said = ngettext("%(n)d problem is open", "%(n)d problems are open", running) % {"n": running}
    return _("%(said)s, %(late)d of them late") % {"said": said, "late": late} if late else said


def _kinds(rows: Any) -> list[tuple[str, str, int]]:
    found = rows.exclude(state=ProblemState.CLOSED).order_by().values_list("kind")
    counted = sorted(found.annotate(n=Count("pk")), key=lambda pair: -pair[1])
    return [(kind, kind_name(kind), n) for kind, n in counted]


def _owners(rows: Any) -> list[tuple[str, str, int]]:
    found = rows.exclude(state=ProblemState.CLOSED).order_by().values_list("owner_unit")
    counted = dict(found.annotate(n=Count("pk")))
    units = Unit.objects.filter(pk__in=counted).order_by("order")
    return [(unit.code, name_of(unit), counted[unit.pk]) for unit in units]
