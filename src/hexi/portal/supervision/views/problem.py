"""One problem (问题页): its answers, its clock, and the steps that the reader may take."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event, Person
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import as_day
from hexi.portal.plans.queries import words
from hexi.portal.supervision.acts.answer_problem import answer_problem, may_answer
from hexi.portal.supervision.acts.close_problem import close_problem, may_close
from hexi.portal.supervision.acts.pass_problem import may_pass, pass_problem
from hexi.portal.supervision.acts.reopen_problem import may_reopen, reopen_problem
from hexi.portal.supervision.models import Problem, ProblemState
from hexi.portal.supervision.queries.choosing import colleagues, unit_options
from hexi.portal.supervision.queries.lines import order_lines, problem_lines
from hexi.portal.supervision.queries.orders import filtered_orders
from hexi.portal.supervision.queries.problems import one_problem
from hexi.portal.supervision.views.forms import Faults, crumbs, step
from hexi.portal.supervision.views.sent import number, today

__all__ = ["answer", "close", "page", "pass_on", "reopen"]


@require_GET
def page(request: HttpRequest, problem_id: int) -> HttpResponse:
    """The problem with its course."""
    return _show(request, problem_id, [])


@require_POST
def answer(request: HttpRequest, problem_id: int) -> HttpResponse:
    """Answer it."""
    sent = request.POST
    promised = as_day(sent.get("promised", ""))
    act = partial(answer_problem, problem_id, sent.get("text", ""), promised=promised)
    return _step(request, problem_id, act, lazy("The answer has been put down."))


@require_POST
def close(request: HttpRequest, problem_id: int) -> HttpResponse:
    """Close it."""
    act = partial(close_problem, problem_id, request.POST.get("reason", ""))
    return _step(request, problem_id, act, lazy("The problem is closed."))


@require_POST
def reopen(request: HttpRequest, problem_id: int) -> HttpResponse:
    """Give it back to its owner."""
    act = partial(reopen_problem, problem_id, request.POST.get("reason", ""))
    return _step(request, problem_id, act, lazy("The problem is open again."))


@require_POST
def pass_on(request: HttpRequest, problem_id: int) -> HttpResponse:
    """Give it to another owner."""
    sent = request.POST
    act = partial(
        pass_problem,
        problem_id,
        unit=sent.get("owner_unit", ""),
        person=number(sent.get("owner_person")),
        body=sent.get("owner_body", ""),
        reason=sent.get("reason", ""),
    )
    return _step(request, problem_id, act, lazy("The problem was passed on."))


def _step(request: HttpRequest, problem_id: int, act: Any, said: Any) -> HttpResponse:
    return step(request, act, said, _show, "problem", problem_id)


def _show(request: HttpRequest, problem_id: int, faults: Faults) -> HttpResponse:
    person = require(viewer(request), Permission.SEE_PROJECTS)
    row = one_problem(problem_id, person)
    [line] = problem_lines([row], today())
    sent = request.POST
    orders = filtered_orders(person, {"state": "all"}, today()).filter(problem=row)
    context: dict[str, Any] = {
        "title": row.title,
        "crumbs": crumbs("problems", row.title),
        "row": row,
        "line": line,
        "answers": [{"row": one, "at": words.when(one.at)} for one in row.answers.order_by("-pk")],
        "closed": words.when(row.closed_at),
        "orders": order_lines(orders, today()),
        "points": [
            one
            for one in row.agenda_items.select_related("meeting").order_by("-meeting__day")
            if person.role != Role.ENTERPRISE
        ],
        "events": event_lines(_events(row, person)),
        "may_answer": may_answer(row, person),
        "may_close": may_close(row, person),
        "may_reopen": may_reopen(row, person),
        "may_pass": may_pass(row, person),
        "may_order": row.state == ProblemState.OPEN and person.grants(Permission.SUPERVISE),
        "units": unit_options(sent.get("owner_unit", row.owner_unit.code)),
        "people": colleagues(person, row.owner_person_id),
        "typed": sent,
        "faults": faults,
    }
    return render(request, "hexi/supervision/problem.html", context)


def _events(row: Problem, person: Person) -> Any:
    """Its own events, and for offices the minutes of the meetings that dealt with it."""
    if person.role == Role.ENTERPRISE:
        return Event.objects.filter(object_type="problem", object_id=str(row.pk))[:60]
    meetings = [str(pk) for pk in row.agenda_items.values_list("meeting", flat=True)]
    mine = Q(object_type="problem", object_id=str(row.pk))
    there = Q(object_type="meeting", object_id__in=meetings, act="keep_minutes")
    return Event.objects.filter(mine | there)[:60]
