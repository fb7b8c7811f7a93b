"""What every reader must keep (读取的不变式), and short views of a document for assertions."""

from __future__ import annotations

from hexi.plans.documents import Block, Cell, Document
from hexi.plans.documents.characters import simplify


def assert_places_hold(document: Document) -> None:
    """Each logical character stands in the canonical text, apart from its simplification."""
    logical = simplify(document.text)
    assert len(logical) == len(document.text)
    last = 0
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(document.text)
        assert block.start >= last, "blocks stand in reading order without overlap"
        last = block.end
        pieces: tuple[Block | Cell, ...] = block.cells if block.kind == "table" else (block,)
        for piece in pieces:
            assert block.start <= piece.start <= piece.end <= block.end
            for at, character in enumerate(piece.text):
                start, end = piece.place(at, at + 1)
                assert end == start + 1
                assert logical[start] == character
            if piece.text:
                assert piece.place(0, len(piece.text)) == (piece.start, piece.end)


def outline(document: Document) -> list[tuple[int, str]]:
    """Levels and texts of the headings."""
    return [(b.level, b.text) for b in document.blocks if b.kind == "heading"]


def texts(document: Document, *kinds: str) -> list[str]:
    """Texts of the blocks of some kinds (all but tables by default)."""
    wanted = kinds or ("heading", "paragraph", "list", "note")
    return [b.text for b in document.blocks if b.kind in wanted]


def tables(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind == "table"]


def grid(block: Block) -> list[list[str]]:
    """Rows of cell texts; places covered by a merged cell are empty."""
    height = max(c.row for c in block.cells) + 1
    width = max(c.column + c.column_span for c in block.cells)
    rows = [[""] * width for _ in range(height)]
    for cell in block.cells:
        rows[cell.row][cell.column] = cell.text
    return rows
