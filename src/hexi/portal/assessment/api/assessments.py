"""Assessments in the API (考核接口): list, read, explain, start, load, step, simulate, drop."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.assessment.acts.amend_run import amend_run
from hexi.portal.assessment.acts.archive_run import archive_run
from hexi.portal.assessment.acts.compute_run import compute_run
from hexi.portal.assessment.acts.drop_run import drop_run
from hexi.portal.assessment.acts.load_known import load_known
from hexi.portal.assessment.acts.load_sheet import LIMITS, load_sheet
from hexi.portal.assessment.acts.publish_run import publish_run
from hexi.portal.assessment.acts.review_run import review_run
from hexi.portal.assessment.acts.simulate_run import simulate_run
from hexi.portal.assessment.acts.start_run import start_run
from hexi.portal.assessment.api import duty, objections, outcomes
from hexi.portal.assessment.models import PUBLIC, Assessed, AssessmentRun
from hexi.portal.assessment.queries.editions import successor_of
from hexi.portal.assessment.queries.opening import computed_run, one_run
from hexi.portal.assessment.queries.unit_page import explanation_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import one_visible
from hexi.portal.plans.upload_limit import too_large
from hexi.reports import assessment_json

__all__ = ["router"]

router = Router()
for _part in (objections, outcomes, duty):
    router.add_router("", _part.router)

StepName = Literal["compute", "review", "publish", "archive"]
_STEPS = {
    "compute": compute_run,
    "review": review_run,
    "publish": publish_run,
    "archive": archive_run,
}


class RunOut(Schema):
    id: int
    scheme: str
    version: str
    year: int
    unit: str
    kind: str
    #: 1 as first published; one more a correction after publication
    edition: int
    #: the edition that this one corrects
    supersedes: int | None
    state: str
    title: str
    title_en: str
    data_digest: str
    result_digest: str


class RunList(Schema):
    page: Page
    items: list[RunOut]


class Place(Schema):
    id: int
    unit: str
    name: str
    rank: int
    score: float | None


class RunDetail(RunOut):
    """With the ranking; a rank of 0 is not rated."""

    ranking: list[Place]
    assumed: list[str]
    #: why the published edition before was corrected
    correction_reason: str
    #: the published edition that took the place of this one
    superseded_by: int | None


class RunFilled(RunOut):
    """With how many gaps were filled."""

    filled: int


class RunStart(Schema):
    scheme: str = Field(max_length=80)
    year: int = Field(ge=1984, le=2200)
    unit: str = Field(max_length=64)
    #: made-up figures, for learning
    practice: bool = False


class RunCorrection(Schema):
    #: why; everybody may read it
    reason: str = Field(max_length=2000)


class RunStep(Schema):
    step: StepName


class RunWeights(Schema):
    #: item or group, or ``member:class``, to its weight
    weights: dict[str, float] = Field(max_length=2000)


class RunFilter(Slice):
    scheme: str = ""
    year: int | None = None


def _out(run: AssessmentRun) -> dict[str, Any]:
    return {
        "id": run.pk,
        "scheme": run.scheme_id,
        "version": run.scheme_version,
        "year": run.year,
        "unit": run.unit.code,
        "kind": run.kind,
        "edition": run.edition,
        "supersedes": run.supersedes_id,
        "state": run.state,
        "title": run.title,
        "title_en": run.title_en,
        "data_digest": run.data_digest,
        "result_digest": run.result_digest,
    }


@router.get("/assessments", response={200: RunList, **ERRORS}, summary="考核列表 / Assessments")
def list_assessments(request: HttpRequest, asked: Annotated[RunFilter, Query()]) -> dict[str, Any]:
    """Runs that the caller may see, the latest year first."""
    rows = AssessmentRun.objects.visible_to(caller(request)).select_related("unit")
    rows = rows.defer("scheme", "data", "result")
    if asked.scheme:
        rows = rows.filter(scheme_id=asked.scheme)
    if asked.year is not None:
        rows = rows.filter(year=asked.year)
    part = sliced(rows, asked)
    return {"page": page_of(rows.count(), asked), "items": [_out(run) for run in part]}


@router.get(
    "/assessments/{assessment_id}",
    response={200: RunDetail, **ERRORS},
    summary="一次考核 / One assessment",
)
def read_assessment(request: HttpRequest, assessment_id: Id) -> dict[str, Any]:
    """The run with its ranking."""
    run = one_run(assessment_id, caller(request))
    rows = sorted(run.assessed.all(), key=lambda row: (row.rank == 0, row.rank, row.pk))
    places = [
        {"id": row.pk, "unit": row.code, "name": row.name, "rank": row.rank, "score": row.score}
        for row in (rows if run.result else [])
    ]
    after = successor_of(run)
    return {
        **_out(run),
        "ranking": places,
        "assumed": list(run.scheme_of.assumed),
        "correction_reason": run.correction_reason,
        "superseded_by": after.pk if after and after.state in PUBLIC else None,
    }


@router.get(
    "/assessments/{assessment_id}/result",
    response={200: dict[str, Any], **ERRORS},
    summary="考核结果 / Result of an assessment",
)
def read_result(request: HttpRequest, assessment_id: Id) -> dict[str, Any]:
    """Every step for every unit; for who runs it."""
    run = computed_run(assessment_id, caller(request))
    return assessment_json.record(run.outcome)


@router.get(
    "/assessed/{assessed_id}",
    response={200: dict[str, Any], **ERRORS},
    summary="得分说明 / Explanation of a unit",
)
def explain_assessed(request: HttpRequest, assessed_id: Id) -> dict[str, Any]:
    """Why a unit stands where it stands; its own for the assessed once it is shown."""
    row: Assessed = one_visible(
        Assessed.objects.select_related("run__unit", "unit"), caller(request), pk=assessed_id
    )
    if not row.run.result or row.code not in row.run.matrix.units:
        raise NotFound
    record = assessment_json.record(row.run.outcome, [explanation_of(row)])
    own = next(one for one in record["units"] if one["unit"] == row.code)
    return {"year": record["year"], "scheme": record["scheme"], "explanation": own}


@router.post(
    "/assessments", response={201: RunOut, **ERRORS}, summary="启动考核 / Start an assessment"
)
def create_assessment(request: HttpRequest, sent: RunStart) -> Status[Any]:
    """An empty official run."""
    run = start_run(
        sent.scheme, sent.year, sent.unit,
        by=caller(request), at=timezone.now(), practice=sent.practice,
    )  # fmt: skip
    return Status(201, _out(run))


@router.post(
    "/assessments/{assessment_id}/data",
    response={200: RunOut, **ERRORS},
    summary="导入考核数据 / Load a sheet",
)
def load_assessment(
    request: HttpRequest, assessment_id: Id, file: Annotated[UploadedFile, File()]
) -> dict[str, Any]:
    """An xlsx or csv sheet; every fault is told with its cell."""
    name = str(file.name or "")[:120]
    if (file.size or 0) > LIMITS.file_bytes:
        raise too_large(name)
    run = load_sheet(assessment_id, file.read(), name, by=caller(request), at=timezone.now())
    return _out(run)


@router.post(
    "/assessments/{assessment_id}/known",
    response={200: RunFilled, **ERRORS},
    summary="采集已公布数据 / Fill gaps from published figures",
)
def fill_assessment(request: HttpRequest, assessment_id: Id) -> dict[str, Any]:
    """Observations of the pack and released figures; what a sheet said stays."""
    run, count = load_known(assessment_id, by=caller(request), at=timezone.now())
    return {**_out(run), "filled": count}


@router.delete(
    "/assessments/{assessment_id}",
    response={204: None, **ERRORS},
    summary="删除考核草稿 / Drop a draft",
)
def drop_assessment(request: HttpRequest, assessment_id: Id) -> Status[Any]:
    """One that nobody was shown, or a simulation."""
    drop_run(assessment_id, by=caller(request), at=timezone.now())
    return Status(204, None)


@router.post(
    "/assessments/{assessment_id}/steps",
    response={200: RunOut, **ERRORS},
    summary="办理考核 / Take a step",
)
def step_assessment(request: HttpRequest, assessment_id: Id, sent: RunStep) -> dict[str, Any]:
    """Compute, show to the assessed, publish, archive."""
    return _out(_STEPS[sent.step](assessment_id, by=caller(request), at=timezone.now()))


@router.post(
    "/assessments/{assessment_id}/editions",
    response={201: RunOut, **ERRORS},
    summary="更正已公布结果 / Correct what is published",
)
def amend_assessment(request: HttpRequest, assessment_id: Id, sent: RunCorrection) -> Status[Any]:
    """A new edition from the same data; publishing it supersedes the one it corrects."""
    run = amend_run(assessment_id, sent.reason, by=caller(request), at=timezone.now())
    return Status(201, _out(run))


@router.post(
    "/assessments/{assessment_id}/simulations",
    response={201: RunOut, **ERRORS},
    summary="模拟测算 / Simulate other weights",
)
def simulate_assessment(request: HttpRequest, assessment_id: Id, sent: RunWeights) -> Status[Any]:
    """A copy under other weights; it never becomes official."""
    weights = {name: repr(weight) for name, weight in sent.weights.items()}
    run = simulate_run(assessment_id, weights, by=caller(request), at=timezone.now())
    return Status(201, _out(run))
