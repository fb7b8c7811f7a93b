"""Screening the library at once (批量筛查页): facets by result and rule, each project explained."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from hexi.portal.admission.queries.many import (
    Explained,
    LibraryScreening,
    explained,
    screen_library,
)
from hexi.portal.admission.rulebook import lang, rulebook, space_on
from hexi.portal.admission.said import RESULT_LAMPS, RESULTS
from hexi.portal.admission.views.asked import day_or
from hexi.portal.admission.views.tabs import tabs
from hexi.portal.core.exports import FORMATS, long_table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer

__all__ = ["export", "many"]

_PAGE = 50
#: projects of a file that are explained at once
_TOGETHER = 500


@require_GET
def many(request: HttpRequest) -> HttpResponse:
    """The table."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    day = day_or(request.GET.get("day"), timezone.localdate())
    found = screen_library(person, request.GET.dict(), day)
    places = _places(request, found)
    part, pager = paged(request, places, _PAGE)
    counts = found.results()
    address = request.GET.urlencode()
    context = {
        "title": ngettext(
            "%(k)d of %(n)d project can be admitted as far as is known",
            "%(k)d of %(n)d projects can be admitted as far as is known",
            len(found.ids),
        )
        % {"k": counts["admitted"], "n": len(found.ids)},
        "tabs": tabs(request, "admission-many"),
        "lines": [_shown(one) for one in explained(found, part)],
        "pager": pager,
        "number": len(places),
        "results": choices(
            request,
            "result",
            [
                ("", _("All"), len(found.ids)),
                *((key, str(label), counts[key]) for key, label in RESULTS.items()),
            ],
        ),
        "rules": _rules(request, found),
        "outcomes": choices(
            request, "outcome", [("", _("Not met")), ("unknown", _("Cannot be told"))]
        ),
        "units": _units(request, person.scope_paths(), person.is_administrator),
        "industries": _industries(request, day),
        "query": request.GET.get("q", ""),
        "day": day.isoformat(),
        "filtered": any(
            request.GET.get(key) for key in ("q", "result", "rule", "unit", "industry")
        ),
        "may_screen": person.grants(Permission.SCREEN),
        "exports": [
            {"label": s.upper(), "url": f"{reverse('admission-many-export', args=[s])}?{address}"}
            for s in FORMATS
        ],
    }
    page = "_many_rows.html" if by_htmx(request) else "many.html"
    return render(request, f"hexi/admission/{page}", context)


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """The table as a file, each project with all its sentences."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    day = day_or(request.GET.get("day"), timezone.localdate())
    found = screen_library(person, request.GET.dict(), day)
    head = [
        pgettext("admission", "Number"),
        _("Project"),
        pgettext("admission", "Unit"),
        _("Industry"),
        _("Result"),
        _("Missing inputs"),
        _("Set aside"),
        _("Why"),
    ]
    places = _places(request, found)
    rows = (
        [
            one.project.number,
            one.project.called,
            one.unit,
            one.project.industry,
            str(RESULTS[one.result]),
            str(one.missing),
            str(one.aside),
            "\n".join(one.sentences),
        ]
        for at in range(0, len(places), _TOGETHER)
        for one in explained(found, places[at : at + _TOGETHER])
    )
    return long_table_response(
        suffix, f"screening-{day}", _("Screening of the library"), head, rows
    )


def _places(request: HttpRequest, found: LibraryScreening) -> list[int]:
    asked = request.GET
    chosen = found.places(
        asked.get("result", ""), asked.get("rule", ""), asked.get("outcome", "") or "fails"
    )
    return [int(place) for place in chosen]


def _shown(one: Explained) -> dict[str, Any]:
    return {
        "id": one.project.pk,
        "name": one.project.called,
        "number": one.project.number,
        "unit": one.unit,
        "industry": one.project.industry,
        "label": RESULTS[one.result],
        "lamp": RESULT_LAMPS[one.result],
        "first": one.sentences[:3],
        "more": one.sentences[3:],
        "missing": one.missing,
        "aside": one.aside,
        "url": f"{reverse('admission-new')}?project={one.project.pk}",
        "records": f"{reverse('admission')}?project={one.project.pk}",
    }


def _rules(request: HttpRequest, found: LibraryScreening) -> list[Any]:
    """Rules with how often they fail and cannot be told."""
    entries = [("", _("All rules"))]
    for one in found.rules():
        said = _("%(rule)s (not met %(fails)d, open %(unknown)d)") % {
            "rule": one.title,
            "fails": one.fails,
            "unknown": one.unknown,
        }
        entries.append((one.id, said))
    return choices(request, "rule", entries)


def _units(request: HttpRequest, paths: list[str], everything: bool) -> list[Any]:
    rows = Unit.objects.filter(kind__in=("zone", "park", "city")).order_by("order")
    inside = [row for row in rows if everything or any(row.path.startswith(p) for p in paths)]
    return choices(
        request,
        "unit",
        [("", pgettext("admission", "All units")), *((row.code, name_of(row)) for row in inside)],
    )


def _industries(request: HttpRequest, day: Any) -> list[Any]:
    space = space_on(rulebook(), day)
    tree = space.trees["industry"]
    sections = [code for code in tree.above if code.isalpha()]
    named = [(code, space.say("industry", code, lang())) for code in sections]
    return choices(request, "industry", [("", _("All industries")), *named])
