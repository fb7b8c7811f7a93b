"""The side panel of a figure (数量详情): its fields, its sums, its twins, its corrections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.scope import one_visible
from hexi.portal.plans.acts.correct_statement import FIELDS
from hexi.portal.plans.models import CorrectionRow, FindingRow, PlanRow, StatementRow
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.finding_lines import FindingLine, finding_lines
from hexi.portal.plans.queries.lines import may_on
from hexi.portal.plans.queries.plan_page import correction_line, field_text

__all__ = [
    "StatementPanel",
    "flag_labels",
    "passages",
    "statement_of_plan",
    "statement_panel",
]

#: below this, the reading itself is not sure
DOUBTFUL = 0.6
#: twins shown at most; the rest are a search away
MOST_TWINS = 12
_TORN = re.compile(r"\s*[\r\n]+\s*")
_BLANKS = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class StatementPanel:
    """Everything a person wants to know about one figure."""

    number: int
    url: str
    text: str
    value: str
    unit: str
    fields: list[dict[str, Any]]
    sentence: dict[str, str]
    section: list[str]
    confidence: str
    confidence_label: str
    flags: list[str]
    findings: list[FindingLine]
    twins: list[dict[str, Any]]
    corrections: list[dict[str, Any]]
    may_correct: bool
    correct_url: str
    previous_url: str
    next_url: str
    text_url: str


def statement_of_plan(plan: PlanRow, number: int, person: Person | None) -> StatementRow:
    """The statement of this number in the plan's current reading."""
    rows = StatementRow.objects.select_related("reading__document__plan__unit")
    row: StatementRow = one_visible(
        rows.order_by("reading__document"),
        person,
        reading__document__plan=plan,
        reading__current=True,
        number=number,
    )
    return row


def statement_panel(row: StatementRow, person: Person | None) -> StatementPanel:
    """The panel of one statement that the person may see."""
    plan = row.reading.document.plan
    base = f"/plans/{plan.pk}/statements/"
    text = row.reading.canonical_text()
    record = row.record
    may = may_on(person, plan)["correct"]
    corrections = CorrectionRow.objects.filter(
        document=row.reading.document, statement=row.number
    ).order_by("-id")
    last = row.reading.statement_count - 1
    return StatementPanel(
        number=row.number,
        url=f"{base}{row.number}/",
        text=row.text,
        value=words.figure(row.value),
        unit=row.unit,
        fields=_fields(row, may),
        sentence=_sentence(text, record, row.start, row.end),
        section=list(record.get("section", ())),
        confidence=f"{row.confidence:.0%}",
        confidence_label=_("Doubtful") if row.confidence < DOUBTFUL else _("Sure"),
        flags=flag_labels(record),
        findings=_findings_of(row, person),
        twins=_twins(row, text, person),
        corrections=[correction_line(c, may) for c in corrections],
        may_correct=may,
        correct_url=f"{base}{row.number}/correct/",
        previous_url=f"{base}{row.number - 1}/" if row.number > 0 else "",
        next_url=f"{base}{row.number + 1}/" if row.number < last else "",
        text_url=f"/plans/{plan.pk}/text/?s={row.number}#s{row.number}",
    )


def passages(rows: Sequence[StatementRow], text: str, plan: int) -> list[dict[str, Any]]:
    """Figures with the sentence around each, for a table of what a finding rests on."""
    return [
        {
            "number": row.number,
            "text": row.text,
            "sentence": _sentence(text, row.record, row.start, row.end),
            "section": list(row.record.get("section", ())),
            "text_url": f"/plans/{plan}/text/?s={row.number}#s{row.number}",
        }
        for row in rows
    ]


def _fields(row: StatementRow, may: bool) -> list[dict[str, Any]]:
    why = {field: rule for field, rule in row.record.get("why", ())}
    lines = []
    for name, allowed in FIELDS.items():
        value = row.record.get(name)
        read = row.as_read.get(name, value)
        text = "" if value is None else str(value)
        options = None
        if allowed is not None:
            options = [
                {"value": code, "label": field_text(name, code), "selected": code == text}
                for code in allowed
            ]
        lines.append(
            {
                "name": name,
                "label": words.label(words.FIELDS, name),
                "value": text,
                "display": field_text(name, value),
                "read": field_text(name, read),
                "corrected": row.corrected and read != value,
                "why": words.label(words.RULES, why.get(name, "")),
                "choices": options,
                "editable": may,
            }
        )
    return lines


def _sentence(text: str, record: dict[str, Any], start: int, end: int) -> dict[str, str]:
    first, last = record.get("sentence") or (start, end)
    first, last = min(first, start), max(last, end)
    return {
        "before": _one_line(text[first:start]),
        "figure": _one_line(text[start:end]),
        "after": _one_line(text[end:last]),
    }


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", _TORN.sub("", text))


def flag_labels(record: dict[str, Any]) -> list[str]:
    """What the reading noticed about the figure, in words."""
    labels = {
        "lost_point": _("A decimal point was lost in the file and has been read back."),
        "ocr": _("Read from a picture by character recognition."),
        "implied_numeral": _("The number is said in words."),
        "implied_unit": _("The unit does not stand beside the figure."),
        "class_criterion": _("A criterion of a class, not a figure of the area."),
        "range": _("One end of a range."),
        "bracketed": _("In brackets beside another figure."),
        "subset": _("A part of a figure before it."),
    }
    flags = [str(labels[flag]) for flag in record.get("flags", ()) if flag in labels]
    if record.get("period_inferred"):
        flags.append(_("The period follows from the passage, not from the sentence."))
    return flags


def _findings_of(row: StatementRow, person: Person | None) -> list[FindingLine]:
    # which checks rest on it is a list in each of them; only those are read in full
    lists = FindingRow.objects.filter(reading=row.reading).values_list("pk", "statements")
    rows = list(FindingRow.objects.filter(pk__in=[pk for pk, on in lists if row.number in on]))
    for finding in rows:
        finding.reading = row.reading
    return finding_lines(sorted(rows, key=lambda f: not f.is_fault), person)


def _twins(row: StatementRow, text: str, person: Person | None) -> list[dict[str, Any]]:
    """Other passages on the same figure: in this document, and in other plans that may be seen."""
    same = Q(indicator=row.indicator)
    if row.indicator_id:
        same |= Q(indicator_id=row.indicator_id)
    rows = (
        StatementRow.objects.visible_to(person)
        .filter(same, subject=row.subject, period=row.period, reading__current=True)
        .filter(measure=row.measure)
        .exclude(pk=row.pk)
        .select_related("reading__document__plan")
        .order_by("reading__document", "number")[:MOST_TWINS]
    )
    lines = []
    texts = {row.reading_id: text}
    for twin in rows:
        if twin.reading_id not in texts:
            texts[twin.reading_id] = twin.reading.canonical_text()
        plan = twin.reading.document.plan
        equal = (twin.value, twin.unit) == (row.value, row.unit)
        lines.append(
            {
                "text": twin.text,
                "sentence": _sentence(texts[twin.reading_id], twin.record, twin.start, twin.end),
                "url": f"/plans/{plan.pk}/statements/{twin.number}/",
                "plan": plan.title,
                "same": equal,
                "note": _("The same") if equal else _("Another value"),
            }
        )
    return lines
