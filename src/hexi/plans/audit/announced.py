"""Parts that a sentence announces and sections then give (分区面积与总面积, S1 over sections).

划分为六大功能片区，包括A、B … F。 and then one section a part, each with its own figure. If the
owner's whole is stated, alone or in phases, the parts must add up to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from hexi.plans.audit.arithmetic import brief, total_of, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Book, Figure, is_ratio_unit

__all__ = ["check_announced_parts"]

_LIST = re.compile(
    r"([\u4e00-\u9fff]{2,20}?)(?:共)?(?:划分为|分为|设置|规划|由)[^，。；]{0,14}"
    r"[两二三四五六七八九十\d]{1,2}(?:大|个)[\u4e00-\u9fff]{2,8}[，,:：](?:包括|即|分别为)?"
    r"([^。；]{4,240})"
)
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")


def check_announced_parts(docket: Docket) -> Iterator[Finding]:
    """S1 over the sections that follow an announced list."""
    book = docket.book
    for source, number, _, text in docket.texts:
        if "分为" not in text:
            continue
        for match in _LIST.finditer(text):
            names = [n for n in _BRACKETS.sub("", match[2]).split("、") if len(n) >= 3]
            parts = _figures_of(book, source, number, names) if len(names) >= 3 else []
            if len(parts) == len(names) and len({p.dimension for p in parts}) == 1:
                line = _line(book, parts, number)
                if line is not None:
                    yield line


def _figures_of(book: Book, source: int, number: int, names: Sequence[str]) -> list[Figure]:
    """The first amount in the section of each part, in the blocks after the announcement."""
    wanted = list(names)
    found: list[Figure] = []
    blocks = book.documents[source].blocks
    current = ""
    for place in range(number + 1, min(len(blocks), number + 1 + 6 * len(names))):
        block = blocks[place]
        if block.kind == "table":
            break
        heading = next((n for n in wanted if n in block.text[: len(n) + 8]), "")
        if heading:
            current = heading
        if not current:
            continue
        amounts = [
            f
            for f in book.blocks.get((source, place), ())
            if f.measure == "level" and not is_ratio_unit(f) and f.modality != "threshold"
        ]
        if amounts:
            found.append(amounts[0])
            wanted.remove(current)
            current = ""
    return found if not wanted else []


def _line(book: Book, parts: Sequence[Figure], number: int) -> Finding | None:
    total = sum((p.exact for p in parts), Fraction(0))
    wholes = _wholes(book, parts[0], number)
    if not wholes:
        return None
    slack = sum(((p.scaled().high or p.exact) - p.exact for p in parts), Fraction(0))
    sums = [
        (sum((w.exact for w in chosen), Fraction(0)), chosen)
        for size in (1, 2)
        for chosen in combinations(wholes, size)
    ]
    fitting = [s for s in sums if abs(s[0] - total) <= slack + _roundings(s[1])]
    unit = parts[0].factor
    _, nearest = min(fitting or sums, key=lambda s: abs(s[0] - total))
    verdict = Verdict.PASS if fitting else Verdict.SUSPECT
    stated = "、".join(with_unit(w) for w in (nearest if fitting else wholes))
    what = parts[0].statement.indicator
    return check_line(
        "S1",
        "passages",
        verdict,
        what,
        (*parts, *(nearest if fitting else wholes)),
        f"{total_of(parts, unit)} = {brief(total / unit, 8)}{parts[0].unit_name}；原文 {stated}",
        f"{brief(total / unit, 8)} {parts[0].unit_name}",
        title=None
        if fitting
        else (
            f"{what}：各分区之和与所述总数及分期数均不相符",
            f"{what}: the sections add up to none of the totals stated, alone or in phases",
        ),
    )


def _roundings(figures: Sequence[Figure]) -> Fraction:
    return sum(((f.scaled().high or f.exact) - f.exact for f in figures), Fraction(0))


def _wholes(book: Book, part: Figure, number: int) -> list[Figure]:
    """Amounts of the same kind that the sections before give to the whole, each once."""
    section = part.statement.section[:2]
    found: dict[Fraction, Figure] = {}
    for place in range(max(0, number - 30), number):
        for figure in book.blocks.get((part.source, place), ()):
            if (
                figure.dimension == part.dimension
                and figure.measure == "level"
                and figure.statement.section[:2] == section
                and figure.modality != "threshold"
            ):
                found.setdefault(figure.exact, figure)
    return list(found.values())[:4]
