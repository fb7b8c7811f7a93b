"""Cells of a table of data (数据单元格): heads, texts, numbers, and what a reader calls a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hexi.warehouse.loading.sheet import Sheet, column_letters

__all__ = ["UNIT_HEADS", "Laid", "columns_of", "laid_sheet", "number_in", "plain", "texts_of"]

#: what a column of units is headed by
UNIT_HEADS: Final = (
    "unit",
    "主体",
    "责任主体",
    "单位",
    "考核对象",
    "园区",
    "开发区",
    "部门",
    "id",
    "代码",
)
#: what stands for “not reported” in a cell of text
_NOTHING: Final = frozenset({"", "-", "—", "--", "…", "/", "n/a", "na", "无", "缺", "null", "none"})


@dataclass(frozen=True)
class Laid:
    """A table with its places: columns by head, and what a reader calls a cell."""

    heads: tuple[str, ...]
    columns: tuple[Any, ...]
    #: place of a cell by row (from 0; -1 the heads) and column
    place: Callable[[int, int], str]
    rows: int


def laid_sheet(sheet: Sheet) -> Laid:
    """A sheet of a workbook or a csv file; columns without a head are the margin."""

    def place(row: int, column: int) -> str:
        number = sheet.first_row - 1 if row < 0 else sheet.row_number(row)
        spot = f"{column_letters(column)}{number}"
        return f"{sheet.name}!{spot}" if sheet.name else spot

    kept = [index for index, head in enumerate(sheet.header) if head]
    return Laid(
        tuple(sheet.header[index] for index in kept),
        tuple(sheet.columns[index] for index in kept),
        lambda row, column: place(row, kept[column]),
        sheet.rows,
    )


def columns_of(heads: Sequence[str], said: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Column of every role, by the heads that say it; the first one counts."""
    found: dict[str, int] = {}
    for column, head in enumerate(heads):
        for role, words in said.items():
            if plain(head) in {plain(word) for word in words}:
                found.setdefault(role, column)
    return found


def plain(text: str) -> str:
    """A head as it is compared: no width, case or blanks."""
    return unicodedata.normalize("NFKC", text).strip().lower().replace(" ", "_")


def texts_of(column: Any) -> list[str]:
    """Every cell as text, empty where there is none."""
    return [
        "" if value is None else f"{value:g}" if isinstance(value, float) else str(value).strip()
        for value in column.to_pylist()
    ]


def number_in(text: str) -> float | None:
    """A number as offices write it; NaN for a sign of nothing, None for anything else."""
    bare = unicodedata.normalize("NFKC", text).strip().replace(",", "").replace("−", "-")
    if bare.lower() in _NOTHING:
        return float("nan")
    bare = bare.removesuffix("%")
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", bare):
        return None
    return float(bare)
