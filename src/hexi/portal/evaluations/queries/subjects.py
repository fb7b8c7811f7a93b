"""What a plan of the library offers to be evaluated (评估对象取数).

A plan of the pack brings its targets as data; one that has a text brings tasks and projects of its
current reading, corrections included.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.conf import settings

from hexi.catalogue import load_pack
from hexi.monitoring.evaluation import Subject, subject_of_document, subject_of_pack_plan
from hexi.monitoring.evaluation.nouns import Said
from hexi.portal.plans.models import PlanRow, Reading
from hexi.portal.plans.reading.engine import examine
from hexi.portal.plans.reading.records import document_of, statement_of

__all__ = ["subject_of"]


def subject_of(row: PlanRow, at: date) -> Subject:
    """The plan as known on a day."""
    pack = load_pack(settings.HEXI.pack)
    reading = (
        Reading.objects.filter(document__plan=row, current=True).order_by("document_id").first()
    )
    if reading is None:
        if row.pack_id:
            return subject_of_pack_plan(pack, row.pack_id, at)
        return _bare(row)
    document = document_of(reading.block_record(), reading.canonical_text())
    found = [statement_of(kept.record) for kept in reading.statements.order_by("number")]
    plan, _lines = examine(document, found, pack.catalogue)
    read = subject_of_document(plan, found, pack, at)
    if not row.pack_id:
        return read
    # the row says which plan it is, whatever title the file bears
    own = subject_of_pack_plan(pack, row.pack_id, at)
    return replace(own, tasks=read.tasks, projects=read.projects, has_document=True)


def _bare(row: PlanRow) -> Subject:
    """A plan whose text was removed: nothing to judge, which the report says."""
    name = row.unit.name if row.unit else ""
    english = (row.unit.name_en or name) if row.unit else ""
    return Subject(
        str(row.pk),
        Said(row.title, row.title),
        Said(name, english),
        row.first_year,
        row.last_year,
        (),
    )
