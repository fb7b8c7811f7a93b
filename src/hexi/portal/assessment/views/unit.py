"""The explanation of a unit, and two units side by side (得分说明页、两两比较页)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hexi.assessment.explanation import compare, say_comparison
from hexi.portal.assessment.models import Assessed, Objection, OutcomeCase, RunState
from hexi.portal.assessment.queries.cases import case_lines
from hexi.portal.assessment.queries.editions import edition_notice, editions_of
from hexi.portal.assessment.queries.opening import (
    computed_run,
    crumbs_of,
    runs_it,
    shown_result,
    title_of,
)
from hexi.portal.assessment.queries.ranking import printed
from hexi.portal.assessment.queries.run_page import given_points, item_names, remarks_of
from hexi.portal.assessment.queries.scatter import scatter_of
from hexi.portal.assessment.queries.unit_page import raw_figure, unit_page
from hexi.portal.assessment.said import assumptions, either, named
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, viewer

__all__ = ["comparison", "page", "shown"]


@require_GET
def page(request: HttpRequest, assessed_id: int) -> HttpResponse:
    """Why the unit stands where it stands."""
    return shown(request, _row(assessed_id, viewer(request)), [])


def _row(assessed_id: int, person: Person | None) -> Assessed:
    rows = Assessed.objects.select_related("run__unit", "unit")
    row: Assessed = one_visible(rows, person, pk=assessed_id)
    if not row.run.result or row.code not in row.run.matrix.units:
        raise NotFound
    return row


def shown(
    request: HttpRequest, row: Assessed, faults: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    """The page, with what was refused of an objection."""
    person, run = viewer(request), row.run
    told = unit_page(row)
    if row.rank:
        title = _("%(name)s: rank %(rank)d of %(of)d, score %(score)s") % {
            "name": told["name"], "rank": row.rank, "of": told["told"].of, "score": told["score"],
        }  # fmt: skip
    else:
        title = _("%(name)s is not rated") % {"name": told["name"]}
    open_state = run.state in (RunState.REVIEWED, RunState.PUBLISHED) and not run.is_simulation
    may_object = (
        open_state
        and person is not None
        and person.grants(Permission.EDIT)
        and person.covers(row.unit_path or run.unit.path)
    )
    context = {
        **told,
        "title": title,
        "crumbs": crumbs_of(run, told["name"]),
        "row": row,
        "run": run,
        "scheme_name": title_of(run),
        "inside": runs_it(person, run),
        "remarks": remarks_of(run, row.code),
        "given": given_points(run, row.code),
        "assumptions": assumptions(run.scheme_of),
        "may_object": may_object,
        "objections": Objection.objects.visible_to(person).filter(
            assessed__code=row.code, assessed__run__in=editions_of(run)
        ),
        "editions": _editions(row, person),
        "cases": case_lines(_cases_of(row, person)),
        "item_names": item_names(run.scheme_of),
        "items": [(one.id, named(one.name)) for one in run.scheme_of.items()],
        "faults": faults,
        "sent": request.POST,
    }
    return render(request, "hexi/assessment/unit.html", context, status=status)


def _editions(row: Assessed, person: Person | None) -> dict[str, Any] | None:
    """Other editions, with links to the same unit there."""
    found = edition_notice(row.run, person, inside=runs_it(person, row.run))
    for one in (found or {}).values():
        there = Assessed.objects.visible_to(person).filter(run=one["run"], code=row.code).first()
        one["url"] = reverse("assessment-unit", args=[there.pk]) if there else one["url"]
    return found


def _cases_of(row: Assessed, person: Person | None) -> Iterable[OutcomeCase]:
    """What followed for the unit in any round of the scheme up to this one."""
    rows = OutcomeCase.objects.visible_to(person).filter(
        assessed__code=row.code, assessed__run__scheme_id=row.run.scheme_id,
        assessed__run__unit=row.run.unit_id, assessed__run__year__lte=row.run.year,
    )  # fmt: skip
    rows = rows.select_related("assessed__run", "assessed__unit")
    found: Iterable[OutcomeCase] = rows.defer(
        "assessed__run__scheme", "assessed__run__data", "assessed__run__result", "rules"
    )
    return found


@require_GET
def comparison(request: HttpRequest, run_id: int) -> HttpResponse:
    """Two units of a run; the first two where none are named."""
    run = computed_run(run_id, viewer(request))
    result = shown_result(run)
    ranked = sorted(
        zip(result.ranks.tolist(), result.matrix.units, result.matrix.names, strict=True),
        key=lambda one: (one[0] == 0, one[0]),
    )
    codes = [code for _rank, code, _name in ranked]
    first = request.GET.get("a", "")
    second = request.GET.get("b", "")
    first = first if first in codes else codes[0]
    second = second if second in codes else next((one for one in codes if one != first), first)
    found = compare(result, first, second)
    shown = scatter_of(result, (first, second), request.GET.get("x", ""), request.GET.get("y", ""))
    most = max((abs(one.points) for one in found.lines if one.points == one.points), default=0.0)
    context = {
        **shown,
        "title": _("%(first)s beside %(second)s")
        % {"first": found.names[0], "second": found.names[1]},
        "crumbs": crumbs_of(run, _("Comparison")),
        "run": run,
        "units": [(code, name) for _rank, code, name in ranked],
        "a": first,
        "b": second,
        "names": found.names,
        "scores": [printed(one, result.scheme.decimals) for one in found.scores],
        "ranks": [one or "–" for one in found.ranks],
        "sentences": [either(one.zh, one.en) for one in say_comparison(found)],
        "lines": [
            {
                "name": named(one.name),
                "first": raw_figure(one.first_value),
                "second": raw_figure(one.second_value),
                "points": printed(one.points),
                "ahead": round(50 * one.points / most, 2) if one.points > 0 else 0,
                "behind": round(-50 * one.points / most, 2) if one.points < 0 else 0,
                "behind_from": round(50 + 50 * one.points / most, 2) if one.points < 0 else 50,
            }
            for one in found.lines
        ],
        "from_points": printed(found.from_points),
        "left_over": printed(found.left_over),
    }
    return render(request, "hexi/assessment/compare.html", context)
