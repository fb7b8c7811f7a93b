"""The outline of a plan (篇章结构): its sections, what each announces, and the items in them.

Headings are told by the readers; here they get their role (背景, 目标, 任务, 保障 …) from the
lexicon, inherited from the section above where a heading says nothing, and chapters between the
goals and the safeguards that say nothing are tasks. Items are paragraphs that open with a number
or a dash, and items that stand in one paragraph one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from hexi.plans.documents.document import Block, Document
from hexi.plans.documents.markers import RANKS, mark_of
from hexi.plans.register.lexicon import one_of, table, words
from hexi.plans.register.plan import Place

__all__ = ["Item", "Outline", "Section", "lead_of", "outline"]

_ITEM_KINDS = {"han_paren", "digit", "digit_paren", "circled", "bullet", "han"}
#: the next item of a paragraph that holds several: a number after a full stop and a gap
_NEXT_ITEM = re.compile(r"(?<=[。；])[\s\u3000]+(?=\d{1,2}\s?[.．、][^\d])")
_GAP = re.compile(r"[。；]\s")
_ORDINAL_WORD = re.compile(r"[一二三四五六七八九十]{1,2}是")
#: a run-in title is no longer than this
_LONGEST_TITLE = 40
_LEAD = re.compile(r"[^。：，；\d]{4,20}[。：]")
_TITLE_END = re.compile(r"[。：:！]")


@dataclass(slots=True)
class Section:
    """A heading and the blocks under it, up to the next heading of its rank."""

    position: int
    block: int
    level: int
    title: str
    number: str
    box: bool
    roles: frozenset[str]
    parent: Section | None
    #: first block after it
    end: int = 0
    children: list[Section] = field(default_factory=list)
    #: blocks that stand directly under it
    own: list[int] = field(default_factory=list)
    #: roles after inheritance
    role: frozenset[str] = frozenset()

    @property
    def chapter(self) -> Section:
        """The outermost section it belongs to."""
        here = self
        while here.parent is not None:
            here = here.parent
        return here

    @property
    def path(self) -> tuple[str, ...]:
        """Titles from the outermost section to this one."""
        return (*(self.parent.path if self.parent else ()), self.title)


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered or marked item; ``title`` is its run-in heading, if it has one."""

    number: str
    title: str
    text: str
    #: rank of its numbering: higher is deeper
    rank: int
    place: Place


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections in reading order, and the section of every block (None before the first)."""

    sections: tuple[Section, ...]
    of_block: tuple[Section | None, ...]
    _items: dict[int, list[Item]] = field(default_factory=dict)

    def items_of(self, index: int, block: Block) -> list[Item]:
        """The items of a block, which tasks and projects both ask for: read once."""
        found = self._items.get(index)
        if found is None:
            found = self._items[index] = _items_of(index, block)
        return found

    def having(self, role: str) -> Iterator[Section]:
        """Sections whose own heading announces a role."""
        return (section for section in self.sections if role in section.roles)


def outline(document: Document) -> Outline:
    """Sections of a document with their roles."""
    sections: list[Section] = []
    open_: list[Section] = []
    of_block: list[Section | None] = []
    for index, block in enumerate(document.blocks):
        if block.kind == "heading" and not _is_title(document, index, block):
            while open_ and (open_[-1].box or open_[-1].level >= max(1, block.level)):
                open_.pop().end = index
            section = _section(len(sections), index, block, open_[-1] if open_ else None)
            sections.append(section)
            open_.append(section)
        elif open_ and open_[-1].box and not block.box:
            open_.pop().end = index
        here = open_[-1] if open_ else None
        if here is not None and block.kind != "heading":
            here.own.append(index)
        of_block.append(here)
    for section in open_:
        section.end = len(document.blocks)
    _inherit(sections)
    return Outline(tuple(sections), tuple(of_block))


def _is_title(document: Document, index: int, block: Block) -> bool:
    return bool(document.title) and index < 40 and block.text == document.title


def _section(position: int, index: int, block: Block, parent: Section | None) -> Section:
    number, title = _numbered(block.text)
    roles = _roles(title)
    if block.box and one_of("projects", "box_words").search(title):
        roles |= {"projects"}
    section = Section(position, index, max(1, block.level), title, number, block.box, roles, parent)
    if parent is not None:
        parent.children.append(section)
    return section


def _numbered(text: str) -> tuple[str, str]:
    mark = mark_of(text)
    if mark is None:
        return "", text.strip()
    number, title = text[: mark.width].strip(), text[mark.width :].strip(" \u3000：:、.．。;；")
    return (number, title) if title else ("", number)


def _roles(title: str) -> frozenset[str]:
    bare = re.sub(r"\s", "", title)
    return frozenset(role for role in table("roles") if one_of("roles", role).search(bare))


def _inherit(sections: list[Section]) -> None:
    _fill_chapters([section for section in sections if section.parent is None])
    verbs = words("parks", "verbs")
    for section in sections:
        if section.parent is not None:
            above = section.parent.role
            allowed = _MAY_BECOME.get(_leading(above), section.roles)
            section.role = (section.roles & allowed) or above
        if "layout" in section.role and any(
            child.title.startswith(verbs) for child in section.children if not child.box
        ):
            # a layout whose parts are aims (打造…), not names of places, is work to be done
            section.role |= {"tasks"}


#: what a part of a section may announce instead of the section's own matter; a word such as
#: 环境 or 保障 in the heading of a task is wording, not a change of matter
_MAY_BECOME: dict[str, frozenset[str]] = {
    "preface": frozenset(),
    "background": frozenset({"thinking", "goals"}),
    "tasks": frozenset({"goals", "thinking", "layout", "projects"}),
    "layout": frozenset({"goals", "thinking", "projects", "tasks"}),
    "projects": frozenset({"goals"}),
    "safeguards": frozenset({"projects"}),
}


def _leading(roles: frozenset[str]) -> str:
    """The role that decides where a heading has several; empty where any may follow."""
    if roles & {"goals", "thinking"}:
        return ""
    return next((role for role in _MAY_BECOME if role in roles), "")


def _fill_chapters(chapters: list[Section]) -> None:
    """Chapters that announce nothing: tasks, once goals or ideas have been set out.

    An action plan (实施方案) may set out neither: then all its numbered chapters are tasks.
    """
    below = [frozenset().union(*(c.roles for c in _family(chapter))) for chapter in chapters]
    plain = not any(inside & {"goals", "thinking"} for inside in below)
    started = False
    for chapter, inside in zip(chapters, below, strict=True):
        chapter.role = chapter.roles
        if not chapter.roles and (started or (plain and chapter.number)):
            chapter.role = frozenset({"tasks"})
        elif chapter.roles and chapter.roles <= {"projects"}:
            chapter.role = chapter.roles | {"tasks"}
        started = started or bool(inside & {"goals", "thinking"})


def _family(section: Section) -> Iterator[Section]:
    yield section
    for child in section.children:
        yield from _family(child)


def lead_of(text: str) -> tuple[str, str]:
    """Title and text of a passage that opens with a short sentence: 加强组织领导。成立……"""
    lead = _LEAD.match(text)
    if lead is None or lead.end() == len(text):
        return "", text.strip()
    return lead[0].rstrip("。："), text[lead.end() :].strip()


def _items_of(index: int, block: Block) -> list[Item]:
    """The items of a paragraph: none, one, or several in a row."""
    text = block.text
    if mark_of(text) is None and not _ORDINAL_WORD.match(text):
        return []
    cuts = [0, len(text)]
    if _GAP.search(text) is not None:  # seldom: the search for the next item looks at every place
        cuts[1:1] = [m.end() for m in _NEXT_ITEM.finditer(text)]
    return [
        item
        for start, end in pairwise(cuts)
        if (item := _item(index, block, start, end)) is not None
    ]


def _item(index: int, block: Block, start: int, end: int) -> Item | None:
    text = block.text[start:end].rstrip()
    mark = mark_of(text)
    if mark is None or mark.kind not in _ITEM_KINDS:
        return None
    rest = text[mark.width :].lstrip()
    stop = _TITLE_END.search(rest, 0, _LONGEST_TITLE)
    title, body = ("", rest) if stop is None else (rest[: stop.start()], rest[stop.end() :])
    if stop is not None and not body.strip():
        title, body = rest[: stop.start()], ""
    elif stop is None and len(rest) <= _LONGEST_TITLE:
        title, body = rest.rstrip("；;，,"), ""
    rank = RANKS.index(mark.kind) if mark.kind in RANKS else len(RANKS)
    first, last = block.place(start, start + len(text))
    return Item(
        text[: mark.width].strip(), title.strip(), body.strip(), rank, Place(index, first, last)
    )
