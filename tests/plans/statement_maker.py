"""Statements made by hand (测试用陈述): fields said in the test, places found in the text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hexi.plans.documents import Document, read_document
from hexi.plans.statements.statement import Statement

__all__ = ["document", "say"]


def document(text: str, name: str = "规划.txt") -> Document:
    """A plain text as the readers give it."""
    return read_document(text.encode(), name=name)


def say(doc: Document, figure: str, after: str = "", **fields: Any) -> Statement:
    """A statement on the first ``figure`` that stands after the words ``after``."""
    start = doc.text.index(figure, doc.text.index(after) if after else 0)
    end = start + len(figure)
    block, cell = _stand(doc, start)
    digits = "".join(c for c in figure if c.isdigit() or c in ".-")
    values: dict[str, Any] = {
        "doc": doc.name,
        "start": start,
        "end": end,
        "text": figure,
        "subject": "全区",
        "indicator": "地区生产总值",
        "measure": "level",
        "value": Decimal(digits or "1"),
        "unit": figure.removeprefix(digits) or "%",
        "period": "2020",
        "modality": "target",
        "bound": "eq",
        "table": cell >= 0,
        "block": block,
        "cell": cell,
        "sentence": _sentence(doc, start),
        "printed": digits,
    }
    values.update(fields)
    if isinstance(values["value"], (int, str)):
        values["value"] = Decimal(values["value"])
    return Statement(**values)


def _stand(doc: Document, start: int) -> tuple[int, int]:
    for index, block in enumerate(doc.blocks):
        if block.start <= start < block.end:
            cells = [i for i, c in enumerate(block.cells) if c.start <= start < c.end]
            return index, cells[0] if cells else -1
    return -1, -1


def _sentence(doc: Document, start: int) -> tuple[int, int]:
    first = max(doc.text.rfind(mark, 0, start) for mark in "。\n") + 1
    ends = [end for mark in "。\n" if (end := doc.text.find(mark, start)) >= 0]
    return first, min(ends, default=len(doc.text) - 1) + 1
