"""A document as Hexi sees it: one canonical text and the blocks that stand in it.

Every reader (docx, pdf, html, text, xlsx, scanned page) gives the same thing: the *canonical
text* that the portal shows and that offsets count in, and *blocks* (heading, paragraph, list
item, note, table) in reading order. A block has a *logical text*: simplified characters, torn
lines joined, character for character what the grammar reads; ``Block.place`` leads any slice of
it back to the canonical text. A private-use character between digits (a lost decimal point) is
kept in both texts.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

__all__ = ["Block", "BlockKind", "Cell", "Document", "Flag", "FlagKind"]

BlockKind = Literal["heading", "paragraph", "list", "note", "table"]
FlagKind = Literal["lost_point", "ocr", "traditional", "unreadable", "repaired"]


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reader noticed about a stretch of the canonical text."""

    kind: FlagKind
    start: int
    end: int
    note: str = ""


class Cell(NamedTuple):
    """One cell of a table (merged cells appear once, with their spans).

    A tuple, since a long plan has thousands of them and a tuple is made in a quarter of the time.
    ``start``/``end`` are offsets in the canonical text; ``text`` is the logical text of the cell.
    ``header`` is true for cells of the head rows and for row labels (``row_header``).
    """

    row: int
    column: int
    start: int
    end: int
    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    #: as in ``Block.segments``; empty when the logical text is ``end - start`` characters long
    segments: tuple[tuple[int, int], ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Canonical offsets of the slice ``text[start:end]``."""
        return _place(self.start, self.segments, start, end)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, note or table of the document, in reading order."""

    kind: BlockKind
    start: int
    end: int
    #: logical text; empty for tables, whose text is in the cells
    text: str = ""
    #: 1 (chapter) to 6 for headings; 0 otherwise
    level: int = 0
    #: where the logical text is not a plain slice: (logical offset, canonical offset) of each run
    segments: tuple[tuple[int, int], ...] = ()
    cells: tuple[Cell, ...] = ()
    #: table: its title line and the unit line above it (单位：亿元), logical text
    caption: str = ""
    #: true for the text and tables of a box (专栏)
    box: bool = False

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Canonical offsets of the slice ``text[start:end]``."""
        return _place(self.start, self.segments, start, end)


def _place(
    base: int, segments: tuple[tuple[int, int], ...], start: int, end: int
) -> tuple[int, int]:
    if not segments:
        return base + start, base + end
    starts = [logical for logical, _ in segments]
    first = segments[max(0, bisect_right(starts, start) - 1)]
    last = segments[max(0, bisect_right(starts, max(start, end - 1)) - 1)]
    return first[1] + (start - first[0]), last[1] + (end - last[0])


@dataclass(frozen=True, slots=True)
class Document:
    """A read document. ``text`` is canonical: the file's own characters, never rewritten."""

    name: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    flags: tuple[Flag, ...] = ()
    title: str = ""
    #: SHA-256 of the file's bytes, hexadecimal
    digest: str = ""
    #: plain-word notes for the user about the reading (zh-Hans)
    notices: tuple[str, ...] = field(default=())
