"""Putting a document together from a format that has structure of its own (docx, html, xlsx, pdf).

The reader adds paragraphs and tables in reading order; the canonical text grows with them, one
paragraph a line and a table as tab-separated rows, and every piece keeps its place in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hexi.plans.documents.characters import flags_of, is_plain, simplify
from hexi.plans.documents.composition import compose
from hexi.plans.documents.document import Document, Flag
from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.grids import GridPlace, TableCell, cells_in_grid
from hexi.plans.documents.limits import Limits
from hexi.plans.documents.passages import Cutter, Grid, Passage, Runs

__all__ = ["Builder", "TableCell"]

Stretch = tuple[int, int]
#: a longer paragraph is prose, in which stray spaces are cut out
_LONGEST_LABEL: Final = 40


@dataclass(slots=True)
class _Table:
    start: int
    end: int
    #: what is still to be known of each cell when its text is settled, and where it stands
    cells: list[GridPlace]
    places: list[Runs]
    caption: str = ""
    box: bool = False


@dataclass(slots=True)
class Builder:
    """Collects what a reader finds and makes the document of it."""

    name: str
    format: str
    digest: str = ""
    limits: Limits = field(default_factory=Limits)
    notices: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    #: passages are settled when the whole text is known (``_settle``)
    _pieces: list[Passage | _Table] = field(default_factory=list)
    _flags: list[Flag] = field(default_factory=list)

    @property
    def length(self) -> int:
        """How long the canonical text is so far."""
        return self._length

    def paragraph(
        self, text: str, *, level: int = 0, kind: str = "", box: bool = False, gap: int = 0
    ) -> Stretch | None:
        """Add a paragraph; blank ones add nothing."""
        text = text.strip()
        if not text:
            return None
        start = self._length
        place = start, start + len(text)
        self._parts += (text, "\n")
        self._length = place[1] + 1
        self._pieces.append(Passage((place,), text, gap, "", level, kind, box))
        return place

    def torn_paragraph(
        self,
        lines: Sequence[str],
        *,
        level: int = 0,
        kind: str = "",
        box: bool = False,
        gap: int = 0,
    ) -> Stretch | None:
        """Add a paragraph that stands on several lines; the line ends stay in the text."""
        stretches: list[Stretch] = []
        last = ""
        for line in lines:
            text = line.strip()
            if not text:
                continue
            start = self._length
            end = start + len(text)
            self._parts += (text, "\n")
            self._length = end + 1
            if last and _latin_seam(last, text):
                stretches[-1] = (stretches[-1][0], stretches[-1][1] + 1)
            stretches.append((start, end))
            last = text
        if not stretches:
            return None
        # lines are joined when it is known what is to be taken out of them
        text = last if len(stretches) == 1 else ""
        self._pieces.append(Passage(tuple(stretches), text, gap, "", level, kind, box))
        return stretches[0][0], stretches[-1][1]

    def table(self, cells: Sequence[TableCell], *, caption: str = "", box: bool = False) -> None:
        """Add a table; cells come in reading order."""
        parts, start = self._parts, self._length
        placed: list[GridPlace] = []
        places: list[Runs] = []
        at, row = start, -1
        for cell in cells:
            if places:
                parts.append("\t" if cell.row == row else "\n")
                at += 1
            row = cell.row
            stretches = _written(cell.paragraphs, at, parts)
            if stretches:
                at = stretches[-1][1]
            placed.append((row, cell.column, cell.row_span, cell.column_span, cell.head))
            places.append(stretches)
        if at == start:
            return
        parts.append("\n")
        self._length = at + 1
        self._pieces.append(_Table(start, at, placed, places, caption, box))

    def flag(self, flag: Flag) -> None:
        self._flags.append(flag)

    def finish(self, *, title: str = "") -> Document:
        """The document; an empty one is an error, never a document without text."""
        if self._length > self.limits.characters:
            raise DocumentError("too_large", self.name)
        text = "".join(self._parts)
        if not text.strip():
            raise DocumentError("empty", self.name)
        plain = is_plain(text)
        logical = text if plain else simplify(text)
        cutter = Cutter(logical, plain=plain)
        items: list[Passage | Grid] = []
        for piece in self._pieces:
            item = _settle(piece, cutter) if isinstance(piece, Passage) else _grid(piece, cutter)
            if item is not None:
                items.append(item)
        blocks, found = compose(items)
        noticed = () if plain else flags_of(text, logical)
        flags = sorted([*noticed, *self._flags], key=lambda flag: flag.start)
        return Document(
            name=self.name,
            format=self.format,
            text=text,
            blocks=blocks,
            flags=tuple(flags),
            title=found or title,
            digest=self.digest,
            notices=tuple(self.notices),
        )


def _latin_seam(before: str, after: str) -> bool:
    """Two Latin words that only a line end keeps apart."""
    return (
        before[-1:].isascii()
        and before[-1:].isalnum()
        and after[:1].isascii()
        and (after[:1].isalnum())
    )


def _written(paragraphs: Sequence[str], at: int, parts: list[str]) -> Runs:
    """Put a cell's paragraphs, one a line, among the parts of the text, and say where they are."""
    if len(paragraphs) == 1:
        # nearly every cell
        text = paragraphs[0].strip().replace("\t", " ")
        parts.append(text)
        return ((at, at + len(text)),) if text else ()
    stretches: list[Stretch] = []
    last = ""
    for paragraph in paragraphs:
        text = paragraph.strip().replace("\t", " ")
        if not text:
            continue
        if stretches:
            parts.append("\n")
            at += 1
            if _latin_seam(last, text):
                stretches[-1] = (stretches[-1][0], at)
        parts.append(text)
        stretches.append((at, at + len(text)))
        at += len(text)
        last = text
    return tuple(stretches)


def _settle(passage: Passage, cutter: Cutter) -> Passage | None:
    """A passage with its logical text, now that the whole text is known; None if none is left."""
    runs = passage.runs
    start, end = runs[0][0], runs[-1][1]
    prose = not passage.level and end - start > _LONGEST_LABEL
    if len(runs) == 1 and not cutter.touches(start, end, spaces=prose):
        if not cutter.plain:
            passage.text = cutter.logical[start:end]
        return passage
    passage.runs, passage.text = cutter.passage(runs, spaces=prose)
    return passage if passage.runs else None


def _grid(table: _Table, cutter: Cutter) -> Grid | None:
    texts: list[str] = []
    runs: list[Runs] = []
    logical, littered = cutter.logical, cutter.littered
    for places in table.places:
        text = ""
        if len(places) == 1:
            start, end = places[0]
            if not (littered and cutter.touches(start, end, spaces=False)):
                text = logical[start:end]
        if places and not text:
            places, text = cutter.passage(places)
        runs.append(places)
        texts.append(text)
    cells = cells_in_grid(table.cells, texts, runs)
    if not cells:
        return None
    caption = table.caption
    first = [c for c in cells if c.row == cells[0].row]
    if not caption and len(first) == 1:
        width = max(c.column + c.column_span for c in cells)
        caption = first[0].text if width > 1 and first[0].column_span == width else ""
    return Grid(table.start, table.end, cells, 0, caption, table.box)
