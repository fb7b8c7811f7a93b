"""Corrections meet a reading (更正的套用): the figure is found again by its words."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence

from hexi.plans.corrections import Anchor, Corrected, apply_corrections
from hexi.plans.documents import Document
from hexi.plans.statements import Statement
from hexi.portal.plans.models import CorrectionRow, PlanDocument

__all__ = ["anchor_key", "lay_corrections"]


def lay_corrections(
    row: PlanDocument, document: Document, statements: Sequence[Statement]
) -> Corrected:
    """Apply the live corrections of a document; note on all, the withdrawn too, where they are."""
    every = list(row.corrections.all())
    for correction in every:
        met = apply_corrections(document, statements, [correction.as_engine()])
        correction.statement = next(iter(met.as_read), None)
    CorrectionRow.objects.bulk_update(every, ["statement"])
    live = [correction.as_engine() for correction in every if correction.withdrawn_at is None]
    return apply_corrections(document, statements, live)


def anchor_key(anchor: Anchor) -> str:
    """A short name for the words of an anchor."""
    words = json.dumps(dataclasses.astuple(anchor), ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()
