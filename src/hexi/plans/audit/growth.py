"""Growth (增长核算, G1-G4): base, rate and target; shares; one base for plan and result.

The base year is not counted: a five-year plan multiplies the base five times. A rate printed to a
whole per cent leaves a five-year target open by about two per cent either way, so a pass says
"not contradicted" and the line shows the range that would have passed. Growth of output is in
comparable prices; a level above what the rate gives is then no fault unless the plan's other rows
show that it computes in current figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from hexi.plans.audit.accounts import real_family
from hexi.plans.audit.arithmetic import amount, brief, factor, power, rounded, span_of, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Figure, Series
from hexi.plans.audit.growth_bases import ambiguous, bases, totals
from hexi.plans.audit.growth_levels import is_out_of_step, pairs, years_between, years_of
from hexi.plans.audit.hypotheses import Hypothesis
from hexi.plans.audit.identity import Identity, printed_value, reading
from hexi.quantities.interval import Interval

__all__ = ["check_growth"]

_ONE = Fraction(1)
_ORDER = list(Verdict)
#: computed side and stated side
_Pair = tuple[Interval, Interval]
#: units of growth that say by how much a level is multiplied
_RATES = frozenset({"%", "番", "倍"})
#: prices may rise by so much a year between real growth and current levels
_PRICE_BAND = Fraction(4, 100)
#: and have fallen by so much in what was reached; no plan reckons with falling prices
_PRICE_FALL = Fraction(15, 1000)


def check_growth(docket: Docket) -> Iterator[Finding]:
    """G1 to G3 over every series."""
    targets: list[tuple[Finding, Identity | None]] = []
    for series in docket.book.series.values():
        rates = series.of_any("growth_annual", "growth_yoy", "growth_total")
        if rates:
            targets.extend(_targets(series, rates))
            yield from totals(series, rates)
            yield from bases(series, rates)
            yield from ambiguous(series, rates)
    nominal = _nominal_families(targets)
    for line, identity in targets:
        if identity is None or line.verdict is not Verdict.OUTSIDE or line.hypothesis:
            yield line
            continue
        target = identity.figures[-1]
        family = real_family(target.name)
        computed = target.modality == "target" and family in nominal
        yield line if computed or not family else _in_real_terms(line, identity)


def _targets(series: Series, rates: Iterable[Figure]) -> Iterator[tuple[Finding, Identity | None]]:
    seen: set[tuple[object, ...]] = set()
    for rate in rates:
        years = years_of(rate) or years_between(series, rate)
        if years is None:
            continue
        base_year, target_year = years
        if is_out_of_step(series, rate, target_year):
            continue
        best: tuple[Finding, Identity | None] | None = None
        for base, target in pairs(series, rate, base_year, target_year):
            line = _line(base, rate, target, target_year - base_year)
            if line is not None and (best is None or line[0].verdict is not Verdict.OUTSIDE):
                best = line
            if best is not None and best[0].verdict is not Verdict.OUTSIDE:
                break
        if best is None:
            continue
        key = (best[0].check, best[0].arithmetic, rate.bound)
        if key not in seen:
            seen.add(key)
            yield best


def _line(
    base: Figure, rate: Figure, target: Figure, years: int
) -> tuple[Finding, Identity | None] | None:
    if target is base or target.dimension != base.dimension or base.value <= 0:
        return None
    if base.measure == "share" or rate.unit_name.endswith("点"):
        return _share_line(base, rate, target, years), None
    return _target_line(base, rate, target, years) if rate.unit_name in _RATES else None


def _target_line(
    base: Figure, rate: Figure, target: Figure, years: int
) -> tuple[Finding, Identity | None]:
    exponent = years if rate.measure == "growth_annual" else 1

    identity = min(
        (Identity((base, rate, target), sides, target) for sides in _growths(rate, exponent)),
        key=lambda reading: _ORDER.index(reading.verdict()),
    )
    verdict = identity.verdict()
    guess = None
    if verdict is Verdict.OUTSIDE:
        guess = identity.slip() or _other_years(base, rate, target, exponent)
    result = identity.exact() / target.factor
    times = factor((identity.exact() / base.exact - 1) if exponent == 1 else printed_value(rate))
    written = (
        f"{_converted(base, target)} × {times}{power(exponent)}"
        f" = {brief(result)}；原文 {with_unit(target)}"
    )
    needed = _needed(base, target, exponent)
    if verdict not in (Verdict.EQUAL, Verdict.PASS) and needed:
        written += f"（须 {needed}）"
    line = check_line(
        "G1",
        "identity",
        verdict,
        target.statement.indicator,
        (base, rate, target),
        written,
        span_of(identity.passing(), target.unit_name),
        hypothesis=guess,
    )
    return line, identity


def _growths(rate: Figure, years: int) -> Iterator[Callable[[Sequence[Interval]], _Pair]]:
    """What a rate does to its base; 增长2.5倍 is written of 3.5 times and of 2.5 times alike."""

    def compounded(values: Sequence[Interval], more: int = 1) -> _Pair:
        start, growth, end = values
        return start * (growth + more) ** years, end

    yield compounded
    if rate.unit_name == "倍":
        yield lambda values: compounded(values, 2)


def _converted(figure: Figure, like: Figure) -> str:
    if figure.factor == like.factor:
        return amount(figure)
    return brief(figure.exact / like.factor, 12)


def _needed(base: Figure, target: Figure, years: int) -> str:
    """The mean rate that leads from base to target, to one decimal of a per cent."""
    ratio = target.exact / base.exact
    if ratio <= 0:
        return ""
    mean = float(ratio) ** (1 / years) - 1
    return f"{rounded(Fraction(mean) * 100, 1)}%"


def _other_years(base: Figure, rate: Figure, target: Figure, years: int) -> Hypothesis | None:
    """Another number of years, accepted only where it gives the printed target exactly."""
    growth = printed_value(rate)
    for other in (years - 1, years + 1):
        if other < 2:
            continue
        value = base.exact * (1 + growth) ** other / target.factor
        if rounded(value, target.decimals) == target.statement.value:
            return Hypothesis(
                "年数误计",
                "another number of years",
                f"按 {other} 年计，则相符",
                f"with {other} years it agrees",
            )
    return None


def _share_line(base: Figure, rate: Figure, target: Figure, years: int) -> Finding:
    """G2: the share may grow relatively, by points a year, or by points in all."""
    annual = rate.measure == "growth_annual"

    def relative(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        start, growth, end = values
        return start * (growth + 1) ** (years if annual else 1), end

    def points(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        start, growth, end = values
        return start + growth * (years if annual else 1), end

    figures = (base, rate, target)
    readings = [Identity(figures, points, target), Identity(figures, relative, target)]
    if annual:
        readings.reverse()
    best = min(readings, key=lambda identity: _ORDER.index(identity.verdict()))
    verdict = best.verdict()
    times = years if annual else 1
    if best.sides is points:
        step = f"{times} × {amount(rate)}" if times > 1 else amount(rate)
        written = f"{amount(base)} + {step} = {brief(best.exact() / target.factor)}"
    else:
        written = (
            f"{amount(base)} × {factor(printed_value(rate))}{power(times)}"
            f" = {brief(best.exact() / target.factor)}"
        )
    return check_line(
        "G2",
        "identity",
        verdict,
        target.statement.indicator,
        figures,
        f"{written}；原文 {with_unit(target)}",
        span_of(best.passing(), target.unit_name),
        hypothesis=best.slip() if verdict is Verdict.OUTSIDE else None,
    )


def _nominal_families(lines: Iterable[tuple[Finding, Identity | None]]) -> set[str]:
    """Families of which at least two of the plan's own aims agree in current figures.

    What was reached is always reported in comparable prices, so it says nothing about this.
    """
    agreeing: Counter[str] = Counter()
    for line, identity in lines:
        if identity is None or identity.figures[-1].modality != "target":
            continue
        if line.verdict in (Verdict.EQUAL, Verdict.PASS, Verdict.ROUNDING):
            agreeing[real_family(identity.figures[-1].name)] += 1
    return {family for family, times in agreeing.items() if family and times >= 2}


def _in_real_terms(line: Finding, identity: Identity) -> Finding:
    """A level above what a real rate gives is open while prices may explain it."""
    base, rate, target = identity.figures
    years = max((target.year or 0) - (base.year or 0), 1)
    computed = identity.computed()
    ceiling = computed * (_ONE + _PRICE_BAND) ** years
    floor = computed if target.modality == "target" else computed * (_ONE - _PRICE_FALL) ** years
    low, high = floor.low, ceiling.high
    if low is None or not Interval(low, high).meets(reading(target)):
        return line
    return check_line(
        "G1",
        "identity",
        Verdict.OPEN,
        target.statement.indicator,
        (base, rate, target),
        line.arithmetic,
        line.expected,
        title=(
            f"{target.statement.indicator}：增速按可比价、总量按现价，价格因素可以解释差额",
            f"{target.statement.indicator}: the rate is real and the levels are at current "
            "prices; prices can explain the difference",
        ),
    )
