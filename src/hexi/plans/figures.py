"""Facts of a read plan (摘录数字): its figures with their places, ready for a policy pack.

What a document says in numbers may be passed on where its text may not. Each statement becomes
one row: names, value, period and a short reference to where it stands. How figures hang together
(其中, brackets, a second unit, 占…) is kept as the number of another row, so that no sentence is
needed to audit them. A person goes over the rows before they enter a pack.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from hexi.catalogue import Catalogue
from hexi.catalogue.evidence import Figure as Printed
from hexi.catalogue.plan_figures import FIGURES, MARKS, PlanFigure
from hexi.plans.audit.clauses import Passage
from hexi.plans.audit.docket import Docket, open_docket
from hexi.plans.audit.gather import Figure
from hexi.plans.compiler import CompiledPlan
from hexi.plans.documents.tables import table_view

__all__ = ["figures_csv", "figures_of_plan"]

_CHAPTER = re.compile(r"\s*(第[一二三四五六七八九十]+[章节篇部分])")
_MARKER = re.compile(
    r"\s*(?:([一二三四五六七八九十]+)、|[（(]([一二三四五六七八九十]+)[）)]|(\d{1,2})[.．、])"
)
_BOX = re.compile(r"\s*(专栏|表)\s*(\d+)")
_OF = re.compile(
    r"(?:人民币)?[，,）)]?\s*占(?:全部)?[^，。；%\d]{0,20}的?(?:比重|比例)?(?:为|达到|达)?"
)
_BEHIND = re.compile(r"[（(]\s*(?:约|合|折合|即|约合)?(?:人民币)?\s*")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_UNIT_TAIL = re.compile(r"[（(][^（()）]*[）)](?:\[[^\]]*\])?$|\[[^\]]*\]$")
_MARKS = frozenset(MARKS)
_DIGITS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


@dataclass(frozen=True, slots=True)
class _Link:
    role: str
    of: int


def figures_of_plan(compiled: CompiledPlan, plan: str, catalogue: Catalogue) -> list[PlanFigure]:
    """One row a statement, in reading order; numbers start at 1."""
    docket = open_docket([compiled.parts], 1, catalogue)
    figures = docket.book.figures
    links = _links(docket)
    places = _places(compiled, catalogue)
    passages: dict[int, int] = {}
    sentences: dict[tuple[int, tuple[int, int]], int] = {}
    rows = []
    for number, figure in enumerate(figures, 1):
        said = figure.statement
        passage = passages.setdefault(said.block, len(passages) + 1)
        of_passage = [key for key in sentences if key[0] == said.block]
        sentence = 1
        if not said.table:
            sentence = sentences.setdefault((said.block, said.sentence), len(of_passage) + 1)
        rows.append(
            _row(compiled, plan, figure, number, places[said.block], passage, sentence, links)
        )
    return rows


def figures_csv(rows: Iterable[PlanFigure]) -> str:
    """The rows as the pack's table, head included."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in FIGURES.columns])
    for row in rows:
        writer.writerow([_cell(getattr(row, column.target)) for column in FIGURES.columns])
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, Printed):
        return value.printed
    if isinstance(value, tuple):
        return "|".join(value)
    return "" if value is None else str(value)


def _row(
    compiled: CompiledPlan,
    plan: str,
    figure: Figure,
    number: int,
    place: tuple[str, str],
    passage: int,
    sentence: int,
    links: dict[int, _Link],
) -> PlanFigure:
    said = figure.statement
    link = links.get(figure.index)
    row, column = _heads(compiled, figure)
    fresh = ("新增",) if figure.name.startswith("新增") and "新增" not in said.indicator else ()
    printed = figure.printed.lstrip("-")
    sign = "-" if said.value < 0 else ""
    dating = "said" if said.period else "taken"
    return PlanFigure(
        plan=plan,
        number=number,
        place=place[0],
        about=place[1],
        passage=passage,
        sentence=sentence,
        role=link.role if link else "",
        of=link.of + 1 if link else None,
        row=row,
        column=column,
        subject=said.subject,
        indicator=said.indicator,
        facets=fresh,
        measure=said.measure,
        figure=Printed(said.value, f"{sign}{printed}"),
        measure_unit=said.unit,
        period=said.period or said.frame_period or "",
        dating="inferred" if said.period_inferred else dating,
        modality=said.modality,
        bound=said.bound,
        marks=tuple(dict.fromkeys(flag for flag in said.flags if flag in _MARKS)),
    )


