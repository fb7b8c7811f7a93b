"""Word a part of a report (修改报告文字): one's own sentence, or an answer to a blank."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.monitoring.evaluation.nouns import Evaluation
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.told import tell
from hexi.portal.evaluations.drafts import held_draft
from hexi.portal.evaluations.models import EvaluationReport, Wording

__all__ = ["word_evaluation"]

_MOST = 4000


def word_evaluation(
    report_id: int,
    part: str,
    language: str,
    text: str,
    *,
    by: Person | None,
    at: datetime,
    seen: str | None = None,
) -> EvaluationReport:
    """Keep the words; empty ones bring the computed sentence back.

    ``seen`` is the text the writer had before him: where somebody wrote another in between, the
    step is refused and nobody's words are lost."""
    with transaction.atomic():
        row = held_draft(report_id, by)
        base = _computed(row.evaluation(), part, language)
        kept = Wording.objects.filter(report=row, part=part, language=language).first()
        before = kept.text if kept else base
        words = text.strip()
        tell(_faults(words, before, seen, part))
        if words == before:
            return row
        if not words or words == base:
            Wording.objects.filter(report=row, part=part, language=language).delete()
        else:
            Wording.objects.update_or_create(
                report=row,
                part=part,
                language=language,
                defaults={
                    "text": words,
                    "base": base,
                    "by_name": by.name if by else "",
                    "at": at,
                },
            )
        record(
            "word_evaluation",
            row,
            by=by,
            at=at,
            unit_path=row.plan.unit_path,
            before={"part": part, "text": before},
            after={"part": part, "text": words or base},
        )
    return row


def _faults(words: str, before: str, seen: str | None, part: str) -> list[Refusal]:
    faults = []
    if seen is not None and seen.strip() != before.strip():
        faults.append(
            Refusal(
                "changed_meanwhile",
                _("Somebody else worded this part meanwhile."),
                _("Read what stands there now and write again."),
                place=part,
                status=409,
            )
        )
    if len(words) > _MOST:
        faults.append(
            Refusal(
                "too_long",
                _("A part of the report has at most 4,000 characters."),
                _("Shorten it."),
                place=part,
            )
        )
    return faults


def _computed(report: Evaluation, part: str, language: str) -> str:
    """What the report itself says there; a blank says nothing."""
    if language not in ("zh", "en"):
        raise NotFound
    for sentence in report.sentences():
        if sentence.key == part:
            return sentence.said.en if language == "en" else sentence.said.zh
    if any(blank.key == part for blank in report.blanks()):
        return ""
    raise NotFound
