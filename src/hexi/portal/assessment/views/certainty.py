"""How sure a ranking is (名次可信度页): rank intervals, pairs not told apart, what it hangs on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from hexi.portal.assessment.queries.certainty import certainty_page
from hexi.portal.assessment.queries.opening import computed_run, crumbs_of, title_of
from hexi.portal.assessment.said import assumptions
from hexi.portal.core.scope import viewer

__all__ = ["page"]


@require_GET
def page(request: HttpRequest, run_id: int) -> HttpResponse:
    """For who runs it."""
    run = computed_run(run_id, viewer(request))
    shown = certainty_page(run)
    context = {
        **shown,
        "title": _title(shown["unsure"]),
        "crumbs": crumbs_of(run, pgettext("assessment", "Certainty")),
        "run": run,
        "name": title_of(run),
        "assumptions": assumptions(run.scheme_of),
    }
    return render(request, "hexi/assessment/certainty.html", context)


def _title(unsure: int) -> str:
    if not unsure:
        return _("Every unit is told apart from its neighbours")
    said = ngettext(
        "%(n)d pair of neighbours is not told apart",
        "%(n)d pairs of neighbours are not told apart",
        unsure,
    )
    return said % {"n": unsure}
