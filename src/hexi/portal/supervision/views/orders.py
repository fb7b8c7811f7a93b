"""Supervision orders (督办单列表页): the list, its export, and writing one by hand."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from hexi.portal.core.exports import file_links, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import require, viewer
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries.words import lamp_sentences
from hexi.portal.supervision.acts.issue_order import OrderText, issue_order
from hexi.portal.supervision.models import OrderLevel, OrderState, Problem
from hexi.portal.supervision.queries.choosing import (
    colleagues,
    own_units,
    unit_options,
)
from hexi.portal.supervision.queries.lines import order_lines
from hexi.portal.supervision.queries.orders import filtered_orders
from hexi.portal.supervision.queries.problems import one_problem
from hexi.portal.supervision.views.forms import (
    Faults,
    choose_host,
    crumbs,
    entered,
)
from hexi.portal.supervision.views.sent import asked_host, number, today
from hexi.portal.supervision.views.tabs import tabs

__all__ = ["export", "form_of", "listing", "new", "order_text"]

PAGE = 100


def _officer(request: HttpRequest) -> Person:
    """Orders are matters between offices."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    if person.role == Role.ENTERPRISE:
        raise NotPermitted
    return person


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is to be decided and answered first; filters live in the address."""
    person = _officer(request)
    rows = filtered_orders(person, request.GET, today())
    part, pager = paged(request, rows, PAGE)
    everything = filtered_orders(person, {"state": "all"}, today()).order_by()
    counts = dict(everything.values_list("state").annotate(n=Count("pk")))
    late = filtered_orders(person, {"state": "late"}, today()).count()
    over = (OrderState.CLOSED, OrderState.DROPPED)
    running = sum(n for state, n in counts.items() if state not in over)
    waiting = counts.get(OrderState.ISSUED, 0)
    states = [s for s in OrderState if counts.get(s) or s == OrderState.ISSUED]
    context: dict[str, Any] = {
        "title": _title(waiting, counts.get(OrderState.PROPOSED, 0)),
        "orders": order_lines(part, today()),
        "pager": pager,
        "any": bool(counts),
        "query": request.GET.get("q", ""),
        "states": choices(
            request,
            "state",
            [
                ("", _("Not closed"), running),
                ("late", _("Overdue"), late),
                *((s.value, str(s.label), counts.get(s.value, 0)) for s in states),
                ("all", _("All"), sum(counts.values())),
            ],
        ),
        "levels": choices(
            request,
            "level",
            [("", _("All levels")), *((one.value, str(one.label)) for one in OrderLevel)],
        ),
        "exports": file_links(request, "supervision-orders-export"),
        "tabs": tabs(request, "orders"),
    }
    template = "_order_rows.html" if by_htmx(request) else "orders.html"
    return render(request, f"hexi/supervision/{template}", context)


def _title(waiting: int, proposed: int) -> str:
    """What is to be answered, and what is to be decided."""
    answer = ngettext("%(n)d order waits for an answer", "%(n)d orders wait for an answer", waiting)
    decide = ngettext("%(n)d proposal to decide", "%(n)d proposals to decide", proposed)
    counted = ((waiting, answer), (proposed, decide))
    said = [text % {"n": count} for count, text in counted if count]
    return pgettext("list", ", ").join(said) if said else _("No order waits for an answer")


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The list as a file."""
    person = _officer(request)
    rows = filtered_orders(person, request.GET, today())
    head = [
        _("Number"), _("Level of the order"), _("Matter of the order"), _("About"), _("State"),
        _("Issuing unit"), _("Addressee"), _("Issued on"), _("Deadline"), _("Time left"),
    ]  # fmt: skip
    body = [
        [
            x.number, x.level_label, x.subject, x.about, x.state_label, x.issuer, x.addressee,
            x.issued, x.deadline, x.due_words,
        ]
        for x in order_lines(rows, today())
    ]  # fmt: skip
    return table_response(suffix, "orders", _("Supervision orders"), head, body)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write an order about a problem or a project, and issue it."""
    person = require(viewer(request), Permission.SUPERVISE)
    problem = _problem(request, person)
    host = None if problem else asked_host(request, person)
    project = host.project if host else None
    if problem is None and project is None:
        title = _("What is the order about?")
        return choose_host(
            request, person, title, "supervision-orders", name="supervision-order-new", firms=False
        )
    return entered(
        request,
        lambda: issue_order(
            order_text(request, project=project, problem=problem), by=person, at=timezone.now()
        ),
        lambda _made: _("The order is issued."),
        lambda made: reverse("supervision-order", args=[made.pk]),
        lambda faults: _form(request, person, problem, project, faults),
    )


def _form(
    request: HttpRequest,
    person: Person,
    problem: Problem | None,
    project: ProjectRecord | None,
    faults: Faults,
) -> HttpResponse:
    if problem is not None:
        subject, owner = f"{problem.about}：{problem.title}"[:200], problem.owner_unit
        grounds = problem.detail
    else:
        assert project is not None
        subject, owner = str(project), project.unit
        # what the lamp says is what was found
        grounds = "\n".join(one["text"] for one in lamp_sentences(project.lamp_reasons))
    mine = [unit.code for unit in person.scope_units()]
    context = {
        "title": _("Write a supervision order"),
        "crumbs": crumbs("supervision-orders", _("New")),
        "about": problem or project,
        "problem": problem,
        "project": project,
        **form_of(
            request,
            person,
            subject=subject,
            addressee=owner.code,
            grounds=grounds,
            unit=mine[0] if len(mine) == 1 else "",
        ),
        "faults": faults,
    }
    return render(request, "hexi/supervision/order_new.html", context)


def form_of(
    request: HttpRequest,
    person: Person,
    *,
    subject: str,
    addressee: str,
    grounds: str,
    unit: str = "",
    level: str = OrderLevel.BLUE,
) -> dict[str, Any]:
    """The fields of an order: as sent, else as proposed."""
    sent = request.POST
    return {
        "issuers": own_units(person, sent.get("unit", unit)),
        "addressees": unit_options(sent.get("addressee", addressee)),
        "people": colleagues(person, number(sent.get("addressee_person"))),
        "levels": [
            {
                "value": one.value,
                "label": one.label,
                "chosen": one.value == sent.get("level", level),
            }
            for one in OrderLevel
        ],
        "subject": sent.get("subject", subject),
        "grounds": sent.get("grounds", grounds),
        "demand": sent.get("demand", ""),
    }


def order_text(
    request: HttpRequest, *, project: ProjectRecord | None = None, problem: Problem | None = None
) -> OrderText:
    """What the form sent."""
    sent = request.POST
    return OrderText(
        unit=sent.get("unit", ""),
        addressee=sent.get("addressee", ""),
        level=sent.get("level", ""),
        subject=sent.get("subject", ""),
        grounds=sent.get("grounds", ""),
        demand=sent.get("demand", ""),
        addressee_person=number(sent.get("addressee_person")),
        project=project.pk if project else None,
        problem=problem.pk if problem else None,
    )


def _problem(request: HttpRequest, person: Person) -> Problem | None:
    given = request.POST if request.method == "POST" else request.GET
    wanted = number(given.get("problem"))
    return one_problem(wanted, person) if wanted is not None else None
