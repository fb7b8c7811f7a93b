"""Goals (发展目标): the passages that say what the plan is to reach, with their figures."""

from __future__ import annotations

from hexi.plans.documents.document import Document
from hexi.plans.register.outline import Outline, items_of
from hexi.plans.register.places import Places, place_of
from hexi.plans.register.plan import Goal

__all__ = ["goals"]


def goals(document: Document, outline: Outline, places: Places) -> tuple[Goal, ...]:
    """One goal a paragraph or item under the headings of goals."""
    found: list[Goal] = []
    for index, section in enumerate(outline.of_block):
        block = document.blocks[index]
        if section is None or section.box or "goals" not in section.role:
            continue
        if block.kind not in ("paragraph", "list") or not block.text:
            continue
        for item in items_of(index, block):
            inside = places.within(item.place.start, item.place.end)
            found.append(Goal(item.title, item.text or item.title, item.place, inside))
        if not items_of(index, block):
            place = place_of(document, index)
            inside = places.within(place.start, place.end)
            found.append(Goal(section.title, block.text, place, inside))
    return tuple(found)
