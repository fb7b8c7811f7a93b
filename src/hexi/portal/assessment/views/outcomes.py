"""What follows (动态管理页): what rules propose, put forward as cases; who is at risk next year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.assessment.acts.put_forward import put_forward
from hexi.portal.assessment.models import IN_FORCE, PUBLIC, AssessmentRun
from hexi.portal.assessment.queries.next_year import next_year_page
from hexi.portal.assessment.queries.opening import computed_run, crumbs_of, may_on, title_of
from hexi.portal.assessment.queries.outcomes import outcomes_page
from hexi.portal.assessment.said import assumptions
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import done

__all__ = ["forward", "next_year", "page"]


@require_GET
def page(request: HttpRequest, run_id: int) -> HttpResponse:
    """For who runs it; nothing here is decided by the program."""
    return _show(request, computed_run(run_id, viewer(request)), [])


def _show(request: HttpRequest, run: AssessmentRun, faults: list[dict[str, str]]) -> HttpResponse:
    sets = outcomes_page(run)
    lines = [one for some in sets for one in some["proposals"]]
    count, public = len(lines), run.state in PUBLIC
    context = {
        "title": ngettext("%(n)d proposal follows", "%(n)d proposals follow", count) % {"n": count},
        "crumbs": crumbs_of(run, _("What follows")),
        "run": run,
        "name": title_of(run),
        "sets": sets,
        "units": len(run.matrix.units),
        "public": public,
        "may_forward": may_on(viewer(request), run)["answer"]
        and run.state in IN_FORCE
        and any(not one["case"] for one in lines),
        "assumptions": assumptions(run.scheme_of),
        "faults": faults,
    }
    return render(request, "hexi/assessment/outcomes.html", context)


@require_POST
def forward(request: HttpRequest, run_id: int) -> HttpResponse:
    """Put forward what the rules propose now."""
    by = viewer(request)
    return done(
        request,
        lambda: put_forward(run_id, by=by, at=timezone.now()),
        lazy("The proposals were put forward."),
        lambda faults: _show(request, computed_run(run_id, by), faults),
        "assessment-outcomes",
        run_id,
    )


@require_GET
def next_year(request: HttpRequest, run_id: int) -> HttpResponse:
    """Who is at risk in the year to come, and how likely."""
    run = computed_run(run_id, viewer(request))
    shown = next_year_page(run)
    year, count = run.year + 1, shown["at_risk"]
    if shown["lines"]:
        said = ngettext(
            "%(year)d: %(n)d unit is at risk", "%(year)d: %(n)d units are at risk", count
        )
        title = said % {"n": count, "year": year}
    else:
        title = _("Who is at risk in %(year)d?") % {"year": year}
    context = {
        **shown,
        "title": title,
        "crumbs": crumbs_of(run, _("Next year")),
        "run": run,
        "year": year,
        "name": title_of(run),
        "assumptions": assumptions(run.scheme_of),
    }
    return render(request, "hexi/assessment/next_year.html", context)
