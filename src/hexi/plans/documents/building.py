"""Putting a document together from a format that has structure of its own (docx, html, xlsx, pdf).

The reader adds paragraphs and tables in reading order; the canonical text grows with them, one
paragraph a line and a table as tab-separated rows, and every piece keeps its place in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hexi.plans.documents.characters import flags_of, is_plain, simplify
from hexi.plans.documents.composition import compose, title_of
from hexi.plans.documents.document import Cell, Document, Flag
from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.limits import Limits
from hexi.plans.documents.passages import Cutter, Grid, Passage
from hexi.plans.documents.table_layout import Field, rows_of_cells

__all__ = ["Builder", "TableCell"]

Stretch = tuple[int, int]


@dataclass(slots=True)
class TableCell:
    """A cell as a format gives it: paragraphs, place in the grid, spans."""

    paragraphs: list[str]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    #: the format itself marks it as a head cell (th, repeated head row)
    head: bool = False


@dataclass(slots=True)
class _Piece:
    stretches: list[Stretch]
    level: int = 0
    kind: str = ""
    box: bool = False
    gap: int = 0


@dataclass(slots=True)
class _Table:
    start: int
    end: int
    cells: list[tuple[TableCell, list[Stretch]]]
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
    _pieces: list[_Piece | _Table] = field(default_factory=list)
    _flags: list[Flag] = field(default_factory=list)

    @property
    def length(self) -> int:
        """How long the canonical text is so far."""
        return self._length

    def _write(self, text: str) -> Stretch:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start, self._length

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
        self._pieces.append(_Piece([place], level, kind, box, gap))
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
        self._pieces.append(_Piece(stretches, level, kind, box, gap))
        return stretches[0][0], stretches[-1][1]

    def table(self, cells: Sequence[TableCell], *, caption: str = "", box: bool = False) -> None:
        """Add a table; cells come in reading order."""
        start = self._length
        placed: list[tuple[TableCell, list[Stretch]]] = []
        row = cells[0].row if cells else 0
        first = True
        for cell in cells:
            if not first:
                self._write("\t" if cell.row == row else "\n")
            row, first = cell.row, False
            placed.append((cell, self._cell_text(cell)))
        end = self._length
        if end == start:
            return
        self._write("\n")
        self._pieces.append(_Table(start, end, placed, caption, box))

    def _cell_text(self, cell: TableCell) -> list[Stretch]:
        stretches: list[Stretch] = []
        last = ""
        for paragraph in cell.paragraphs:
            text = paragraph.strip().replace("\t", " ")
            if not text:
                continue
            if stretches:
                self._write("\n")
                if _latin_seam(last, text):
                    stretches[-1] = (stretches[-1][0], stretches[-1][1] + 1)
            stretches.append(self._write(text))
            last = text
        return stretches

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
            item = _passage(piece, cutter) if isinstance(piece, _Piece) else _grid(piece, cutter)
            if item is not None:
                items.append(item)
        noticed = () if plain else flags_of(text, logical)
        flags = sorted([*noticed, *self._flags], key=lambda flag: flag.start)
        return Document(
            name=self.name,
            format=self.format,
            text=text,
            blocks=compose(items),
            flags=tuple(flags),
            title=title_of(items) or title,
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


def _passage(piece: _Piece, cutter: Cutter) -> Passage | None:
    start, end = piece.stretches[0][0], piece.stretches[-1][1]
    if len(piece.stretches) == 1 and not cutter.littered and not cutter.spaced:
        runs: tuple[Stretch, ...] = ((start, end),)
        text = cutter.logical[start:end]
        return Passage(runs, text, piece.gap, "", piece.level, piece.kind, piece.box)
    prose = not piece.level and end - start > 40
    runs, text = cutter.passage(piece.stretches, spaces=prose)
    if not runs:
        return None
    return Passage(runs, text, piece.gap, "", piece.level, piece.kind, piece.box)


def _grid(table: _Table, cutter: Cutter) -> Grid | None:
    fields: list[Field] = []
    rows: list[int] = []
    runs: tuple[Stretch, ...]
    for cell, stretches in table.cells:
        if len(stretches) == 1 and not cutter.littered:
            start, end = stretches[0]
            at, runs, text = start, ((start, end),), cutter.logical[start:end]
        else:
            runs, text = cutter.passage(stretches) if stretches else ((), "")
            at = stretches[0][0] if stretches else table.start
        fields.append(
            Field(text, runs, at, cell.row_span, cell.column_span, cell.column, cell.head)
        )
        rows.append(cell.row)
    cells: tuple[Cell, ...] = rows_of_cells(fields, rows)
    if not cells:
        return None
    width = max(c.column + c.column_span for c in cells)
    caption = table.caption
    first = [c for c in cells if c.row == cells[0].row]
    if not caption and width > 1 and len(first) == 1 and first[0].column_span == width:
        caption = first[0].text
    return Grid(table.start, table.end, cells, 0, caption, table.box)
