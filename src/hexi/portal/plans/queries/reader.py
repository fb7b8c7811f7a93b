"""The plan reader (规划原文阅读): one page of the text with marks, filters and outline."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from hexi.portal.core.lists import Pager, address_with, choices
from hexi.portal.core.models import Person
from hexi.portal.plans.models import FindingRow, PlanDocument, PlanRow, Reading, StatementRow
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.finding_lines import finding_lines
from hexi.portal.plans.queries.plan_page import document_name
from hexi.portal.plans.queries.statement_panel import DOUBTFUL
from hexi.portal.plans.queries.text_html import Mark, outline, pages_of, render

__all__ = ["ReadAnew", "documents_choices", "reader_context"]

_FIELDS = ("number", "start", "end", "modality", "measure", "corrected", "confidence", "block")


class ReadAnew(Exception):
    """The reading was replaced by a new one while its page was made."""


def reader_context(
    request: HttpRequest, row: PlanRow, reading: Reading, person: Person | None
) -> dict[str, Any]:
    """Everything the reader's template shows of one reading.

    A new reading takes the place of an old one in one transaction, and its text goes with it. The
    text is read last: where it is there, all that was read before it belonged to it.
    """
    statements = list(
        StatementRow.objects.filter(reading=reading).order_by("start").values(*_FIELDS)
    )
    checks = list(FindingRow.objects.filter(reading=reading).order_by("start"))
    record = reading.block_record()
    if not record:
        raise ReadAnew
    blocks = record["blocks"]
    at_fault = {n for check in checks if check.is_fault for n in check.statements}
    at_right = {n for check in checks if not check.is_fault for n in check.statements}
    marks = _marks(request, statements, at_fault, at_right)
    pages = pages_of(blocks)
    page = _page_number(request, statements, pages)
    first, last = pages[page]
    body = render(
        blocks,
        reading.canonical_text(),
        marks,
        first=first,
        last=last,
        plan=row.pk,
        title=record.get("title", ""),
        lost_title=_("A decimal point was lost in the file and has been read back."),
    )
    faults = [check for check in checks if check.is_fault]
    for check in faults:
        check.reading = reading
    return {
        "body": body,
        "outline": outline(blocks, first, last),
        "findings": finding_lines(faults, person),
        "notices": _notices(reading),
        "pager": _pager(request, page, len(pages)),
        "counts": {
            "statements": len(statements),
            "faults": len(faults),
            "corrected": sum(s["corrected"] for s in statements),
        },
        **_filters(request, statements, at_fault),
    }


def _notices(reading: Reading) -> list[str]:
    if reading.document.is_digest:
        return [
            _(
                "The document does not ship with Hexi. These are the figures taken from it, with "
                "their places. Upload the document to read it here beside them."
            )
        ]
    return list(reading.notices)


def documents_choices(
    request: HttpRequest, documents: list[PlanDocument], current: Reading | None
) -> list[Any]:
    """The plan's files, where there is more than one."""
    if len(documents) < 2:
        return []
    default = str(current.document_id) if current else ""
    entries = [(str(document.pk), document_name(document)) for document in documents]
    return choices(request, "document", entries, default=default)


def _marks(
    request: HttpRequest, statements: list[dict[str, Any]], at_fault: set[int], at_right: set[int]
) -> list[Mark]:
    modality, measure = request.GET.get("modality", ""), request.GET.get("measure", "")
    only, here = request.GET.get("only", ""), request.GET.get("s", "")
    marks = []
    for s in statements:
        number, doubtful = s["number"], s["confidence"] < DOUBTFUL
        classes = f"s s-{s['modality']}"
        if number in at_fault:
            classes += " s-fault"
        elif number in at_right:
            classes += " s-right"
        if s["corrected"]:
            classes += " s-corrected"
        if doubtful:
            classes += " s-doubt"
        kept = (
            (not modality or s["modality"] == modality)
            and (not measure or s["measure"] == measure)
            and (only != "fault" or number in at_fault)
            and (only != "corrected" or s["corrected"])
            and (only != "doubtful" or doubtful)
        )
        if not kept:
            classes += " s-off"
        if str(number) == here:
            classes += " s-here"
        marks.append(Mark(s["start"], s["end"], number, classes, s["modality"], s["measure"]))
    return marks


def _filters(
    request: HttpRequest, statements: list[dict[str, Any]], at_fault: set[int]
) -> dict[str, Any]:
    """Choices with their counts."""

    def tally(field: str) -> dict[str, int]:
        counts: dict[str, int] = {}
        for s in statements:
            counts[s[field]] = counts.get(s[field], 0) + 1
        return counts

    modalities, measures = tally("modality"), tally("measure")
    corrected = sum(s["corrected"] for s in statements)
    doubtful = sum(s["confidence"] < DOUBTFUL for s in statements)
    return {
        "modalities": choices(
            request,
            "modality",
            [("", _("All"), len(statements))]
            + [(k, str(v), modalities.get(k, 0)) for k, v in words.MODALITIES.items()],
        ),
        "measures": choices(
            request,
            "measure",
            [("", _("All measures"), len(statements))]
            + [(k, str(v), measures[k]) for k, v in words.MEASURES.items() if k in measures],
        ),
        "only": choices(
            request,
            "only",
            [
                ("", _("All statements"), len(statements)),
                ("fault", _("In a finding"), len(at_fault)),
                ("corrected", _("Corrected"), corrected),
                ("doubtful", _("Doubtful reading"), doubtful),
            ],
        ),
        "legend": [{"key": key, "label": str(label)} for key, label in words.MODALITIES.items()],
    }


def _page_number(
    request: HttpRequest, statements: list[dict[str, Any]], pages: list[tuple[int, int]]
) -> int:
    """The page asked for, or the one with the figure asked for."""
    asked, here = request.GET.get("page", ""), request.GET.get("s", "")
    if asked.isdecimal():
        return min(max(int(asked), 1), len(pages)) - 1
    for s in statements:
        if str(s["number"]) == here:
            return next((k for k, (a, b) in enumerate(pages) if a <= s["block"] < b), 0)
    return 0


def _pager(request: HttpRequest, page: int, pages: int) -> Pager | None:
    if pages == 1:
        return None

    def address(number: int) -> str:
        base = address_with(request, s="")
        return f"{base}{'&' if '?' in base else '?'}page={number}"

    return Pager(
        number=page + 1,
        pages=pages,
        total=pages,
        previous_url=address(page) if page else "",
        next_url=address(page + 2) if page + 1 < pages else "",
    )
