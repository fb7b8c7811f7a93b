"""What follows, in the API (动态管理接口): certainty, proposals, chances, cases with their acts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from hexi.assessment.faults import AssessmentError
from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.assessment.acts.answer_hearing import answer_hearing
from hexi.portal.assessment.acts.decide_case import decide_case
from hexi.portal.assessment.acts.hear_unit import hear_unit
from hexi.portal.assessment.acts.notify_unit import notify_unit
from hexi.portal.assessment.acts.put_forward import put_forward
from hexi.portal.assessment.models import OutcomeCase
from hexi.portal.assessment.queries.certainty import certainty_of
from hexi.portal.assessment.queries.next_year import chances_of
from hexi.portal.assessment.queries.opening import computed_run
from hexi.portal.assessment.queries.outcomes import frozen_proposals
from hexi.portal.core.scope import one_visible
from hexi.reports import assessment_json

__all__ = ["router"]

router = Router()


class OutcomeCaseStep(Schema):
    kind: str
    text: str
    number: str
    answer_by: date | None
    adopted: bool | None
    by: str
    at: datetime


class OutcomeCaseOut(Schema):
    id: int
    assessed: int
    unit: str
    name: str
    year: int
    scheme: str
    rule_set: str
    rule: str
    state: str
    stage: str
    adopted: bool | None
    #: what is to be done next; nothing where the case is closed or withheld
    next: str | None
    text: str
    text_en: str
    steps: list[OutcomeCaseStep]


class OutcomeCaseList(Schema):
    page: Page
    items: list[OutcomeCaseOut]


class OutcomeCaseFilter(Slice):
    assessment: int | None = None
    stage: str = ""


class CasesOpened(Schema):
    cases: int


class OutcomeCaseHearing(Schema):
    text: str = Field(max_length=4000)
    answer_by: date
    number: str = Field("", max_length=80)


class OutcomeCaseAnswer(Schema):
    text: str = Field(max_length=4000)


class OutcomeCaseDecision(Schema):
    adopted: bool
    text: str = Field(max_length=4000)
    number: str = Field("", max_length=80)
    #: conditions that nobody had reported, looked into and fulfilled
    verified: list[str] = Field([], max_length=60)


class OutcomeCaseNotice(Schema):
    text: str = Field(max_length=4000)
    number: str = Field("", max_length=80)


def _out(case: OutcomeCase) -> dict[str, Any]:
    run, one = case.assessed.run, case.proposed
    return {
        "id": case.pk,
        "assessed": case.assessed_id,
        "unit": case.assessed.code,
        "name": case.assessed.name,
        "year": run.year,
        "scheme": run.scheme_id,
        "rule_set": case.rule_set,
        "rule": case.rule,
        "state": case.state,
        "stage": case.stage,
        "adopted": case.adopted,
        "next": case.next_act,
        "text": one.text.zh,
        "text_en": one.text.en,
        "steps": [
            {"kind": step.kind, "text": step.text, "number": step.number,
             "answer_by": step.answer_by, "adopted": step.adopted, "by": step.by_name,
             "at": step.at}
            for step in case.steps.all()
        ],
    }  # fmt: skip


@router.get(
    "/assessments/{assessment_id}/certainty",
    response={200: dict[str, Any], **ERRORS},
    summary="名次可信度 / How sure the ranking is",
)
def read_certainty(request: HttpRequest, assessment_id: Id) -> dict[str, Any]:
    """Rank intervals and chances from a thousand runs that choose otherwise."""
    run = computed_run(assessment_id, caller(request))
    made = assessment_json.record(run.outcome, certainty=certainty_of(run))
    told = ("unit", "name", "rank", "interval", "p_top", "p_bottom")
    return {
        "year": run.year,
        "units": [{name: one[name] for name in told if name in one} for one in made["units"]],
        "simulation": made["simulation"],
    }


@router.get(
    "/assessments/{assessment_id}/outcomes",
    response={200: dict[str, Any], **ERRORS},
    summary="动态管理建议 / What follows from a run",
)
def read_outcomes(request: HttpRequest, assessment_id: Id) -> dict[str, Any]:
    """What the rules propose, with grounds, and how likely each fires next year."""
    run = computed_run(assessment_id, caller(request))
    judged = frozen_proposals(run)
    faults = [
        {"place": fault.place, "text": fault.text, "text_en": fault.text_en}
        for _rules, made in judged
        if isinstance(made, AssessmentError)
        for fault in made.faults
    ]
    made = [one for _rules, one in judged if not isinstance(one, AssessmentError)]
    told = assessment_json.record(run.outcome, proposals=made, coming=chances_of(run).found)
    return {
        "year": run.year,
        "proposals": told.get("proposals", []),
        "next_year": told.get("next_year", []),
        "faults": faults,
    }


@router.post(
    "/assessments/{assessment_id}/cases",
    response={200: CasesOpened, **ERRORS},
    summary="提出建议 / Put proposals forward",
)
def forward_cases(request: HttpRequest, assessment_id: Id) -> dict[str, Any]:
    """Cases for what the rules propose now on a published run, beyond those that stand."""
    run = put_forward(assessment_id, by=caller(request), at=timezone.now())
    return {"cases": OutcomeCase.objects.filter(assessed__run=run).count()}


@router.get("/cases", response={200: OutcomeCaseList, **ERRORS}, summary="动态管理事项 / Cases")
def list_cases(
    request: HttpRequest, asked: Annotated[OutcomeCaseFilter, Query()]
) -> dict[str, Any]:
    """Cases that the caller may see, the latest first."""
    rows = OutcomeCase.objects.visible_to(caller(request)).order_by("-pk")
    rows = rows.select_related("assessed__run").prefetch_related("steps")
    rows = rows.defer("assessed__run__scheme", "assessed__run__data", "assessed__run__result")
    if asked.assessment is not None:
        rows = rows.filter(assessed__run=asked.assessment)
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    return {
        "page": page_of(rows.count(), asked),
        "items": [_out(case) for case in sliced(rows, asked)],
    }


@router.get(
    "/cases/{case_id}", response={200: OutcomeCaseOut, **ERRORS}, summary="一件事项 / One case"
)
def read_case(request: HttpRequest, case_id: Id) -> dict[str, Any]:
    """With everything that was done on it."""
    rows = OutcomeCase.objects.select_related("assessed__run")
    case: OutcomeCase = one_visible(rows, caller(request), pk=case_id)
    return _out(case)


@router.post(
    "/cases/{case_id}/hearing",
    response={200: OutcomeCaseOut, **ERRORS},
    summary="听取意见 / Hear the unit",
)
def hear_case(request: HttpRequest, case_id: Id, sent: OutcomeCaseHearing) -> dict[str, Any]:
    """The unit sees its case from now on."""
    by, at = caller(request), timezone.now()
    return _out(hear_unit(case_id, sent.answer_by, sent.text, number=sent.number, by=by, at=at))


@router.post(
    "/cases/{case_id}/answer",
    response={200: OutcomeCaseOut, **ERRORS},
    summary="陈述申辩 / Answer a hearing",
)
def answer_case(request: HttpRequest, case_id: Id, sent: OutcomeCaseAnswer) -> dict[str, Any]:
    """In the unit's own words, once."""
    return _out(answer_hearing(case_id, sent.text, by=caller(request), at=timezone.now()))


@router.post(
    "/cases/{case_id}/decision",
    response={200: OutcomeCaseOut, **ERRORS},
    summary="作出决定 / Decide a case",
)
def decide_one_case(request: HttpRequest, case_id: Id, sent: OutcomeCaseDecision) -> dict[str, Any]:
    """Adopted or not, in the words of the decision."""
    case = decide_case(
        case_id, sent.adopted, sent.text, number=sent.number, verified=sent.verified,
        by=caller(request), at=timezone.now(),
    )  # fmt: skip
    return _out(case)


@router.post(
    "/cases/{case_id}/notice",
    response={200: OutcomeCaseOut, **ERRORS},
    summary="送达通知 / Notify the unit",
)
def notify_case(request: HttpRequest, case_id: Id, sent: OutcomeCaseNotice) -> dict[str, Any]:
    """The end of a case."""
    by, at = caller(request), timezone.now()
    return _out(notify_unit(case_id, sent.text, number=sent.number, by=by, at=at))
