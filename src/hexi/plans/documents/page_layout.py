"""From placed lines to paragraphs and tables (版面还原): pages of a pdf or a scan.

A page gives fragments of text with their places. Page numbers and running heads are recognised by
standing at the same place on many pages, paragraphs by where their lines begin and end against
the margins of their own type size, tables by aligned columns.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hexi.plans.documents.building import Builder, TableCell
from hexi.plans.documents.document import Flag
from hexi.plans.documents.limits import Deadline
from hexi.plans.documents.markers import mark_of, opens_block
from hexi.plans.documents.page_columns import column_tables, has_cells_beside, is_torn
from hexi.plans.documents.page_fragments import Fragment, Row, rows_of
from hexi.plans.documents.wrapping import ends_sentence

__all__ = ["Page", "PlacedTable", "lay_out"]

_DIGITS: Final = re.compile(r"\d+|[一二三四五六七八九十百]+")
_PAGE_NUMBER: Final = re.compile(
    r"[-—–－一~·\s]*\d{1,4}[-—–－一~·\s]*|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}"
    r"|[ivxIVX]{1,6}"
)
_LEADER: Final = re.compile(r"(?:[.．…·・]\s*){4,}\s*\d{0,4}$|[.．…·・]{4,}")
_UNBROKEN: Final = re.compile(
    r"[“‘《（(【\[]*[0-9A-Za-z.,%+/-]{0,16}[“‘《（]*.?[”’》）、，。；：！？]*"
)
#: a type size needs this many lines to have margins of its own
_FEWEST_LINES: Final = 6
#: lines that are a title of their own
_TITLES: Final = frozenset({"part", "chapter", "section", "box", "caption"})
#: part of the page's height at the top and bottom where running heads stand
_EDGE: Final = 0.12
#: and where small type is a running head even on a file of one page
_MARGIN: Final = 0.075
#: fragments at the end or start of a page that are looked at for cells
_NEAR: Final = 16


@dataclass(slots=True)
class PlacedTable:
    """A ruled table or a framed box with its place on the page."""

    page: int
    cells: list[TableCell]
    #: lines of a frame with one cell: a box of text
    box: list[Fragment] = field(default_factory=list)
    #: the fragment of the page before which it stands
    before: int = 0
    recognised: bool = False


@dataclass(slots=True)
class Page:
    """One page: its text outside tables, in reading order, and its tables."""

    number: int
    width: float
    height: float
    fragments: list[Fragment]
    tables: list[PlacedTable] = field(default_factory=list)
    recognised: bool = False


@dataclass(slots=True)
class _Line:
    row: Row
    page: Page
    box: bool = False
    #: page width and type size, which go together with margins
    key: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self.key = round(self.page.width / 10) * (2 if self.box else 1), round(self.row.size)


class _Margins:
    """Left and right text edges, by page width and type size."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        lefts: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
        rights: dict[tuple[int, int], list[float]] = defaultdict(list)
        for line in lines:
            key = line.key
            lefts[key][round(line.row.left)] += 1
            rights[key].append(line.row.right)
        self._edges: dict[tuple[int, int], tuple[float, float]] = {}
        for key, counted in lefts.items():
            right = sorted(rights[key])[int(len(rights[key]) * 0.9)]
            # the leftmost edge at which a fair part of the lines begins
            often = [x for x, n in counted.items() if n * 8 >= counted.most_common(1)[0][1]]
            self._edges[key] = float(min(often)), right
        self._count = {key: len(found) for key, found in rights.items()}
        self._body = max(self._count, key=lambda key: self._count[key], default=(0, 0))

    def of(self, line: _Line) -> tuple[float, float]:
        key = line.key
        # headings, few or in larger type, say nothing about the margins: take the body's
        heading = self._count[key] < _FEWEST_LINES or key[1] > 1.1 * self._body[1]
        if heading and not line.box:
            key = self._body
        return self._edges[key]


def lay_out(pages: Sequence[Page], builder: Builder, deadline: Deadline) -> None:
    """Write all pages to the builder."""
    flow = _flow(pages, _running(pages), deadline)
    lines = [item for item in flow if isinstance(item, _Line)]
    margins = _Margins(lines)
    _write(flow, margins, builder)


