"""Key projects and programmes (重点项目、重大工程), box by box.

A box lists projects as 类别：甲、乙、丙等项目, as numbered programmes with their text, or as a
table. Sections that announce projects and category lines anywhere count as boxes too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hexi.plans.documents.document import Block, Document
from hexi.plans.register.bodies import Named, head_role, in_cell, in_text
from hexi.plans.register.grids import column_of, heads_of, rows_of
from hexi.plans.register.lexicon import one_of, words
from hexi.plans.register.listing import category_line, split_names
from hexi.plans.register.outline import Outline, Section
from hexi.plans.register.places import Places, place_of
from hexi.plans.register.plan import Place, Project, ProjectBox
from hexi.plans.register.roll import Roll

__all__ = ["project_boxes"]

_PROGRAMME = re.compile("(?:工程|项目|行动|计划)$")
_CLAUSE = re.compile("[，,。；;]")


def project_boxes(
    document: Document, outline: Outline, places: Places, roll: Roll
) -> tuple[ProjectBox, ...]:
    """Boxes with their projects, in reading order."""
    reader = _Reader(document, outline, places, roll)
    boxes: list[ProjectBox] = []
    for section in outline.sections:
        listed = "projects" in section.role
        found = [p for index in section.own for p in reader.projects(index, listed=listed)]
        if not found and listed and section.box and section.own:
            found = reader.itself(section)
        if found:
            title = f"{section.number} {section.title}".strip() if section.box else section.title
            boxes.append(ProjectBox(title, place_of(document, section.block), tuple(found)))
    boxes += _loose(document, outline, reader)
    return tuple(sorted(boxes, key=_first))


def _first(box: ProjectBox) -> int:
    """Where its first project stands."""
    return box.projects[0].place.start


def _loose(document: Document, outline: Outline, reader: _Reader) -> list[ProjectBox]:
    """Project tables and lines that stand before the first heading."""
    boxes: list[ProjectBox] = []
    for index, section in enumerate(outline.of_block):
        if section is None and document.blocks[index].kind != "heading":
            found = tuple(reader.projects(index, listed=False))
            if found:
                title = document.blocks[index].caption
                boxes.append(ProjectBox(title, place_of(document, index), found))
    return boxes


class _Reader:
    """Reads the projects of one block."""

    def __init__(self, document: Document, outline: Outline, places: Places, roll: Roll) -> None:
        self._document = document
        self._outline = outline
        self._places = places
        self._roll = roll

    def projects(self, index: int, *, listed: bool) -> Iterator[Project]:
        """Projects of a block; ``listed`` says that its section announces projects."""
        block = self._document.blocks[index]
        if block.kind == "table":
            named = one_of("projects", "box_words").search(block.caption) is not None
            yield from self._table(index, block, listed=listed or named)
            return
        line = category_line(block.text)
        if line is not None and (listed or one_of("projects", "box_words").search(line[0])):
            yield from self._line(index, block, *line)
        elif listed:
            yield from self._items(index, block)

    def itself(self, section: Section) -> list[Project]:
        """A box of plain prose is one programme: the one that its heading names."""
        prose = [self._document.blocks[index] for index in section.own]
        text = "\n".join(block.text for block in prose if block.kind != "table")
        if not text or not _PROGRAMME.search(section.title):
            return []
        place = Place(section.block, prose[0].start, prose[-1].end)
        return [self._project(section.title, "", text, place, in_text(text))]

    def _line(self, index: int, block: Block, category: str, listed: str) -> Iterator[Project]:
        offset = block.text.index(listed)
        for name in split_names(listed):
            start = block.text.find(name, offset)
            offset = max(offset, start)
            place = place_of(self._document, index, start, start + len(name))
            yield self._project(name, category, "", place)

    def _items(self, index: int, block: Block) -> Iterator[Project]:
        for item in self._outline.items_of(index, block):
            line = category_line(f"{item.title}：{item.text}") if item.text else None
            if line is not None and one_of("projects", "box_words").search(line[0]):
                yield from self._line(index, block, line[0], item.text)
            else:
                # 1.开展飞机保税维修业务，谋划承接…: the first clause names it
                name = item.title or _CLAUSE.split(item.text, 1)[0]
                yield self._project(name, "", item.text, item.place, in_text(item.text))

    def _table(self, index: int, block: Block, *, listed: bool) -> Iterator[Project]:
        heads = heads_of(block)
        column = column_of(heads, words("projects", "name_heads"))
        if column is None:
            return
        if not listed and heads[column] not in ("项目名称", "工程名称", "建设项目"):
            return
        look = {
            key: column_of(heads, words("projects", f"{key}_heads"))
            for key in ("category", "content", "investment", "term")
        }
        roles = {c: role for c, head in heads.items() if (role := head_role(head)) is not None}
        for row in rows_of(block):
            name = row.text(column)
            if not name:
                continue
            bodies = [b for c, role in roles.items() for b in in_cell(row.text(c), role)]
            yield self._project(
                name,
                row.text(look["category"]),
                row.text(look["content"]),
                Place(index, row.start, row.end),
                bodies,
                row.text(look["investment"]),
                row.text(look["term"]),
            )

    def _project(
        self,
        name: str,
        category: str,
        text: str,
        place: Place,
        bodies: list[Named] | None = None,
        investment: str = "",
        term: str = "",
    ) -> Project:
        enrolled = self._roll.enrol(bodies or [], name, place)
        inside = self._places.within(place.start, place.end)
        return Project(name, category, text, investment, term, place, enrolled, inside)
