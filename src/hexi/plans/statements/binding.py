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
from hexi.plans.statements.statement import Statement

__all__ = ["Naming"]

#: trust in a reading by where its subject was said, and by its shape
_SUBJECT_TRUST = {"clause": 0.97, "group": 0.93, "section": 0.9, "document": 0.88}
_SHAPE_TRUST = {"inherited": 0.75, "capacity": 0.85, "invested": 0.8, "counted_after": 0.92}
_FLAG_TRUST = {"lost_point": 0.8, "ocr": 0.7, "implied_numeral": 0.85, "implied_unit": 0.8}


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

    def bind(self, statement: Statement, reading: Reading | None = None) -> Statement:
        """The statement with indicator and subject identifiers, facets and confidence."""
        return replace(
            statement,
            indicator_id=self._indicator(statement.indicator),
            subject_id=self._subject(statement.subject),
            facets=self._facets_of(statement.indicator),
            frame_period=self._frame_period(statement, reading),
            period_inferred=statement.period is not None
            and reading is not None
            and reading.moment_from in ("paragraph", ""),
            confidence=self._confidence(statement, reading),
        )

    def _indicator(self, name: str) -> str:
        if self._catalogue is None or not name:
            return ""
        if name not in self._indicators:
            plain = _facets().sub("", name) if not self._catalogue.find_indicator(name) else name
            found = self._catalogue.find_indicator(plain)
            self._indicators[name] = getattr(found, "id", "") if found else ""
        return self._indicators[name]

    def _subject(self, name: str) -> str:
        if self._catalogue is None or not name:
            return ""
        if name not in self._subjects:
            found = self._catalogue.find_unit(name)
            self._subjects[name] = getattr(found, "id", "") if found else ""
        return self._subjects[name]

    def _facets_of(self, name: str) -> tuple[str, ...]:
        if name not in self._named:
            found = [*_facets().findall(name), *_CRITERION.findall(name)]
            self._named[name] = tuple(dict.fromkeys(found))
        return self._named[name]

    def _frame_period(self, statement: Statement, reading: Reading | None) -> str | None:
        """The period that the passage takes for granted where the sentence gives none."""
        if statement.period is not None or statement.modality in ("threshold", "other"):
            return statement.period
        if self._frame.horizon is None:
            return None
        if statement.modality == "target":
            return str(self._frame.horizon[1])
        if reading is not None and reading.shape == "from":
            length = self._frame.horizon[1] - self._frame.horizon[0] + 1
            return str(self._frame.review_year - length)
        return str(self._frame.review_year)

    def _confidence(self, statement: Statement, reading: Reading | None) -> float:
        trust = 0.97 if statement.table else 1.0
        for flag in statement.flags:
            trust *= _FLAG_TRUST.get(flag, 1.0)
        if reading is not None:
            trust *= _SHAPE_TRUST.get(reading.shape, 0.97)
            trust *= next(
                (_SUBJECT_TRUST.get(rule, 1.0) for key, rule in reading.why if key == "subject"),
                1.0,
            )
            if statement.period is None and statement.modality in ("actual", "target"):
                trust *= 0.85
        if not statement.indicator or not statement.subject:
            trust *= 0.5
        return trust
