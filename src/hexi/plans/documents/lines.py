"""Physical lines of a text (行) with their places, before anything is read into them.

A line knows where its visible part stands in the canonical text, how far it was indented, and
how many blank lines and page breaks stand before it: the marks of structure that plain text has.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["Line", "display_width", "split_lines"]

_LINE: Final = re.compile("[^\r\n\v\f\x85\u2028\u2029]+")
#: a line that is nothing but one table cell: a tab, then text without another tab
_FLAT_CELL: Final = re.compile(r"\n\t[^\t\r\n]+\r?\n\t[^\t\r\n]*\r?\n")

#: tokens that a converter left at the head of a line hide the mark that opens it
_TOKENS: Final = re.compile(r"(?:\[bookmark:[^\]\n]*\]\s*)+")


class Line(NamedTuple):
    """The visible part of one physical line, ``text`` being logical characters."""

    start: int
    end: int
    text: str
    #: white space before the visible part
    indent: str
    #: blank lines before it
    gap: int
    #: a page break stands before it
    new_page: bool = False
    #: the line ended with two or more spaces: a break the writer wanted (Markdown)
    hard: bool = False


def display_width(text: str) -> int:
    """Width in columns: two for a Han character, one for an ASCII one."""
    return len(text.encode("gbk", "replace"))


def split_lines(text: str, logical: str) -> list[Line]:
    """All lines that have something visible on them.

    Where tables lie in the text with one cell a line behind a tab, a line with nothing but a tab
    is an empty cell and is kept as a line without text.
    """
    flat = _FLAT_CELL.search(logical) is not None
    lines: list[Line] = []
    before = 0
    paged = "\f" in text
    make = Line._make
    for match in _LINE.finditer(logical):
        raw = match.group()
        visible = raw.strip()
        at = match.start()
        if visible == raw:
            start = at
        elif visible:
            start = at + raw.index(visible)
        elif flat and "\t" in raw:
            start = at + len(raw)
        else:
            continue
        indent = raw[: start - at]
        if visible.startswith("[bookmark:"):
            tokens = _TOKENS.match(visible)
            if tokens is not None:
                start += tokens.end()
                visible = visible[tokens.end() :]
                if not visible:
                    continue
        breaks = text.count("\n", before, at) or text.count("\r", before, at)
        gap = breaks - 1 if breaks > 1 and lines else (0 if lines else breaks)
        new_page = paged and text.find("\f", before, start) >= 0
        hard = visible is not raw and raw.endswith("  ")
        end = start + len(visible)
        lines.append(make((start, end, visible, indent, gap, new_page, hard)))
        before = end
    return lines
