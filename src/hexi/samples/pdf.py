"""The sample plan as a PDF: lines set by hand, ruled tables, running head and page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hexi.samples.pdf_file import HEIGHT, WIDTH, Page, text_width, write_file
from hexi.samples.source import Part
from hexi.samples.word import column_widths

__all__ = ["break_lines", "write_pdf"]

_LEFT, _TOP, _BOTTOM, _MEASURE = 79.4, 736.0, 99.2, 442.2
_NO_BEGIN = "，。；：、！？）》”’%"
_NO_END = "（《“‘"
#: (size, leading, space before) of each kind of line
_FACES = {
    "title": (18.0, 32.0, 0.0),
    "note": (9.0, 15.0, 0.0),
    "chapter": (16.0, 28.0, 14.0),
    "section": (14.0, 24.0, 8.0),
    "paragraph": (12.0, 21.0, 0.0),
}


def write_pdf(parts: Sequence[Part]) -> bytes:
    """The parts as a PDF; the same parts give the same bytes."""
    setter = _Setter(parts[0].text)
    for part in parts:
        if part.kind == "table":
            setter.table(part)
        else:
            setter.lines(part)
    return write_file(setter.finish(), parts[0].text)


def break_lines(text: str, size: float, measure: float, indent: float = 0.0) -> list[str]:
    """Break a paragraph into lines; numbers and Latin words stay whole, and no line begins with
    a closing mark or ends with an opening one."""
    lines, line, left = [], "", measure - indent
    for piece in re.findall(r"[!-~]+|.", text):
        wide = text_width(piece, size)
        if wide > left and line and piece not in _NO_BEGIN:
            carried = ""
            while line[-1] in _NO_END and len(line) > 1:
                line, carried = line[:-1], line[-1] + carried
            lines.append(line)
            line, left = carried, measure - text_width(carried, size)
        line += piece
        left -= wide
    return [*lines, line]


class _Setter:
    """Fills pages from the top; knows where the next line goes."""

    def __init__(self, running_head: str) -> None:
        self._running_head = running_head
        self.pages: list[Page] = []
        self._turn()

    def lines(self, part: Part) -> None:
        size, leading, before = _FACES[part.kind]
        indent = 2 * size if part.kind == "paragraph" else 0.0
        self._y -= before
        # a heading does not stand alone at the foot of a page
        if part.kind in ("chapter", "section") and self._y - 3 * leading < _BOTTOM:
            self._turn()
        for number, line in enumerate(break_lines(part.text, size, _MEASURE, indent)):
            self._room(leading)
            x = _LEFT + (indent if number == 0 else 0.0)
            if part.kind == "title":
                x = (WIDTH - text_width(line, size)) / 2
            bold = part.kind in ("title", "chapter", "section")
            self.pages[-1].text(x, self._y, line, size, bold=bold)
            self._y -= leading
        if part.kind == "note":
            self._y -= leading

    def table(self, part: Part) -> None:
        size, leading, margin = 10.0, 14.0, 4.0
        widths = column_widths(part.rows, _MEASURE)
        cells = [
            [
                break_lines(cell, size, wide - 2 * margin)
                for cell, wide in zip(row, widths, strict=True)
            ]
            for row in part.rows
        ]
        heights = [max(map(len, row)) * leading + margin for row in cells]
        self._room(sum(heights) + 3 * leading)
        self._y -= 8
        self.pages[-1].text(
            (WIDTH - text_width(part.text, 12)) / 2, self._y, part.text, 12, bold=True
        )
        self._y -= 10
        edges = [_LEFT]
        for wide in widths:
            edges.append(edges[-1] + wide)
        top = self._y
        self.pages[-1].rule(edges[0], self._y, edges[-1], self._y)
        for number, (row, high) in enumerate(zip(cells, heights, strict=True)):
            for texts, x in zip(row, edges, strict=False):
                for index, line in enumerate(texts):
                    y = self._y - (index + 1) * leading + margin / 2
                    self.pages[-1].text(x + margin, y, line, size, bold=number == 0)
            self._y -= high
            self.pages[-1].rule(edges[0], self._y, edges[-1], self._y)
        for x in edges:
            self.pages[-1].rule(x, top, x, self._y)
        self._y -= 2 * leading

    def _room(self, needed: float) -> None:
        if self._y - needed < _BOTTOM - 21:
            self._turn()

    def _foot(self) -> None:
        number = f"— {len(self.pages)} —"
        self.pages[-1].text((WIDTH - text_width(number, 10.5)) / 2, 60, number, 10.5)

    def finish(self) -> list[Page]:
        """All pages, the last one closed."""
        self._foot()
        return self.pages

    def _turn(self) -> None:
        if self.pages:
            self._foot()
        page = Page()
        self.pages.append(page)
        if len(self.pages) > 1:
            head = self._running_head
            page.text((WIDTH - text_width(head, 9)) / 2, HEIGHT - 60, head, 9)
        self._y = _TOP
