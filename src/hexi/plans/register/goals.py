"""Goals (发展目标): the passages that say what the plan is to reach, with their figures."""

from __future__ import annotations

from hexi.plans.documents.document import Document
from hexi.plans.register.bodies import says_bodies
from hexi.plans.register.outline import Outline, Section, lead_of
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
        if block.kind == "heading":
            found += _stated_in_heading(document, index, section, places)
        if block.kind not in ("paragraph", "list") or not block.text or says_bodies(block.text):
            continue
        items = outline.items_of(index, block)
        for item in items:
            inside = places.within(item.place.start, item.place.end)
            found.append(Goal(item.title, item.text or item.title, item.place, inside))
        if not items:
            place = place_of(document, index)
            inside = places.within(place.start, place.end)
            title, text = lead_of(block.text)
            found.append(Goal(title or _title(section), text, place, inside))
    return tuple(found)


def _stated_in_heading(
    document: Document, index: int, section: Section, places: Places
) -> list[Goal]:
    """（一）开放水平：进出口总额达到40亿元: a goal so short that it is set as a heading."""
    place = place_of(document, index)
    inside = places.within(place.start, place.end)
    if not inside:
        return []
    title, _, text = section.title.partition("：")
    return [Goal(title if text else "", text or title, place, inside)]


def _title(section: Section) -> str:
    """发展目标; of a part of the plan with the part's name: 国际港务区：发展目标."""
    above = section.parent
    if above is not None and above.role & {"tasks", "layout"}:
        return f"{above.title}：{section.title}"
    return section.title
