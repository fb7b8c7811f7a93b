"""Cumulative totals (累计核算, C1-C2): years and rates against what they add up to.

C1 walks a level forward from the base (or back from the last year) at the stated rate and adds
the years up; C2 holds single years against the total of their span: never more, and equal where
every year of the span is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from hexi.plans.audit.arithmetic import amount, brief, factor, power, span_of, total_of, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Figure, Series, around, is_ratio_unit
from hexi.plans.audit.identity import Identity, printed_value
from hexi.plans.documents.document import Document
from hexi.quantities.interval import Interval, point

__all__ = ["check_cumulative"]

_YEARLY: Final = re.compile(r"(?:每年|年均|平均每年|各年)[^，。；、\d]{0,10}$")
#: a total so far below what a rate "or more" gives is worth a question even within rounding
_SHORT = Fraction(97, 100)


def check_cumulative(docket: Docket) -> Iterator[Finding]:
    """C1 and C2 over every series that has a cumulative figure."""
    for series in docket.book.series.values():
        document = docket.book.documents[series.figures[0].source]
        totals = _totals(document, series)
        if not totals:
            continue
        annual = series.of("growth_annual")
        seen: set[tuple[object, ...]] = set()
        for total in totals:
            for line in (
                *_rated(series, annual, total),
                *_years(series, total),
                *_yearly(docket, total),
            ):
                key = (line.check, line.arithmetic)
                if key not in seen:
                    seen.add(key)
                    yield line


def _totals(document: Document, series: Series) -> list[Figure]:
    """Cumulative figures, without the single years of a list that was read as totals (分别完成)."""
    found = [f for f in series.of("cumulative") if f.span is not None and not is_ratio_unit(f)]
    found = [f for f in found if not _is_change(series, f)]
    found = [f for f in found if not _is_yearly(document, f)]
    said: dict[tuple[object, ...], set[Fraction]] = {}
    for figure in found:
        said.setdefault((figure.sentence, figure.span), set()).add(figure.exact)
    return [f for f in found if len(said[f.sentence, f.span]) == 1]


def _is_change(series: Series, total: Figure) -> bool:
    """[0.9] beside 9.2 and 10.1: the rise of a stock, which a bracket may hold as well."""
    if total.span is None:
        return False
    ends = [series.levels(y, near=total) for y in (total.span[0] - 1, total.span[1])]
    return any(
        abs(last.exact - first.exact - total.exact) * 100 <= abs(total.exact)
        for first in ends[0]
        for last in ends[1]
        if first.dimension == last.dimension == total.dimension
    )


def _rated(series: Series, rates_of: Sequence[Figure], total: Figure) -> Iterator[Finding]:
    assert total.span is not None
    first, last = total.span
    rates = [
        r
        for r in around(rates_of, total)
        if r.span == total.span
        and r.modality == total.modality
        and r.unit_name == "%"
        and r.value > -100
    ]
    if not rates:
        return
    rate = min(
        rates, key=lambda r: (r.row is None or r.row != total.row, abs(r.index - total.index))
    )
    near = [r for r in rates if r.sentence == total.sentence]
    if near and total.row is None:
        rate = near[0]
    base = _level(series, first - 1, total)
    if base is not None:
        yield _forward(base, rate, total, last - first + 1)
        return
    final = _level(series, last, total)
    if final is not None and final.modality == total.modality == "target":
        yield _backward(final, rate, total, last - first + 1)


def _level(series: Series, year: int, total: Figure) -> Figure | None:
    fitting = [
        f
        for f in series.levels(year, near=total)
        if f.dimension == total.dimension and f.measure != "share" and f.value > 0
    ]
    # the base of a target is what was reached, not what an older plan had aimed at
    fitting.sort(key=lambda f: (f.modality != "actual", abs(f.index - total.index)))
    return fitting[0] if fitting else None


def _forward(base: Figure, rate: Figure, total: Figure, years: int) -> Finding:
    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        start, growth, whole = values
        ratio = growth + 1
        summed = sum((ratio**k for k in range(1, years + 1)), point(0))
        return start * summed, whole

    identity = Identity((base, rate, total), sides, total)
    g = factor(printed_value(rate))
    written = f"{amount(base)} × ({g} + … + {g}{power(years)})"
    return _line(identity, rate, total, written)


def _backward(final: Figure, rate: Figure, total: Figure, years: int) -> Finding:
    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        end, growth, whole = values
        ratio = (growth + 1).reciprocal()
        summed = sum((ratio**k for k in range(years)), point(0))
        return end * summed, whole

    identity = Identity((final, rate, total), sides, total)
    g = factor(printed_value(rate))
    written = f"{amount(final)} × (1 + … + 1 ÷ {g}{power(years - 1)})"
    return _line(identity, rate, total, written)


def _line(identity: Identity, rate: Figure, total: Figure, written: str) -> Finding:
    verdict = identity.verdict()
    result = identity.exact() / total.factor
    arithmetic = f"{written} = {brief(result)}；原文 {with_unit(total)}"
    expected = span_of(identity.passing(), total.unit_name)
    what = total.statement.indicator
    floor = rate.bound == "ge" and total.bound == "eq" and total.value < result * _SHORT
    if floor and verdict in (Verdict.EQUAL, Verdict.PASS, Verdict.ROUNDING):
        return check_line(
            "C1",
            "plausibility",
            Verdict.SUSPECT,
            what,
            identity.figures,
            arithmetic,
            f"≥ {brief(result)} {total.unit_name}",
            title=(
                f"{what}：增速写明“以上”，累计值低于按该增速下限推算的数，仅在舍入范围内成立",
                f"{what}: the rate is a floor, yet the total is below what that floor gives; "
                "it holds only within rounding",
            ),
        )
    return check_line(
        "C1",
        "identity",
        verdict,
        what,
        identity.figures,
        arithmetic,
        expected,
        hypothesis=identity.slip() if verdict is Verdict.OUTSIDE else None,
    )


def _years(series: Series, total: Figure) -> Iterator[Finding]:
    """C2: the single years that are named."""
    assert total.span is not None
    first, last = total.span
    named: dict[int, Figure] = {}
    for year in range(first, last + 1):
        for figure in series.levels(year, near=total):
            if (
                figure.measure != "share"
                and figure.modality == total.modality
                and figure.dimension == total.dimension
                and figure.bound in ("eq", "ge")
            ):
                named.setdefault(year, figure)
    if not named:
        return
    parts = [named[year] for year in sorted(named)]
    closed = len(named) == last - first + 1
    spent = sum((f.exact for f in parts), Fraction(0))

    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        *years, whole = values
        summed = sum(years[1:], years[0])
        return (summed if closed else Interval(summed.low, None)), whole

    identity = Identity((*parts, total), sides, total if closed else None, additive=True)
    verdict = identity.verdict()
    sign = "=" if closed else "≤"
    summed = f" = {brief(spent / total.factor, 6)}" if len(parts) > 1 else ""
    yield check_line(
        "C2",
        "identity",
        verdict,
        total.statement.indicator,
        (*parts, total),
        f"{total_of(parts, total.factor)}{summed} {sign} {with_unit(total)}",
        span_of(
            identity.passing() if closed else Interval(spent / total.factor, None),
            total.unit_name,
        ),
        hypothesis=identity.slip() if verdict is Verdict.OUTSIDE else None,
    )


def _is_yearly(document: Document, figure: Figure) -> bool:
    """每年新增…, 年均新增…: an amount of each year."""
    clause = document.text[max(0, figure.statement.start - 14) : figure.statement.start]
    return _YEARLY.search(clause) is not None


def _yearly(docket: Docket, total: Figure) -> Iterator[Finding]:
    """C1: an equal amount of each year, as many times as the span has years."""
    assert total.span is not None
    years = total.span[1] - total.span[0] + 1
    document = docket.book.documents[total.source]
    each = [
        f
        for f in docket.book.blocks[total.source, total.statement.block]
        if f.sentence == total.sentence
        and f.owner == total.owner
        and _counted(f) == _counted(total)
        and f.dimension == total.dimension
        and f.modality == total.modality
        and _is_yearly(document, f)
    ]
    if len(each) != 1:
        return

    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        amount_of_year, whole = values
        return amount_of_year * years, whole

    identity = Identity((each[0], total), sides, total)
    yield _line(identity, each[0], total, f"{brief(each[0].exact / total.factor)} × {years}")


def _counted(figure: Figure) -> str:
    """What is counted, whether 新增 was read into its name or its measure."""
    return figure.name.removeprefix("新增")
