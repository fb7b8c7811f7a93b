"""The empty workbook of a register (名录模板): heads to fill in under, and what each column takes.

Where the register explains its columns, a second sheet lists them (required, unit, example, words)
and a third one holds the words, which the drop-down lists of the first draw on.
"""

from __future__ import annotations

import io
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from hexi.portal.returns.registers.register_file import Heads

__all__ = ["template"]

#: rows below the heads that offer a list
_LAST: Final = 5000
#: longer lists are read in the sheet of words
_LONGEST: Final = 300


def template(heads: Heads) -> bytes:
    """An empty workbook with the heads and the choices."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(str(heads.title))
    must = book.add_format({"bold": True, "bg_color": "#dce6f0", "text_wrap": True, "border": 1})
    may = book.add_format({"text_wrap": True, "border": 1})
    text = book.add_format({"num_format": "@"})
    lists: dict[str, str] = {}
    if heads.notes:
        words_title = _("Allowed words")
        _explain(book, heads, (must, may), words_title)
        lists = _words(book, heads, must, words_title)
    for column, (name, label) in enumerate(heads.labels.items()):
        sheet.write_string(0, column, str(label), must if name in heads.required else may)
        sheet.set_column(column, column, 22 if name in ("code", "name") else 16, text)
        source: Any = lists.get(name) or [str(choice) for choice in heads.choices.get(name, ())]
        if source:
            rule = {"validate": "list", "source": source}
            sheet.data_validation(1, column, _LAST, column, rule)
    sheet.freeze_panes(1, 2)
    book.close()
    return buffer.getvalue()


def _explain(book: Any, heads: Heads, styles: tuple[Any, Any], words_title: str) -> None:
    """One row a column: what it takes."""
    page = book.add_worksheet(_("What to fill in"))
    head, cell = styles
    titles = (_("Column"), _("Required"), _("What it takes"), _("Unit of measure"), _("Example"),
              words_title)  # fmt: skip
    for column, (title, width) in enumerate(zip(titles, (26, 8, 48, 14, 28, 60), strict=True)):
        page.write_string(0, column, title, head)
        page.set_column(column, column, width)
    for row, (name, label) in enumerate(heads.labels.items(), 1):
        page.write_string(row, 0, str(label), cell)
        page.write_string(row, 1, _("yes") if name in heads.required else _("no"), cell)
        note = heads.notes.get(name)
        if note is None:
            continue
        joined = "、".join(note.words)
        if len(joined) > _LONGEST:
            joined = _("See the sheet “%(sheet)s”.") % {"sheet": words_title}
        said = (str(note.takes), str(note.unit), note.example, joined)
        for column, one in enumerate(said, 2):
            page.write_string(row, column, one, cell)
    page.freeze_panes(1, 1)


def _words(book: Any, heads: Heads, head: Any, title: str) -> dict[str, str]:
    """A column of words a field; the ranges that drop-down lists draw on, by field."""
    page, ranges = book.add_worksheet(title), {}
    worded = [(name, note) for name, note in heads.notes.items() if note.words]
    for column, (name, note) in enumerate(worded):
        page.write_string(0, column, str(heads.labels[name]), head)
        page.set_column(column, column, 24)
        for row, word in enumerate(note.words, 1):
            page.write_string(row, column, word)
        if note.listed:
            letter = xl_col_to_name(column)
            ranges[name] = f"='{title}'!${letter}$2:${letter}${len(note.words) + 1}"
    page.freeze_panes(1, 0)
    return ranges