class _Run:
    """Text between ruled tables, looked through for tables without rules.

    Such a table may go on over page ends: the pages of a run then stand one under the other.
    """

    def __init__(self, flow: list[_Line | PlacedTable]) -> None:
        self._flow = flow
        self._pages: list[tuple[int, Page]] = []
        self._fragments: list[Fragment] = []
        self._placed: list[Fragment] = []

    def add(self, fragments: Sequence[Fragment], page: Page) -> None:
        if not fragments:
            return
        if not self._placed:
            shift = 0.0
        else:
            last = max(fragment.bottom for fragment in self._placed[-_NEAR:])
            shift = last + 0.4 * fragments[0].size - min(f.top for f in fragments[:_NEAR])
        self._pages.append((len(self._fragments), page))
        self._fragments.extend(fragments)
        self._placed.extend(
            [f._replace(top=f.top + shift, bottom=f.bottom + shift) for f in fragments]
            if shift
            else fragments
        )

    def goes_on(self, fragments: Sequence[Fragment]) -> bool:
        """Cells stand side by side at the end of this page and at the start of the next."""
        return has_cells_beside(self._fragments[-_NEAR:]) and has_cells_beside(fragments[:_NEAR])

    def close(self) -> None:
        if not self._pages:
            return
        done = 0
        breaks = {start for start, _ in self._pages[1:]}
        for table in column_tables(self._placed, breaks):
            self._lines(done, table.start)
            page = [page for start, page in self._pages if start <= table.start][-1]
            self._flow.append(PlacedTable(page.number, table.cells, recognised=page.recognised))
            done = table.end
        self._lines(done, len(self._fragments))
        self._pages, self._fragments, self._placed = [], [], []

    def _lines(self, start: int, end: int) -> None:
        ends = [begin for begin, _ in self._pages[1:]] + [len(self._fragments)]
        for (begin, page), stop in zip(self._pages, ends, strict=True):
            low, high = max(start, begin), min(end, stop)
            if low < high:
                rows = rows_of(self._fragments[low:high])
                self._flow.extend(_Line(row, page) for row in rows)


def _flow(
    pages: Sequence[Page], dropped: set[tuple[int, int]], deadline: Deadline
) -> list[_Line | PlacedTable]:
    """Rows of text and tables of all pages in reading order."""
    flow: list[_Line | PlacedTable] = []
    run = _Run(flow)
    for page in pages:
        deadline.check(f"第{page.number}页")
        tables = sorted(page.tables, key=lambda table: table.before)
        kept: list[Fragment] = []
        first = True
        for at, fragment in enumerate(page.fragments):
            while tables and tables[0].before <= at:
                if first and not run.goes_on(kept):
                    run.close()
                run.add(kept, page)
                run.close()
                kept, first = [], False
                _table_into(flow, tables.pop(0), page)
            if (page.number, at) not in dropped:
                kept.append(fragment)
        if first and not run.goes_on(kept):
            run.close()
        run.add(kept, page)
        if tables:
            run.close()
        for table in tables:
            _table_into(flow, table, page)
    run.close()
    return flow


def _table_into(flow: list[_Line | PlacedTable], table: PlacedTable, page: Page) -> None:
    if table.box:
        flow.extend(_Line(row, page, box=True) for row in rows_of(table.box))
    else:
        flow.append(table)


