"""Writes workbooks (xlsx 测试文件)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter


def workbook(
    sheets: dict[str, Sequence[Sequence[str | float | None]]],
    *,
    merged: Sequence[tuple[str, int, int, int, int, str]] = (),
) -> bytes:
    """An xlsx file; ``merged``: sheet, first row and column, last row and column, text."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(at, column, value)
            for where, r0, c0, r1, c1, text in merged:
                if where == name:
                    sheet.merge_range(r0, c0, r1, c1, text)
    return out.getvalue()
