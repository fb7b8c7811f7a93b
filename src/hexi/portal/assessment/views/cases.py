"""Cases of what follows (动态管理事项页): all of them, one with its chain, and each act on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.assessment.outcomes.nouns import ACTS
from hexi.portal.assessment.acts.answer_hearing import answer_hearing
from hexi.portal.assessment.acts.decide_case import decide_case
from hexi.portal.assessment.acts.hear_unit import hear_unit
from hexi.portal.assessment.acts.notify_unit import notify_unit
from hexi.portal.assessment.acts.revoke_decision import revoke_decision
from hexi.portal.assessment.models import CaseStage, OutcomeCase
from hexi.portal.assessment.queries.cases import case_lines, case_page, document_steps, letter_of
from hexi.portal.assessment.queries.opening import crumbs_of
from hexi.portal.core.exports import attachment
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound, NotPermitted
from hexi.portal.core.scope import one_visible, viewer
from hexi.portal.core.views.steps import as_day, done
from hexi.reports import assessment_acts

__all__ = ["document", "listing", "page", "step"]

_PAGE = 50


def _case(case_id: int, person: Person | None) -> OutcomeCase:
    rows = OutcomeCase.objects.select_related("assessed__run__unit", "assessed__unit")
    found: OutcomeCase = one_visible(rows, person, pk=case_id)
    return found


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """History of all cases that the reader may see: the latest year first, the gravest of it."""
    person = viewer(request)
    if person is None:
        raise NotPermitted
    rows = OutcomeCase.objects.visible_to(person)
    rows = rows.select_related("assessed__run", "assessed__unit").defer(
        "assessed__run__scheme", "assessed__run__data", "assessed__run__result"
    )
    if (stage := request.GET.get("stage", "")) in CaseStage.values:
        rows = rows.filter(stage=stage)
    part, pager = paged(request, rows.order_by("-assessed__run__year", "id"), _PAGE)
    total = pager.total if pager else len(part)
    every = [("", _("All")), *((value, str(label)) for value, label in CaseStage.choices)]
    context: dict[str, Any] = {
        "title": ngettext("%(n)d case of what follows", "%(n)d cases of what follows", total)
        % {"n": total},
        "crumbs": crumbs_of(None, _("Cases")),
        "cases": case_lines(part),
        "pager": pager,
        "stages": choices(request, "stage", every),
        "filtered": bool(stage),
    }
    return render(request, "hexi/assessment/cases.html", context)


@require_GET
def page(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case."""
    return _show(request, _case(case_id, viewer(request)), [])


def _show(request: HttpRequest, case: OutcomeCase, faults: list[dict[str, str]]) -> HttpResponse:
    shown = case_page(case, viewer(request), timezone.localdate())
    run = case.assessed.run
    inside = shown["inside"]
    context = {
        **shown,
        "title": _("%(name)s: %(state)s, %(stage)s")
        % {
            "name": shown["name"],
            "state": shown["state"],
            "stage": case.get_stage_display().lower(),
        },
        "crumbs": crumbs_of(run, shown["name"]) if inside else crumbs_of(None, shown["name"]),
        "case": case,
        "run": run,
        "faults": faults,
        "sent": request.POST,
        "verified": request.POST.getlist("verified"),
    }
    return render(request, "hexi/assessment/case.html", context)


@require_POST
def step(request: HttpRequest, case_id: int, act: str) -> HttpResponse:
    """Hear, answer, decide, notify, revoke."""
    sent, by, at = request.POST, viewer(request), timezone.now()
    number, text = sent.get("number", ""), sent.get("text", "")
    adopted = {"yes": True, "no": False}.get(sent.get("adopted", ""))
    verified = sent.getlist("verified")
    steps: dict[str, tuple[Callable[[], Any], Any]] = {
        "hearing": (
            lambda: hear_unit(
                case_id, as_day(sent.get("answer_by", "")), text, number=number, by=by, at=at
            ),
            lazy("The unit is being heard; it sees the case now."),
        ),
        "answer": (
            lambda: answer_hearing(case_id, text, by=by, at=at),
            lazy("The answer was recorded."),
        ),
        "decision": (
            lambda: decide_case(
                case_id, adopted, text, number=number, verified=verified, by=by, at=at
            ),
            lazy("The case was decided."),
        ),
        "notice": (
            lambda: notify_unit(case_id, text, number=number, by=by, at=at),
            lazy("The unit was notified; the case is closed."),
        ),
        "revocation": (
            lambda: revoke_decision(case_id, text, number=number, by=by, at=at),
            lazy("The decision was revoked."),
        ),
    }
    if act not in steps:
        raise NotFound
    do, said = steps[act]
    return done(
        request,
        do,
        said,
        lambda faults: _show(request, _case(case_id, by), faults),
        "assessment-case",
        case_id,
    )


@require_GET
def document(request: HttpRequest, case_id: int, act: str) -> HttpResponse:
    """The document of an act that was taken, in Word."""
    case = _case(case_id, viewer(request))
    taken = next((one for one in ACTS if one == act and one in document_steps(case)), None)
    if taken is None or case.stage == CaseStage.WITHHELD:
        raise NotFound
    content = assessment_acts.render(taken, case.proposed, case.rules_of, letter_of(case, taken))
    return attachment(content, f"hexi-{taken}-{case.pk}.docx")
