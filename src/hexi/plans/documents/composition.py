"""From passages and grids to the blocks of a document (文档结构): headings, boxes, lists, notes.

One set of rules for every format. Levels come from the file where it gives them (styles, h1, #)
and from the rank of the numberings that this document uses as headings otherwise, so that 一、 is
level 1 in a plan without chapters and level 3 in one with chapters and sections.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from hexi.plans.documents.document import Block, BlockKind
from hexi.plans.documents.markers import RANKS, Mark, mark_of
from hexi.plans.documents.passages import Grid, Passage, segments_of

__all__ = ["compose"]

_SENTENCE_END: Final = re.compile("[。！？；]")
_UNNUMBERED: Final = re.compile(
    "(?:前\\s*言|引\\s*言|序\\s*言|序|绪\\s*论|结\\s*语|结束语|后\\s*记|附\\s*则|附\\s*录|附\\s*件\\s?\\d{0,2}|附\\s*表)"
)
#: kinds of document, as titles end (a lexicon of official document types)
_TITLE_END: Final = re.compile(
    "(?:规划|纲要|方案|计划|意见|报告|办法|规定|决定|通知|要点|措施|条例|细则)(?:[（(][^（）()]{1,20}[）)])?$"
)
_DOCUMENT_NUMBER: Final = re.compile(
    "[（(]?[\u4e00-\u9fff]{2,10}[〔\\[（(]\\d{4}[〕\\])）]\\s?\\d+号[）)]?"
)
#: a figure with something counted: a short numbered line with one is a list item, no heading
_MEASURED: Final = re.compile(
    "\\d[\\d.,]*\\s?(?:%|％|‰|[万亿千百]|[个家条项亩吨人元户件倍辆座处所公平立米])"
)
_PROSE_MARKS: Final = re.compile("[，。；]")
#: a heading is no longer than this
_LONGEST_HEADING: Final = 60
_LONGEST_RUN_IN: Final = 40
_MOST_IN_BOX: Final = 60


def _is_heading(text: str, mark: Mark) -> bool:
    """Whether a numbered line is a heading of its own (not one that runs into its text)."""
    if len(text) > _LONGEST_HEADING:
        return False
    if mark.kind in {"part", "chapter", "section"}:
        return not _SENTENCE_END.search(text[:-1])
    rest = text[mark.width :].strip()
    if not rest or len(rest) > _LONGEST_RUN_IN:
        return False
    inner = _SENTENCE_END.search(rest)
    if inner is not None and (inner.end() < len(rest) or rest[-1] == "；"):
        return False
    if mark.kind in {"digit", "digit_paren", "circled"}:
        if _MEASURED.search(rest) or "：" in rest[:-1] or rest[-1] == "：":
            return False
        return not (inner is not None and rest.count("，") > 1)
    # (二)6月底前，开工率达到75%。 is a sentence that a number stands before
    most = 0 if _MEASURED.search(rest) else 2
    return rest[-1] not in "：:" and not (inner is not None and rest.count("，") > most)


def _runs_in(text: str, mark: Mark) -> bool:
    """A heading followed by its text in the same paragraph."""
    stop = _SENTENCE_END.search(text, mark.width, mark.width + _LONGEST_RUN_IN)
    return stop is not None and stop.end() < len(text)


def _levels(
    items: Sequence[Passage | Grid], marks: Sequence[Mark | None], title: int | None
) -> dict[str, int]:
    """The heading level of each kind of numbering that this document uses.

    Where headings of a kind are styled their level holds for all of the kind; kinds without any
    style follow below the styled ones, in their order of rank.
    """
    styled: dict[str, Counter[int]] = {}
    seen: set[str] = set()
    deepest = 0
    for at, (item, mark) in enumerate(zip(items, marks, strict=True)):
        if not isinstance(item, Passage):
            continue
        if item.level and at != title:
            deepest = max(deepest, item.level)
        if mark is not None and mark.kind in RANKS:
            seen.add(mark.kind)
            if item.level:
                styled.setdefault(mark.kind, Counter())[item.level] += 1
    levels = {kind: counts.most_common(1)[0][0] for kind, counts in styled.items()}
    for kind in RANKS:
        if kind in seen and kind not in levels:
            deepest = min(6, deepest + 1)
            levels[kind] = deepest
    return levels


class _Composer:
    """Walks the items in order and decides each block's kind, level and box."""

    def __init__(self, items: Sequence[Passage | Grid], usual_gap: int, title: int | None) -> None:
        self._items = items
        self._marks = [mark_of(i.text) if isinstance(i, Passage) else None for i in items]
        self._level = _levels(items, self._marks, title)
        self._usual_gap = usual_gap
        self._blocks: list[Block] = []
        self._current_level = 0

    def compose(self) -> tuple[Block, ...]:
        at = 0
        while at < len(self._items):
            mark = self._marks[at]
            if mark is not None and mark.kind == "box" and self._opens_box(at):
                at = self._box(at)
            else:
                self._one(at, box=False)
                at += 1
        return tuple(self._blocks)

    def _opens_box(self, at: int) -> bool:
        item = self._items[at]
        return isinstance(item, Passage) and len(item.text) <= _LONGEST_HEADING

    def _one(self, at: int, *, box: bool) -> None:
        item = self._items[at]
        if isinstance(item, Grid):
            self._table(at, item, box=box)
            return
        kind, level = self._kind(at, item)
        if level and not box:
            self._current_level = level
        runs = item.runs
        segments = segments_of(runs) if len(runs) > 1 else ()
        self._blocks.append(
            Block(
                kind, runs[0][0], runs[-1][1], item.text, level, segments, box=box or item.box
            )
        )  # fmt: skip

    def _table(self, at: int, item: Grid, *, box: bool) -> None:
        self._blocks.append(
            Block(
                "table", item.start, item.end, cells=item.cells,
                caption=self._caption(at, item), box=box or item.box,
            )
        )  # fmt: skip

    def _kind(self, at: int, item: Passage) -> tuple[BlockKind, int]:
        mark, text = self._marks[at], item.text
        if item.level:
            return "heading", item.level
        if item.kind == "note" or (mark is not None and mark.kind in {"note", "unit", "caption"}):
            return "note", 0
        if item.kind == "list" and (mark is None or mark.kind not in {"chapter", "section"}):
            return "list", 0
        if mark is None:
            if len(text) <= 8 and _UNNUMBERED.fullmatch(text):
                return "heading", 1
            return "paragraph", 0
        if mark.kind in RANKS and _is_heading(text, mark):
            return "heading", self._level[mark.kind]
        if mark.kind == "bullet":
            return "list", 0
        if mark.kind in {"digit", "digit_paren", "circled"} and not _runs_in(text, mark):
            return "list", 0
        return "paragraph", 0

    def _box(self, at: int) -> int:
        """A box (专栏): its title, then its table and notes, or its items."""
        item = self._items[at]
        assert isinstance(item, Passage)
        level = min(6, self._current_level + 1)
        self._blocks.append(
            Block("heading", item.start, item.end, item.text, level, item.segments(), box=True)
        )
        here, first, table, items = at + 1, at + 1, False, False
        while here < len(self._items) and here - at <= _MOST_IN_BOX:
            following, mark = self._items[here], self._marks[here]
            if isinstance(following, Grid):
                if table or items:
                    break
                table = True
            elif self._ends_box(here, first, mark, table=table, items=items):
                break
            else:
                numbered = mark is not None and mark.kind in {"digit", "digit_paren", "bullet"}
                items = items or numbered
            self._one(here, box=True)
            here += 1
        return here

    def _ends_box(
        self, here: int, first: int, mark: Mark | None, *, table: bool, items: bool
    ) -> bool:
        passage = self._items[here]
        assert isinstance(passage, Passage)
        if mark is not None and mark.kind in {"note", "unit"}:
            return False
        if table:
            return True
        if here == first and mark is None and not passage.level:
            return passage.gap > self._usual_gap + 1
        if passage.gap > self._usual_gap or passage.level:
            return True
        if mark is not None and mark.kind in {"digit", "digit_paren", "circled", "bullet"}:
            return False
        if mark is not None:
            return True
        # in text with a blank line between all lines nothing else shows where a box ends
        return items or self._usual_gap > 0

    def _caption(self, at: int, grid: Grid) -> str:
        """The title and unit lines right above a table."""
        parts: list[str] = []
        for before in (at - 1, at - 2):
            if before < 0:
                break
            item, mark = self._items[before], self._marks[before]
            if not isinstance(item, Passage) or len(item.text) > _LONGEST_HEADING:
                break
            titles = mark is not None and mark.kind in {"caption", "box", "unit"}
            bare = mark is None and not parts and not _PROSE_MARKS.search(item.text)
            if not titles and not bare:
                break
            parts.insert(0, item.text)
        if grid.caption and grid.caption not in parts:
            parts.append(grid.caption)
        return " ".join(parts)


