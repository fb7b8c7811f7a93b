"""Named cases above their total (个案与总额, S2 over a paragraph).

A review first gives what the whole area invested and then names who invested how much. Nothing
says 其中, yet the named amounts of one currency are part of the total before them and may not
exceed it. Planned, agreed and project totals are left out, because they are not yet spent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from hexi.plans.audit.arithmetic import brief, total_of, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.clauses import Passage, Placed
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Figure

__all__ = ["check_named_parts"]

#: 投资 as a verb right before the amount
_INVESTED = re.compile(r"(?<![总划产])投资(?:了|约|近|达|达到)?$")
_NOT_YET = re.compile(r"计划|拟|协议|签约|总投资|概算|备忘录|意向|估算|预计")
_FIXED = re.compile(r"固定资产|招商|到位|项目投资|完成投资")


def check_named_parts(docket: Docket) -> Iterator[Finding]:
    """S2: amounts that companies or projects invested, against the total before them."""
    for passage in docket.passages:
        if "投资" not in passage.text:
            continue
        totals = [p for p in passage.figures if _is_total(p.figure)]
        for number, total in enumerate(totals):
            end = totals[number + 1].start if number + 1 < len(totals) else len(passage.text)
            after = passage.between(total.end, end)
            parts = [p.figure for p in after if _is_part(passage, p, total)]
            if parts:
                yield _line(total.figure, parts)


def _is_total(figure: Figure) -> bool:
    return (
        figure.measure == "cumulative"
        and figure.modality == "actual"
        and figure.name.endswith("投资")
        and _FIXED.search(figure.name) is None
    )


def _is_part(passage: Passage, placed: Placed, total: Placed) -> bool:
    figure = placed.figure
    if figure.dimension != total.figure.dimension or figure.modality in ("target", "threshold"):
        return False
    if figure.measure not in ("level", "cumulative"):
        return False
    if not _INVESTED.search(passage.text, max(0, placed.start - 6), placed.start):
        return False
    left = max(passage.text.rfind(mark, 0, placed.start) for mark in "。；，、")
    right = min(
        (e for mark in "。；" if (e := passage.text.find(mark, placed.end)) >= 0),
        default=len(passage.text),
    )
    return _NOT_YET.search(passage.text, left + 1, right) is None


def _line(total: Figure, parts: list[Figure]) -> Finding:
    spent = sum((p.exact for p in parts), Fraction(0))
    slack = sum((p.scaled().high or p.exact) - p.exact for p in parts)
    ceiling = total.scaled("bounded").high
    over = ceiling is not None and spent - slack > ceiling
    left = total_of(parts, total.factor)
    summed = f" = {brief(spent / total.factor, 6)}" if len(parts) > 1 else ""
    return check_line(
        "S2",
        "passages",
        Verdict.OUTSIDE if over else Verdict.PASS,
        total.statement.indicator,
        (*parts, total),
        f"{left}{summed}；应 ≤ {with_unit(total)}",
        f"≥ {brief(spent / total.factor, 6)} {total.unit_name}",
        title=(
            f"{total.statement.indicator}：所列个案之和超过总额",
            f"{total.statement.indicator}: the cases named exceed the total",
        )
        if over
        else None,
    )
