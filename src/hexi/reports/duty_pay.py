"""The table for pay systems as a workbook (绩效结果表): one row a holder, handed over as a file."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from hexi.assessment.duty.paying import PAY_HEADS
from hexi.reports.legal_text import legal

__all__ = ["render"]

_FIGURES = ("base", "points", "score")


def render(rows: Sequence[Mapping[str, Any]], *, at: datetime | None = None) -> bytes:
    """`hexi.assessment.duty.pay_rows` as xlsx; the same rows give the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": (at or datetime(2000, 1, 1)).replace(tzinfo=None)})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
    figure = book.add_format({"num_format": "0.00"})
    page = book.add_worksheet("绩效结果")
    page.freeze_panes(1, 3)
    for column, (key, text) in enumerate(PAY_HEADS.items()):
        page.write_string(0, column, text, head)
        page.set_column(column, column, 26 if key in ("name", "data") else 12)
    for place, row in enumerate(rows, 1):
        for column, key in enumerate(PAY_HEADS):
            value = row[key]
            if value is None:
                continue
            if isinstance(value, int | float):
                page.write_number(place, column, value, figure if key in _FIGURES else None)
            else:
                page.write_string(place, column, legal(str(value)))
    book.close()
    return buffer.getvalue()
