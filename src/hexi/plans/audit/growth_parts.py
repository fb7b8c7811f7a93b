"""Growth of parts and whole (G4): a whole grows as its parts do, weighted by their size.

Where the parts of a sum each have their rate, last year's parts must add up to last year's whole.
And where a share of a growing whole is to rise, the rate that follows for the sector can be held
against the rates that the plan gives its industries: a sector cannot outgrow all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hexi.plans.audit.accounts import EXHAUSTIVE, real_family
from hexi.plans.audit.arithmetic import amount, brief, factor, rounded, span_of, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Book, Figure, around
from hexi.plans.audit.identity import Identity, printed_value
from hexi.plans.audit.names import share_of
from hexi.quantities.interval import Interval

__all__ = ["check_part_growth", "check_sector_growth"]

#: what weights at old prices move the growth of output by, as a rate
_PRICE_WEIGHTS = Fraction(4, 1000)


def check_part_growth(docket: Docket) -> Iterator[Finding]:
    """G4 over sums whose parts all have a rate."""
    seen: set[int] = set()
    for relation in docket.relations:
        if relation.total == relation.whole.exact and len(relation.parts) > 1:
            line = _weighted(docket.book, relation.whole, relation.parts)
            if line is not None:
                seen.add(relation.whole.index)
                yield line
    book = docket.book
    for (source, owner, name), series in book.series.items():
        if name not in EXHAUSTIVE:
            continue
        for whole in series.figures:
            if whole.year is None or whole.measure != "level" or whole.index in seen:
                continue
            parts = [
                book.level(source, owner, part, whole.year, whole.modality)
                for part in EXHAUSTIVE[name]
            ]
            named = [p for p in parts if p is not None]
            if len(named) == len(parts) and sum(p.exact for p in named) == whole.exact:
                line = _weighted(book, whole, named)
                if line is not None:
                    yield line


def _rate(book: Book, level: Figure) -> Figure | None:
    series = book.series.get((level.source, level.owner, level.name))
    if series is None:
        return None
    fitting = [
        rate
        for rate in around(series.figures, level)
        if rate.measure == "growth_yoy"
        and rate.year == level.year
        and rate.unit_name == "%"
        and rate.modality == level.modality
        and rate.value > -100
    ]
    return min(
        fitting,
        key=lambda r: (r.sentence != level.sentence, abs(r.index - level.index)),
        default=None,
    )


def _weighted(book: Book, whole: Figure, parts: Sequence[Figure]) -> Finding | None:
    rates = [_rate(book, f) for f in (*parts, whole)]
    known = [r for r in rates if r is not None]
    if len(known) != len(rates) or len({id(r) for r in known}) != len(known):
        return None
    count = len(parts)

    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        last_year = [values[i] / (values[count + 1 + i] + 1) for i in range(count)]
        before = sum(last_year[1:], last_year[0])
        # the parts add up to the whole today, so the printed whole carries no error of its own
        return sum((values[i] for i in range(1, count)), values[0]) / before - 1, values[-1]

    figures = (*parts, whole, *known)
    spread = _between(parts, known)
    identity = Identity(figures, lambda v: (_clip(sides(v)[0], spread), v[-1]), known[-1])
    verdict = identity.verdict()
    if _agrees(parts, whole, known):
        verdict = Verdict.PASS if verdict is not Verdict.EQUAL else verdict
    elif verdict is Verdict.OUTSIDE and real_family(whole.name):
        verdict = _in_real_terms(spread, known)
    written = " + ".join(
        f"{amount(p)} ÷ {factor(printed_value(r))}" for p, r in zip(parts, known, strict=False)
    )
    last_whole = whole.exact / (1 + printed_value(known[-1])) / whole.factor
    last_parts = sum(
        (p.exact / (1 + printed_value(r)) for p, r in zip(parts, known, strict=False)), Fraction(0)
    )
    return check_line(
        "G4",
        "identity",
        verdict,
        whole.statement.indicator,
        figures,
        f"{written} = {brief(last_parts / whole.factor, 6)}；"
        f"{amount(whole)} ÷ {factor(printed_value(known[-1]))} = {brief(last_whole, 6)}",
        span_of(spread * 100, "%"),
        hypothesis=identity.slip() if verdict is Verdict.OUTSIDE else None,
    )


def _between(parts: Sequence[Figure], rates: Sequence[Figure]) -> Interval:
    """The mean of the parts' rates over every rounding of levels and rates."""
    weighted = []
    for pick in ("low", "high"):
        before = Fraction(0)
        now = Fraction(0)
        for part, rate in zip(parts, rates, strict=False):
            bound = getattr(rate.interval() * Fraction(1, 100), pick)
            before += part.exact / (1 + bound)
            now += part.exact
        weighted.append(now / before - 1)
    return Interval(min(weighted), max(weighted))


