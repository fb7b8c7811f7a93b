"""Files of a run (考核文件): the sheet to fill in, and the result as table, bulletin or data."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from hexi.assessment.faults import AssessmentError
from hexi.portal.assessment.models import AssessmentRun
from hexi.portal.assessment.pack_rules import asked_of_units
from hexi.portal.assessment.queries.candidates import candidates
from hexi.portal.assessment.queries.certainty import certainty_of
from hexi.portal.assessment.queries.editions import edition_notices
from hexi.portal.assessment.queries.opening import computed_run, last_run, own_run
from hexi.portal.assessment.queries.outcomes import proposals_of
from hexi.portal.assessment.template_sheet import template_sheet
from hexi.portal.core.exports import attachment
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import viewer
from hexi.reports import assessment_docx, assessment_json, assessment_xlsx

__all__ = ["result", "result_file", "sheet"]


@require_GET
def sheet(request: HttpRequest, run_id: int) -> HttpResponse:
    """The sheet of the run's scheme, with the units that could be assessed."""
    run = own_run(run_id, viewer(request))
    scheme = run.scheme_of
    asked = asked_of_units(scheme, run.year)
    content = template_sheet(scheme, candidates(run), run.year, asked=asked, at=run.started_at)
    return attachment(content, f"hexi-assessment-{run.pk}-sheet.xlsx")


@require_GET
def result(request: HttpRequest, run_id: int, suffix: str) -> HttpResponse:
    """The result in the reader's language."""
    run = computed_run(run_id, viewer(request))
    return attachment(result_file(run, suffix), f"hexi-assessment-{run.pk}.{suffix}")


def result_file(run: AssessmentRun, suffix: str) -> bytes:
    """A table with live formulas, a bulletin, or the data; NotFound for any other kind."""
    english = get_language() == "en"
    computed = run.outcome
    day = localtime(run.computed_at) if run.computed_at else None
    if suffix == "xlsx":
        return assessment_xlsx.render(
            computed,
            notices=edition_notices(run),
            language="en" if english else "zh",
            at=day,
        )
    if suffix == "docx":
        before = last_run(run)
        return assessment_docx.render(
            computed,
            last=before.outcome if before else None,
            certainty=certainty_of(run),
            proposals=[
                made for _rules, made in proposals_of(run) if not isinstance(made, AssessmentError)
            ],
            notices=edition_notices(run),
            language="en" if english else "zh",
            at=day,
        )
    if suffix == "json":
        return json.dumps(assessment_json.record(computed), ensure_ascii=False, indent=1).encode()
    raise NotFound
