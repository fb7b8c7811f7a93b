"""Plain text and Markdown (文本): the reader for .txt and .md files.

The canonical text is the decoded file itself, line ends untouched. Structure is read from the
shape of the lines: numbering, indents, blank lines, tabs, and how lines are wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hexi.plans.documents.flat_tables import TableFinder
from hexi.plans.documents.lines import Line, split_lines
from hexi.plans.documents.markers import mark_of
from hexi.plans.documents.passages import Cutter, Grid, Passage
from hexi.plans.documents.wrapping import Wrapping, furniture, measure

__all__ = ["passages_of_text"]

_HASHES: Final = re.compile("#{1,6}")


def passages_of_text(text: str, logical: str) -> tuple[list[Passage | Grid], int]:
    """Passages and tables of a text, and how many blank lines usually stand between lines."""
    lines = split_lines(text, logical)
    cutter = Cutter(logical)
    wrapping = measure(lines)
    dropped = furniture(lines, wrapping)
    if dropped:
        lines = _without(lines, dropped)
    return _Walk(lines, logical, cutter, wrapping).items(), wrapping.usual_gap


def _without(lines: Sequence[Line], dropped: set[int]) -> list[Line]:
    """The lines left; what follows a dropped line follows the line before it."""
    kept: list[Line] = []
    bridged = False
    for at, line in enumerate(lines):
        if at in dropped:
            bridged = True
            continue
        # the gap around a page number says nothing about paragraphs
        kept.append(line._replace(gap=min(line.gap, 1), new_page=True) if bridged else line)
        bridged = False
    return kept


class _Walk:
    """One pass over the lines: tables are taken out, the rest is joined to passages."""

    def __init__(
        self, lines: Sequence[Line], logical: str, cutter: Cutter, wrapping: Wrapping
    ) -> None:
        self._lines = lines
        self._logical = logical
        self._cutter = cutter
        self._wrapping = wrapping
        self._tables = TableFinder(lines, logical, cutter)

    def items(self) -> list[Passage | Grid]:
        items: list[Passage | Grid] = []
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            if not line.text and not self._opens_flat_table(at):
                at += 1
                continue
            found = self._tables.table_at(at)
            if found is not None:
                items.append(found[0])
                at = found[1]
                continue
            if not line.text:
                at += 1
                continue
            passage, at = self._passage(at)
            if passage is not None:
                items.append(passage)
        return items

    def _opens_flat_table(self, at: int) -> bool:
        """An empty cell may be a flattened table's first."""
        if at + 1 == len(self._lines):
            return False
        following = self._lines[at + 1]
        return following.gap == 0 and following.indent.startswith("\t")

    def _passage(self, at: int) -> tuple[Passage | None, int]:
        first = self._lines[at]
        last = at
        mark = mark_of(first.text)
        if mark is None or mark.kind not in {"hash", "box"}:
            while last + 1 < len(self._lines) and self._joins(last):
                last += 1
        stretches = self._stretches(at, last)
        level = 0
        if mark is not None and mark.kind == "hash":
            hashes = _HASHES.match(first.text)
            level = hashes.end() if hashes else 0
            stretches[0] = (first.start + mark.width, first.end)
        prose = last > at or len(first.text) > 40
        runs, text = self._cutter.passage(stretches, spaces=prose)
        if not runs:
            return None, last + 1
        return Passage(runs, text, first.gap, first.indent, level), last + 1

    def _joins(self, at: int) -> bool:
        following = self._lines[at + 1]
        if not following.text or "\t" in following.text:
            return False
        return self._wrapping.continues(self._lines[at], following)

    def _stretches(self, first: int, last: int) -> list[tuple[int, int]]:
        stretches: list[tuple[int, int]] = []
        for at in range(first, last + 1):
            line = self._lines[at]
            end = line.end
            if at < last and _latin(line.text[-1]) and _latin(self._lines[at + 1].text[0]):
                # two Latin words torn apart keep one white-space character between them
                end += 1
            stretches.append((line.start, end))
        return stretches


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
