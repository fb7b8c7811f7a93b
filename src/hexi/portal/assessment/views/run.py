"""The page of a run and its public ranking (考核运行页、排名公布页)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.portal.assessment.models import PUBLIC, AssessmentRun, Objection, ObjectionState, RunState
from hexi.portal.assessment.queries.editions import edition_notice
from hexi.portal.assessment.queries.opening import (
    crumbs_of,
    may_on,
    one_run,
    runs_it,
    shown_result,
    title_of,
)
from hexi.portal.assessment.queries.ranking import ranking_of
from hexi.portal.assessment.queries.run_page import (
    completeness_of,
    corrections_of,
    given_points,
    item_names,
    remarks_of,
    reported_facts,
)
from hexi.portal.assessment.said import assumptions, named
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import viewer

__all__ = ["page", "ranking", "show"]

_STATES = (
    RunState.COLLECTING,
    RunState.COMPUTED,
    RunState.REVIEWED,
    RunState.PUBLISHED,
    RunState.ARCHIVED,
    RunState.SUPERSEDED,
)


@require_GET
def page(request: HttpRequest, run_id: int) -> HttpResponse:
    """For who runs it; everybody else reads the ranking."""
    run = one_run(run_id, viewer(request))
    if not runs_it(viewer(request), run):
        return redirect("assessment-ranking", run.pk)
    return show(request, run, [])


def show(
    request: HttpRequest, run: AssessmentRun, faults: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    """The page of who runs it, with what was refused."""
    person = viewer(request)
    scheme = run.scheme_of
    context: dict[str, Any] = {
        "title": _headline(run),
        "crumbs": crumbs_of(run),
        "run": run,
        "name": title_of(run),
        "assessor": name_of(run.unit),
        "can": may_on(person, run),
        "states": [
            {"label": state.label, "now": state == run.state,
             "done": _STATES.index(state) < _STATES.index(RunState(run.state))}
            for state in _states(run)
        ],
        "editions": edition_notice(run, person, inside=True),
        "assumptions": assumptions(scheme),
        "faults": faults,
        "sent": request.POST,
        "wrong": {one["place"]: one["message"] for one in faults if one.get("place")},
        "changes": _changes(run),
    }  # fmt: skip
    if run.data:
        names = item_names(scheme)
        context |= {
            "complete": completeness_of(scheme, run.matrix),
            "units": list(zip(run.matrix.units, run.matrix.names, strict=True)),
            "items": [(one, names.get(one, one)) for one in run.matrix.items],
            "corrections": corrections_of(run),
            "reported": reported_facts(run),
        }
    if run.result:
        waiting = Objection.objects.filter(assessed__run=run, state=ObjectionState.OPEN)
        context |= {
            "ranking": ranking_of(run, person, run.base or run.supersedes),
            "remarks": remarks_of(run),
            "given": given_points(run),
            "waiting": waiting.count(),
            "simulations": run.simulations.defer("scheme", "data", "result"),
        }
    return render(request, "hexi/assessment/run.html", context, status=status)


def _states(run: AssessmentRun) -> tuple[RunState, ...]:
    """Steps on its way: a simulation is never shown, and few results are superseded."""
    if run.is_simulation:
        return _STATES[:2]
    return _STATES if run.state == RunState.SUPERSEDED else _STATES[:-1]


def _headline(run: AssessmentRun) -> str:
    """What the page answers, as a sentence."""
    if not run.data:
        return _("%(year)d: the data are to be loaded") % {"year": run.year}
    if not run.result:
        return _("%(year)d: the data stand, the result is to be computed") % {"year": run.year}
    result = shown_result(run)
    best = next((n for n, r in zip(result.matrix.names, result.ranks, strict=True) if r == 1), "–")
    rated = int(result.rated.sum())
    if run.is_simulation:
        return _("Simulation %(year)d: %(best)s would lead") % {"year": run.year, "best": best}
    said = ngettext(
        "%(year)d: %(best)s leads %(n)d rated unit", "%(year)d: %(best)s leads %(n)d rated units",
        rated,
    )  # fmt: skip
    return said % {"year": run.year, "best": best, "n": rated}


def _changes(run: AssessmentRun) -> list[dict[str, str]]:
    names = item_names(run.scheme_of)
    found = []
    for key, (before, after) in run.changes.items():
        member, _colon, of_class = key.partition(":")
        name, called = names.get(member, member), named(run.scheme_of.class_name(of_class))
        found.append(
            {
                "name": f"{name} · {called}" if of_class else name,
                "before": f"{before:g}",
                "after": f"{after:g}",
            }
        )
    return found


@require_GET
def ranking(request: HttpRequest, run_id: int) -> HttpResponse:
    """The published ranking, for everybody."""
    person = viewer(request)
    run = one_run(run_id, person)
    if not run.result or run.state not in PUBLIC:
        raise NotFound
    context = {
        "title": _headline(run),
        "crumbs": crumbs_of(run),
        "run": run,
        "name": title_of(run),
        "assessor": name_of(run.unit),
        "assumptions": assumptions(run.scheme_of),
        "ranking": ranking_of(run, person, run.supersedes),
        "editions": edition_notice(run, person),
        "given": given_points(run),
        "inside": runs_it(person, run),
    }
    return render(request, "hexi/assessment/ranking.html", context)
