"""Rows of a reading (读取结果入库): engine data laid out in the columns that pages ask for."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from hexi.plans.audit.finding import Finding
from hexi.plans.corrections import Corrected
from hexi.plans.documents import Document
from hexi.plans.statements import Statement
from hexi.portal.plans.models import FindingRow, Reading, ReadingBody, StatementRow
from hexi.portal.plans.models.reading import packed
from hexi.portal.plans.reading.records import document_record, statement_record
from hexi.reports.audit_report import build_audit_report

__all__ = ["finding_rows", "put_document", "quotes_of", "statement_rows"]


def put_document(reading: Reading, document: Document) -> None:
    """Canonical text and blocks, compressed, on the reading."""
    ReadingBody.objects.update_or_create(
        reading=reading,
        defaults={
            "text": zlib.compress(document.text.encode(), 6),
            "blocks": packed(document_record(document)),
        },
    )
    reading.characters = len(document.text)
    reading.notices = list(document.notices)


def statement_rows(
    reading: Reading, as_read: Sequence[Statement], corrected: Corrected
) -> list[StatementRow]:
    """One row a figure; where a correction lies on it, with what the engine had read."""
    rows = []
    for number, statement in enumerate(corrected.statements):
        read = statement_record(as_read[number]) if number in corrected.as_read else {}
        rows.append(_statement_row(reading, number, statement, read))
    return rows


def _statement_row(
    reading: Reading, number: int, statement: Statement, as_read: dict[str, Any]
) -> StatementRow:
    return StatementRow(
        reading=reading,
        number=number,
        start=statement.start,
        end=statement.end,
        text=statement.text[:200],
        subject=statement.subject[:300],
        indicator=statement.indicator[:300],
        indicator_id=statement.indicator_id,
        measure=statement.measure,
        value=str(statement.value)[:60],
        size=float(statement.value),
        unit=statement.unit[:60],
        period=statement.period or "",
        modality=statement.modality,
        bound=statement.bound,
        table=statement.table,
        block=statement.block,
        confidence=statement.confidence,
        corrected=bool(as_read),
        record=statement_record(statement),
        as_read=as_read,
    )


def finding_rows(
    reading: Reading,
    document: Document,
    statements: Sequence[Statement],
    findings: Sequence[Finding],
) -> list[FindingRow]:
    """One row a check line, with the sentences it quotes."""
    quoted = quotes_of([(document, statements)], findings)
    return [
        FindingRow(
            reading=reading,
            number=number,
            key=finding.key[:300],
            check_code=finding.check,
            verdict=finding.verdict.value,
            rank=finding.rank,
            is_fault=finding.is_fault,
            start=min((e.start for e in finding.evidence), default=0),
            record=finding.as_record(),
            quotes=quoted[id(finding)],
            statements=list(finding.statements),
        )
        for number, finding in enumerate(findings)
    ]


def quotes_of(
    read: Sequence[tuple[Document, Sequence[Statement]]], findings: Sequence[Finding]
) -> dict[int, list[dict[str, Any]]]:
    """The sentences of each finding as the reports quote them, with the figure to go to."""
    report = build_audit_report([(document, len(found)) for document, found in read], findings)
    numbers = {
        (document.name, statement.start): number
        for document, found in read
        for number, statement in enumerate(found)
    }
    return {
        id(item.finding): [
            {
                "doc": quote.doc,
                "statement": numbers.get((quote.doc, quote.start)),
                "section": list(quote.section),
                "parts": [[text, marked] for text, marked in quote.pieces],
            }
            for quote in item.quotes
        ]
        for item in (*report.faults, *report.right)
    }
