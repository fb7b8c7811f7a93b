"""Findings in the API (问题接口)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id, Page, Slice, page_of, sliced
from hexi.portal.core.scope import one_visible
from hexi.portal.plans.acts.decide_finding import decide_finding
from hexi.portal.plans.api.shapes import FindingOut
from hexi.portal.plans.models import FindingDecision, FindingRow
from hexi.portal.plans.views.findings import filtered

__all__ = ["router"]

router = Router()


class FindingFilter(Slice):
    """Which lines: faults (empty), right, all."""

    check: str = ""
    rank: str = ""
    plan: str = ""
    decision: str = ""
    show: Literal["", "right", "all"] = ""


class FindingList(Schema):
    page: Page
    items: list[FindingOut]


class DecisionIn(Schema):
    """What a person decides."""

    decision: Literal["accept", "dismiss", "reopen", "note"]
    reason: str = ""
    note: str = ""


@router.get("/findings", response={200: FindingList, **ERRORS}, summary="问题 / Findings")
def findings(request: HttpRequest, asked: Annotated[FindingFilter, Query()]) -> dict[str, Any]:
    everything = FindingRow.objects.visible_to(caller(request)).filter(reading__current=True)
    rows = filtered(everything, asked.dict())
    part = list(sliced(_whole(rows).order_by("reading", "number"), asked))
    return {"page": page_of(rows.count(), asked), "items": finding_out(part)}


@router.get(
    "/findings/{finding_id}", response={200: FindingOut, **ERRORS}, summary="一条 / One line"
)
def finding(request: HttpRequest, finding_id: Id) -> dict[str, Any]:
    row = one_visible(_whole(FindingRow.objects.all()), caller(request), pk=finding_id)
    return finding_out([row])[0]


@router.post(
    "/findings/{finding_id}/decision",
    response={200: FindingOut, **ERRORS},
    summary="处理 / Decide",
)
def decide(request: HttpRequest, finding_id: Id, given: DecisionIn) -> dict[str, Any]:
    person = caller(request)
    decide_finding(
        finding_id,
        given.decision,
        reason=given.reason,
        note=given.note,
        by=person,
        at=timezone.now(),
    )
    row = one_visible(_whole(FindingRow.objects.all()), person, pk=finding_id)
    return finding_out([row])[0]


def _whole(rows: Any) -> Any:
    return rows.select_related("reading__document")


def finding_out(rows: Sequence[FindingRow]) -> list[dict[str, Any]]:
    """Check lines as the API gives them."""
    decisions = {
        (d.document_id, d.key): d
        for d in FindingDecision.objects.filter(
            document__in={row.reading.document_id for row in rows},
            key__in={row.key for row in rows},
        )
    }
    lines = []
    for row in rows:
        decision = decisions.get((row.reading.document_id, row.key))
        lines.append(
            {
                "id": row.pk,
                "plan": row.reading.document.plan_id,
                "document": row.reading.document_id,
                "key": row.key,
                "check": row.check_code,
                "verdict": row.verdict,
                "rank": row.rank,
                "is_fault": row.is_fault,
                "statements": row.statements,
                "record": row.record,
                "decision": decision.state if decision else "open",
                "reason": decision.reason if decision else "",
                "note": decision.note if decision else "",
            }
        )
    return lines
