"""Pdf files (pdf): text with its place on the page, rules of tables, page by page.

pdfium gives the text; the place of a line's first and last character is enough to tell
paragraphs, and single characters are looked at only inside ruled tables.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from hexi.plans.documents.building import Builder, TableCell
from hexi.plans.documents.document import Document
from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.limits import Deadline, Limits
from hexi.plans.documents.page_fragments import Fragment
from hexi.plans.documents.page_layout import Page, PlacedTable, lay_out
from hexi.plans.documents.page_rules import Lattice, lattices
from hexi.plans.documents.pdf_calls import (
    address,
    box_of_character,
    font_size,
    matrix_of_character,
    origin_of_character,
)
from hexi.plans.documents.pdf_fonts import stand_in_for_fonts
from hexi.plans.documents.pdf_rules import drawn_rules
from hexi.plans.documents.recognition import available, recognised_page

__all__ = ["read_pdf"]

#: fewer visible characters than this on a page: it is a picture
_FEWEST_CHARACTERS: Final = 8
#: a gap this wide between two words parts columns; within 单　位 there is one em
_GAP: Final = 1.5
#: and a narrower one between two figures
_FIGURE_GAP: Final = 0.8
_FIGURE_END: Final = frozenset("0123456789%％‰])〕）］")
_FIGURE_START: Final = frozenset("0123456789-－—[(〔（［")
#: a mark with blanks beside it: perhaps told out of its place
_STRAY: Final = re.compile(r" [“”‘’…—·]|[“”‘’] ")
#: a mark that may stand astray, or characters that keep together
_WORD: Final = re.compile(r"[“”‘’…—·]|[^\s“”‘’…—·]+")


def read_pdf(data: bytes, name: str, digest: str, *, ocr: bool, limits: Limits) -> Document:
    """Read a pdf file."""
    stand_in_for_fonts()
    try:
        source = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        locked = locked or "password" in str(error).lower()
        raise DocumentError("encrypted" if locked else "broken", name) from error
    try:
        return _read(source, name, digest, ocr=ocr, limits=limits)
    except pdfium.PdfiumError as error:
        raise DocumentError("broken", name) from error
    finally:
        source.close()


def _read(
    source: pdfium.PdfDocument, name: str, digest: str, *, ocr: bool, limits: Limits
) -> Document:
    count = len(source)
    if count == 0:
        raise DocumentError("broken", name)
    if count > limits.pages:
        raise DocumentError("too_many_pages", name, f"{count}页")
    deadline = Deadline(limits, name)
    builder = Builder(name, "pdf", digest, limits)
    pages: list[Page] = []
    pictures: list[int] = []
    for at in range(count):
        deadline.check(f"第{at + 1}页")
        page = source[at]
        read = _page(page, at + 1)
        if read is None and ocr and available():
            read = recognised_page(page, at + 1)
        if read is None:
            pictures.append(at + 1)
        else:
            pages.append(read)
        page.close()
    if not pages:
        raise DocumentError("no_text", name)
    if pictures:
        shown = "、".join(str(number) for number in pictures[:10])
        builder.notices.append(f"第{shown}页没有文字层，未读取")
    if any(page.recognised for page in pages):
        builder.notices.append("部分页面由文字识别读出，请核对数字")
    lay_out(pages, builder, deadline)
    return builder.finish()


def _page(page: pdfium.PdfPage, number: int) -> Page | None:
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        reader = _PageText(text_page, height)
        if reader.visible < _FEWEST_CHARACTERS:
            return None
        grids = lattices(list(drawn_rules(page, width, height)))
        fragments: list[Fragment] = []
        placed: list[tuple[PlacedTable, Lattice, dict[tuple[int, int], list[str]]]] = [
            (PlacedTable(number, [], [], -1), grid, {}) for grid in grids
        ]
        for start, end in reader.lines():
            _take(reader, start, end, fragments, placed)
        tables = [table for table, grid, texts in placed if _close(table, grid, texts)]
        return Page(number, width, height, fragments, tables)
    finally:
        text_page.close()


def _take(
    reader: _PageText,
    start: int,
    end: int,
    fragments: list[Fragment],
    placed: list[tuple[PlacedTable, Lattice, dict[tuple[int, int], list[str]]]],
) -> None:
    """Give one line of text to the table it stands in, or to the page."""
    line = reader.fragment(start, end)
    if line is None:
        return
    middle = (line.top + line.bottom) / 2
    for table, grid, texts in placed:
        if not grid.top < middle < grid.bottom:
            continue
        if line.right < grid.xs[0] or line.left > grid.xs[-1]:
            continue
        if table.before < 0:
            table.before = len(fragments)
        if len(grid.cells) == 1:
            table.box.append(line)
        else:
            _into_cells(reader, start, end, grid, texts)
        return
    fragments.extend(reader.settled(start, end) or reader.pieces(start, end, line))


def _into_cells(
    reader: _PageText,
    start: int,
    end: int,
    grid: Lattice,
    texts: dict[tuple[int, int], list[str]],
) -> None:
    """Part the characters of a line among the cells they stand in."""
    current: tuple[int, int] | None = None
    run: list[str] = []
    for at in range(start, end):
        character = reader.text[at]
        if character != " ":
            x, y = reader.centre(at)
            cell = grid.cell_at(x, y) or current
            if cell != current and run:
                if current is not None:
                    texts.setdefault(current, []).append("".join(run))
                run = []
            current = cell
        run.append(character)
    if run and current is not None:
        texts.setdefault(current, []).append("".join(run))


def _close(table: PlacedTable, grid: Lattice, texts: dict[tuple[int, int], list[str]]) -> bool:
    """Fill in the cells of a table; False where nothing stood in it."""
    if table.box:
        return True
    for (row, column), (height, width) in sorted(grid.cells.items()):
        lines = texts.get((row, column))
        if lines:
            table.cells.append(TableCell(lines, row, column, height, width))
    return bool(table.cells)


class _PageText:
    """A page's text and the places of its characters."""

    def __init__(self, page: pdfium.PdfTextPage, height: float) -> None:
        self._page = page.raw
        self._at = address(page.raw)
        self._height = height
        self.text = page.get_text_range().replace("\x00", " ").replace("\ufffe", "-")
        self.visible = len(self.text) - self.text.count(" ") - self.text.count("\r") * 2
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._origin = ctypes.c_double(), ctypes.c_double()
        self._places = tuple(map(address, (self._box, self._matrix, *self._origin)))
        self._boxes: dict[int, tuple[float, float, float, float] | None] = {}
        #: each character of the text stands at the same place in pdfium's own list
        self._same = raw.FPDFText_CountChars(self._page) == len(self.text)
        # astral characters take one place in the string and two in pdfium's count
        self._plain = max(self.text, default="") < "\U00010000"

    def lines(self) -> Iterator[tuple[int, int]]:
        """Start and end of each line of text, blank ends cut."""
        at = 0
        for line in self.text.split("\n"):
            bare = line.strip()
            if bare:
                start = at + line.index(bare)
                yield start, start + len(bare)
            at += len(line) + 1

    def _index(self, at: int) -> int:
        if self._same:
            return at
        if not self._plain:
            at += sum(1 for c in self.text[:at] if ord(c) >= 0x10000)
        index: int = raw.FPDFText_GetCharIndexFromTextIndex(self._page, at)
        return index if index >= 0 else at

    def loose(self, at: int) -> tuple[float, float, float, float] | None:
        """Left, right, top and bottom of a character's type body."""
        if at in self._boxes:
            return self._boxes[at]
        found = None
        index = at if self._same else self._index(at)
        if box_of_character(self._at, index, self._places[0]):
            box, height = self._box, self._height
            found = box.left, box.right, height - box.top, height - box.bottom
        self._boxes[at] = found
        return found

    def centre(self, at: int) -> tuple[float, float]:
        """Middle of a character."""
        box = self.loose(at)
        if box is None:
            return -1.0, -1.0
        return (box[0] + box[1]) / 2, (box[2] + box[3]) / 2

    def fragment(self, start: int, end: int) -> Fragment | None:
        """A stretch of text with its place: edges of its ends, height of its type."""
        first, last = self.loose(start), self.loose(end - 1)
        if first is None or last is None:
            return None
        index = self._index(start)
        _, matrix, across, along = self._places
        size: float = font_size(self._at, index)
        if matrix_of_character(self._at, index, matrix):
            size *= abs(self._matrix.d) or abs(self._matrix.b) or 1.0
        base = self._origin[1]
        # boxes hug the glyphs (一 is flat), so the height comes from the type and the base line
        if size > 1.0 and origin_of_character(self._at, index, across, along):
            top = self._height - base.value - 0.88 * size
            bottom = top + size
        else:
            top, bottom = min(first[2], last[2]), max(first[3], last[3])
            size = max(first[3] - first[2], 1.0)
        return Fragment(self.text[start:end], first[0], max(last[1], first[1]), top, bottom, size)

    def _astray(self, at: int, start: int, end: int) -> bool:
        """A mark that stands before the character told before it, or behind the one after."""
        text = self.text
        before, after = at - 1, at + 1
        while before >= start and text[before].isspace():
            before -= 1
        while after < end and text[after].isspace():
            after += 1
        near = (before if before >= start else at, at, after if after < end else at)
        lefts = [box[0] for box in map(self.loose, near) if box is not None]
        return lefts != sorted(lefts)

    def settled(self, start: int, end: int) -> list[Fragment]:
        """A line whose marks stand out of their order, put right by their places; else empty.

        Word sets curly quotes in another type than the characters around them, and pdfium may
        tell them after the words they stand between (十三五 规划 “ ”)."""
        if not any(
            self._astray(match.end() - 1 if match[0][0] == " " else match.start(), start, end)
            for match in _STRAY.finditer(self.text, start, end)
        ):
            return []
        placed = self._words(start, end) or self._characters(start, end)
        if all(a.left <= b.left for a, b in pairwise(placed)):
            return []
        placed.sort(key=lambda item: item.left)
        size = max(item.size for item in placed)
        runs: list[list[Fragment]] = [[placed[0]]]
        for before, item in pairwise(placed):
            if item.left - before.right > size:
                runs.append([])
            runs[-1].append(item)
        return [
            Fragment(
                "".join(item.text for item in run), run[0].left, run[-1].right,
                min(item.top for item in run), max(item.bottom for item in run), max(size, 1.0),
            )
            for run in runs
        ]  # fmt: skip

    def _words(self, start: int, end: int) -> list[Fragment]:
        """Marks and the words between blanks; none where a mark stands amid a word."""
        words: list[Fragment] = []
        for match in _WORD.finditer(self.text, start, end):
            first, last = self.loose(match.start()), self.loose(match.end() - 1)
            if first is None or last is None or last[0] < first[0]:
                return []
            top, bottom = min(first[2], last[2]), max(first[3], last[3])
            size = max(first[3] - first[2], last[3] - last[2])
            words.append(Fragment(match[0], first[0], last[1], top, bottom, size))
        across = sorted(words, key=lambda word: word.left)
        apart = all(a.right <= b.left + 0.5 * b.size for a, b in pairwise(across))
        return words if apart else []

    def _characters(self, start: int, end: int) -> list[Fragment]:
        """Each character of a line in the order it is told."""
        placed: list[Fragment] = []
        for at in range(start, end):
            box = self.loose(at) if not self.text[at].isspace() else None
            if box is not None:
                placed.append(Fragment(self.text[at], *box, box[3] - box[2]))
        return placed

    def pieces(self, start: int, end: int, line: Fragment) -> list[Fragment]:
        """A line parted where it has gaps as wide as columns have."""
        if " " not in line.text:
            return [line]
        cuts: list[int] = []
        at = self.text.find(" ", start, end)
        while at >= 0:
            before, after = self.loose(at - 1), self.loose(at + 1) if at + 1 < end else None
            if before is not None and after is not None:
                figures = self.text[at - 1] in _FIGURE_END and self.text[at + 1] in _FIGURE_START
                gap = _FIGURE_GAP if figures else _GAP
                if after[0] - before[1] > gap * line.size:
                    cuts.append(at)
            at = self.text.find(" ", at + 1, end)
        if not cuts:
            return [line]
        pieces: list[Fragment] = []
        here = start
        for cut in [*cuts, end]:
            piece = self.fragment(here, cut) if cut > here else None
            if piece is not None:
                pieces.append(piece)
            here = cut + 1
        return pieces or [line]
