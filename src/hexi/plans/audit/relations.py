"""Parts and wholes as the sentence says them (总分关系): 其中, 包括, brackets, years in a row.

A relation holds a whole and its parts of one unit. It is *closed* where the text shows that
nothing is left out: a part called 其他, years that fill the span, or a second set of figures of the
same parts that adds up exactly. Inner lists are taken before the outer ones they stand in, and a
figure in brackets after another is the same quantity in another unit, not a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from hexi.plans.audit.accounts import SUBSETS
from hexi.plans.audit.clauses import Passage, Placed, closing_bracket
from hexi.plans.audit.gather import Figure, is_ratio_unit

__all__ = ["Relation", "relations_in"]

_MARK = re.compile(
    r"其中(?:包括)?[:：]?|(?:包括|包含)(?:[^，。；：:,\d]{2,40}[：:]|[:：])?|分为[:：]?"
    r"|按[^，。；：:、\d]{2,10}(?:划分|分类|分)[:：]"
)
#: what leads a total that comes after its list
_AFTER = re.compile(r"合计|共计|总计|累计|总共|共(?=[\u4e00-\u9fff]{0,6}\d)")
_LISTED = re.compile(r"[、，]?(?:[和及与]|以及)?[^，。；、\d]{0,28}")
_PAUSE = re.compile(r"[，；]?[^，。；、\d]{0,10}")
_YEAR = re.compile(r"(?:^|[；;：:，,。])\s*(20\d{2}|19\d{2})年")
_REST = re.compile(r"其他|其它|其余")
_CHANGE = re.compile(
    r"(?:比|较)[^，。；]{1,8}(?:增加|减少|增长|提高|下降|净增|多|少)(?:了|近|约)?$"
)
_GAP = re.compile(r"[（(]\s*(?:约|合|折合|即)?\s*$")
_ENDS = "；;"


@dataclass(frozen=True, slots=True)
class Relation:
    """A whole and the parts that its sentence names."""

    passage: Passage
    whole: Figure
    parts: tuple[Figure, ...]
    #: nothing is left out
    closed: bool
    #: the parts stand in brackets right after the whole
    bracketed: bool
    #: each part is of a year of its own
    yearly: bool
    #: an earlier figure of the sentence could be the whole as well
    others: tuple[Figure, ...]

    @property
    def total(self) -> Fraction:
        return sum((p.exact for p in self.parts), Fraction(0))


def relations_in(passage: Passage) -> list[Relation]:
    """All relations that the passage states."""
    if len(passage.figures) < 2:
        return []
    claimed: set[int] = set()
    found = list(_bracketed(passage, claimed))
    for mark in reversed(list(_MARK.finditer(passage.text))):
        found.extend(_relations(passage, mark.start(), mark.end(), mark[0], claimed))
    if len(passage.figures) > 2:
        found.extend(_totals_after(passage))
    return _closed_together(found)


def _bracketed(passage: Passage, claimed: set[int]) -> Iterator[Relation]:
    """国家级开发区9个（经开区5个、高新区3个、保税区1个）: a count and its kinds."""
    for placed in passage.figures:
        opening = placed.end
        if passage.text[opening : opening + 1] not in ("（", "("):
            continue
        closing = closing_bracket(passage.text, opening + 1)
        inside = [p for p in passage.between(opening, closing) if _adds(p, passage)]
        alike = [p for p in inside if _same_unit(p.figure, placed.figure)]
        if len(alike) < 2 or _MARK.match(passage.text, opening + 1) or not _adds(placed, passage):
            continue
        claimed.update(p.figure.index for p in inside)
        parts = tuple(p.figure for p in alike)
        yield Relation(passage, placed.figure, parts, False, True, False, ())


def _totals_after(passage: Passage) -> Iterator[Relation]:
    """分别新增4200人、3600人和1800人，合计9600人: a list in one breath and then its total."""
    for mark in _AFTER.finditer(passage.text):
        later = passage.between(mark.end(), mark.end() + 14)
        left, _ = passage.bounds(mark.start())
        if not later or not _adds(later[0], passage):
            continue
        whole = later[0].figure
        parts = _list_before(passage, left, mark.start(), whole)
        if len(parts) >= 2:
            named = tuple(p.figure for p in reversed(parts))
            yield Relation(passage, whole, named, True, False, False, ())


def _list_before(passage: Passage, left: int, edge: int, whole: Figure) -> list[Placed]:
    """Figures joined by 、 and 和 back from a place; nothing where the list has no clear start."""
    parts: list[Placed] = []
    for placed in reversed(passage.between(left, edge)):
        gap = passage.text[placed.end : edge]
        joined = _LISTED.fullmatch(gap) if parts else _PAUSE.fullmatch(gap)
        if joined is None or not _adds(placed, passage) or not _same_unit(placed.figure, whole):
            break
        parts.append(placed)
        edge = placed.start
    return parts if _has_clear_start(passage.text, left, edge) else []


def _has_clear_start(text: str, left: int, first: int) -> bool:
    """No name without a figure stands in the list before its first figure (分别 sums up names)."""
    begin = max(left, *(text.rfind(mark, left, first) + 1 for mark in "，；："))
    names = text[begin:first]
    return "、" not in names or "分别" in names[names.rfind("、") :]


def _same_unit(figure: Figure, whole: Figure) -> bool:
    """The same word for what is counted, with or without 万 before it."""
    if figure.unit is None or whole.unit is None:
        return figure.unit_name == whole.unit_name
    return figure.unit.base == whole.unit.base


def _relations(
    passage: Passage, start: int, after: int, word: str, claimed: set[int]
) -> Iterator[Relation]:
    left, right = passage.bounds(start)
    opening = not passage.text[left:start].strip()
    if opening and left > 1:
        # a new sentence that begins with 其中 speaks of the one before it
        left, _ = passage.bounds(left - 2)
    bracket = closing_bracket(passage.text, start)
    word = f"{word}：" if opening else word
    end = _end_of_list(passage, (left, after, right), word, bracket)
    inside = [
        p
        for p in passage.between(after, end)
        if p.figure.index not in claimed and _adds(p, passage)
    ]
    before = [p for p in passage.between(left, start) if _adds(p, passage)]
    before = [p for p in before if not _is_change(p, passage)] or before
    wholes: dict[object, list[Placed]] = {}
    for placed in before:
        wholes.setdefault(placed.figure.dimension, []).append(placed)
    split = word.startswith("按")
    for dimension, candidates in wholes.items():
        # 按资金来源划分： goes back to the total, past the parts of the split before it
        whole = candidates[0 if split else -1].figure
        parts = [p for p in inside if p.figure.dimension == dimension and _alike(p.figure, whole)]
        years = _years_of(passage, parts, after, end)
        if years:
            parts = _main_of_years(parts, years, after)
        elif bracket < 0:
            parts = _in_step(passage, parts, after)
        kept = _without_subsets([p.figure for p in parts if _may_be_part(p.figure, whole)])
        if not kept:
            continue
        claimed.update(p.figure.index for p in parts)
        yield Relation(
            passage,
            whole,
            tuple(kept),
            split or _is_closed(passage, whole, parts, years, end),
            bracket >= 0,
            bool(years),
            tuple(p.figure for p in candidates[:-1]),
        )


def _end_of_list(passage: Passage, span: tuple[int, int, int], word: str, bracket: int) -> int:
    """其中： runs to the full stop, 其中 to the semicolon, a bracketed list to its bracket."""
    text = passage.text
    left, after, right = span
    if bracket >= 0:
        return bracket
    if word[-1] in ":：":
        own = _YEAR.search(text, max(left, after - 120), after)
        if own is None:
            return right
        # the whole is one year's figure: the next year's clause is no part of it
        following = _YEAR.search(text, after, right)
        return right if following is None or following.start() == after - 1 else following.start()
    ends = [e for mark in _ENDS if (e := text.find(mark, after, right)) >= 0]
    return _while_parallel(passage, after, min(ends, default=right), right)


def _while_parallel(passage: Passage, after: int, end: int, right: int) -> int:
    """新建124个、58.3亿元；续建107个、54.3亿元: clauses of two or more like figures go on."""
    first = [p.figure.unit_name for p in passage.between(after, end)]
    while len(first) >= 2 and end < right:
        ends = [e for mark in _ENDS if (e := passage.text.find(mark, end + 1, right)) >= 0]
        following = min(ends, default=right)
        if [p.figure.unit_name for p in passage.between(end + 1, following)] != first:
            break
        end = following
    return end


def _adds(placed: Placed, passage: Passage) -> bool:
    """May be part of a sum: an amount, not a rate, a criterion or a second unit in brackets."""
    figure = placed.figure
    if figure.modality == "threshold" or is_ratio_unit(figure):
        return False
    if figure.measure not in ("level", "count", "cumulative"):
        return False
    return not (
        _GAP.search(passage.text, max(0, placed.start - 4), placed.start)
        and any(p.end > placed.start - 5 and p.end <= placed.start for p in passage.figures)
    )


def _is_change(placed: Placed, passage: Passage) -> bool:
    """比上年增加0.31万人 is a change of the whole, not the whole."""
    return _CHANGE.search(passage.text, max(0, placed.start - 12), placed.start) is not None


def _may_be_part(part: Figure, whole: Figure) -> bool:
    if part.value < 0 or "range" in part.statement.flags:
        return False
    if part.inferred or whole.inferred:
        return True
    return not (whole.year and part.year and whole.year != part.year)


def _years_of(passage: Passage, parts: list[Placed], after: int, end: int) -> list[tuple[int, int]]:
    """(place, year) of each clause that begins with a year, where the list goes by years."""
    found = [(m.start(1), int(m[1])) for m in _YEAR.finditer(passage.text, after - 1, end)]
    return found if len({year for _, year in found}) >= 2 and len(parts) >= 2 else []


def _main_of_years(parts: list[Placed], years: list[tuple[int, int]], after: int) -> list[Placed]:
    return [p for p in parts if years and p.start > years[0][0] >= after - 1]


def _alike(part: Figure, whole: Figure) -> bool:
    """Counted things must be counted in the same word (家 is no part of 个)."""
    return part.measure != "count" or _same_unit(part, whole)


def _in_step(passage: Passage, parts: list[Placed], after: int) -> list[Placed]:
    """Past a semicolon the list goes on only where the next item comes at once."""
    text = passage.text
    for place, part in enumerate(parts):
        begin = max(text.rfind(mark, after, part.start) for mark in _ENDS)
        fresh = begin >= 0 and (place == 0 or parts[place - 1].start < begin)
        if not fresh:
            continue
        first = next(p for p in passage.figures if p.start > begin)
        if re.search("[，,]", text[begin : first.start]):
            return parts[:place]
    return parts


def _without_subsets(parts: list[Figure]) -> list[Figure]:
    """规上工业 beside 工业 is no further part."""
    names = {part.name for part in parts}
    return [p for p in parts if not any(w in names for w in SUBSETS.get(p.name, ()))]


def _is_closed(
    passage: Passage, whole: Figure, parts: list[Placed], years: list[tuple[int, int]], end: int
) -> bool:
    if years:
        span = whole.span
        named = sorted({year for _, year in years})
        if span is None:
            # 2021年…、2022年… to 2025年: the five years of a plan, one after the other
            return len(named) == 5 and named[-1] - named[0] == 4
        return {y for _, y in years} == set(range(span[0], span[1] + 1))
    if len(parts) < 2:
        return False
    last = parts[-1]
    tail = passage.text[last.end : min(end, last.end + 16)]
    head = passage.text[parts[-2].end : last.start]
    return bool(_REST.search(tail) or _REST.search(head))


def _closed_together(found: list[Relation]) -> list[Relation]:
    """Two units of one list (个 and 亿元): where one adds up exactly, the list is complete."""
    return [replace(r, closed=True) if _has_twin(r, found) else r for r in found]


def _has_twin(relation: Relation, found: list[Relation]) -> bool:
    start = relation.parts[0].statement.start
    return any(
        other.whole.dimension != relation.whole.dimension
        and len(other.parts) == len(relation.parts)
        and other.total == other.whole.exact
        and abs(other.parts[0].statement.start - start) < 40
        for other in found
    )
