"""Pdf files (pdf): text with its place on the page, rules of tables, page by page.

pdfium gives the text; the place of a line's first and last character is enough to tell
paragraphs, and single characters are looked at only inside ruled tables.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any, Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from hexi.plans.documents.building import Builder, TableCell
from hexi.plans.documents.document import Document
from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.limits import Deadline, Limits
from hexi.plans.documents.page_fragments import Fragment
from hexi.plans.documents.page_layout import Page, PlacedTable, lay_out
from hexi.plans.documents.page_rules import Lattice, Rule, lattices
from hexi.plans.documents.recognition import available, recognised_page

__all__ = ["read_pdf"]

#: fewer visible characters than this on a page: it is a picture
_FEWEST_CHARACTERS: Final = 8
_MOST_PATHS: Final = 20_000
_MOST_OBJECTS: Final = 200_000
_MOST_SEGMENTS: Final = 4_000
#: a gap this wide between two words parts columns; within 单　位 there is one em
_GAP: Final = 1.5
#: thickness up to which a rectangle is a drawn line
_THIN: Final = 3.0
#: a mark with blanks beside it: perhaps told out of its place
_STRAY: Final = re.compile(r" [“”‘’…—·]|[“”‘’] ")


def read_pdf(data: bytes, name: str, digest: str, *, ocr: bool, limits: Limits) -> Document:
    """Read a pdf file."""
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
        grids = lattices(list(_rules(page, width, height)))
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
        self._height = height
        self.text = page.get_text_range().replace("\x00", " ").replace("\ufffe", "-")
        self.visible = len(self.text) - self.text.count(" ") - self.text.count("\r") * 2
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._origin = ctypes.c_double(), ctypes.c_double()
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
        box = self._box
        if not raw.FPDFText_GetLooseCharBox(self._page, self._index(at), box):
            return None
        return box.left, box.right, self._height - box.top, self._height - box.bottom

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
        size = float(raw.FPDFText_GetFontSize(self._page, index))
        if raw.FPDFText_GetMatrix(self._page, index, self._matrix):
            size *= abs(self._matrix.d) or abs(self._matrix.b) or 1.0
        x, base = self._origin
        # boxes hug the glyphs (一 is flat), so the height comes from the type and the base line
        if size > 1.0 and raw.FPDFText_GetCharOrigin(self._page, index, x, base):
            top = self._height - base.value - 0.88 * size
            bottom = top + size
        else:
            top, bottom = min(first[2], last[2]), max(first[3], last[3])
            size = max(first[3] - first[2], 1.0)
        return Fragment(self.text[start:end], first[0], max(last[1], first[1]), top, bottom, size)

    def settled(self, start: int, end: int) -> list[Fragment]:
        """A line whose marks stand out of their order, put right by their places; else empty.

        Word sets curly quotes in another type than the characters around them, and pdfium may
        tell them after the words they stand between (十三五 规划 “ ”)."""
        if not _STRAY.search(self.text, start, end):
            return []
        placed: list[tuple[float, str, tuple[float, float, float, float]]] = []
        for at in range(start, end):
            box = self.loose(at) if not self.text[at].isspace() else None
            if box is not None:
                placed.append((box[0], self.text[at], box))
        if all(a[0] <= b[0] for a, b in pairwise(placed)):
            return []
        placed.sort(key=lambda item: item[0])
        size = max(box[3] - box[2] for _, _, box in placed)
        runs: list[list[tuple[float, str, tuple[float, float, float, float]]]] = [[placed[0]]]
        for before, item in pairwise(placed):
            if item[0] - before[2][1] > size:
                runs.append([])
            runs[-1].append(item)
        return [
            Fragment(
                "".join(mark for _, mark, _ in run), run[0][0], run[-1][2][1],
                min(box[2] for _, _, box in run), max(box[3] for _, _, box in run), max(size, 1.0),
            )
            for run in runs
        ]  # fmt: skip

    def pieces(self, start: int, end: int, line: Fragment) -> list[Fragment]:
        """A line parted where it has gaps as wide as columns have."""
        if " " not in line.text:
            return [line]
        cuts: list[int] = []
        at = self.text.find(" ", start, end)
        while at >= 0:
            before, after = self.loose(at - 1), self.loose(at + 1) if at + 1 < end else None
            if before is not None and after is not None and after[0] - before[1] > _GAP * line.size:
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


def _rules(page: pdfium.PdfPage, width: float, height: float) -> Iterator[Rule]:
    """Straight lines and edges of rectangles that the page draws."""
    edges = [ctypes.c_float() for _ in range(4)]
    left, bottom, right, top = edges
    for at in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, at)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _rules_of_forms(page, height)
            return
        if kind != raw.FPDF_PAGEOBJ_PATH:
            continue
        if raw.FPDFPath_CountSegments(item) > 5:
            yield from _segments(item, height)
        elif raw.FPDFPageObj_GetBounds(item, *edges):
            yield from _edges(
                left.value, right.value, height - top.value, height - bottom.value, width, height
            )


def _rules_of_forms(page: pdfium.PdfPage, height: float) -> Iterator[Rule]:
    """The same where drawings are nested in forms, which have places of their own."""
    objects = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)
    for item in islice(objects, _MOST_PATHS):
        matrix = item.get_matrix()
        form = item.container
        while form is not None:
            matrix = matrix.multiply(form.get_matrix())
            form = form.container
        yield from _segments(item.raw, height, matrix)


def _edges(
    left: float, right: float, top: float, bottom: float, width: float, height: float
) -> Iterator[Rule]:
    across, down = right - left, bottom - top
    if across > 0.97 * width and down > 0.97 * height:
        return
    if down <= _THIN < across:
        yield Rule(True, (top + bottom) / 2, left, right)
    elif across <= _THIN < down:
        yield Rule(False, (left + right) / 2, top, bottom)
    elif across > _THIN and down > _THIN:
        yield Rule(True, top, left, right)
        yield Rule(True, bottom, left, right)
        yield Rule(False, left, top, bottom)
        yield Rule(False, right, top, bottom)


def _segments(item: Any, height: float, matrix: Any = None) -> Iterator[Rule]:
    """Lines of a path, drawn one by one or as a whole grid at once."""
    if matrix is None:
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(item, own)
        matrix = pdfium.PdfMatrix.from_raw(own)
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    for at in range(min(raw.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, at)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        px, py = matrix.on_point(x.value, y.value)
        here = (px, height - py)
        line = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO
        if last is not None and line:
            (x0, y0), (x1, y1) = last, here
            if abs(y0 - y1) < 0.5 and abs(x0 - x1) > _THIN:
                yield Rule(True, y0, min(x0, x1), max(x0, x1))
            elif abs(x0 - x1) < 0.5 and abs(y0 - y1) > _THIN:
                yield Rule(False, x0, min(y0, y1), max(y0, y1))
        last = here
