"""Tables and plans as files (导出): CSV, Excel and JSON of what the page shows.

Rows may be made one after another: a short table is sent whole, a long one goes out as it is made,
so that a file of a whole library takes no more memory than one of a page. Excel's format has its
index at the end; such a file is written to disk first.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO, Any, Final

import xlsxwriter  # type: ignore[import-untyped]
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation

from hexi.portal.core.refusal import NotFound
from hexi.reports.legal_text import inert

__all__ = ["FORMATS", "TYPES", "attachment", "file_links", "long_table_response", "table_response"]

FORMATS = ("csv", "xlsx", "json")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}
_NUMBER = re.compile(r"^[−-]?[\d,]+(\.\d+)?$")


#: rows that are sent whole; and of which columns of a sheet take their width
_WHOLE: Final = 2000
_LOOKED_AT: Final = 200
#: rows of a long file that are sent together
_TOGETHER: Final = 200

Row = Sequence[str]


def file_links(request: HttpRequest, name: str) -> list[dict[str, str]]:
    """The list of a page as files, with the filters of its address; ``name`` is that of the file's
    address."""
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    return [{"label": s.upper(), "url": f"{reverse(name, args=[s])}{asked}"} for s in FORMATS]


def table_response(
    suffix: str, name: str, title: str, head: Row, rows: Sequence[Row]
) -> HttpResponse:
    """The table in the format asked for."""
    if suffix not in FORMATS:
        raise NotFound
    file = f"hexi-{name}.{suffix}"
    if suffix == "xlsx":
        with io.BytesIO() as buffer:
            _xlsx(buffer, title, head, rows, in_memory=True)
            return attachment(buffer.getvalue(), file)
    return attachment("".join(_TEXTS[suffix](head, rows)).encode(), file)


def long_table_response(
    suffix: str, name: str, title: str, head: Row, rows: Iterable[Row]
) -> HttpResponseBase:
    """The same of rows that are made one after another, perhaps a great many."""
    if suffix not in FORMATS:
        raise NotFound
    left = iter(rows)
    first = list(islice(left, _WHOLE))
    last = next(left, None)
    if last is None:
        return table_response(suffix, name, title, head, first)
    return _long(suffix, f"hexi-{name}.{suffix}", title, head, chain(first, (last,), left))


def _long(suffix: str, file: str, title: str, head: Row, rows: Iterator[Row]) -> HttpResponseBase:
    if suffix == "xlsx":
        kept = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        _xlsx(kept, title, head, rows, in_memory=False)
        kept.seek(0)
        return FileResponse(kept, as_attachment=True, filename=file, content_type=TYPES[suffix])
    texts = _in_language(translation.get_language(), _TEXTS[suffix](head, rows))
    response = StreamingHttpResponse(texts, content_type=TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _in_language(language: str | None, texts: Iterator[str]) -> Iterator[str]:
    """Some rows at once, made in the language of the request, which is over by then."""
    while True:
        with translation.override(language):
            text = "".join(islice(texts, _TOGETHER))
        if not text:
            return
        yield text


def attachment(content: bytes, name: str) -> HttpResponse:
    """A file to be saved."""
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    # the mark lets spreadsheet programs know that it is UTF-8
    buffer.write("\ufeff")
    writer.writerow(head)
    for row in rows:
        writer.writerow([inert(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _json(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    before = "["
    for row in rows:
        record = json.dumps(dict(zip(head, row, strict=True)), ensure_ascii=False, indent=1)
        yield f"{before}\n {record.replace(chr(10), chr(10) + ' ')}"
        before = ","
    yield "[]" if before == "[" else "\n]"


_TEXTS: Final[dict[str, Callable[[Row, Iterable[Row]], Iterator[str]]]] = {
    "csv": _csv,
    "json": _json,
}


def _xlsx(into: IO[bytes], title: str, head: Row, rows: Iterable[Row], *, in_memory: bool) -> None:
    options: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False}
    # a long sheet is written row by row, and kept nowhere else
    options |= {"in_memory": True} if in_memory else {"constant_memory": True}
    book = xlsxwriter.Workbook(into, options)
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "Hexi")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})
    sheet.freeze_panes(1, 0)
    left = iter(rows)
    first = list(islice(left, _LOOKED_AT))
    for column, label in enumerate(head):
        longest = max([len(label), *(len(row[column]) for row in first)])
        sheet.set_column(column, column, min(60, 2 + longest * 1.6))
        sheet.write_string(0, column, label, bold)
    line = 0
    for line, row in enumerate(chain(first, left), 1):
        for column, cell in enumerate(row):
            if _NUMBER.match(cell):
                sheet.write_number(line, column, float(cell.replace(",", "").replace("−", "-")))
            else:
                sheet.write_string(line, column, cell)
    sheet.autofilter(0, 0, max(1, line), max(0, len(head) - 1))
    book.close()