def _clip(computed: Interval, spread: Interval) -> Interval:
    """The corners of the quotient are far too wide; levels move the mean much less than rates."""
    return computed.meet(spread) or spread


def _agrees(parts: Sequence[Figure], whole: Figure, rates: Sequence[Figure]) -> bool:
    spread = _between(parts, rates)
    return spread.meets(rates[-1].interval() * Fraction(1, 100))


def _in_real_terms(spread: Interval, rates: Sequence[Figure]) -> Verdict:
    """Rates in comparable prices are weighted by the prices of a base year that nobody prints.

    So the mean with today's weights may be off by some tenths of a point; what no weights can do
    is to lead beyond the slowest or the fastest part.
    """
    *each, whole = [r.interval() * Fraction(1, 100) for r in rates]
    wider = Interval((spread.low or 0) - _PRICE_WEIGHTS, (spread.high or 0) + _PRICE_WEIGHTS)
    if wider.meets(whole):
        return Verdict.PASS
    lows = [i.low for i in each if i.low is not None]
    highs = [i.high for i in each if i.high is not None]
    return Verdict.OPEN if Interval(min(lows), max(highs)).meets(whole) else Verdict.OUTSIDE


def check_sector_growth(docket: Docket) -> Iterator[Finding]:
    """G4 for a sector whose share of a growing whole is to rise."""
    book = docket.book
    rates: dict[tuple[int, tuple[int, int]], list[Figure]] = {}
    for figure in book.figures:
        if (
            figure.measure == "growth_annual"
            and figure.span is not None
            and figure.unit_name == "%"
            and figure.name.endswith("产业")
        ):
            rates.setdefault((figure.source, figure.span), []).append(figure)
    for (source, owner, name), series in book.series.items():
        shares = [s for s in series.of("share") if s.year is not None and s.unit_name == "%"]
        named = share_of(name)
        if len(shares) < 2 or named is None or not named.whole or named.outer:
            continue
        base = min(shares, key=lambda s: (s.year or 0, s.index))
        aim = max(shares, key=lambda s: (s.year or 0, -s.index))
        if base.year is None or aim.year is None or base.year >= aim.year:
            continue
        wholes = [book.level(source, owner, named.whole, y) for y in (base.year, aim.year)]
        industries = _industries(rates.get((source, (base.year + 1, aim.year)), ()), named.part)
        if wholes[0] is None or wholes[1] is None or len(industries) < 2:
            continue
        if any((f.scaled().low or 0) <= 0 for f in (base, aim, wholes[0], wholes[1])):
            continue
        yield _sector_line((base, wholes[0], aim, wholes[1]), industries, named.part)


def _industries(rates: Sequence[Figure], sector: str) -> list[Figure]:
    """Rates of the industries that a section of the sector's name lists."""
    word = sector.removesuffix("增加值").removesuffix("总产值")[-4:]
    if not word.endswith("产业"):
        return []
    return [f for f in rates if any(word in heading for heading in f.statement.section)]


def _sector_line(
    four: tuple[Figure, Figure, Figure, Figure], industries: Sequence[Figure], sector: str
) -> Finding:
    base, whole_then, aim, whole_later = four
    assert base.year is not None and aim.year is not None
    years = aim.year - base.year
    low, high = (
        (
            (getattr(aim.scaled(), a) * getattr(whole_later.scaled(), a))
            / (getattr(base.scaled(), b) * getattr(whole_then.scaled(), b))
        )
        for a, b in (("low", "high"), ("high", "low"))
    )
    implied = Interval(low, high).root(years) - 1
    fastest = max(industries, key=lambda f: f.exact)
    ceiling = fastest.interval() * Fraction(1, 100)
    over = implied.low is not None and ceiling.high is not None and implied.low > ceiling.high
    exact = (aim.exact * whole_later.exact) / (base.exact * whole_then.exact)
    mean = rounded(Fraction(float(exact) ** (1 / years) - 1) * 100, 1)
    verdict = Verdict.SUSPECT if over else Verdict.PASS
    return check_line(
        "G4",
        "plausibility",
        verdict,
        sector,
        (*four, *industries),
        f"({with_unit(aim)} × {with_unit(whole_later)}) ÷ ({with_unit(base)} × "
        f"{with_unit(whole_then)}) = {brief(exact)}，年均 {mean}%；"
        f"所列产业最快 {with_unit(fastest)}",
        f"≤ {with_unit(fastest)}",
        title=(
            f"{sector}：按比重推算年均须增长 {mean}%，高于所列各产业的增速"
            f"（最高 {with_unit(fastest)}）",
            f"{sector}: the shares imply {mean}% a year, above every industry listed "
            f"(at most {with_unit(fastest)})",
        )
        if over
        else None,
    )
