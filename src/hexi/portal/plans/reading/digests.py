"""Digests in the library (数字摘录入库): plans of the pack are shown by their figures.

The pack has the figures of plan documents, not their text. Until somebody uploads the text, the
digest stands in its place as a document of the format ``figures``: it is read, searched, corrected
and audited like any other. A text that has been read takes its place; without one it comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hexi.catalogue import Pack
from hexi.plans.digest import DIGEST_FORMAT, digest
from hexi.portal.plans.models import PlanDocument, PlanRow, Reading, ReadingState
from hexi.portal.plans.reading.engine import Compiled
from hexi.portal.plans.reading.store import store

__all__ = ["lay_digest", "lay_digests"]

_WORKER = "pack"


def lay_digests(pack: Pack, plans: Mapping[str, PlanRow], *, at: datetime) -> int:
    """A digest for each plan that the pack has figures of; returns how many were laid."""
    return sum(lay_digest(row, pack, at=at) for row in plans.values())


def lay_digest(row: PlanRow, pack: Pack, *, at: datetime) -> bool:
    """Write the plan's digest anew, unless the pack has no figures or a text has been read."""
    if not pack.figures_of(row.pack_id) or _has_text(row):
        return False
    made = digest(pack, row.pack_id)
    with transaction.atomic():
        document = row.documents.filter(format=DIGEST_FORMAT).first() or PlanDocument(
            plan=row, format=DIGEST_FORMAT, uploaded_at=at
        )
        document.name, document.digest = made.document.name, made.document.digest
        document.size, document.uploaded_by = len(made.document.text.encode()), ""
        document.save()
        reading = Reading.objects.create(
            document=document,
            state=ReadingState.READING,
            worker=_WORKER,
            queued_at=at,
            started_at=at,
        )
        compiled = Compiled(made.document, list(made.statements), made.plan, list(made.findings))
        return store(reading, compiled, at=at, pack=pack.id)


def _has_text(row: PlanRow) -> bool:
    texts = row.documents.exclude(format=DIGEST_FORMAT)
    return Reading.objects.filter(document__in=texts, current=True).exists()
