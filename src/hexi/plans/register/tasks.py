"""Tasks and safeguards by chapter (主要任务、保障措施).

The headings of a chapter of tasks are its tasks; numbered and dashed items under them are tasks
one step deeper. A section that has only prose keeps the prose as the text of its heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hexi.plans.documents.document import Block, Document
from hexi.plans.register.bodies import head_role, in_cell, in_text, says_bodies
from hexi.plans.register.grids import heads_of, rows_of
from hexi.plans.register.outline import Outline, Section, lead_of
from hexi.plans.register.places import Places, place_of
from hexi.plans.register.plan import Chapter, Place, Task, TaskKind
from hexi.plans.register.roll import Roll

__all__ = ["chapters"]

_TASK_HEADS = (
    "主要任务",
    "重点任务",
    "工作任务",
    "任务",
    "工作内容",
    "重点工作",
    "任务名称",
    "工作举措",
    "具体任务",
)


def chapters(
    document: Document, outline: Outline, places: Places, roll: Roll
) -> tuple[Chapter, ...]:
    """Chapters of tasks and of safeguards, in reading order."""
    reader = _Reader(document, outline, places, roll)
    found: list[Chapter] = []
    for section in outline.sections:
        kind = _kind(section)
        above = section.parent
        if kind is None or (above is not None and _kind(above) == kind):
            continue
        tasks = tuple(reader.tasks(section, kind, 0))
        if tasks:
            title = f"{section.number} {section.title}".strip()
            found.append(Chapter(kind, title, place_of(document, section.block), tasks))
    return tuple(found)


def _kind(section: Section) -> TaskKind | None:
    if "safeguards" in section.role:
        return "safeguard"
    if section.box or "background" in section.role:
        return None
    return "task" if "tasks" in section.role else None


class _Reader:
    def __init__(self, document: Document, outline: Outline, places: Places, roll: Roll) -> None:
        self._document = document
        self._outline = outline
        self._places = places
        self._roll = roll

    def tasks(self, section: Section, kind: TaskKind, depth: int) -> Iterator[Task]:
        """Tasks of a section: itself (below a chapter), its items, its sections."""
        if depth:
            yield self._heading(section, depth)
        items = self._items(section, depth)
        yield from items
        if not (depth or items or section.children):
            yield from self._paragraphs(section)
        for child in section.children:
            if not child.box and _kind(child) == kind:
                yield from self.tasks(child, kind, depth + 1)

    def _heading(self, section: Section, depth: int) -> Task:
        prose = self._prose(section)
        text = "\n".join(block.text for block in prose)
        head = self._document.blocks[section.block]
        end = max([head.end, *(block.end for block in prose)])
        place = Place(section.block, head.start, end)
        return self._task(section.number, section.title, text, depth, place)

    def _prose(self, section: Section) -> list[Block]:
        """Passages that say more of the section itself, not of its items."""
        prose: list[Block] = []
        seen = False
        for index in section.own:
            block = self._document.blocks[index]
            if block.kind not in ("paragraph", "list"):
                continue
            if self._outline.items_of(index, block):
                seen = True
            elif not (seen and says_bodies(block.text)):
                prose.append(block)
        return prose

    def _items(self, section: Section, depth: int) -> list[Task]:
        tasks: list[Task] = []
        ranks: list[int] = []
        for index in section.own:
            block = self._document.blocks[index]
            if block.kind == "table":
                tasks += self._rows(index, depth + 1)
                continue
            prose = block.kind in ("paragraph", "list")
            items = self._outline.items_of(index, block) if prose else []
            for item in items:
                while ranks and ranks[-1] >= item.rank:
                    ranks.pop()
                ranks.append(item.rank)
                inner = depth + len(ranks)
                tasks.append(self._task(item.number, item.title, item.text, inner, item.place))
            if tasks and not items and says_bodies(block.text):
                tasks[-1] = self._answered(tasks[-1], index)
        return tasks

    def _answered(self, task: Task, index: int) -> Task:
        """The task with the bodies that the line under it names."""
        named = in_text(self._document.blocks[index].text)
        matter = task.title or task.text[:40]
        enrolled = self._roll.enrol(named, matter, place_of(self._document, index))
        return replace(task, bodies=task.bodies + enrolled)

    def _paragraphs(self, section: Section) -> Iterator[Task]:
        """A chapter of prose alone: each paragraph is a task, a short first sentence its title."""
        for index in section.own:
            block = self._document.blocks[index]
            if block.kind in ("paragraph", "list") and block.text:
                title, text = lead_of(block.text)
                yield self._task("", title, text, 1, place_of(self._document, index))

    def _rows(self, index: int, depth: int) -> Iterator[Task]:
        """Rows of a table of tasks with a column of responsible bodies."""
        block = self._document.blocks[index]
        heads = heads_of(block)
        roles = {c: role for c, head in heads.items() if (role := head_role(head)) is not None}
        column = next((c for c, head in sorted(heads.items()) if head in _TASK_HEADS), None)
        if column is None or not roles:
            return
        for row in rows_of(block):
            title = row.text(column)
            if title:
                place = Place(index, row.start, row.end)
                bodies = [b for c, role in roles.items() for b in in_cell(row.text(c), role)]
                enrolled = self._roll.enrol(bodies, title, place)
                inside = self._places.within(place.start, place.end)
                yield Task("", title, "", depth, place, enrolled, inside)

    def _task(self, number: str, title: str, text: str, depth: int, place: Place) -> Task:
        bodies = self._roll.enrol(in_text(f"{title}。{text}"), title or text[:40], place)
        inside = self._places.within(place.start, place.end)
        return Task(number, title, text, depth, place, bodies, inside)