def _running(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Page numbers and running heads, as (page number, fragment index)."""
    places: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    dropped: set[tuple[int, int]] = set()
    sizes: Counter[int] = Counter()
    for page in pages:
        for fragment in page.fragments:
            sizes[round(fragment.size)] += len(fragment.text)
    body = sizes.most_common(1)[0][0] if sizes else 0
    for page in pages:
        for at, fragment in enumerate(page.fragments):
            top, bottom = fragment.top / page.height, fragment.bottom / page.height
            if bottom > _EDGE and top < 1 - _EDGE:
                continue
            text = fragment.text.strip()
            small = len(text) <= 60 and fragment.size < 0.8 * body
            at_margin = small and (bottom < _MARGIN or top > 1 - _MARGIN)
            number = len(text) <= 14 and _PAGE_NUMBER.fullmatch(text) and _alone(page, at)
            if at_margin or number:
                dropped.add((page.number, at))
            elif len(text) <= 60:
                key = (_DIGITS.sub("#", text), round(fragment.top / 6))
                places[key].append((page.number, at))
    for found in places.values():
        on = {number for number, _ in found}
        # on a file of two pages both must carry it, on longer ones three or more
        if len(on) >= min(3, max(2, len(pages))) and len(on) * 4 >= len(pages):
            dropped.update(found)
    return dropped


def _alone(page: Page, at: int) -> bool:
    """Nothing stands beside it: the first cell of a table's row is no page number."""
    here = page.fragments[at]
    near = (*page.fragments[max(0, at - 1) : at], *page.fragments[at + 1 : at + 2])
    return not any(
        other.top < (here.top + here.bottom) / 2 < other.bottom
        and max(other.left - here.right, here.left - other.right) > here.size
        and abs(other.size - here.size) < 0.2 * here.size
        for other in near
    )


def _write(flow: Sequence[_Line | PlacedTable], margins: _Margins, builder: Builder) -> None:
    at = 0
    while at < len(flow):
        item = flow[at]
        if isinstance(item, PlacedTable):
            start = builder.length
            builder.table(_joined_tables(flow, at))
            if item.recognised:
                builder.flag(Flag("ocr", start, builder.length, "文字识别"))
            at += 1
            while at < len(flow) and isinstance(flow[at], PlacedTable) and _continues(flow, at):
                at += 1
            continue
        at = _paragraph(flow, at, margins, builder)


def _continues(flow: Sequence[_Line | PlacedTable], at: int) -> bool:
    """A table right after a table of the same width: the same one over a page break."""
    above, below = flow[at - 1], flow[at]
    if not isinstance(above, PlacedTable) or not isinstance(below, PlacedTable):
        return False
    return below.page == above.page + 1 and _width(above.cells) == _width(below.cells)


def _width(cells: Sequence[TableCell]) -> int:
    return max((cell.column + cell.column_span for cell in cells), default=0)


def _joined_tables(flow: Sequence[_Line | PlacedTable], at: int) -> list[TableCell]:
    """Cells of a table and of its continuations on the following pages."""
    first = flow[at]
    assert isinstance(first, PlacedTable)
    cells = list(first.cells)
    head = [cell.paragraphs for cell in cells if cell.row == 0]
    here = at + 1
    while here < len(flow) and _continues(flow, here):
        more = flow[here]
        assert isinstance(more, PlacedTable)
        again = [cell.paragraphs for cell in more.cells if cell.row == 0] == head
        height = max((cell.row + cell.row_span for cell in cells), default=0)
        opening = [cell for cell in more.cells if cell.row == 0]
        above = {cell.column: cell for cell in cells if cell.row + cell.row_span == height}
        if not again and is_torn(above, opening):
            for cell in opening:
                above[cell.column].paragraphs.extend(cell.paragraphs)
            again = True
        for cell in more.cells:
            if again and cell.row == 0:
                continue
            cells.append(
                TableCell(
                    cell.paragraphs, cell.row + height - (1 if again else 0), cell.column,
                    cell.row_span, cell.column_span, cell.head,
                )
            )  # fmt: skip
        here += 1
    return cells


def _paragraph(
    flow: Sequence[_Line | PlacedTable], at: int, margins: _Margins, builder: Builder
) -> int:
    first = flow[at]
    assert isinstance(first, _Line)
    last = at
    while last + 1 < len(flow):
        line, following = flow[last], flow[last + 1]
        if not isinstance(line, _Line) or not isinstance(following, _Line):
            break
        if not _goes_on(line, following, margins):
            break
        last += 1
    lines = [item for item in flow[at : last + 1] if isinstance(item, _Line)]
    texts = [line.row.text for line in lines]
    if len(texts) == 1 and _LEADER.search(texts[0]):
        return last + 1  # a line of a table of contents
    placed = builder.torn_paragraph(texts, box=first.box)
    if placed is not None and any(line.page.recognised for line in lines):
        builder.flag(Flag("ocr", placed[0], placed[1], "文字识别"))
    return last + 1


def _centred_together(line: _Line, following: _Line, left: float) -> bool:
    """Two lines of one title, both set about the middle of the page."""
    middle = line.row.left + line.row.right - following.row.left - following.row.right
    aside = following.row.left > left + 2.5 * line.row.size
    return aside and abs(middle) < line.row.size


def _unbroken(text: str) -> float:
    """Width, in type sizes, of what may not be broken at the start of a line: a number, a word,
    an opening mark with what it opens. The line above is that much short of the margin."""
    match = _UNBROKEN.match(text)
    run = match[0] if match else ""
    return sum(0.55 if mark < "\u2000" else 1.0 for mark in run)


def _goes_on(line: _Line, following: _Line, margins: _Margins) -> bool:
    """Whether the following line belongs to the same paragraph."""
    size = line.row.size
    if abs(size - following.row.size) > 0.1 * size or line.box != following.box:
        return False
    left, right = margins.of(line)
    indented = following.row.left > left + 1.3 * size
    full = line.row.right >= right - 1.6 * size - _unbroken(following.row.text) * size
    if not full:
        return False
    own = mark_of(line.row.text)
    if own is not None and own.kind in _TITLES:
        return _centred_together(line, following, left)
    if ends_sentence(line.row.text) and indented:
        return False
    if indented:
        # a hanging block is indented as a whole, or behind the number that opens it
        level = abs(following.row.left - line.row.left) < 0.5 * size
        hangs = own is not None and following.row.left > line.row.left
        return level or hangs
    mark = mark_of(following.row.text)
    if mark is not None and opens_block(following.row.text):
        in_sentence = mark.kind in {"digit", "digit_paren", "bullet", "circled"}
        return in_sentence and not ends_sentence(line.row.text) and "：" not in line.row.text[-1:]
    gap = following.row.top - line.row.bottom
    same_page = line.page is following.page
    return not same_page or gap < 2.2 * size
