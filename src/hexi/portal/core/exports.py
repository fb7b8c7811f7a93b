"""Tables and plans as files (导出): CSV, Excel and JSON of what the page shows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from django.http import HttpResponse

from hexi.portal.core.refusal import NotFound
from hexi.reports.legal_text import inert

__all__ = ["FORMATS", "TYPES", "attachment", "table_response"]

FORMATS = ("csv", "xlsx", "json")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}
_NUMBER = re.compile(r"^[−-]?[\d,]+(\.\d+)?$")


def table_response(
    suffix: str, name: str, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]
) -> HttpResponse:
    """The table in the format asked for."""
    makers = {"csv": _csv, "xlsx": _xlsx, "json": _json}
    if suffix not in makers:
        raise NotFound
    return attachment(makers[suffix](title, head, rows), f"hexi-{name}.{suffix}")


def attachment(content: bytes, name: str) -> HttpResponse:
    """A file to be saved."""
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(_title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(head)
    for row in rows:
        writer.writerow([inert(cell) for cell in row])
    # the mark lets spreadsheet programs know that it is UTF-8
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _xlsx(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "Hexi")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})
    sheet.freeze_panes(1, 0)
    for column, label in enumerate(head):
        longest = max([len(label), *(len(row[column]) for row in rows[:200])])
        sheet.set_column(column, column, min(60, 2 + longest * 1.6))
        sheet.write_string(0, column, label, bold)
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if _NUMBER.match(cell):
                sheet.write_number(line, column, float(cell.replace(",", "").replace("−", "-")))
            else:
                sheet.write_string(line, column, cell)
    sheet.autofilter(0, 0, max(1, len(rows)), max(0, len(head) - 1))
    book.close()
    return buffer.getvalue()


def _json(_title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    records: list[dict[str, Any]] = [dict(zip(head, row, strict=True)) for row in rows]
    return json.dumps(records, ensure_ascii=False, indent=1).encode()
