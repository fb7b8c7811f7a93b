"""What follows (动态管理页): proposals with their grounds, and documents of the acts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.assessment.faults import AssessmentError
from hexi.portal.assessment.queries.opening import computed_run, crumbs_of, title_of
from hexi.portal.assessment.queries.outcomes import outcomes_page, proposals_of
from hexi.portal.assessment.said import assumptions
from hexi.portal.core.exports import attachment
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import viewer
from hexi.reports import assessment_acts

__all__ = ["document", "page"]


@require_GET
def page(request: HttpRequest, run_id: int) -> HttpResponse:
    """For who runs it; nothing here is decided by the program."""
    run = computed_run(run_id, viewer(request))
    sets = outcomes_page(run)
    count = sum(len(one["proposals"]) for one in sets)
    context = {
        "title": ngettext("%(n)d proposal follows", "%(n)d proposals follow", count) % {"n": count},
        "crumbs": crumbs_of(run, _("What follows")),
        "run": run,
        "name": title_of(run),
        "sets": sets,
        "units": len(run.matrix.units),
        "assumptions": assumptions(run.scheme_of),
    }
    return render(request, "hexi/assessment/outcomes.html", context)


@require_GET
def document(
    request: HttpRequest, run_id: int, rule_set: str, rule: str, assessed_id: int, act: str
) -> HttpResponse:
    """One document of the chain, in Word, with lines for what only the office knows."""
    run = computed_run(run_id, viewer(request))
    row = run.assessed.filter(pk=assessed_id).first()
    for rules, made in proposals_of(run):
        if rules.id != rule_set or row is None or isinstance(made, AssessmentError):
            continue
        for one in made.of(row.code):
            if one.rule.id == rule and act in one.rule.acts and one.withheld is None:
                step = next(name for name in one.rule.acts if name == act)
                letter = assessment_acts.Letter(
                    run.unit.name, timezone.localdate(), "" if act == "proposal" else row.name
                )
                content = assessment_acts.render(step, one, rules, letter)
                return attachment(content, f"hexi-{act}-{run.pk}-{assessed_id}.docx")
    raise NotFound
