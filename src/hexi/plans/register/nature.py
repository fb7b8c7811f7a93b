"""Nature of a target (指标属性): binding (约束性) or expected (预期性), where the plan says so.

It is said in a column of the table, beside the name in the row, in the heading of the table or
box, or in the sentence itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hexi.plans.documents.document import Block, Document
from hexi.plans.register.lexicon import one_of
from hexi.plans.register.outline import Outline
from hexi.plans.register.plan import Nature
from hexi.plans.statements.statement import Statement

__all__ = ["Natures"]

#: the run-in heading of a passage: 1.对外贸易预期目标：
_RUN_IN = re.compile(r"[^。：:，]{2,40}(?=[。：:])")


class Natures:
    """Answers what the document says of the nature of a target."""

    def __init__(
        self, document: Document, statements: Sequence[Statement], outline: Outline
    ) -> None:
        self._document = document
        self._statements = statements
        self._outline = outline
        self._rows: dict[int, dict[int, Nature]] = {}

    def of(self, positions: Iterable[int]) -> Nature:
        """The first nature that any of the statements carries; rows before headings."""
        found = [self._statements[position] for position in positions]
        for statement in found:
            if statement.table and (nature := self._row(statement)):
                return nature
        for statement in found:
            if statement.modality == "target" and (nature := self._around(statement)):
                return nature
        return ""

    def _row(self, statement: Statement) -> Nature:
        block = self._block(statement)
        if block is None or not 0 <= statement.cell < len(block.cells):
            return ""
        rows = self._rows.get(statement.block)
        if rows is None:
            rows = self._rows[statement.block] = _natures_by_row(block)
        return rows.get(block.cells[statement.cell].row, "")

    def _around(self, statement: Statement) -> Nature:
        block = self._block(statement)
        if block is None:
            return ""
        if statement.table:
            section = self._outline.of_block[statement.block]
            return _said(block.caption) or (_said(section.title) if section is not None else "")
        start, end = statement.sentence
        sentence = self._document.text[start:end]
        if one_of("nature", "exact").search(sentence):
            return _said(sentence)
        section = self._outline.of_block[statement.block]
        title = _RUN_IN.match(block.text)
        return (_said(title[0]) if title else "") or (_said(section.title) if section else "")

    def _block(self, statement: Statement) -> Block | None:
        if not 0 <= statement.block < len(self._document.blocks):
            return None
        return self._document.blocks[statement.block]


def _natures_by_row(block: Block) -> dict[int, Nature]:
    """Cells that say it, also merged over several rows."""
    rows: dict[int, Nature] = {}
    for cell in block.cells:
        nature = _said(cell.text)
        if nature and not (cell.header and cell.row == 0):
            for row in range(cell.row, cell.row + cell.row_span):
                rows.setdefault(row, nature)
    return rows


def _said(text: str) -> Nature:
    if one_of("nature", "binding").search(text):
        return "" if one_of("nature", "expected").search(text) else "binding"
    return "expected" if one_of("nature", "expected").search(text) else ""
