"""An evaluation as data (评估报告数据): what programs and the portal's API take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hexi.monitoring.evaluation.keeping import Edit, Edited
from hexi.monitoring.evaluation.nouns import (
    Chart,
    Evaluation,
    Language,
    Paragraph,
    Part,
    Section,
    Sheet,
)
from hexi.reports.report_numbers import numbered

__all__ = ["record"]


def record(
    evaluation: Evaluation, *, edits: Sequence[Edit] = (), language: Language = "zh"
) -> dict[str, Any]:
    """JSON-ready record in one language; sections are nested, evidence is a list beside them."""
    report = Edited(evaluation, language, edits)
    return {
        "kind": evaluation.kind,
        "plan": evaluation.plan,
        "title": evaluation.title.of(language),
        "owner": evaluation.owner.of(language),
        "as_of": evaluation.as_of.isoformat(),
        "year": evaluation.year,
        "language": language,
        "sections": [
            _section(number, section, report, 1)
            for number, section in numbered(evaluation.sections, language)
        ],
        "evidence": [
            {
                "number": number,
                "key": one.key,
                "kind": one.kind,
                "what": one.what.of(language),
                "value": one.value,
                "place": one.place,
                "link": one.link,
            }
            for number, one in enumerate(evaluation.evidence, 1)
        ],
    }


def _section(number: str, section: Section, report: Edited, level: int) -> dict[str, Any]:
    return {
        "key": section.key,
        "number": number,
        "title": section.title.of(report.language),
        "parts": [_part(part, report) for part in section.parts],
        "sections": [
            _section(below, inner, report, level + 1)
            for below, inner in numbered(section.sections, report.language, level + 1)
        ],
    }


def _part(part: Part, report: Edited) -> dict[str, Any]:
    if isinstance(part, Paragraph):
        return _paragraph(part, report)
    if isinstance(part, Sheet):
        return _sheet(part, report)
    if isinstance(part, Chart):
        return _chart(part, report)
    return {
        "type": "blank",
        "key": part.key,
        "prompt": part.prompt.of(report.language),
        "answer": report.answer(part),
    }


def _numbers(keys: Sequence[str], report: Edited) -> list[int]:
    return sorted({report.evaluation.number_of(key) for key in keys})


def _paragraph(part: Paragraph, report: Edited) -> dict[str, Any]:
    sentences = []
    for sentence in part.sentences:
        wording = report.sentence(sentence)
        sentences.append(
            {
                "key": sentence.key,
                "text": wording.text,
                "edited": wording.edited,
                "now": wording.now,
                "evidence": _numbers(sentence.evidence, report),
            }
        )
    return {"type": "paragraph", "key": part.key, "sentences": sentences}


def _sheet(part: Sheet, report: Edited) -> dict[str, Any]:
    language = report.language
    return {
        "type": "table",
        "key": part.key,
        "title": part.title.of(language),
        "head": [head.of(language) for head in part.head],
        "figures": list(part.figures),
        "rows": [
            {
                "key": row.key,
                "cells": [cell.of(language) for cell in row.cells],
                "evidence": _numbers(row.evidence, report),
                "blank": row.blank.key if row.blank else "",
                "choices": [one.of(language) for one in row.blank.choices] if row.blank else [],
                "answer": report.answer(row.blank) if row.blank else "",
            }
            for row in part.rows
        ],
    }


def _chart(part: Chart, report: Edited) -> dict[str, Any]:
    language = report.language
    return {
        "type": "chart",
        "key": part.key,
        "kind": part.kind,
        "title": part.title.of(language),
        "unit": part.measure_unit,
        "categories": [one.of(language) for one in part.categories],
        "lines": [
            {"name": line.name.of(language), "role": line.role, "values": list(line.values)}
            for line in part.lines
        ],
        "evidence": _numbers(part.evidence, report),
    }
