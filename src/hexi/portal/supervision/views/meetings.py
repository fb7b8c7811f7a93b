"""Coordination meetings (协调会页): the list, and calling one with an agenda of open problems."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import as_day
from hexi.portal.supervision.acts.call_meeting import MOST_POINTS, Point, call_meeting
from hexi.portal.supervision.models import MeetingState, Problem
from hexi.portal.supervision.queries.choosing import kind_options, own_units
from hexi.portal.supervision.queries.lines import meeting_lines, problem_lines
from hexi.portal.supervision.queries.meetings import drawn_problems, whole_meetings
from hexi.portal.supervision.views.forms import Faults, crumbs, entered
from hexi.portal.supervision.views.sent import number, today
from hexi.portal.supervision.views.tabs import tabs

__all__ = ["listing", "new", "points_of"]

PAGE = 50
#: free points that a form offers beside the problems
_FREE = 3


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Meetings to come first, then those that were held."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    if person.role == Role.ENTERPRISE:
        raise NotPermitted
    rows = whole_meetings().visible_to(person)
    if (state := request.GET.get("state", "")) in MeetingState.values:
        rows = rows.filter(state=state)
    part, pager = paged(request, rows.order_by("state", "-day", "-pk"), PAGE)
    called = whole_meetings().visible_to(person).filter(state=MeetingState.CALLED).count()
    said = ngettext("%(n)d meeting is called", "%(n)d meetings are called", called)
    context = {
        "title": said % {"n": called} if called else _("No meeting is called"),
        "meetings": meeting_lines(part),
        "pager": pager,
        "states": choices(
            request, "state", [("", _("All")), *((s.value, str(s.label)) for s in MeetingState)]
        ),
        "tabs": tabs(request, "meetings"),
    }
    return render(request, "hexi/supervision/meetings.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draw an agenda from the open problems of a unit, then call the meeting."""
    person = require(viewer(request), Permission.SUPERVISE)
    sent = request.POST
    return entered(
        request,
        lambda: call_meeting(
            unit=sent.get("unit", ""),
            title=sent.get("title", ""),
            day=as_day(sent.get("day", "")),
            place=sent.get("place", ""),
            chair=sent.get("chair", ""),
            points=points_of(sent),
            by=person,
            at=timezone.now(),
        ),
        lambda _made: _("The meeting is called."),
        lambda made: reverse("meeting", args=[made.pk]),
        lambda faults: _form(request, person, faults),
    )


def _form(request: HttpRequest, person: Person, faults: Faults) -> HttpResponse:
    sent = request.POST
    asked = sent or request.GET
    unit = _unit(person, asked.get("unit", ""))
    drawn = _drawn(person, unit, asked)
    chosen = set(sent.getlist("problem"))
    context: dict[str, Any] = {
        "title": _("Call a coordination meeting"),
        "crumbs": crumbs("meetings", _("New")),
        "units": own_units(person, unit.code if unit else ""),
        "unit": unit,
        "kinds": kind_options(today(), ""),
        "chosen_kinds": asked.getlist("kind"),
        "late": number(asked.get("late")) or 0,
        "drawn": [
            {"line": line, "chosen": not sent or str(line.id) in chosen}
            for line in problem_lines(drawn, today())
        ],
        "free": [*(text for text in sent.getlist("point") if text.strip()), *[""] * _FREE],
        "sent": sent,
        "day": sent.get("day", today().isoformat()),
        "faults": faults,
    }
    return render(request, "hexi/supervision/meeting_new.html", context)


def points_of(sent: QueryDict) -> list[Point]:
    """The points in the order of the form: problems that are ticked, then free ones.

    ``place-<problem>`` may give a problem another place.
    """
    ticked = [key for text in sent.getlist("problem") if (key := number(text)) is not None]
    places = {key: number(sent.get(f"place-{key}")) or MOST_POINTS for key in ticked}
    ordered = sorted(ticked, key=lambda key: places[key])
    free = [Point(title=text) for text in sent.getlist("point") if text.strip()]
    return [*(Point(problem=key) for key in ordered), *free]


def _unit(person: Person, code: str) -> Unit | None:
    """The unit whose problems are drawn: as asked, else one's own."""
    found = Unit.objects.filter(code=code).first() if code else None
    if found is not None and person.covers(found.path):
        return found
    own = person.scope_units()
    return own[0] if own else Unit.objects.filter(parent=None).order_by("order").first()


def _drawn(person: Person, unit: Unit | None, asked: QueryDict) -> list[Problem]:
    if unit is None:
        return []
    late = number(asked.get("late")) or 0
    return drawn_problems(person, unit, today(), kinds=asked.getlist("kind"), least_late=late)
