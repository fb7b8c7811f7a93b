"""A batch as its page shows it (批次页面): counts, lines, answers in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hexi.portal.returns import form_book
from hexi.portal.returns.models import Batch, BatchLine, BatchState, LineState

__all__ = [
    "BatchCard",
    "Line",
    "batch_card",
    "batch_cards",
    "heads",
    "lines_of",
    "said",
    "table_rows",
]

LAMPS = {
    LineState.GOOD: "met",
    LineState.SAME: "unknown",
    LineState.ASKED: "running",
    LineState.REFUSED: "failed",
    LineState.APPLIED: "met",
}


@dataclass(frozen=True, slots=True)
class BatchCard:
    """One batch and how far it is."""

    row: Batch
    counts: dict[str, int]
    #: lines whose applying nothing stands against
    ready: int
    asked: int
    error: dict[str, str] = field(default_factory=dict)

    @property
    def percent(self) -> int:
        """Done, of a hundred."""
        return 100 * self.row.done // self.row.total if self.row.total else 0

    @property
    def applied(self) -> bool:
        """Has it been applied?"""
        return self.row.state == BatchState.APPLIED

    @property
    def kinds(self) -> list[tuple[str, str, int]]:
        """States as a filter shows them."""
        return [(str(n["state"]), str(n["label"]), int(n["count"])) for n in self.numbers]

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """Lines by state, each with its word."""
        return [
            {"state": state, "label": state.label, "count": self.counts[state], "lamp": lamp}
            for state, lamp in LAMPS.items()
            if self.counts.get(state)
        ]


@dataclass(frozen=True, slots=True)
class Line:
    """One line and what is said of it."""

    row: BatchLine
    title: str
    lamp: str
    answers: list[dict[str, str]]
    changes: list[dict[str, str]]


def batch_cards(rows: Iterable[Batch]) -> list[BatchCard]:
    """Batches with their counts, however many in two questions."""
    kept = list(rows)
    lines = BatchLine.objects.filter(batch__in=kept).only("state", "confirmed", "batch_id")
    by_batch: dict[int, list[BatchLine]] = {row.pk: [] for row in kept}
    for line in lines:
        by_batch[line.batch_id].append(line)
    cards = []
    for row in kept:
        counts = Counter(line.state for line in by_batch[row.pk])
        ready = sum(line.open for line in by_batch[row.pk])
        error = said(row.error) if row.error else {}
        cards.append(BatchCard(row, dict(counts), ready, counts.get(LineState.ASKED, 0), error))
    return cards


def batch_card(row: Batch) -> BatchCard:
    """One batch with its counts."""
    return batch_cards([row])[0]


def lines_of(rows: Iterable[BatchLine]) -> list[Line]:
    """Lines as the page shows them."""
    return [
        Line(row, _title(row), LAMPS[LineState(row.state)], [said(a) for a in row.answers],
             row.changes)
        for row in rows
    ]  # fmt: skip


def said(answer: dict[str, str]) -> dict[str, str]:
    """An answer in the reader's language, with its place."""
    suffix = "_en" if get_language() == "en" else ""
    sheet, cell = answer.get("sheet", ""), answer.get("cell", "")
    place = f"{sheet} {cell}".strip()
    row, _space, column = cell.partition(" ")
    if not sheet and row.isdecimal() and column:  # of a table
        place = _("row %(row)s, column %(column)s") % {"row": row, "column": column}
    return {
        "code": answer["code"],
        "severity": answer.get("severity", "refused"),
        "kind": answer.get("kind", ""),
        "place": place,
        "message": answer.get(f"message{suffix}") or answer.get("message", ""),
        "remedy": answer.get(f"remedy{suffix}") or answer.get("remedy", ""),
    }


def _title(row: BatchLine) -> str:
    if not row.form or not row.period:
        return row.reporter_name or row.reporter_code
    known = row.form in form_book.book().ids
    period = form_book.period_label(row.form, row.period) if known else str(row.period)
    name = row.reporter_name or row.reporter_code
    return " · ".join((name, form_book.form_name(row.form), period))


def heads() -> list[str]:
    """Heads of the list as a file, in words."""
    return [_("File"), _("Reporter"), _("Form"), _("Period"), _("State"), _("Sheet"), _("Cell"),
            _("What is said"), _("What to do")]  # fmt: skip


def table_rows(batch: Batch) -> list[list[str]]:
    """A row for every answer, and one for a line without any."""
    table = []
    for row in batch.lines.order_by("number"):
        state = str(row.get_state_display())
        start = [row.name, row.reporter_code, row.form, str(row.period or ""), state]
        for answer in row.answers or [{}]:
            if not answer:
                table.append([*start, "", "", "", ""])
                continue
            words = said(answer)
            places = [answer.get("sheet", ""), answer.get("cell", "")]
            table.append([*start, *places, words["message"], words["remedy"]])
    return table
