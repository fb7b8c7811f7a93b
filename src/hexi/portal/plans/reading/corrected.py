"""Corrections meet a reading (更正的套用): the figure is found again and its fields replaced.

A correction hangs on the place and text of a figure. When a better engine moves the place, the
figure is found by its text inside the same sentence; where that is not unique, the correction
rests and is shown as not found rather than put on the wrong figure.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hexi.plans.documents import Document
from hexi.plans.statements import Statement
from hexi.portal.plans.models import CorrectionRow

__all__ = ["Corrected", "apply_corrections", "sentence_of"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """Statements with corrections applied, and what the engine had read instead."""

    statements: list[Statement]
    #: statement number to field to the value as read
    as_read: dict[int, dict[str, Any]]
    #: corrections whose figure is not in this reading any more
    resting: list[CorrectionRow]


def apply_corrections(
    document: Document, statements: Sequence[Statement], corrections: Iterable[CorrectionRow]
) -> Corrected:
    """Put live corrections on the statements they belong to."""
    result = list(statements)
    as_read: dict[int, dict[str, Any]] = defaultdict(dict)
    resting: list[CorrectionRow] = []
    by_place = {(s.start, s.end): number for number, s in enumerate(statements)}
    by_words: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        by_words[(statement.text, sentence_of(document, statement))].append(number)
    for correction in corrections:
        found = by_place.get((correction.start, correction.end))
        if found is None or statements[found].text != correction.text:
            same = by_words.get((correction.text, correction.context), [])
            found = same[0] if len(same) == 1 else None
        if found is None:
            resting.append(correction)
            continue
        field = correction.field
        value = correction.after
        as_read[found].setdefault(field, getattr(statements[found], field))
        result[found] = dataclasses.replace(
            result[found], **{field: Decimal(value) if field == "value" else value}
        )
    return Corrected(result, dict(as_read), resting)


def sentence_of(document: Document, statement: Statement) -> str:
    """The words around a figure, without white space, at most 200 characters."""
    start, end = statement.sentence
    if end <= start:
        start, end = max(0, statement.start - 40), statement.end + 40
    return "".join(document.text[start:end].split())[:200]
