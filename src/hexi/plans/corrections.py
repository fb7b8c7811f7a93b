"""Corrections (更正): what a person says a figure means, laid over the reading.

A correction is kept apart from the reading and anchored by words, not by offsets: the figure as
printed, the sentence or table row around it, which of equal figures in that sentence it is, and
which of equal sentences. So it survives when the document is read again by a better engine or
comes back with text inserted before it. Where the sentence itself was edited, the figure is found
in the one sentence that is nearly the same; where that is in doubt, the correction rests and is
reported rather than put on the wrong figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from hexi import calendar
from hexi.plans.documents.document import Document
from hexi.plans.statements.statement import Bound, Measure, Modality, Statement

__all__ = [
    "FIELDS",
    "Anchor",
    "Corrected",
    "Correction",
    "CorrectionError",
    "anchor_of",
    "apply_corrections",
]

#: how alike an edited sentence must be (Dice of character pairs), and by how much it must lead
_ALIKE = 0.7
_LEAD = 0.05
_CONTEXT = 40


class CorrectionError(ValueError):
    """A correction that no statement can take: unknown field, or a value of the wrong form."""

    def __init__(self, field_: str, value: str, expected: str) -> None:
        super().__init__(f"不能更正 {field_} 为 {value!r}：应为{expected}")
        self.field, self.value, self.expected = field_, value, expected


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words a correction hangs on; white space never counts."""

    #: the figure with its unit, as printed
    figure: str
    #: the sentence or table row around it
    sentence: str
    #: which of the equal figures in the sentence, from 0
    ordinal: int = 0
    #: which of the equal sentences in the document, from 0
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one figure, with who said so, when and why."""

    anchor: Anchor
    field: str
    value: str | None
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """Statements with the corrections on them."""

    statements: tuple[Statement, ...]
    #: position of a statement -> field -> what had been read
    as_read: dict[int, dict[str, Any]] = field(default_factory=dict)
    #: corrections whose figure is not, or not surely, in this reading
    resting: tuple[Correction, ...] = ()


def _choice(kind: Any, words: str) -> Callable[[str, str | None], Any]:
    allowed = frozenset(get_args(kind))

    def read(name: str, value: str | None) -> Any:
        if value not in allowed:
            raise CorrectionError(name, str(value), f"{words}（{'、'.join(sorted(allowed))}）")
        return value

    return read


def _text(name: str, value: str | None) -> str:
    if value is None or len(value) > 300:
        raise CorrectionError(name, str(value), "不超过 300 字的文字")
    return value.strip()


def _number(name: str, value: str | None) -> Decimal:
    try:
        number = Decimal(value or "")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise CorrectionError(name, str(value), "数字")
    return number


def _period(name: str, value: str | None) -> str | None:
    if not value:
        return None
    try:
        calendar.parse(value)
    except ValueError:
        raise CorrectionError(name, value, "时期（2020、2016-2020、2015-12、2023-Q1）") from None
    return value


def _facets(name: str, value: str | None) -> tuple[str, ...]:
    return tuple(part for part in _text(name, value or "").replace("，", "、").split("、") if part)


#: what may be corrected, and how a value is read
FIELDS: dict[str, Callable[[str, str | None], Any]] = {
    "subject": _text,
    "indicator": _text,
    "measure": _choice(Measure, "计量方式"),
    "value": _number,
    "unit": _text,
    "period": _period,
    "modality": _choice(Modality, "性质"),
    "bound": _choice(Bound, "界限"),
    "subject_id": _text,
    "indicator_id": _text,
    "facets": _facets,
}


def anchor_of(document: Document, statements: Sequence[Statement], position: int) -> Anchor:
    """The anchor of a statement, for a correction that is being made."""
    return _anchors(document, statements)[position]


def apply_corrections(
    document: Document, statements: Sequence[Statement], corrections: Iterable[Correction]
) -> Corrected:
    """Lay corrections over a reading; of two on one field the later one holds."""
    ordered = sorted(corrections, key=lambda correction: correction.at)
    if not ordered:
        return Corrected(tuple(statements))
    finder = _Finder(_anchors(document, statements))
    result = list(statements)
    as_read: dict[int, dict[str, Any]] = defaultdict(dict)
    resting: list[Correction] = []
    for correction in ordered:
        reader = FIELDS.get(correction.field)
        if reader is None:
            raise CorrectionError(correction.field, str(correction.value), "可更正的字段")
        position = finder.find(correction.anchor)
        if position is None:
            resting.append(correction)
            continue
        before = getattr(statements[position], correction.field)
        as_read[position].setdefault(correction.field, before)
        result[position] = _corrected(result[position], correction, reader)
    return Corrected(tuple(result), dict(as_read), tuple(resting))


def _corrected(
    statement: Statement, correction: Correction, reader: Callable[[str, str | None], Any]
) -> Statement:
    flags = statement.flags if "corrected" in statement.flags else (*statement.flags, "corrected")
    kept = tuple(pair for pair in statement.why if pair[0] != correction.field)
    changes: dict[str, Any] = {
        correction.field: reader(correction.field, correction.value),
        "flags": flags,
        "why": (*kept, (correction.field, f"corrected by {correction.by}: {correction.reason}")),
        "confidence": 1.0,
    }
    return replace(statement, **changes)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _sentence(document: Document, statement: Statement) -> tuple[int, int]:
    start, end = statement.sentence
    if start <= statement.start and statement.end <= end and end > start:
        return start, end
    return max(0, statement.start - _CONTEXT), statement.end + _CONTEXT


def _anchors(document: Document, statements: Sequence[Statement]) -> list[Anchor]:
    """Anchors of all statements, in one pass over them in text order."""
    order = sorted(range(len(statements)), key=lambda i: statements[i].start)
    anchors: list[Anchor | None] = [None] * len(statements)
    ordinals: dict[tuple[tuple[int, int], str], int] = defaultdict(int)
    occurrences: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for position in order:
        statement = statements[position]
        span = _sentence(document, statement)
        sentence = _squeezed(document.text[span[0] : span[1]])
        figure = _squeezed(statement.text)
        equal = occurrences[sentence]
        occurrence = equal.setdefault(span, len(equal))
        ordinal = ordinals[span, figure]
        ordinals[span, figure] += 1
        anchors[position] = Anchor(figure, sentence, ordinal, occurrence)
    return [anchor for anchor in anchors if anchor is not None]


class _Finder:
    """Finds the statement that an anchor means in this reading."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self._exact = {anchor: position for position, anchor in enumerate(anchors)}
        self._by_figure: dict[str, list[tuple[int, Anchor]]] = defaultdict(list)
        for position, anchor in enumerate(anchors):
            self._by_figure[anchor.figure].append((position, anchor))

    def find(self, anchor: Anchor) -> int | None:
        """Its position: by the same words, else in the one sentence that is nearly the same."""
        found = self._exact.get(anchor)
        if found is not None:
            return found
        same = self._by_figure.get(_squeezed(anchor.figure), [])
        worded = [
            (position, other)
            for position, other in same
            if other.sentence == anchor.sentence and other.ordinal == anchor.ordinal
        ]
        if worded:
            # fewer equal sentences than before: only a single one is surely meant
            return worded[0][0] if len(worded) == 1 else None
        return _nearest(anchor, same)


def _nearest(anchor: Anchor, candidates: Sequence[tuple[int, Anchor]]) -> int | None:
    pairs = _pairs(anchor.sentence)
    scored = sorted(
        (
            (_dice(pairs, _pairs(other.sentence)), other.ordinal == anchor.ordinal, position)
            for position, other in candidates
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < _ALIKE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _LEAD:
        same_sentence = scored[0][0] == scored[1][0] and scored[0][1] and not scored[1][1]
        return scored[0][2] if same_sentence else None
    return scored[0][2]


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _dice(first: frozenset[str], second: frozenset[str]) -> float:
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))
