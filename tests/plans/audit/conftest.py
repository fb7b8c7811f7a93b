"""Statements for the audit's tests: hand-written ones, and the labelled documents where present."""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from hexi.plans.documents import Document, read_document, read_text
from hexi.plans.statements.statement import Statement

_SHARED = Path(os.environ.get("HEXI_SHARED", Path(__file__).parents[4] / "shared"))


def place(document: Document, start: int) -> tuple[int, int]:
    """Block and cell that a figure stands in."""
    starts = [block.start for block in document.blocks]
    number = max(0, bisect_right(starts, start) - 1)
    for cell_number, cell in enumerate(document.blocks[number].cells):
        if cell.start <= start < cell.end:
            return number, cell_number
    return number, -1


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Canonical bounds of the sentence around a figure."""
    marks = "。！？!?\n"
    left = max(text.rfind(m, 0, start) for m in marks) + 1
    rights = [r for m in marks if (r := text.find(m, end)) >= 0]
    return left, min(rights, default=len(text))


def labelled(number: str) -> tuple[Document, list[Statement]]:
    """A labelled document with its gold statements; skips where it is not there."""
    gold = _SHARED / "gold" / f"{number}.jsonl"
    seeds = sorted((_SHARED / "seeds").glob(f"{number}_*"))
    if not gold.exists() or not seeds:
        pytest.skip("the labelled documents are not on this machine")
    document = read_document(seeds[0], name=number)
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    return document, [_statement(document, r) for r in records if r]


def _statement(document: Document, record: dict[str, object]) -> Statement:
    start, end = int(str(record["start"])), int(str(record["end"]))
    block, cell = place(document, start)
    note = str(record.get("note", ""))
    flags = ("lost_point",) if "\ue010" in str(record["text"]) else ()
    return Statement(
        doc=str(record["doc"]),
        start=start,
        end=end,
        text=str(record["text"]),
        subject=str(record["subject"]),
        indicator=str(record["indicator"]),
        measure=record["measure"],  # type: ignore[arg-type]
        value=Decimal(str(record["value"])),
        unit=str(record["unit"]),
        period=record["period"],  # type: ignore[arg-type]
        modality=record["modality"],  # type: ignore[arg-type]
        bound=record["bound"],  # type: ignore[arg-type]
        table=bool(record["table"]),
        block=block,
        cell=cell,
        sentence=sentence(document.text, start, end),
        flags=flags + (("range",) if "range" in note else ()),
        period_inferred="period inferred" in note,
    )


Say = Callable[..., Statement]


class Written:
    """A document of a few lines with statements said of it by their words."""

    def __init__(self, text: str, subject: str = "金河区") -> None:
        self.document = read_text(text, name="plan.txt")
        self.subject = subject
        self.statements: list[Statement] = []
        self._from = 0

    def say(
        self,
        words: str,
        indicator: str,
        value: str,
        unit: str,
        period: str | None = "2020",
        *,
        measure: str = "level",
        modality: str = "target",
        bound: str = "eq",
        subject: str | None = None,
        **more: object,
    ) -> Written:
        """The next place where ``words`` stand says this."""
        start = self.document.text.index(words, self._from)
        self._from = start + len(words)
        block, cell = place(self.document, start)
        self.statements.append(
            Statement(
                doc="plan.txt",
                start=start,
                end=start + len(words),
                text=words,
                subject=subject or self.subject,
                indicator=indicator,
                measure=measure,  # type: ignore[arg-type]
                value=Decimal(value),
                unit=unit,
                period=period,
                modality=modality,  # type: ignore[arg-type]
                bound=bound,  # type: ignore[arg-type]
                table=cell >= 0,
                block=block,
                cell=cell,
                sentence=sentence(self.document.text, start, start + len(words)),
                **more,  # type: ignore[arg-type]
            )
        )
        return self

    def anew(self) -> Written:
        """Look for the next words from the start of the text again."""
        self._from = 0
        return self


def plans(*written: Written) -> Sequence[tuple[Document, Sequence[Statement], None]]:
    """What ``audit`` takes."""
    return [(w.document, w.statements, None) for w in written]
