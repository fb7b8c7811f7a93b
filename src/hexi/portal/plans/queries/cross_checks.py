"""Sums between two plans (规划衔接核算): the engine's checks over two read documents together."""

from __future__ import annotations

from typing import Any

from hexi.catalogue.evidence import PLAN_LEVELS
from hexi.plans.audit import Finding, audit
from hexi.plans.documents import Document
from hexi.plans.register import Plan, build_plan
from hexi.plans.statements import Statement
from hexi.portal.plans.models import PlanRow
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.finding_lines import FindingLine, evidence_of, said
from hexi.portal.plans.queries.pack import current_pack
from hexi.portal.plans.queries.plan_page import current_reading
from hexi.portal.plans.reading.records import document_of, statement_of
from hexi.portal.plans.reading.rows import quotes_of

__all__ = ["between", "parts_of"]

#: what one plan says, as the audit takes it
Parts = tuple[Document, list[Statement], Plan]
#: longer documents are compared from the command line, where nobody waits for a page
MOST_CHARACTERS = 400_000


def between(left: PlanRow, right: PlanRow) -> list[FindingLine]:
    """Check lines that rest on figures of both plans, those that need a person first."""
    mine, other = parts_of(left), parts_of(right)
    if mine is None or other is None or mine[0].name == other[0].name:
        return []
    names = {mine[0].name: left, other[0].name: right}
    catalogue = current_pack().catalogue
    if is_above(right, left):
        lines = audit([mine], catalogue, [other])
    elif is_above(left, right):
        lines = audit([other], catalogue, [mine])
    else:
        lines = audit([mine, other], catalogue)
    shared = {line.key: line for line in lines if {e.doc for e in line.evidence} == set(names)}
    found: list[Finding] = sorted(shared.values(), key=lambda line: not line.is_fault)
    quotes = quotes_of([(mine[0], mine[1]), (other[0], other[1])], found)
    return [_line(number, line, quotes[id(line)], names) for number, line in enumerate(found)]


def is_above(upper: PlanRow, lower: PlanRow) -> bool:
    """Whether a plan stands above another: by its own word, else by the level of its unit."""
    if lower.upper_id is not None or upper.upper_id is not None:
        if lower.upper_id == upper.pk:
            return True
        if upper.upper_id == lower.pk:
            return False
    levels = [
        PLAN_LEVELS.index(p.level) if p.level in PLAN_LEVELS else None for p in (upper, lower)
    ]
    return levels[0] is not None and levels[1] is not None and levels[0] < levels[1]


def parts_of(row: PlanRow) -> Parts | None:
    """Document, statements with corrections, and register of a plan's current reading."""
    reading = current_reading(row)
    if reading is None or reading.characters > MOST_CHARACTERS:
        return None
    document = document_of(reading.block_record(), reading.canonical_text())
    records = reading.statements.order_by("number").values_list("record", flat=True)
    statements = [statement_of(record) for record in records]
    return document, statements, build_plan(document, statements, current_pack().catalogue)


def _line(
    number: int, line: Finding, quotes: list[dict[str, Any]], names: dict[str, PlanRow]
) -> FindingLine:
    """A line that is not kept: nothing is decided on it here."""
    record = line.as_record()
    evidence = [
        {**evidence_of(quote, names[quote["doc"]].pk), "doc": names[quote["doc"]].title}
        for quote in quotes
    ]
    address = evidence[0]["url"] if evidence else ""
    return FindingLine(
        id=number,
        url=address,
        plan="",
        plan_url="",
        check=line.check,
        check_name=words.check_label(line.check),
        verdict=line.verdict.value,
        verdict_label=words.verdict_label(line.verdict.value),
        rank=line.rank,
        rank_label=words.rank_label(line.rank),
        title=said(record, "title"),
        arithmetic=line.arithmetic,
        expected=line.expected,
        hypothesis=said(record, "hypothesis"),
        is_fault=line.is_fault,
        evidence=evidence,
        decision={"state": "open", "state_label": "", "reason": "", "note": "", "by": "", "at": ""},
        may_decide=False,
        decide_url="",
        statement_numbers=[],
        text_url=address,
    )