def _heads(compiled: CompiledPlan, figure: Figure) -> tuple[str, str]:
    said = figure.statement
    if not said.table or said.cell < 0:
        return "", ""
    block = compiled.document.blocks[said.block]
    view = table_view(block)
    cell = block.cells[said.cell]
    row = "／".join(_UNIT_TAIL.sub("", part) for part in view.row_path(cell))
    column = "／".join(_UNIT_TAIL.sub("", part) for part in view.header_path(cell))
    return re.sub(r"\s", "", row), re.sub(r"\s", "", column)


def _links(docket: Docket) -> dict[int, _Link]:
    """What each figure is to another, by their positions in the book."""
    found: dict[int, _Link] = {}
    for relation in docket.relations:
        role = "kind" if relation.bracketed else "part"
        for part in relation.parts:
            found.setdefault(part.index, _Link(role, relation.whole.index))
    for passage in docket.passages:
        for index, link in _neighbours(passage):
            found.setdefault(index, link)
    return found


def _neighbours(passage: Passage) -> Iterable[tuple[int, _Link]]:
    """Second units in brackets, and shares said right behind what they are shares of."""
    paired: dict[int, int] = {}
    for before, here in pairwise(passage.figures):
        root = paired.get(before.figure.index, before.figure.index)
        gap = passage.text[before.end : here.start]
        alike = before.figure.statement.indicator == here.figure.statement.indicator
        if _BEHIND.fullmatch(gap) and alike and before.figure.unit_name != here.figure.unit_name:
            paired[here.figure.index] = root
            yield here.figure.index, _Link("pair", root)
        elif here.figure.unit_name == "%" and "占" in here.figure.statement.indicator:
            bare = _BRACKETS.sub("", gap).lstrip("）)")
            if len(gap) <= 40 and _OF.fullmatch(bare):
                yield here.figure.index, _Link("share", root)


def _places(compiled: CompiledPlan, catalogue: Catalogue) -> dict[int, tuple[str, str]]:
    """For each block: a short reference to its section, and the name the section is about."""
    owners = {s.subject for s in compiled.statements}
    way: list[tuple[int, str]] = []
    about = ""
    heads = [b for b in compiled.document.blocks if b.kind == "heading"]
    numbered = any(_reference(b.text)[0] for b in heads)
    found: dict[int, tuple[str, str]] = {}
    for number, block in enumerate(compiled.document.blocks):
        if block.kind == "heading":
            reference, name = _reference(block.text)
            if not numbered and block.level > 1:
                reference = f"第{_chinese(heads.index(block))}部分"
            if reference or block.level == 1:
                while way and way[-1][0] >= block.level:
                    way.pop()
                way.append((block.level, reference))
                known = name in owners or catalogue.find_unit(name) is not None
                about = name if known else ""
        box = _BOX.match(block.caption) if block.caption else None
        place = "".join(reference for _, reference in way)
        if box is not None:
            place = f"{box[1]}{int(box[2])}"
        found[number] = (place or "前言", "" if box else about)
    return found


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("十" if tens == 1 else f"{_DIGITS[tens]}十" if tens else "") + _DIGITS[ones]


def _reference(heading: str) -> tuple[str, str]:
    """The numbering of a heading as a reference, and the heading without it."""
    for pattern in (_CHAPTER, _BOX, _MARKER):
        match = pattern.match(heading)
        if match is None:
            continue
        if pattern is _BOX:
            reference = f"{match[1]}{int(match[2])}"
        elif pattern is _CHAPTER:
            reference = match[1]
        elif match[2]:
            reference = f"（{match[2]}）"
        else:
            reference = match[1] or match[3]
        return reference, heading[match.end() :].strip("　 。：:")
    return "", heading.strip("　 。：:")
