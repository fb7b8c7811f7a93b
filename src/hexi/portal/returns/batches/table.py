"""A table of many enterprises' returns (多户汇总表): csv with a row for each return.

Columns ``reporter`` (统一社会信用代码), ``form`` (报表) and ``period`` (报告期), then codes of the
form's items; ``output@prior`` is the same period of last year.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from hexi.portal.returns import form_book
from hexi.portal.returns.batches.encoding import decoded
from hexi.portal.returns.filling.cells import cell_at
from hexi.portal.returns.workbooks.answers import answer
from hexi.portal.returns.workbooks.reading import Filled
from hexi.statistics.forms import Form, ends_here

__all__ = ["read_table"]

_HEADS = {
    "reporter": "reporter", "统一社会信用代码": "reporter", "信用代码": "reporter",
    "单位代码": "reporter",
    "form": "form", "报表": "form", "表": "form",
    "period": "period", "报告期": "period", "时期": "period",
}  # fmt: skip
_MUST = ("reporter", "form", "period")
_PERIOD = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*月?")


def read_table(data: bytes, name: str) -> Iterator[Filled]:
    """Each row as a return; a table that cannot be read is one answer."""
    head_line = Filled(name)
    text = decoded(data)
    if text is None:
        head_line.say("encoding")
        yield head_line
        return
    sample = text[:4000].splitlines()[0] if text.strip() else ""
    rows = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in sample else ",")
    written = [column.strip() for column in next(rows, [])]
    head = [_HEADS.get(column, column) for column in written]
    called = dict(zip(head, written, strict=True))
    for must in _MUST:
        if must not in head:
            head_line.say("no_column", cell="1", found=must)
    if head_line.answers:
        yield head_line
        return
    try:
        for number, row in enumerate(rows, 2):
            if any(value.strip() for value in row):
                yield _return(name, number, dict(zip(head, row, strict=False)), called)
    except csv.Error:  # a cell without an end: what follows cannot be told apart
        rest = Filled(f"{name} · {rows.line_num}")
        rest.say("broken", cell=str(rows.line_num))
        yield rest


def _return(name: str, number: int, row: dict[str, str], called: dict[str, str]) -> Filled:
    """One row; ``called`` says how the table itself names its columns."""
    filled = Filled(f"{name} · {number}")
    given = {key: (value or "").strip() for key, value in row.items()}
    match = _PERIOD.fullmatch(given["period"])
    if match is None:
        filled.say("period_wrong", cell=f"{number} {called['period']}", found=given["period"][:40])
        return filled
    filled.reporter, filled.form = given["reporter"].upper(), _form_id(given["form"])
    forms = form_book.book()
    if filled.form not in forms.ids:
        filled.say("form_unknown", cell=f"{number} {called['form']}", found=given["form"][:40])
        return filled
    period = int(match[1]) * 100 + int(match[2])
    try:
        form = forms.at(filled.form, period)
    except KeyError:
        form = None
    if form is None or not ends_here(form.frequency, period):
        filled.say("period_wrong", cell=f"{number} {called['period']}", found=given["period"][:40])
        return filled
    filled.period, filled.version = period, form.version
    _cells(filled, form, number, given)
    return filled


def _form_id(text: str) -> str:
    """A form by its id, its number or its name."""
    for form in form_book.book().versions:
        if text in (form.id, form.number, form.number.replace(" ", ""), form.name):
            return form.id
    return text


def _cells(filled: Filled, form: Form, number: int, given: dict[str, str]) -> None:
    fields = {f"cover.{entry.code}" for entry in form.cover if not entry.register}
    for column, text in given.items():
        if column in _MUST or not column:
            continue
        place = f"{number} {column}"
        if cell_at(form, column) is None and column not in fields:
            filled.answers.append(answer("column_unknown", cell=place, found=column[:40]))
        elif text:  # an empty cell of a table leaves what is there
            filled.cells[column] = text
            filled.places[column] = ("", place)
