"""The board of stages (阶段看板): each stage a column of projects, those that burn first on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.chosen import Chosen
from hexi.portal.projects.queries.lines import ProjectLine, project_lines, records_of, records_then
from hexi.portal.projects.stagebook import moves_of, stage_book

__all__ = ["Card", "Column", "board"]

#: cards of one column; the rest is a list of its own
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Card:
    """One project, and whether the reader may move it."""

    line: ProjectLine
    movable: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One stage with its first projects."""

    stage: str
    label: str
    group: str
    count: int
    money: str
    cards: list[Card]
    more: int


def board(chosen: Chosen) -> list[Column]:
    """All stages in order; those that stand beside the way only where projects are in them."""
    book, counts = stage_book(), chosen.counts("stage")
    shown = [s for s in book.stages.values() if counts.get(s.id) or not s.stops]
    narrowed = {stage.id: chosen.narrowed("stage", stage.id) for stage in shown}
    ids = {id: one.ids("lamp", 0, MOST) for id, one in narrowed.items()}
    every = [pk for some in ids.values() for pk in some]
    rows = {row.pk: row for row in records_then(records_of(every, chosen.day), chosen)}
    columns = []
    for stage in shown:
        found = [rows[pk] for pk in ids[stage.id] if pk in rows]
        lines = project_lines(found, inside=chosen.inside)
        total = narrowed[stage.id].total
        columns.append(
            Column(
                stage=stage.id,
                label=stage.label(words.lang()),
                group=book.groups[stage.group].label(words.lang()),
                count=total,
                money=words.money_text(narrowed[stage.id].money or None),
                cards=[
                    Card(
                        line,
                        chosen.inside
                        and chosen.asof is None
                        and _may_move(chosen.person, row.unit_path)
                        and bool(moves_of(row.kind, row.stage, row.resume_stage)),
                    )
                    for line, row in zip(lines, found, strict=True)
                ],
                more=total - len(found),
            )
        )
    return columns


def _may_move(person: Person | None, path: str) -> bool:
    return person is not None and person.grants(Permission.MOVE_STAGE) and person.covers(path)
