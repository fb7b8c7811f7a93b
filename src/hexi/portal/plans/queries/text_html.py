"""The document as a page (原文版面): text and tables with every figure marked.

A plan has hundreds of figures on one page, so this is plain string work on the stored records,
not templates: a plan of 44,000 characters must cost a few milliseconds. Whatever comes from the
file is escaped; nothing else is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

__all__ = ["Mark", "outline", "pages_of", "render"]

#: a page of the reader holds about so many characters; most plans are one page
PAGE_CHARACTERS = 200_000
#: blocks stand in parts of about one screen: a browser lays out and paints only the parts in view,
#: and a plan of 44,000 characters has some forty of them to watch instead of six hundred blocks
PART_CHARACTERS = 1_000

#: a line torn inside a sentence: no space belongs beside a Chinese character
_TORN = re.compile(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]+[ \t]*|[ \t]*[\r\n]+[ \t]*(?=[^\x00-\x7f])")
_LOST = re.compile("[\ue000-\uf8ff]")
_NUMBER = re.compile(r"^[\s\-−+±]*[\d０-９]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure to be marked: its place, its link and its classes."""

    start: int
    end: int
    number: int
    classes: str
    modality: str
    measure: str


@dataclass(slots=True)
class _Page:
    """What the pieces of one page need."""

    text: str
    marks: Sequence[Mark]
    starts: list[int]
    address: str
    lost_title: str
    has_lost: bool


def pages_of(blocks: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """First and last block (exclusive) of each page; boxes and tables stay whole."""
    pages: list[tuple[int, int]] = []
    first = size = 0
    for number, block in enumerate(blocks):
        length = block["end"] - block["start"]
        if size and size + length > PAGE_CHARACTERS and not block.get("box"):
            pages.append((first, number))
            first, size = number, 0
        size += length
    pages.append((first, len(blocks)))
    return pages


def outline(blocks: Sequence[dict[str, Any]], first: int, last: int) -> list[dict[str, Any]]:
    """Headings of these blocks down to the third level."""
    return [
        {"level": block["level"], "title": block.get("text", ""), "anchor": f"b{number}"}
        for number, block in enumerate(blocks[first:last], first)
        if block["kind"] == "heading" and 1 <= block.get("level", 0) <= 3
    ]


def render(
    blocks: Sequence[dict[str, Any]],
    text: str,
    marks: Sequence[Mark],
    *,
    first: int,
    last: int,
    plan: int,
    title: str,
    lost_title: str,
) -> str:
    """HTML of the blocks from ``first`` to ``last``; marks are in text order."""
    page = _Page(
        text=text,
        marks=marks,
        starts=[mark.start for mark in marks],
        address=f"/plans/{plan}/statements/",
        lost_title=escape(lost_title),
        has_lost=_LOST.search(text) is not None,
    )
    out: list[str] = []
    in_box = False
    size = PART_CHARACTERS
    for number in range(first, last):
        block = blocks[number]
        box = bool(block.get("box"))
        if in_box and not box:
            out.append("</aside>")
        if size >= PART_CHARACTERS and not (in_box and box):
            out.append('</section><section class="t-part">' if out else '<section class="t-part">')
            size = 0
        if box and not in_box:
            out.append('<aside class="t-box">')
        in_box = box
        size += block["end"] - block["start"]
        if block["kind"] == "table":
            _table(page, block, number, out)
        else:
            _passage(page, block, number, title, out)
    if in_box:
        out.append("</aside>")
    if out:
        out.append("</section>")
    return "".join(out)


def _passage(page: _Page, block: dict[str, Any], number: int, title: str, out: list[str]) -> None:
    kind = block["kind"]
    content = _content(page, block["start"], block["end"])
    if kind == "heading":
        level = min(max(block.get("level", 0), 1), 5)
        name = "t-title" if title and block.get("text") == title else f"t-h t-h{level}"
        out.append(f'<h{level + 1} id="b{number}" class="{name}">{content}</h{level + 1}>')
    elif kind == "list":
        out.append(f'<p id="b{number}" class="t-li">{content}</p>')
    elif kind == "note":
        out.append(f'<p id="b{number}" class="t-note">{content}</p>')
    else:
        out.append(f'<p id="b{number}">{content}</p>')


def _table(page: _Page, block: dict[str, Any], number: int, out: list[str]) -> None:
    rows: dict[int, list[Any]] = {}
    for cell in block.get("cells", ()):
        rows.setdefault(cell[0], []).append(cell)
    out.append(f'<div class="t-table" id="b{number}" tabindex="0"><table>')
    if caption := block.get("caption"):
        out.append(f"<caption>{escape(caption, quote=False)}</caption>")
    in_head = False
    for index, row in enumerate(sorted(rows)):
        cells = sorted(rows[row], key=lambda cell: cell[1])
        head = all(cell[7] for cell in cells) and (in_head or index == 0)
        if head != in_head or index == 0:
            out.append(f"{'</thead>' if in_head else ''}{'<thead>' if head else '<tbody>'}")
        in_head = head
        out.append("<tr>")
        for cell in cells:
            _cell(page, cell, head, out)
        out.append("</tr>")
    if rows:
        out.append("</thead>" if in_head else "</tbody>")
    out.append("</table></div>")


def _cell(page: _Page, cell: list[Any], head: bool, out: list[str]) -> None:
    _row, _column, start, end, text, row_span, column_span, header, _segments = cell
    spans = (f' rowspan="{row_span}"' if row_span > 1 else "") + (
        f' colspan="{column_span}"' if column_span > 1 else ""
    )
    content = _content(page, start, end)
    if header:
        scope = "col" if head else "row"
        out.append(f'<th scope="{scope}"{spans}>{content}</th>')
    else:
        number = ' class="t-num"' if len(text) < 30 and _NUMBER.match(text) else ""
        out.append(f"<td{number}{spans}>{content}</td>")


def _content(page: _Page, start: int, end: int) -> str:
    """Escaped text with its figures marked."""
    at = bisect_left(page.starts, start)
    marks = page.marks
    if at == len(marks) or marks[at].start >= end:
        return _plain(page, start, end)
    parts: list[str] = []
    here = start
    while at < len(marks) and (mark := marks[at]).start < end:
        at += 1
        if mark.start < here or mark.end > end:
            continue  # inside the figure before it, as the bracket of a pair of units
        parts.append(_plain(page, here, mark.start))
        n = mark.number
        parts.append(
            f'<a class="{mark.classes}" id="s{n}" href="{page.address}{n}/" data-n="{n}" '
            f'data-m="{mark.modality}" data-k="{mark.measure}">'
            f"{_plain(page, mark.start, mark.end)}</a>"
        )
        here = mark.end
    parts.append(_plain(page, here, end))
    return "".join(parts)


def _plain(page: _Page, start: int, end: int) -> str:
    text = escape(page.text[start:end], quote=False)
    if "\n" in text or "\r" in text:
        text = _TORN.sub("", text)
    if page.has_lost:
        text = _LOST.sub(f'<span class="t-lost" title="{page.lost_title}">.</span>', text)
    return text