def _join_title(
    items: Sequence[Passage | Grid], at: int | None
) -> tuple[Sequence[Passage | Grid], int | None]:
    """A title over two lines, of which the second is hardly more than the kind of document, in
    one; and where the title is then."""
    if not at:
        return items, at
    above, below = items[at - 1], items[at]
    if not isinstance(above, Passage) or not isinstance(below, Passage) or below.gap > 0:
        return items, at
    bare = _TITLE_END.sub("", below.text)
    if len(bare) > 4 or len(above.text) > _LONGEST_RUN_IN or mark_of(above.text) is not None:
        return items, at
    if _PROSE_MARKS.search(above.text) or above.text[-1] in "：:日":
        return items, at
    joined = Passage(
        above.runs + below.runs, above.text + below.text, above.gap, above.indent, above.level
    )
    joined_up = [*items[: at - 1], joined, *items[at + 1 :]]
    return joined_up, _title_at(joined_up)


def compose(items: Sequence[Passage | Grid], usual_gap: int = 0) -> tuple[tuple[Block, ...], str]:
    """Blocks in reading order, and the document's title, empty where none can be told."""
    items, first = _join_title(items, _title_at(items))
    name = ""
    if first is not None:
        title = items[first]
        assert isinstance(title, Passage)
        # the title is a heading by its place; numbered levels start at 1 all the same
        title.level = title.level or 1
        name = title.text
    return _Composer(items, usual_gap, first).compose(), name


def _title_at(items: Sequence[Passage | Grid]) -> int | None:
    """Index of the passage that is the document's title."""
    for at, item in enumerate(items[:30]):
        if not isinstance(item, Passage) or len(item.text) > 80:
            continue
        mark = mark_of(item.text)
        if item.level == 1 and mark is None:
            return at
        if mark is not None or _SENTENCE_END.search(item.text) or item.text[-1] in "：:":
            continue
        if _DOCUMENT_NUMBER.fullmatch(item.text):
            continue
        if _TITLE_END.search(item.text) and not item.level:
            return at
    return None
