"""A file of enterprises (名录文件): xlsx or csv, read into rows that know their place.

Heads may be the Chinese or the English name of a field or its code, in any order. What cannot be
read at all is refused with file and place; wrong cells are told one by one later.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.entry import LABELS, REQUIRED
from hexi.portal.returns.models.enterprise import OWNERSHIPS, SIZES
from hexi.warehouse.loading.workbook_parts import scan_sheets

__all__ = ["MOST_ROWS", "FileRow", "read_file", "template"]

MOST_ROWS = 50_000
#: of a sheet's rectangle; a reader lays all of it out in memory
_MOST_CELLS = 10_000_000
#: names by which other registers call a field
_OTHERS = {
    "code": ("社会信用代码", "信用代码", "credit code"),
    "name": ("单位名称", "企业名称", "单位详细名称", "名称"),
    "unit": ("所属园区", "所属开发区", "园区", "开发区", "园区或开发区"),
    "industry": ("行业", "行业代码", "国民经济行业代码"),
    "place": ("所在地代码", "行政区划代码", "所在地"),
    "opened": ("成立日期", "开业日期", "开业时间"),
    "ownership": ("登记注册类型", "所有制"),
    "size": ("企业规模", "规模"),
    "above_scale": ("是否规上", "规上", "规模以上"),
    "trader": ("是否有进出口", "有进出口"),
    "since": ("变动日期", "变更日期"),
}


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: its number, the sheet, and the cells by field."""

    sheet: str
    number: int
    cells: dict[str, Any]
    #: letter of the column by field
    letters: dict[str, str]

    def place(self, name: str = "") -> str:
        """Where a field stands: 名录!C5."""
        spot = f"{self.letters.get(name, '')}{self.number}"
        return f"{self.sheet}!{spot}" if self.sheet else spot


def read_file(content: bytes, name: str) -> list[FileRow]:
    """All rows that say anything.

    Raises:
        Refusal: where the file is no table of enterprises.
    """
    if content[:2] == b"PK":
        tables = _workbook(content, name)
    elif b"\0" in content[:4096]:
        raise _unreadable(name)
    else:
        tables = [("", list(csv.reader(io.StringIO(_decoded(content, name)))))]
    rows: list[FileRow] = []
    faults: list[Refusal] = []
    for sheet, table in tables:
        try:
            rows += _rows(sheet, table, name)
        except Refusal as refusal:
            faults.append(refusal)
    if not rows and faults:
        raise faults[0]
    if not rows:
        raise Refusal(
            "no_rows", _("The file has no enterprise."), _("Fill in the template."), file=name
        )
    if len(rows) > MOST_ROWS:
        raise Refusal(
            "too_many_rows",
            _("The file has more than %(n)d rows.") % {"n": MOST_ROWS},
            _("Split it."),
            file=name,
        )
    return rows


def template() -> bytes:
    """An empty workbook with the heads, the choices and a sheet of explanations."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet(str(_("Enterprises")))
    must = book.add_format({"bold": True, "bg_color": "#dce6f0", "text_wrap": True, "border": 1})
    may = book.add_format({"text_wrap": True, "border": 1})
    text = book.add_format({"num_format": "@"})
    choices = {
        "ownership": [str(label) for label in OWNERSHIPS.values()],
        "size": [str(label) for label in SIZES.values()],
        "above_scale": ["是", "否"],
        "trader": ["是", "否"],
    }
    with translation.override(translation.get_language()):
        for column, (field, label) in enumerate(LABELS.items()):
            sheet.write_string(0, column, str(label), must if field in REQUIRED else may)
            sheet.set_column(column, column, 22 if field in ("code", "name") else 16, text)
            if field in choices:
                rule = {"validate": "list", "source": choices[field]}
                sheet.data_validation(1, column, 5000, column, rule)
    sheet.freeze_panes(1, 2)
    book.close()
    return buffer.getvalue()


def _workbook(content: bytes, name: str) -> list[tuple[str, list[list[Any]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            scans = scan_sheets(packed)
        # one stray cell at the end of a sheet makes it as large as the sheet can be
        if any(scan.rows * scan.columns > _MOST_CELLS for scan in scans.values()):
            raise _far_cell(name)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            (sheet, book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
            for sheet in book.sheet_names
        ]
    except (CalamineError, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise _unreadable(name) from error


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(name)


def _unreadable(name: str) -> Refusal:
    return Refusal(
        "unreadable",
        _("The file is neither an Excel workbook nor a CSV table."),
        _("Save it as xlsx, or as CSV in UTF-8 or GB 18030."),
        file=name,
    )


def _far_cell(name: str) -> Refusal:
    return Refusal(
        "far_cell",
        _("A sheet has a cell far away from its table."),
        _("Delete the rows and columns behind the table and save the file again."),
        file=name,
    )


def _rows(sheet: str, table: Sequence[Sequence[Any]], name: str) -> Iterator[FileRow]:
    at, heads = _heads(table)
    missing = [str(LABELS[field]) for field in REQUIRED if field not in heads]
    if missing:
        raise Refusal(
            "columns_missing",
            _("These columns are missing: %(columns)s.") % {"columns": "、".join(missing)},
            _("Use the template, and keep its first row."),
            file=name,
            place=f"{sheet}!A1" if sheet else "A1",
        )
    letters = {field: _letter(column) for field, column in heads.items()}
    for number, line in enumerate(table[at + 1 :], at + 2):
        cells = {
            field: _plain(line[column]) for field, column in heads.items() if column < len(line)
        }
        if any(value not in ("", None) for value in cells.values()):
            yield FileRow(sheet, number, cells, letters)


def _heads(table: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    """The row of heads: the one among the first ten that names most fields."""
    known = {}
    for field, label in LABELS.items():
        for language in ("zh-hans", "en"):
            with translation.override(language):
                known[_folded(str(label))] = field
        for word in (field, *_OTHERS.get(field, ())):
            known[_folded(word)] = field
    best: tuple[int, dict[str, int]] = (0, {})
    for at, line in enumerate(table[:10]):
        heads: dict[str, int] = {}
        for column, cell in enumerate(line):
            named = known.get(_folded(str(cell)))
            if named is not None:
                heads.setdefault(named, column)
        if len(heads) > len(best[1]):
            best = (at, heads)
    return best


def _folded(text: str) -> str:
    return "".join(text.split()).strip("*＊:：").lower()


def _plain(value: Any) -> Any:
    """A cell as it was meant: a code typed as a number has no decimals."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value
    return str(value).strip() if value is not None else ""


def _letter(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
