"""Keeping a reading (保存读取结果): all rows in one transaction, or none.

The new reading takes the place of the old one in the same moment; corrections and decisions hang
on the document and stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hexi.catalogue import load_pack
from hexi.plans.audit.finding import Finding
from hexi.plans.corrections import Corrected
from hexi.plans.digest import DIGEST_FORMAT
from hexi.plans.documents import Document
from hexi.plans.statements import Statement
from hexi.portal.core.record import record
from hexi.portal.plans.models import FindingRow, PlanDocument, Reading, ReadingState, StatementRow
from hexi.portal.plans.reading.corrected import lay_corrections
from hexi.portal.plans.reading.engine import PARTS, Compiled, examine
from hexi.portal.plans.reading.hold import hold
from hexi.portal.plans.reading.home_plan import home_of
from hexi.portal.plans.reading.records import document_of, statement_of
from hexi.portal.plans.reading.register_rows import put_register
from hexi.portal.plans.reading.rows import finding_rows, put_document, statement_rows

__all__ = ["reexamine", "store"]


def store(reading: Reading, compiled: Compiled, *, at: datetime, pack: str = "gansu") -> bool:
    """Write everything; False where the reading is no longer ours."""
    with transaction.atomic():
        hold(reading.document.plan_id)
        mine = (
            Reading.objects.select_for_update()
            .filter(pk=reading.pk, worker=reading.worker, state=ReadingState.READING)
            .first()
        )
        if mine is None:
            return False
        document: PlanDocument = mine.document
        kept = _finding_keys(document)
        document.readings.exclude(pk=mine.pk).delete()
        corrected = lay_corrections(document, compiled.document, compiled.statements)
        plan, findings = compiled.plan, compiled.findings
        if corrected.as_read:
            plan, findings = examine(
                compiled.document, corrected.statements, load_pack(pack).catalogue
            )
        put_document(mine, compiled.document)
        _write(mine, compiled.document, compiled.statements, corrected, findings, kept)
        mine.state, mine.current, mine.finished_at = ReadingState.READY, True, at
        mine.done = mine.total = len(PARTS)
        mine.engine, mine.lease_until, mine.error = "", None, {}
        mine.save()
        document.format = compiled.document.format
        document.save(update_fields=["format"])
        document.plan = home_of(document, compiled.document.title)
        if not document.is_digest:
            # the text takes the place of the figures that stood for it
            digests = document.plan.documents.filter(format=DIGEST_FORMAT)
            Reading.objects.filter(document__in=digests).update(current=False)
        put_register(document.plan, mine, plan, at=at)
        record(
            "lay_digest" if document.is_digest else "read_document",
            document,
            by=None,
            at=at,
            # the figures of a pack have no file whose name would say what they are
            name=document.plan.title if document.is_digest else document.name,
            unit_path=document.plan.unit_path,
            after={
                "plan": document.plan_id,
                "statements": mine.statement_count,
                "checks": mine.check_count,
                "faults": mine.fault_count,
                "corrections": len(corrected.as_read),
                "resting": len(corrected.resting),
            },
        )
    return True


def reexamine(reading: Reading, *, at: datetime, pack: str = "gansu") -> None:
    """Register and audit again after a correction, inside the transaction of that act."""
    document = document_of(reading.block_record(), reading.canonical_text())
    rows = list(reading.statements.order_by("number"))
    as_read = [statement_of(row.as_read or row.record) for row in rows]
    corrected = lay_corrections(reading.document, document, as_read)
    plan, findings = examine(document, corrected.statements, load_pack(pack).catalogue)
    kept = _finding_keys(reading.document)
    reading.statements.all().delete()
    reading.findings.all().delete()
    _write(reading, document, as_read, corrected, findings, kept)
    reading.save(update_fields=["statement_count", "check_count", "fault_count"])
    put_register(reading.document.plan, reading, plan, at=at)


def _write(
    reading: Reading,
    document: Document,
    as_read: Sequence[Statement],
    corrected: Corrected,
    findings: Sequence[Finding],
    kept: dict[str, int],
) -> None:
    StatementRow.objects.bulk_create(statement_rows(reading, as_read, corrected), batch_size=500)
    rows = finding_rows(reading, document, corrected.statements, findings)
    for row in rows:
        row.pk = kept.pop(row.key, None)
    # rows that keep their number and new ones go in apart: the database numbers only the latter
    FindingRow.objects.bulk_create([row for row in rows if row.pk], batch_size=500)
    FindingRow.objects.bulk_create([row for row in rows if not row.pk], batch_size=500)
    reading.statement_count = len(corrected.statements)
    reading.check_count = len(rows)
    reading.fault_count = sum(row.is_fault for row in rows)


def _finding_keys(document: PlanDocument) -> dict[str, int]:
    """Numbers of the findings that are there, so that the same finding keeps its address."""
    found = FindingRow.objects.filter(reading__document=document).values_list("key", "pk")
    return dict(found)
