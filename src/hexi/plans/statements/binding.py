"""Binding (归口): a statement's names are led to the catalogue, its facets told, its trust weighed.

The grammar reads names as the document writes them; here 生产总值 and GDP meet under one
indicator, facets (国家级, 新增, 一期) are set apart so that figures of one indicator are not taken
for one fact, and the confidence says how much of the reading stands in the sentence itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from hexi.plans.statements.frames import Catalogue, DocumentFrame
from hexi.plans.statements.lexicon import alternatives, table, words
from hexi.plans.statements.reading import Reading
from hexi.plans.statements.statement import Modality, Statement

__all__ = ["OCR_TRUST", "Naming", "trust_in_cell", "trust_in_prose"]

#: trust in a reading by where its subject was said, and by its shape
_SUBJECT_TRUST = {"clause": 0.97, "group": 0.93, "section": 0.9, "document": 0.88}
_SHAPE_TRUST = {"inherited": 0.75, "capacity": 0.85, "invested": 0.8, "counted_after": 0.92}
#: trust in a figure that was read off a picture
OCR_TRUST = 0.7
_FLAG_TRUST = {"lost_point": 0.8, "implied_numeral": 0.85, "implied_unit": 0.8}


@cache
def _facets() -> re.Pattern[str]:
    every = {word for role in table("facets") for word in words("facets", role)}
    return re.compile(alternatives(tuple(sorted(every, key=lambda w: (-len(w), w)))))


_CRITERION = re.compile(
    r"(?:超过|过|超|达到|突破)?\d[\d.]*(?:亿|万|千万)?(?:美元|元|吨|人)(?:以上)?"
)


class Naming:
    """Leads names to identifiers of the catalogue; each name is looked up once."""

    def __init__(self, frame: DocumentFrame, catalogue: Catalogue | None) -> None:
        self._frame, self._catalogue = frame, catalogue
        self._indicators: dict[str, str] = {}
        self._subjects: dict[str, str] = {}
        self._named: dict[str, tuple[str, ...]] = {}

    def bind(self, statement: Statement) -> Statement:
        """A statement made elsewhere, with identifiers and facets."""
        return replace(
            statement,
            indicator_id=self.indicator(statement.indicator),
            subject_id=self.subject(statement.subject),
            facets=self.facets(statement.indicator),
        )

    def indicator(self, name: str) -> str:
        """Identifier of the catalogue, or empty."""
        if self._catalogue is None or not name:
            return ""
        if name not in self._indicators:
            plain = _facets().sub("", name) if not self._catalogue.find_indicator(name) else name
            found = self._catalogue.find_indicator(plain)
            self._indicators[name] = getattr(found, "id", "") if found else ""
        return self._indicators[name]

    def subject(self, name: str) -> str:
        """Identifier of the catalogue, or empty."""
        if self._catalogue is None or not name:
            return ""
        if name not in self._subjects:
            found = self._catalogue.find_unit(name)
            self._subjects[name] = getattr(found, "id", "") if found else ""
        return self._subjects[name]

    def facets(self, name: str) -> tuple[str, ...]:
        """Words of the name that keep its figure apart from others of the indicator."""
        if name not in self._named:
            found = [*_facets().findall(name), *_CRITERION.findall(name)]
            self._named[name] = tuple(dict.fromkeys(found))
        return self._named[name]

    def frame_period(
        self, period: str | None, modality: Modality, reading: Reading | None = None
    ) -> str | None:
        """The period that the passage takes for granted where the sentence gives none."""
        if period is not None or modality in ("threshold", "other"):
            return period
        if self._frame.horizon is None:
            return None
        if modality == "target":
            return str(self._frame.horizon[1])
        if reading is not None and reading.shape == "from":
            length = self._frame.horizon[1] - self._frame.horizon[0] + 1
            return str(self._frame.review_year - length)
        return str(self._frame.review_year)


def trust_in_prose(reading: Reading, *, dated: bool) -> float:
    """How much of a reading stands in its own sentence, 0 to 1."""
    trust = _SHAPE_TRUST.get(reading.shape, 0.97)
    for key, rule in reading.why:
        if key == "subject":
            trust *= _SUBJECT_TRUST.get(rule, 1.0)
    return _flagged(
        trust if dated else trust * 0.85, reading.figure.flags, reading.indicator, reading.subject
    )


def trust_in_cell(flags: tuple[str, ...], indicator: str, subject: str) -> float:
    """The same for a cell of a table, whose heads say what it is."""
    return _flagged(0.97, flags, indicator, subject)


def _flagged(trust: float, flags: tuple[str, ...], indicator: str, subject: str) -> float:
    for flag in flags:
        trust *= _FLAG_TRUST.get(flag, 1.0)
    return trust if indicator and subject else trust * 0.5
