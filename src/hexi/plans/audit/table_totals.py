"""Total rows and columns of tables (合计行、合计列, S1 over cells).

A row called 合计 is the sum of the rows above or below it in every column that can be added. Rates,
shares, serial numbers and years cannot. A table whose rows contain one another (其中, 小计,
numbered levels) is only held to what surely adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hexi.plans.audit.arithmetic import brief, span_of
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Evidence, Finding, Verdict
from hexi.plans.audit.hypotheses import Hypothesis
from hexi.plans.documents.document import Block, Cell, Document
from hexi.plans.documents.tables import table_view
from hexi.quantities import numerals
from hexi.quantities.interval import Interval

__all__ = ["check_table_totals"]

_TOTAL = re.compile(
    r"^(?:合\s*计|总\s*计|总\s*数|共\s*计|[全][省市区县]合计|[省市区县]合计)(?:[（(].*)?$"
)
_NESTED = re.compile(r"其中|小\s*计|^[（(]?[一二三四五六七八九十]+[）)、.．]|^#")
_NOT_ADDED = re.compile(
    r"%|％|‰|比重|占比|比例|率|增速|增长|增幅|序号|编号|年份|人均|亩均|单位|强度|排名|位次|备注|年限|属性"
)
_NUMBER = re.compile(r"-?\d[\d,，]*(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class _Entry:
    cell: Cell
    value: Fraction
    decimals: int


def check_table_totals(docket: Docket) -> Iterator[Finding]:
    """S1 for every table that has a total row."""
    for document in docket.book.documents[: docket.audited]:
        for block in document.blocks:
            if block.kind == "table" and len(block.cells) > 8:
                yield from _totals(document, block)


def _totals(document: Document, block: Block) -> Iterator[Finding]:
    rows: dict[int, list[Cell]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell)
    total_rows = [row for row, cells in rows.items() if any(_TOTAL.match(c.text) for c in cells)]
    if len(total_rows) != 1:
        return
    total_row = total_rows[0]
    view = table_view(block)
    others = [row for row in rows if row != total_row and row >= view.head_rows]
    nested = any(_NESTED.search(c.text) for row in others for c in rows[row][:2])
    for cell in rows[total_row]:
        whole = _entry(cell)
        if whole is None or _NOT_ADDED.search("".join(view.header_path(cell))):
            continue
        parts: list[_Entry] = []
        complete = True
        for row in others:
            below = [c for c in rows[row] if c.column == cell.column]
            entry = _entry(below[0]) if below else None
            if entry is not None:
                parts.append(entry)
            elif below and below[0].text not in ("", "-", "—", "——", "/", "－"):
                complete = False
        if complete and len(parts) >= 2:
            heads = view.header_path(cell)
            yield _line(document, heads[-1] if heads else "合计", whole, parts, nested)


def _entry(cell: Cell) -> _Entry | None:
    text = cell.text.strip()
    if not _NUMBER.match(text):
        return None
    numeral = numerals.read(text.lstrip("-"))
    if numeral is None:
        return None
    value = Fraction(numeral.value)
    return _Entry(cell, -value if text.startswith("-") else value, numeral.decimals)


def _line(
    document: Document, head: str, whole: _Entry, parts: list[_Entry], nested: bool
) -> Finding:
    summed = sum((p.value for p in parts), Fraction(0))
    computed = Interval(summed, summed)
    for part in parts:
        half = Fraction(1, 2 * 10**part.decimals) if part.decimals else Fraction(0)
        computed = computed + Interval(-half, half)
    stated = Interval(whole.value, whole.value)
    if whole.decimals or computed.low != computed.high:
        half = Fraction(1, 2 * 10**whole.decimals)
        stated = Interval(whole.value - half, whole.value + half)
    verdict = _verdict(summed == whole.value, computed.meets(stated), summed, whole.value, nested)
    guess = None
    if verdict is Verdict.OPEN and not nested:
        guess = _slipped(summed, whole, parts)
        verdict = Verdict.OUTSIDE if guess is not None else verdict
    written = " + ".join(brief(p.value, 12) for p in parts[:12])
    if len(parts) > 12:
        written += " + …"
    return check_line(
        "S1",
        "identity",
        verdict,
        f"{head}（合计行）",
        (),
        f"{written} = {brief(summed, 12)}；原文 {brief(whole.value, 12)}",
        span_of(computed, digits=12),
        hypothesis=guess,
        evidence=tuple(
            Evidence(document.name, c.start, c.end, document.text[c.start : c.end])
            for c in (whole.cell, *(p.cell for p in parts[:12]))
        ),
    )


def _slipped(summed: Fraction, whole: _Entry, parts: list[_Entry]) -> Hypothesis | None:
    """One entry ten times too large or too small that makes the column add up."""
    for entry in (whole, *parts):
        for times in (Fraction(1, 10), Fraction(10)):
            changed = entry.value * (times - 1)
            off = summed - whole.value + (-changed if entry is whole else changed)
            if off == 0:
                right = brief(entry.value * times, 12)
                return Hypothesis(
                    "小数点错位",
                    "a shifted decimal point",
                    f"小数点错位：“{entry.cell.text}”当作“{right}”，则相符",
                    f"a shifted decimal point: read {right} for {entry.cell.text}",
                )
    return None


def _verdict(equal: bool, meets: bool, summed: Fraction, whole: Fraction, nested: bool) -> Verdict:
    if equal:
        return Verdict.EQUAL
    if meets:
        return Verdict.PASS
    # rows that contain one another double the sum: nothing can be said
    near = abs(summed - whole) * 5 <= abs(whole)
    return Verdict.OUTSIDE if near and not nested else Verdict.OPEN
