"""Parks and zones that a plan lays out (二级园区): name, area, industries, own targets.

They stand as headings that are names (机场北高新园区) with a passage under them, or as rows of a
table headed 开发区 and 产业重点.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from hexi.plans.documents.document import Document
from hexi.plans.register.grids import Row, column_of, heads_of, rows_of
from hexi.plans.register.lexicon import alternatives, words
from hexi.plans.register.listing import split_names
from hexi.plans.register.outline import Outline, Section
from hexi.plans.register.places import Places, amount_of
from hexi.plans.register.plan import Amount, Park, Place, Target
from hexi.plans.register.twins import subject_key
from hexi.plans.statements.statement import Statement
from hexi.quantities import units

__all__ = ["parks"]

_NAME = re.compile(r"[\u4e00-\u9fff“”（）()·A-Za-z0-9]{3,24}")


def parks(
    document: Document,
    outline: Outline,
    places: Places,
    statements: Sequence[Statement],
    targets: Sequence[Target],
) -> tuple[Park, ...]:
    """Parks in reading order, each once (the first mention that describes it)."""
    by_subject: dict[str, list[int]] = {}
    for position, target in enumerate(targets):
        by_subject.setdefault(subject_key(target.subject), []).append(position)
    reader = _Reader(document, places, statements, by_subject)
    found: dict[str, Park] = {}
    for section in outline.sections:
        for park in reader.parks(section):
            found.setdefault(park.name, park)
    return tuple(found.values())


class _Reader:
    def __init__(
        self,
        document: Document,
        places: Places,
        statements: Sequence[Statement],
        targets: dict[str, list[int]],
    ) -> None:
        self._document = document
        self._places = places
        self._statements = statements
        self._targets = targets

    def parks(self, section: Section) -> Iterator[Park]:
        """The park that a section describes, and those that its tables list."""
        if "background" not in section.role and not section.box and _is_name(section.title):
            park = self._section(section)
            if park is not None:
                yield park
        for index in section.own:
            if self._document.blocks[index].kind == "table":
                yield from self._table(index, section)

    def _section(self, section: Section) -> Park | None:
        blocks = section.own or range(section.block + 1, section.end)
        prose = [i for i in blocks if self._document.blocks[i].kind in ("paragraph", "list")]
        if not prose:
            return None
        text = "\n".join(self._document.blocks[i].text for i in prose)
        head = self._document.blocks[section.block]
        end = max(self._document.blocks[i].end for i in prose)
        name = section.title
        area = self._area(head.start, end, name, sure=bool(section.own))
        if area is None and name not in text:
            # a heading that ends like a park's name but whose passage never speaks of it
            return None
        group = section.parent.title if section.parent is not None else ""
        place = Place(section.block, head.start, end)
        industries = _industries(text, first=not section.own)
        return Park(name, group, area, industries, place, self._own_targets(name))

    def _table(self, index: int, section: Section) -> Iterator[Park]:
        block = self._document.blocks[index]
        heads = heads_of(block)
        names = column_of(heads, words("parks", "name_heads"))
        industries = column_of(heads, words("parks", "industry_heads"))
        areas = column_of(heads, words("parks", "area_heads"))
        if names is None or (industries is None and areas is None):
            return
        for row in rows_of(block):
            name = row.text(names).strip("*＊ ※")
            if not name:
                continue
            place = Place(index, row.start, row.end)
            area = self._cell_area(row, areas) or self._area(row.start, row.end, name, sure=True)
            said = row.text(industries)
            listed = _industries(said) or _listed(said)
            yield Park(name, section.title, area, listed, place, self._own_targets(name))

    def _cell_area(self, row: Row, column: int | None) -> Amount | None:
        cell = row.cells.get(column) if column is not None else None
        if cell is None:
            return None
        for position in self._places.within(cell.start, cell.end):
            if _is_area(self._statements[position].unit):
                return amount_of(self._statements, position)
        return None

    def _area(self, start: int, end: int, name: str, *, sure: bool) -> Amount | None:
        """The figure of the park's own area; where ``sure``, the first area of the passage."""
        own = subject_key(name)
        found: list[tuple[int, int]] = []
        for position in self._places.within(start, end):
            said = self._statements[position]
            cue = _area_cue(said.indicator)
            if cue is None or not _is_area(said.unit):
                continue
            if sure or subject_key(said.subject) == own:
                found.append((cue, position))
        if not found:
            return None
        # 规划面积 before 面积; at one word the first that is said
        return amount_of(self._statements, min(found, key=lambda pair: pair[0])[1])

    def _own_targets(self, name: str) -> tuple[int, ...]:
        return tuple(self._targets.get(subject_key(name), ()))


def _area_cue(indicator: str) -> int | None:
    """How plainly an indicator is the area of a park: position of its word in the lexicon."""
    cues = words("parks", "area_words")
    return next((rank for rank, cue in enumerate(cues) if cue in indicator), None)


def _is_area(unit: str) -> bool:
    return units.same_dimension(unit, "亩")


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(rf".+(?:{alternatives('parks', 'suffixes')})(?:[（(].*[）)])?$")


def _is_name(title: str) -> bool:
    if not _NAME.fullmatch(title) or not _suffix().match(title):
        return False
    return not title.startswith(words("parks", "verbs"))


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternatives('parks', 'industry_cues')})(?P<list>[^。；;：:]{{2,160}}?)"
        r"(?:等[^，。；、]{0,10}产业|等[^，。；、]{0,6}(?=[，。；])|产业(?=[，。；]|$)|(?=[。；]|$))"
    )


def _industries(text: str, *, first: bool = False) -> tuple[str, ...]:
    """Industries that a passage says are to be developed, each once."""
    found: dict[str, None] = {}
    for match in _cue().finditer(text):
        if "、" in match["list"] or match[0].endswith("产业"):
            for name in _listed(match["list"]):
                found.setdefault(name)
            if first and found:
                break
    return tuple(found)


@cache
def _tail() -> re.Pattern[str]:
    """Words after a list of industries: 等三大主导产业."""
    words_ = alternatives("parks", "industry_tails")
    return re.compile(rf"(?:等)?(?:(?:[二两三四五六七八九十]|\d{{1,2}})大)?(?:{words_})*[。；]?$")


def _listed(text: str) -> tuple[str, ...]:
    parts = split_names(_tail().sub("", text.strip()))
    if parts:
        parts[-1:] = _AND.split(parts[-1], 1)
    return tuple(part for part in parts if 2 <= len(part) <= 20 and "，" not in part)


_AND = re.compile(r"(?<=[\u4e00-\u9fff]{2})和(?=[\u4e00-\u9fff]{2,8}$)")
