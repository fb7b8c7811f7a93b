"""Pairs of units (单位换算, U1-U2): 73平方公里（109500亩）, and 亿元 beside a share of 亿美元.

A figure repeated in brackets in another unit must convert exactly. Between currencies there is
no conversion; but a part in 元, its share and the whole in 美元 imply an exchange rate, and that
rate must lie where the year's rate lay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hexi.plans.audit.accounts import YUAN_PER_DOLLAR
from hexi.plans.audit.arithmetic import brief, rounded, span_of, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Evidence, Finding, Verdict
from hexi.plans.audit.gather import Book, Figure
from hexi.plans.audit.names import share_of
from hexi.plans.audit.verdict import judge
from hexi.quantities import units
from hexi.quantities.interval import Interval
from hexi.quantities.printed import Mode, interval_of

__all__ = ["check_conversions", "check_exchange_rates", "check_unit_pairs", "exchange_line"]

#: since 2010 a dollar has cost between 6.0 and 7.4 yuan
_EVER = Interval(Fraction(6), Fraction(74, 10))

_PAIR = re.compile(
    r"(\d+(?:\.\d+)?)\s?([^\d\s，。；、：（()）]{1,10})\s?[（(](?:约|合|折合|即)?\s?"
    r"(\d+(?:\.\d+)?)\s?([^\d\s，。；、：（()）]{1,10})[）)]"
)


def check_unit_pairs(docket: Docket) -> Iterator[Finding]:
    """U1: a quantity and the same quantity in brackets."""
    for source, _, holder, text in docket.texts:
        if "（" not in text and "(" not in text:
            continue
        for match in _PAIR.finditer(text):
            first, second = _unit(match[2]), _unit(match[4])
            if first is None or second is None or first.dimension != second.dimension:
                continue
            if first.factor == second.factor:
                continue
            start, end = holder.place(match.start(), match.end())
            document = docket.book.documents[source]
            evidence = Evidence(document.name, start, end, document.text[start:end])
            yield _pair_line((match[1], first), (match[3], second), evidence)


def _unit(text: str) -> units.Unit | None:
    try:
        return units.parse(text.replace("hm2", "公顷"))
    except units.UnknownUnit:
        return None


def _pair_line(
    first: tuple[str, units.Unit], second: tuple[str, units.Unit], evidence: Evidence
) -> Finding:
    (a, unit_a), (b, unit_b) = first, second
    converted = Fraction(a) * unit_a.factor / unit_b.factor
    decimals = len(b.partition(".")[2])

    def sides(mode: Mode) -> tuple[Interval, Interval]:
        left = interval_of(a, unit_a.name, "eq", mode) * (unit_a.factor / unit_b.factor)
        return left, interval_of(b, unit_b.name, "eq", mode)

    equal = rounded(converted, decimals) == Decimal(b)
    verdict = judge(sides, equal)
    left = f"{a}{unit_a.name}"
    return check_line(
        "U1",
        "identity",
        verdict,
        left,
        (),
        f"{left} = {brief(converted, 8)}{unit_b.name}；原文 {b}{unit_b.name}",
        span_of(sides("strict")[0], unit_b.name, 6),
        evidence=(evidence,),
    )


def check_exchange_rates(docket: Docket) -> Iterator[Finding]:
    """U2: 92亿元 is 18.5 % of 80.1亿美元, so a dollar was 6.15 to 6.26 yuan."""
    book = docket.book
    for (source, owner, _), series in book.series.items():
        for share in series.of("share"):
            named = share_of(share.statement.indicator)
            if named is None or share.year is None or share.unit_name != "%" or not share.exact:
                continue
            part = book.level(source, owner, named.part, share.year)
            if part is None or part.statement.unit.find("美元") >= 0:
                continue
            whole = _dollars(book, source, owner, named.whole, share)
            if (
                whole is not None
                and whole.exact
                and part.unit is not None
                and part.unit_name.endswith("元")
            ):
                yield exchange_line(part, share, whole)


_IN_YUAN = re.compile(
    r"(\d+(?:\.\d+)?)\s?([万亿]?)美元\s?[（(]?\s?(?:约合|折合|合|约折合)(?:人民币)?(?:约)?\s?"
    r"(\d+(?:\.\d+)?)\s?([万亿]?)元"
)
_SIZE = {"": 1, "万": 10**4, "亿": 10**8}


def check_conversions(docket: Docket) -> Iterator[Finding]:
    """U2: 4.2亿美元（折合人民币29.0亿元） must lie where exchange rates have lain."""
    for source, _, holder, text in docket.texts:
        if "美元" not in text or "合" not in text:
            continue
        for match in _IN_YUAN.finditer(text):
            dollars = strict_of(match[1]) * _SIZE[match[2]]
            yuan = strict_of(match[3]) * _SIZE[match[4]]
            if not Fraction(match[1]):
                continue
            implied = yuan / dollars
            verdict = Verdict.PASS if implied.meets(_EVER) else Verdict.OUTSIDE
            exact = Fraction(match[3]) * _SIZE[match[4]] / (Fraction(match[1]) * _SIZE[match[2]])
            start, end = holder.place(match.start(), match.end())
            document = docket.book.documents[source]
            yield check_line(
                "U2",
                "plausibility",
                verdict,
                f"{match[1]}{match[2]}美元",
                (),
                f"{match[3]}{match[4]}元 ÷ {match[1]}{match[2]}美元 = {brief(exact)} 元/美元",
                span_of(_EVER, "元/美元"),
                evidence=(Evidence(document.name, start, end, document.text[start:end]),),
            )


def strict_of(printed: str) -> Interval:
    """The values a plain printed number stands for."""
    half = Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))
    value = Fraction(printed)
    return Interval(value - half, value + half)


def _dollars(book: Book, source: int, owner: str, name: str, share: Figure) -> Figure | None:
    assert share.year is not None
    for candidate in (name, f"货物贸易{name}"):
        found = book.level(source, owner, candidate, share.year, share.modality)
        if found is not None and found.unit_name.endswith("美元"):
            return found
    return None


def exchange_line(part: Figure, share: Figure, whole: Figure) -> Finding:
    """The rate that a part in 元, its share and the whole in 美元 imply."""

    def implied(mode: Mode) -> Interval:
        return part.scaled(mode) / share.scaled(mode) / whole.scaled(mode)

    assert share.year is not None
    known = YUAN_PER_DOLLAR.get(share.year, (Fraction(5), Fraction(9)))
    band = Interval(known[0], known[1])
    verdict = judge(lambda mode: (implied(mode), band))
    exact = part.exact / share.exact / whole.exact
    return check_line(
        "U2",
        "plausibility",
        verdict,
        share.statement.indicator,
        (part, share, whole),
        f"{with_unit(part)} ÷ {with_unit(share)} ÷ {with_unit(whole)} = {brief(exact)} 元/美元"
        f"（{span_of(implied('strict'))}）",
        span_of(band, "元/美元"),
    )
