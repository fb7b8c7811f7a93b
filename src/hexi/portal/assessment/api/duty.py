"""Target responsibility in the API (目标责任接口): years, contracts, facts, the table for pay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.assessment.acts.add_contract import add_contract
from hexi.portal.assessment.acts.add_matter import add_matter
from hexi.portal.assessment.acts.close_duty_year import close_duty_year
from hexi.portal.assessment.acts.draw_contracts import draw_contracts
from hexi.portal.assessment.acts.open_duty_year import open_duty_year
from hexi.portal.assessment.acts.report_fact import report_fact
from hexi.portal.assessment.acts.save_contract import NewTask, save_contract
from hexi.portal.assessment.acts.sign_contract import sign_contract
from hexi.portal.assessment.acts.withdraw_matter import withdraw_matter
from hexi.portal.assessment.models import DutyContract, DutyYear
from hexi.portal.assessment.queries.duty_facts import actual_of, seen_until
from hexi.portal.assessment.queries.duty_pages import pay_table
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import one_visible

__all__ = ["router"]

router = Router()


class DutyYearOut(Schema):
    id: int
    unit: str
    year: int
    kind: str
    open: bool
    contracts: list[int]


class DutyYearList(Schema):
    page: Page
    items: list[DutyYearOut]


class DutyYearIn(Schema):
    unit: str = Field(max_length=64)
    year: int = Field(ge=1984, le=2200)
    kind: Literal["departments", "posts"]


class DutyReason(Schema):
    reason: str = Field(max_length=2000)


class DutyHolder(Schema):
    name: str = Field(max_length=80)


class DutyTaskOut(Schema):
    id: int
    title: str
    indicator: str
    unit: str
    target: float
    direction: int
    weight: float
    actual: float | None
    evidence: str
    score: float | None
    points: float | None


class DutyMatterOut(Schema):
    id: int
    matter: str
    count: float
    evidence: str
    withdrawn: bool


class DutyContractOut(Schema):
    id: int
    year: int
    code: str
    name: str
    signed_at: datetime | None
    score: float | None
    grade: str
    rank: int
    tasks: list[DutyTaskOut]
    matters: list[DutyMatterOut]


class DutyTaskIn(Schema):
    title: str = Field(max_length=300)
    target: float
    weight: float
    unit: str = Field("", max_length=60)
    less_is_better: bool = False


class DutyContractIn(Schema):
    #: number of a task → weight
    weights: dict[int, float] = Field({}, max_length=500)
    remove: list[int] = Field([], max_length=500)
    add: list[DutyTaskIn] = Field([], max_length=100)


class DutyFact(Schema):
    task: int
    #: nothing: the report is taken back
    value: float | None = None
    evidence: str = Field(max_length=400)


class DutyMatterIn(Schema):
    matter: str = Field(max_length=80)
    evidence: str = Field(max_length=400)
    count: float = 1.0


class DutyPay(Schema):
    closed: bool
    rows: list[dict[str, Any]]


def _years(rows: Sequence[DutyYear], person: Person | None) -> list[dict[str, Any]]:
    seen = DutyContract.objects.visible_to(person).filter(duty_year__in=rows)
    contracts: dict[int, list[int]] = {row.pk: [] for row in rows}
    for year, key in seen.values_list("duty_year", "pk"):
        contracts[year].append(key)
    return [
        {
            "id": row.pk,
            "unit": row.unit.code,
            "year": row.year,
            "kind": row.kind,
            "open": row.is_open,
            "contracts": contracts[row.pk],
        }
        for row in rows
    ]


def _year(row: DutyYear, person: Person | None) -> dict[str, Any]:
    return _years([row], person)[0]


def _contract(row: DutyContract) -> dict[str, Any]:
    year = row.duty_year
    seen = seen_until(timezone.localdate()) if year.is_open else {}
    tasks = []
    for task in row.tasks.select_related("source__unit"):
        value, where = actual_of(task, year, seen)
        kept = {name: getattr(task, name) for name in (
            "id", "title", "indicator", "unit", "target", "direction", "weight", "score", "points"
        )}  # fmt: skip
        tasks.append({**kept, "actual": value, "evidence": where})
    return {
        "id": row.pk,
        "year": year.year,
        "code": row.code,
        "name": row.name,
        "signed_at": row.signed_at,
        "score": row.score,
        "grade": row.grade,
        "rank": row.rank,
        "tasks": tasks,
        "matters": [
            {"id": one.pk, "matter": one.matter, "count": one.count, "evidence": one.evidence,
             "withdrawn": one.withdrawn_at is not None}
            for one in row.matters.all()
        ],
    }  # fmt: skip


def _read(contract_id: int, person: Person | None) -> dict[str, Any]:
    rows = DutyContract.objects.select_related("duty_year")
    row: DutyContract = one_visible(rows, person, pk=contract_id)
    return _contract(row)


@router.get("/duty-years", response={200: DutyYearList, **ERRORS}, summary="目标责任年度 / Years")
def list_duty_years(request: HttpRequest, asked: Annotated[Slice, Query()]) -> dict[str, Any]:
    """Years with contracts that the caller may see."""
    person = caller(request)
    rows = DutyYear.objects.visible_to(person).select_related("unit")
    part = sliced(rows, asked)
    return {"page": page_of(rows.count(), asked), "items": _years(list(part), person)}


@router.post(
    "/duty-years", response={201: DutyYearOut, **ERRORS}, summary="启动目标责任年度 / Open a year"
)
def create_duty_year(request: HttpRequest, sent: DutyYearIn) -> Status[Any]:
    """Empty; contracts are drawn or added next."""
    by = caller(request)
    return Status(
        201, _year(open_duty_year(sent.unit, sent.year, sent.kind, by=by, at=timezone.now()), by)
    )


@router.post(
    "/duty-years/{year_id}/draw",
    response={200: DutyYearOut, **ERRORS},
    summary="生成责任书 / Draw contracts from the targets",
)
def draw_duty(request: HttpRequest, year_id: Id) -> dict[str, Any]:
    """One for everybody who answers for a target of the year."""
    by = caller(request)
    year, _added = draw_contracts(year_id, by=by, at=timezone.now())
    return _year(year, by)


@router.post(
    "/duty-years/{year_id}/contracts",
    response={201: DutyContractOut, **ERRORS},
    summary="新增责任书 / Add a contract",
)
def create_contract(request: HttpRequest, year_id: Id, sent: DutyHolder) -> Status[Any]:
    """For a holder who answers for no target of the plan."""
    row = add_contract(year_id, sent.name, by=caller(request), at=timezone.now())
    return Status(201, _contract(row))


@router.post(
    "/duty-years/{year_id}/close",
    response={200: DutyYearOut, **ERRORS},
    summary="年度结账 / Close a year",
)
def close_duty(request: HttpRequest, year_id: Id, sent: DutyReason) -> dict[str, Any]:
    """Facts, scores, grades and ranks are frozen."""
    by = caller(request)
    return _year(close_duty_year(year_id, sent.reason, by=by, at=timezone.now()), by)


@router.get(
    "/duty-years/{year_id}/pay",
    response={200: DutyPay, **ERRORS},
    summary="绩效结果 / Results for pay systems",
)
def read_pay(request: HttpRequest, year_id: Id) -> dict[str, Any]:
    """An export; no pay is computed here."""
    person = caller(request)
    year: DutyYear = one_visible(DutyYear.objects.select_related("unit"), person, pk=year_id)
    if person is None or not person.covers(year.unit.path):
        raise NotFound
    return {"closed": not year.is_open, "rows": pay_table(year, timezone.localdate())}


@router.get(
    "/contracts/{contract_id}",
    response={200: DutyContractOut, **ERRORS},
    summary="责任书 / Contract",
)
def read_contract(request: HttpRequest, contract_id: Id) -> dict[str, Any]:
    """Tasks with targets and facts, points and vetoes."""
    return _read(contract_id, caller(request))


@router.patch(
    "/contracts/{contract_id}",
    response={200: DutyContractOut, **ERRORS},
    summary="编制责任书 / Save a draft",
)
def change_contract(request: HttpRequest, contract_id: Id, sent: DutyContractIn) -> dict[str, Any]:
    """Weights and tasks, until it is signed."""
    by = caller(request)
    save_contract(
        contract_id,
        {key: repr(weight) for key, weight in sent.weights.items()},
        remove=sent.remove,
        added=[
            NewTask(one.title, repr(one.target), repr(one.weight), one.unit, one.less_is_better)
            for one in sent.add
        ],
        by=by,
        at=timezone.now(),
    )
    return _read(contract_id, by)


@router.post(
    "/contracts/{contract_id}/signature",
    response={200: DutyContractOut, **ERRORS},
    summary="签订责任书 / Sign a contract",
)
def sign_one_contract(request: HttpRequest, contract_id: Id) -> dict[str, Any]:
    """Its weights add to a hundred."""
    by = caller(request)
    sign_contract(contract_id, by=by, at=timezone.now())
    return _read(contract_id, by)


@router.post(
    "/contracts/{contract_id}/facts",
    response={200: DutyContractOut, **ERRORS},
    summary="填报完成值 / Report a fact",
)
def report_on_contract(request: HttpRequest, contract_id: Id, sent: DutyFact) -> dict[str, Any]:
    """With evidence, by the holder or by who set the contract."""
    by, text = caller(request), "" if sent.value is None else repr(sent.value)
    report_fact(contract_id, sent.task, text, sent.evidence, by=by, at=timezone.now())
    return _read(contract_id, by)


@router.post(
    "/contracts/{contract_id}/matters",
    response={200: DutyContractOut, **ERRORS},
    summary="登记加减分和否决 / Enter a matter",
)
def enter_matter(request: HttpRequest, contract_id: Id, sent: DutyMatterIn) -> dict[str, Any]:
    """Bonus, penalty or veto that the scheme names."""
    by, at = caller(request), timezone.now()
    add_matter(contract_id, sent.matter, sent.evidence, count=sent.count, by=by, at=at)
    return _read(contract_id, by)


@router.post(
    "/contracts/{contract_id}/matters/{matter_id}/withdrawal",
    response={200: DutyContractOut, **ERRORS},
    summary="撤销加减分和否决 / Take a matter back",
)
def take_matter_back(
    request: HttpRequest, contract_id: Id, matter_id: Id, sent: DutyReason
) -> dict[str, Any]:
    """It stays to be seen, with the reason."""
    by = caller(request)
    withdraw_matter(contract_id, matter_id, sent.reason, by=by, at=timezone.now())
    return _read(contract_id, by)
