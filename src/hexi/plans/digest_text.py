"""The text of a digest (摘录成文): headings for places, a line for each passage, tables as tables.

Figures that the plan says in one breath stand in one sentence here too: the whole, then 其中 and
its parts; everything else is a sentence of its own, so that nothing hangs together that did not
in the plan. The writer notes where each figure and each sentence stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hexi.catalogue.plan_figures import PlanFigure
from hexi.plans.digest_wording import period_words, printed_of, told, verb_of, whole_of_share
from hexi.plans.documents.document import Block, BlockKind, Cell

__all__ = ["Place", "Written", "write"]

_STEP = re.compile(
    r"第[一二三四五六七八九十]+(?:章|节|篇|部分)|(?:专栏|表)\d+|（[一二三四五六七八九十]+）"
    r"|[一二三四五六七八九十]+|\d+|.+"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands in the written text."""

    start: int
    end: int
    sentence: tuple[int, int]
    block: int
    cell: int
    section: tuple[str, ...]


@dataclass(slots=True)
class Written:
    """The text so far, its blocks, and the place of each figure by its number."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    places: dict[int, Place] = field(default_factory=dict)
    section: tuple[str, ...] = ()
    #: figures of the sentence that is being written
    open: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def say(self, words: str) -> None:
        """Add words."""
        self.parts.append(words)
        self.length += len(words)

    def figure(self, figure: PlanFigure) -> None:
        """Add the digits and the unit, and note where they stand."""
        start = self.length
        self.say(printed_of(figure) + figure.measure_unit)
        self.open.append((figure.number, start, self.length))

    def close_sentence(self, start: int) -> None:
        """The figures since the last close belong to the sentence that began at ``start``."""
        for number, begin, end in self.open:
            self.places[number] = Place(
                begin, end, (start, self.length), len(self.blocks), -1, self.section
            )
        self.open.clear()

    def block(self, kind: BlockKind, start: int, level: int = 0) -> None:
        """Close a block that runs from ``start`` to here."""
        self.blocks.append(Block(kind, start, self.length, self.since(start), level=level))
        self.say("\n")

    def since(self, start: int) -> str:
        """The text since ``start``: only the last pieces are looked at."""
        taken: list[str] = []
        left = self.length - start
        for piece in reversed(self.parts):
            if left <= 0:
                break
            taken.append(piece)
            left -= len(piece)
        return "".join(reversed(taken))


def write(title: str, figures: Sequence[PlanFigure]) -> Written:
    """The whole digest."""
    out = Written()
    out.say(title)
    out.block("heading", 0, 1)
    place: tuple[str, str] | None = None
    announced: set[str] = set()
    for _, group in groupby(figures, key=lambda f: f.passage):
        passage = list(group)
        here = (passage[0].place, passage[0].about)
        if here != place:
            _heading(out, *here)
            place = here
        if passage[0].in_table:
            _table(out, passage)
            continue
        _announce(out, passage[0], figures, announced)
        children = _children(passage)
        for line in _lines(passage):
            start = out.length
            _sentences(out, line, children)
            out.block("paragraph", start)
    return out


def _lines(passage: Sequence[PlanFigure]) -> list[list[PlanFigure]]:
    """A line for each sentence; a total and the cases after it stay in one."""
    first = {f.number: f.sentence for f in passage}
    lines: list[list[PlanFigure]] = []
    kept: list[int] = []
    for _, group in groupby(passage, key=lambda f: f.sentence):
        line = list(group)
        since = min((first[f.of] for f in line if f.role == "case" and f.of in first), default=0)
        while since and kept and kept[-1] >= since and lines[-1] is not line:
            line = [*lines.pop(), *line]
            kept.pop()
        roots = [f for f in line if _is_root(f)]
        if roots:
            lines.append(line)
            kept.append(line[0].sentence)
    return lines


def _children(passage: Sequence[PlanFigure]) -> dict[int, list[PlanFigure]]:
    children: dict[int, list[PlanFigure]] = {}
    for figure in passage:
        if figure.of is not None:
            children.setdefault(figure.of, []).append(figure)
    return children


def _is_root(figure: PlanFigure) -> bool:
    return figure.of is None or figure.role == "case"


def _heading(out: Written, place: str, about: str) -> None:
    steps = _STEP.findall(place)
    way = ["".join(steps[: k + 1]) for k in range(len(steps))]
    start = out.length
    out.say(f"{place} {about}" if about else place)
    out.block("heading", start, min(len(steps) + 1, 3))
    out.section = (*way, about) if about else tuple(way)


def _announce(
    out: Written, first: PlanFigure, figures: Sequence[PlanFigure], announced: set[str]
) -> None:
    """X分为6个片区，包括A、B…: said once, before the first zone."""
    if first.role != "zone" or first.row in announced:
        return
    announced.add(first.row)
    zones = [f.subject for f in figures if f.role == "zone" and f.row == first.row]
    start = out.length
    out.say(f"{first.row}分为{len(zones)}个片区，包括{'、'.join(zones)}。")
    out.block("paragraph", start)


# ---------------------------------------------------------------- sentences


def _sentences(
    out: Written, said: Sequence[PlanFigure], children: dict[int, list[PlanFigure]]
) -> None:
    """The sentences of a line: one for each family of figures; one owner is named once."""
    owner = ""
    for family in _families([f for f in said if _is_root(f)], children):
        start = out.length
        _family(out, family, children, owner)
        owner = family[0].subject
        out.say("。")
        out.close_sentence(start)


def _families(
    roots: Sequence[PlanFigure], children: dict[int, list[PlanFigure]]
) -> list[list[PlanFigure]]:
    """Roots whose parts are told alternately (38个、258.9亿元，14个、16.8亿元) go together."""
    families: list[list[PlanFigure]] = []
    end = 0
    for root in roots:
        last = max((f.number for f in children.get(root.number, ()) if f.role == "part"), default=0)
        if last and end > root.number:
            families[-1].append(root)
            end = max(end, last)
            continue
        if root.role == "split" and families and families[-1][0].role == "split":
            families[-1].append(root)
            continue
        families.append([root])
        end = last
    return families


def _family(
    out: Written,
    roots: Sequence[PlanFigure],
    children: dict[int, list[PlanFigure]],
    owner: str,
) -> None:
    """A whole (or wholes told together) with its parts."""
    if roots[0].role == "split":
        _split(out, roots)
        return
    for place, root in enumerate(roots):
        out.say("；" if place else "")
        _one(out, root, children, owner if place == 0 else "")
    parts = sorted(
        (p for root in roots for p in children.get(root.number, ()) if p.role in _LATER),
        key=lambda f: f.number,
    )
    deep = any(_parts_of(p, children) for p in parts)
    years = {p.period for p in parts}
    yearly = len(years) == len(parts) > 1 and all(p.isdigit() and len(p) == 4 for p in years)
    for place, part in enumerate(parts):
        if part.role == "working":
            out.say("，工作目标")
            _value(out, part, children)
            continue
        out.say(_joint(place, parts, roots, deep=deep or yearly))
        if _goes_by_year(part, deep=deep, yearly=yearly):
            out.say(period_words(part.period) + " ")
        _one(out, part, children, roots[0].subject, whole=roots[0])
        for k, inner in enumerate(_parts_of(part, children)):
            out.say("，" if k else "，其中")
            _one(out, inner, children, part.subject, whole=part)


_LATER = ("part", "working")


def _joint(
    place: int, parts: Sequence[PlanFigure], roots: Sequence[PlanFigure], *, deep: bool
) -> str:
    if place == 0:
        return "；其中："
    same = len(roots) > 1 and parts[place].measure_unit != parts[place - 1].measure_unit
    return "，" if same or not deep else "；"


def _goes_by_year(part: PlanFigure, *, deep: bool, yearly: bool) -> bool:
    return yearly or (deep and part.period.isdigit())


def _parts_of(figure: PlanFigure, children: dict[int, list[PlanFigure]]) -> list[PlanFigure]:
    return [c for c in children.get(figure.number, ()) if c.role == "part"]


def _split(out: Written, shares: Sequence[PlanFigure]) -> None:
    """三次产业比重 8%、67%、25%: shares that must fill a hundred."""
    first = shares[0]
    out.say(f"{first.subject} {first.row} ")
    for place, share in enumerate(shares):
        out.say("、" if place else "")
        out.figure(share)
    names = "，".join(share.indicator for share in shares)
    out.say(f"（{names}）{told(first)}")


def _one(
    out: Written,
    figure: PlanFigure,
    children: dict[int, list[PlanFigure]],
    owner: str,
    whole: PlanFigure | None = None,
) -> None:
    """Name, value, what hangs on it, and what is told of it."""
    if figure.role == "case":
        spent = figure.indicator if figure.indicator.endswith("投资") else "投资"
        out.say(f"{figure.subject} {spent}")
        out.figure(figure)
        out.say(told(figure))
        return
    if figure.subject != owner:
        out.say(f"{figure.subject} ")
    facets = "".join(f for f in figure.facets if f not in figure.indicator)
    ruled = figure.modality == "threshold" and verb_of(figure) in ("不低于", "不超过")
    out.say(f"{'规定' if ruled else ''}{facets}{figure.indicator}{'' if ruled else ' '}")
    _value(out, figure, children, whole)


def _value(
    out: Written,
    figure: PlanFigure,
    children: dict[int, list[PlanFigure]],
    whole: PlanFigure | None = None,
) -> None:
    out.say(verb_of(figure))
    out.figure(figure)
    hanging = children.get(figure.number, ())
    kinds = [c for c in hanging if c.role == "kind"]
    if kinds:
        out.say("（")
        for place, kind in enumerate(kinds):
            out.say("，" if place else "")
            out.say(f"{kind.indicator} ")
            out.figure(kind)
        out.say("）")
    for pair in (c for c in hanging if c.role == "pair"):
        out.say("（折合人民币" if _is_exchange(figure, pair) else "（")
        out.figure(pair)
        out.say("）")
    for share in (c for c in hanging if c.role == "share"):
        of = whole_of_share(share)
        out.say(f"，{of}" if of else f"，{share.indicator}")
        out.figure(share)
    if whole is None or told(whole) != told(figure):
        out.say(told(figure))


def _is_exchange(figure: PlanFigure, pair: PlanFigure) -> bool:
    return figure.measure_unit.endswith("美元") and not pair.measure_unit.endswith("美元")


# ---------------------------------------------------------------- tables


def _table(out: Written, figures: Sequence[PlanFigure]) -> None:
    """Row heads with their unit, column heads, and bare digits as in the plan."""
    rows = list(dict.fromkeys(f.row for f in figures))
    columns = list(dict.fromkeys(f.column for f in figures))
    at: dict[tuple[str, str], list[PlanFigure]] = {}
    for figure in figures:
        at.setdefault((figure.row, figure.column), []).append(figure)
    begin = out.length
    cells: list[Cell] = []
    number = len(out.blocks)

    def cell(row: int, column: int, fill: Callable[[], None], *, header: bool) -> None:
        out.say("\t" if column else "")
        start = out.length
        fill()
        text = out.since(start) if out.length > start else ""
        cells.append(Cell(row, column, start, out.length, text, header=header))

    for column, head in enumerate(["指标", *columns]):
        cell(0, column, lambda head=head: out.say(head), header=True)  # type: ignore[misc]
    for row, name in enumerate(rows, 1):
        out.say("\n")
        line = out.length
        shown = _row_unit([f for f in figures if f.row == name])
        label = f"{name}（{shown}）" if shown else name
        cell(row, 0, lambda label=label: out.say(label), header=True)  # type: ignore[misc]
        for column, head in enumerate(columns, 1):
            found = at.get((name, head), [])
            cell(row, column, lambda f=found, u=shown: _cell(out, f, u), header=False)  # type: ignore[misc]
            for told_number, start, end in out.open:
                out.places[told_number] = Place(
                    start, end, (line, line), number, len(cells) - 1, out.section
                )
            out.open.clear()
        _close_row(out, [f for f in figures if f.row == name], line)
    out.blocks.append(Block("table", begin, out.length, cells=tuple(cells), box=True))
    out.say("\n")


def _close_row(out: Written, figures: Sequence[PlanFigure], line: int) -> None:
    """The row is the sentence of its figures."""
    for figure in figures:
        place = out.places[figure.number]
        out.places[figure.number] = Place(
            place.start, place.end, (line, out.length), place.block, place.cell, place.section
        )


def _row_unit(figures: Sequence[PlanFigure]) -> str:
    """The unit of a row's amounts; rates say their own."""
    units = {f.measure_unit for f in figures if not f.measure.startswith("growth")}
    return units.pop() if len(units) == 1 else ""


def _cell(out: Written, figures: Sequence[PlanFigure], unit: str) -> None:
    for place, figure in enumerate(figures):
        out.say("，" if place else "")
        sign = {"ge": "≥", "le": "≤", "approx": "约"}.get(figure.bound, "")
        out.say(f"{sign}{'-' if figure.figure.value < 0 else ''}")
        start = out.length
        own = "" if figure.measure_unit == unit else figure.measure_unit
        out.say(printed_of(figure) + own)
        out.open.append((figure.number, start, out.length))
