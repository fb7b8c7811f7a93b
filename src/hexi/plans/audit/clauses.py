"""Running text with its figures in place (语句): what stands between two figures decides.

Whether figures are parts of a whole is said by words between them (其中, 包括, 占, brackets), so
the checks of sums read the logical text of a block with each figure's place in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hexi.plans.audit.gather import Book, Figure
from hexi.plans.documents.document import Block, Cell, Document

__all__ = ["Passage", "Placed", "Text", "closing_bracket", "passages_of", "texts_of"]

#: a stretch of running text: document, block, holder, text
Text = tuple[int, int, Block | Cell, str]


#: no bracket of a plan is longer
_LONGEST_BRACKET = 400


def closing_bracket(text: str, start: int) -> int:
    """Where the bracket that opens right before ``start`` closes; -1 where there is none."""
    if start and text[start - 1] in "（(":
        depth = 0
        for place in range(start - 1, min(len(text), start + _LONGEST_BRACKET)):
            if text[place] in "（(":
                depth += 1
            elif text[place] in "）)":
                depth -= 1
                if depth == 0:
                    return place
    return -1


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with its place in the passage's text."""

    start: int
    end: int
    figure: Figure


def _start_of(placed: Placed) -> int:
    return placed.start


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of prose (or one prose cell of a box) with its figures."""

    source: int
    block: int
    text: str
    holder: Block | Cell
    figures: tuple[Placed, ...]

    def bounds(self, place: int) -> tuple[int, int]:
        """The sentence around a place of the text."""
        left = self.text.rfind("。", 0, place) + 1
        right = self.text.find("。", place)
        return left, len(self.text) if right < 0 else right

    def between(self, start: int, end: int) -> list[Placed]:
        """Figures that begin in a stretch of the text."""
        first = bisect_left(self.figures, start, key=_start_of)
        return list(self.figures[first : bisect_left(self.figures, end, lo=first, key=_start_of)])

    def canonical(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text stands in the document."""
        return self.holder.place(start, end)


def passages_of(book: Book) -> list[Passage]:
    """All passages that hold at least one figure."""
    found: list[Passage] = []
    for (source, number), figures in book.blocks.items():
        if number < 0 or number >= len(book.documents[source].blocks):
            continue
        block = book.documents[source].blocks[number]
        if block.kind != "table":
            found.append(_passage(source, number, block, block.text, figures))
            continue
        cells: dict[int, list[Figure]] = {}
        for figure in figures:
            if figure.statement.cell >= 0:
                cells.setdefault(figure.statement.cell, []).append(figure)
        for place, inside in cells.items():
            if len(inside) > 1:
                cell = block.cells[place]
                found.append(_passage(source, number, cell, cell.text, inside))
    return found


def texts_of(documents: Sequence[Document]) -> Iterator[Text]:
    """Every stretch of running text, with figures or without."""
    for source, document in enumerate(documents):
        for number, block in enumerate(document.blocks):
            if block.kind != "table":
                yield source, number, block, block.text
                continue
            for cell in block.cells:
                if len(cell.text) > 12:
                    yield source, number, cell, cell.text


def _passage(
    source: int, number: int, holder: Block | Cell, text: str, figures: list[Figure]
) -> Passage:
    placed = []
    for figure in figures:
        start = _logical(holder, figure.statement.start)
        end = _logical(holder, figure.statement.end - 1) + 1
        if 0 <= start < end <= len(text):
            placed.append(Placed(start, end, figure))
    return Passage(source, number, text, holder, tuple(placed))


def _logical(holder: Block | Cell, canonical: int) -> int:
    """Logical offset of a canonical one (the inverse of ``place``)."""
    if not holder.segments:
        return canonical - holder.start
    starts = [place for _, place in holder.segments]
    logical, begin = holder.segments[max(0, bisect_right(starts, canonical) - 1)]
    return logical + canonical - begin
