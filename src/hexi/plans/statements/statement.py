"""A quantitative statement (数量陈述): of some subject, some indicator has some value.

The first block of fields is the exchange format that labelled documents use; the rest is Hexi's
own: what the reading rests on, how sure it is, and where the parts of the sentence stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

__all__ = ["Bound", "Measure", "Modality", "Statement"]

Measure = Literal[
    "level", "share", "growth_annual", "growth_yoy", "growth_total", "cumulative", "count", "rank"
]
Modality = Literal["actual", "target", "threshold", "other"]
Bound = Literal["eq", "ge", "le", "approx"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure of a document with everything that the document says about it."""

    doc: str
    #: offsets of the figure with its unit in the canonical text
    start: int
    end: int
    text: str
    subject: str
    indicator: str
    measure: Measure
    value: Decimal
    unit: str
    #: ``2020``, ``2016-2020``, ``2015-12``, ``2023-Q1`` or None
    period: str | None
    modality: Modality
    bound: Bound
    table: bool

    #: place in the document: index of the block, and of the cell inside a table block
    block: int = -1
    cell: int = -1
    #: canonical offsets of the sentence (or table row) that says it
    sentence: tuple[int, int] = (0, 0)
    #: headings above it, outermost first
    section: tuple[str, ...] = ()
    #: catalogue indicator and unit-of-account, where recognised
    indicator_id: str = ""
    subject_id: str = ""
    #: facets that keep apart figures of one indicator (国家级, 新增, 一期, 过1亿美元 …)
    facets: tuple[str, ...] = ()
    #: digits as printed (without unit), for the interval the figure stands for
    printed: str = ""
    #: the period itself, or, where the text gives none, the one that its passage takes for granted
    #: (the year under review, the last year of the plan)
    frame_period: str | None = None
    #: the period does not stand in the text near the figure but follows from its frame
    period_inferred: bool = False
    #: lost_point, ocr, implied_numeral, implied_unit, class_criterion, range, bracketed, subset …
    flags: tuple[str, ...] = ()
    #: 0 to 1
    confidence: float = 1.0
    #: why it was read so: (field, rule) pairs as data
    why: tuple[tuple[str, str], ...] = ()

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record: the exchange keys first, Hexi's own after them."""
        value: int | float = (
            int(self.value) if self.value == self.value.to_integral_value() else float(self.value)
        )
        return {
            "doc": self.doc,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "subject": self.subject,
            "indicator": self.indicator,
            "measure": self.measure,
            "value": value,
            # as written: 每亩350万元 is 万元, though the statement knows what it is per
            "unit": self.unit.rpartition("/")[0] if "per_one" in self.flags else self.unit,
            "period": self.period,
            "modality": self.modality,
            "bound": self.bound,
            "table": self.table,
            "indicator_id": self.indicator_id,
            "subject_id": self.subject_id,
            "facets": list(self.facets),
            "printed": self.printed,
            "frame_period": self.frame_period,
            "period_inferred": self.period_inferred,
            "flags": list(self.flags),
            "confidence": round(self.confidence, 2),
            "section": list(self.section),
            "sentence": list(self.sentence),
            "block": self.block,
            "cell": self.cell,
            "why": [list(pair) for pair in self.why],
        }
