"""A screening as it is printed (筛查意见表): the record with its overrides."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from hexi.admission import Space
from hexi.portal.admission.models import ScreeningRecord
from hexi.portal.admission.queries.shown import shown_answer
from hexi.portal.admission.rulebook import lang, rulebook, space_on
from hexi.portal.core.names import name_of
from hexi.reports.admission_paper import Paper, PaperInput, PaperOverride, PaperRule

__all__ = ["paper_of"]


def paper_of(row: ScreeningRecord) -> Paper:
    """Everything that stands on the page, in the reader's language."""
    book = rulebook()
    space = space_on(book, row.day)
    overrides = list(row.overrides.all())
    shown = shown_answer(row.answer, book, space, overrides)
    titles = {line.id: line.title for line in shown.rules}
    return Paper(
        number=row.number,
        name=row.called,
        unit=name_of(row.unit),
        day=row.day,
        edition=row.edition,
        result=shown.result,
        result_label=shown.result_label,
        sentence=shown.sentence,
        note=row.note,
        by=row.by_name,
        kept_at=date_format(timezone.localtime(row.at), "Y-m-d H:i"),
        inputs=tuple(
            PaperInput(
                field.named(lang()),
                _told(space, name, value),
                field.unit,
                name in row.taken,
            )
            for name, value in row.inputs.items()
            if (field := book.fields.get(name))
        ),
        rules=tuple(
            PaperRule(
                line.title, line.severity_label, line.outcome, line.outcome_label, line.values,
                line.sentence, line.law, line.assumed, line.ways,
            )
            for line in shown.rules
        ),
        gaps=tuple((gap.title, gap.rules) for gap in shown.gaps),
        overrides=tuple(
            PaperOverride(
                titles.get(one.rule, one.rule), one.by_name, one.day, one.reason, one.document,
                one.withdrawn_by, one.withdrawn_reason,
            )
            for one in overrides
        ),
    )  # fmt: skip


def _told(space: Space, name: str, value: Any) -> str:
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, int | float):
        return f"{value:,.10g}"
    return space.say(name, str(value), lang())
