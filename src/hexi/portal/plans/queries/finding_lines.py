"""Findings as lines (问题行): title, arithmetic, evidence with the words around it, decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hexi.portal.core.models import Person
from hexi.portal.plans.models import FindingDecision, FindingRow, PlanDocument
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.lines import may_on

__all__ = ["FindingLine", "evidence_of", "finding_lines", "said"]

#: characters of the sentence shown on each side of a figure
AROUND = 40
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One line of the audit."""

    id: int
    url: str
    plan: str
    plan_url: str
    check: str
    check_name: str
    verdict: str
    verdict_label: str
    rank: str
    rank_label: str
    title: str
    arithmetic: str
    expected: str
    hypothesis: str
    is_fault: bool
    evidence: list[dict[str, Any]]
    decision: dict[str, str]
    may_decide: bool
    decide_url: str
    statement_numbers: list[int]
    text_url: str


def finding_lines(rows: Sequence[FindingRow], person: Person | None) -> list[FindingLine]:
    """Lines of findings that have been filtered by scope; rows come with document and plan."""
    decisions = {
        (d.document_id, d.key): d
        for d in FindingDecision.objects.filter(
            document__in={row.reading.document_id for row in rows},
            key__in={row.key for row in rows},
        )
    }
    return [_line(row, person, decisions.get((row.reading.document_id, row.key))) for row in rows]


def _line(row: FindingRow, person: Person | None, decision: FindingDecision | None) -> FindingLine:
    plan = row.reading.document.plan
    first = f"?s={row.statements[0]}" if row.statements else ""
    return FindingLine(
        id=row.pk,
        url=f"/findings/{row.pk}/",
        plan=plan.title,
        plan_url=f"/plans/{plan.pk}/",
        check=row.check_code,
        check_name=words.check_label(row.check_code),
        verdict=row.verdict,
        verdict_label=words.verdict_label(row.verdict),
        rank=row.rank,
        rank_label=words.rank_label(row.rank),
        title=said(row.record, "title"),
        arithmetic=words.sum_text(row.record["arithmetic"]),
        expected=row.record["expected"],
        hypothesis=said(row.record, "hypothesis"),
        is_fault=row.is_fault,
        evidence=[_evidence(quote, row.reading.document) for quote in row.quotes],
        decision=_decision(decision),
        may_decide=row.is_fault and may_on(person, plan)["decide"],
        decide_url=f"/findings/{row.pk}/decide/",
        statement_numbers=list(row.statements),
        text_url=f"/plans/{plan.pk}/text/{first}",
    )


def said(record: dict[str, Any], field: str) -> str:
    """A text of the engine in the reader's language."""
    return str((record.get(f"{field}_en") if words.english() else "") or record[field])


def evidence_of(quote: dict[str, Any], plan: int) -> dict[str, Any]:
    """One sentence with its figures marked, and the way to it."""
    number = quote["statement"]
    return {
        "doc": quote["doc"],
        "section": quote["section"],
        "text": "、".join(text for text, marked in quote["parts"] if marked),
        "parts": [{"text": text, "mark": marked} for text, marked in quote["parts"]],
        "url": f"/plans/{plan}/text/" + (f"?s={number}" if number is not None else ""),
    }


def _evidence(quote: dict[str, Any], document: PlanDocument) -> dict[str, Any]:
    """A digest has no file name worth reading: its figures are known by their place."""
    shown = evidence_of(quote, document.plan_id)
    return {**shown, "doc": shown["section"][-1]} if document.is_digest else shown


def _decision(decision: FindingDecision | None) -> dict[str, str]:
    if decision is None:
        state = {"reason": "", "note": "", "by": "", "at": "", "state": "open"}
    else:
        state = {
            "state": decision.state,
            "reason": decision.reason,
            "note": decision.note,
            "by": decision.by_name,
            "at": words.when(decision.at),
        }
    return {**state, "state_label": words.label(words.DECISIONS, state["state"])}
