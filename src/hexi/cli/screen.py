"""Tables in a terminal (终端表格): columns that line up although a Han character is two wide."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

from hexi.reports.legal_text import legal

__all__ = ["Column", "clip", "pad", "render_table", "screen_width", "width"]


@dataclass(frozen=True, slots=True)
class Column:
    """Head of a column; ``right`` aligns figures, ``most`` is its greatest width."""

    head: str
    right: bool = False
    most: int = 40


def width(text: str) -> int:
    """Cells the text takes on a screen."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


def clip(text: str, most: int) -> str:
    """The text in at most so many cells, with an ellipsis where it was cut."""
    text = legal(" ".join(text.split()))
    if width(text) <= most:
        return text
    kept, used = [], 0
    for char in text:
        used += width(char)
        if used > most - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """The text filled up with spaces to so many cells."""
    space = " " * max(0, cells - width(text))
    return space + text if right else text + space


def screen_width() -> int:
    """Width of the terminal; 120 in a pipe."""
    return shutil.get_terminal_size((120, 40)).columns


def render_table(columns: Sequence[Column], rows: Sequence[Sequence[str]], most: int) -> list[str]:
    """Lines of a table; the widest columns give way until it fits into ``most`` cells.

    Words give way before figures: a clipped number would be another number."""
    cells = [
        [clip(cell, column.most) for cell, column in zip(row, columns, strict=True)] for row in rows
    ]
    widths = [
        max([width(column.head), *(width(row[i]) for row in cells)])
        for i, column in enumerate(columns)
    ]
    spare = most - 2 * (len(columns) - 1)
    texts = [i for i, column in enumerate(columns) if not column.right]
    for yielding, least in ((texts, 8), (range(len(columns)), 12)):
        while sum(widths) > spare and max((widths[i] for i in yielding), default=0) > least:
            widths[max(yielding, key=lambda i: widths[i])] -= 1
    lines = [_line([column.head for column in columns], columns, widths)]
    lines.append("  ".join("─" * cells_wide for cells_wide in widths))
    lines += [_line(row, columns, widths) for row in cells]
    return lines


def _line(row: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    parts = [
        pad(clip(cell, wide), wide, right=column.right)
        for cell, column, wide in zip(row, columns, widths, strict=True)
    ]
    return "  ".join(parts).rstrip()
