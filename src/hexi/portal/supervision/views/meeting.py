"""One coordination meeting (协调会页): its agenda, its minutes, and what came of them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.exports import attachment
from hexi.portal.core.models import Event
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import as_day
from hexi.portal.plans.queries import words
from hexi.portal.supervision.acts.change_agenda import change_agenda
from hexi.portal.supervision.acts.finish_decision import finish_decision, may_finish
from hexi.portal.supervision.acts.keep_minutes import Decided, Said, keep_minutes
from hexi.portal.supervision.models import AgendaItem, Decision, Meeting, MeetingState
from hexi.portal.supervision.queries.choosing import colleagues, unit_options
from hexi.portal.supervision.queries.lines import problem_lines
from hexi.portal.supervision.queries.meetings import decisions_of, drawn_problems, one_meeting
from hexi.portal.supervision.queries.papers import minutes_paper
from hexi.portal.supervision.queries.problems import whole_problems
from hexi.portal.supervision.queries.words import due_words, lamp_of
from hexi.portal.supervision.views.forms import Faults, crumbs, step
from hexi.portal.supervision.views.meetings import points_of
from hexi.portal.supervision.views.sent import number, today
from hexi.reports import supervision_minutes_docx

__all__ = ["agenda", "document", "finish", "minutes", "page"]

#: lines for decisions that the form of minutes offers for each point
_LINES = 2


@require_GET
def page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The agenda with its minutes."""
    return _show(request, meeting_id, [])


@require_GET
def document(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Agenda or minutes as a Word document."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    row = one_meeting(meeting_id, person)
    content = supervision_minutes_docx.render(minutes_paper(row))
    return attachment(content, f"hexi-meeting-{row.pk}.docx")


@require_POST
def agenda(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Change the points."""
    act = partial(change_agenda, meeting_id, points_of(request.POST))
    return _step(request, meeting_id, act, lazy("The agenda is changed."))


@require_POST
def minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Keep the minutes; decisions become tasks."""
    sent = request.POST
    act = partial(keep_minutes, meeting_id, _said(sent), attended=sent.get("attended", ""))
    said = lazy("The minutes are kept; what was decided is on the desks of those who do it.")
    return _step(request, meeting_id, act, said)


@require_POST
def finish(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Say what came of a decision."""
    rows = Decision.objects.visible_to(viewer(request)).filter(pk=decision_id)
    meeting = rows.values_list("item__meeting", flat=True).first() or 0
    act = partial(finish_decision, decision_id, request.POST.get("result", ""))
    return _step(request, meeting, act, lazy("The decision is carried out."))


def _step(request: HttpRequest, meeting_id: int, act: Any, said: Any) -> HttpResponse:
    return step(request, act, said, _show, "meeting", meeting_id)


def _said(sent: QueryDict) -> list[Said]:
    """The minutes as the form sends them: each point has its lines of decisions."""
    return [
        Said(item, sent.get(f"minutes-{item}", ""), _decided(sent, item))
        for text in sent.getlist("item")
        if (item := number(text)) is not None
    ]


def _decided(sent: QueryDict, item: int) -> list[Decided]:
    lines = zip(
        sent.getlist(f"what-{item}"),
        sent.getlist(f"unit-{item}"),
        sent.getlist(f"person-{item}"),
        sent.getlist(f"due-{item}"),
        strict=False,
    )
    return [
        Decided(what, unit, as_day(due), number(person))
        for what, unit, person, due in lines
        if what.strip()
    ]


def _show(request: HttpRequest, meeting_id: int, faults: Faults) -> HttpResponse:
    person = require(viewer(request), Permission.SEE_PROJECTS)
    row = one_meeting(meeting_id, person)
    office = person.grants(Permission.SUPERVISE) and person.covers(row.unit_path)
    may_change = office and row.state == MeetingState.CALLED
    context: dict[str, Any] = {
        "title": row.title,
        "crumbs": crumbs("meetings", row.title),
        "row": row,
        "unit_name": name_of(row.unit),
        "points": _points(request, row),
        "may_change": may_change,
        "events": event_lines(_events(row)),
        "attended": request.POST.get("attended", row.attended),
        "lines": range(_LINES),
        "faults": faults,
    }
    if may_change:
        drawn = drawn_problems(person, row.unit, today())
        context |= {
            "more": problem_lines(drawn, today()),
            "units": unit_options(),
            "people": colleagues(person),
            "free": ["", "", ""],
        }
    return render(request, "hexi/supervision/meeting.html", context)


def _points(request: HttpRequest, row: Meeting) -> list[dict[str, Any]]:
    """The agenda with problem, minutes and decisions of each point."""
    person, sent = viewer(request), request.POST
    items = list(row.items.all())
    problems = whole_problems().filter(pk__in=[i.problem_id for i in items if i.problem_id])
    lines = {line.id: line for line in problem_lines(problems, today())}
    decided: dict[int, list[dict[str, Any]]] = {}
    for one in decisions_of(row):
        waits = one.done_at is None
        decided.setdefault(one.item_id, []).append(
            {
                "row": one,
                "who": f"{name_of(one.unit)}{f' {one.person.name}' if one.person else ''}",
                "lamp": lamp_of(one.due, today()) if waits else "green",
                "due_words": due_words(one.due, today()) if waits else "",
                "done": words.when(one.done_at),
                "may_finish": may_finish(one, person),
            }
        )
    return [_point(item, lines, decided, sent) for item in items]


def _point(
    item: AgendaItem, lines: Any, decided: dict[int, list[dict[str, Any]]], sent: QueryDict
) -> dict[str, Any]:
    typed = _decided(sent, item.pk)
    return {
        "row": item,
        "problem": lines.get(item.problem_id),
        "minutes": sent.get(f"minutes-{item.pk}", item.minutes),
        "decisions": decided.get(item.pk, []),
        "typed": [
            *typed,
            *[Decided("", "", None)] * max(1, _LINES - len(typed)),
        ],
    }


def _events(row: Meeting) -> Any:
    """Its own events, and those of its decisions."""
    keys = [str(pk) for pk in decisions_of(row).values_list("pk", flat=True)]
    mine = Q(object_type="meeting", object_id=str(row.pk))
    return Event.objects.filter(mine | Q(object_type="decision", object_id__in=keys))[:60]
