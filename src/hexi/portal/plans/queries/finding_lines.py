"""Findings as lines (问题行): title, arithmetic, evidence with the words around it, decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hexi.portal.core.models import Person
from hexi.portal.plans.models import FindingDecision, FindingRow
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.lines import may_on

__all__ = ["FindingLine", "finding_lines"]

#: characters of the sentence shown on each side of a figure
AROUND = 40


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
    evidence: list[dict[str, str]]
    decision: dict[str, str]
    may_decide: bool
    decide_url: str
    statement_numbers: list[int]
    text_url: str


def finding_lines(
    rows: Sequence[FindingRow], person: Person | None, *, texts: bool = True
) -> list[FindingLine]:
    """Lines of findings that have been filtered by scope; rows come with document and plan.

    ``texts`` reads the canonical texts, once a document, to show the words around each figure.
    """
    keys = {row.key for row in rows}
    documents = {row.reading.document_id for row in rows}
    decisions = {
        (d.document_id, d.key): d
        for d in FindingDecision.objects.filter(document__in=documents, key__in=keys)
    }
    canonical: dict[int, str] = {}
    lines = []
    for row in rows:
        if texts and row.reading_id not in canonical:
            canonical[row.reading_id] = row.reading.canonical_text()
        decision = decisions.get((row.reading.document_id, row.key))
        lines.append(_line(row, person, decision, canonical.get(row.reading_id, "")))
    return lines


def _line(
    row: FindingRow, person: Person | None, decision: FindingDecision | None, text: str
) -> FindingLine:
    tail = "_en" if words.english() else ""
    plan = row.reading.document.plan
    record = row.record
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
        title=record.get(f"title{tail}") or record["title"],
        arithmetic=record["arithmetic"],
        expected=record["expected"],
        hypothesis=record.get(f"hypothesis{tail}") or record["hypothesis"],
        is_fault=row.is_fault,
        evidence=[_evidence(e, text, row, k) for k, e in enumerate(record["evidence"])],
        decision=_decision(decision),
        may_decide=row.is_fault and may_on(person, plan)["decide"],
        decide_url=f"/findings/{row.pk}/decide/",
        statement_numbers=list(row.statements),
        text_url=f"/plans/{plan.pk}/text/{first}",
    )


def _evidence(evidence: dict[str, Any], text: str, row: FindingRow, place: int) -> dict[str, str]:
    start, end = evidence["start"], evidence["end"]
    plan = row.reading.document.plan_id
    number = row.statements[place] if place < len(row.statements) else None
    return {
        "doc": evidence["doc"],
        "text": evidence["text"],
        "before": _flat(text[max(0, start - AROUND) : start], last=True),
        "after": _flat(text[end : end + AROUND], last=False),
        "url": f"/plans/{plan}/text/" + (f"?s={number}" if number is not None else ""),
    }


def _flat(text: str, *, last: bool) -> str:
    """One paragraph's words on one line."""
    parts = [part.strip() for part in text.splitlines() if part.strip()]
    if not parts or (text[-1:] if last else text[:1]) in "\r\n":
        return ""
    return parts[-1] if last else parts[0]


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
