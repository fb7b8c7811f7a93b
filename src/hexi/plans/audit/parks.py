"""Parks and their zone (园区与全区, P1, P2, R2 and one value for both).

A plan gives each park its targets in one pattern. Where the parks add up to the zone in several
statistics they are all there, and then every other sum must hold too. Each park's own rate leads
back to a base, and the bases must add up to the zone's; the zone's share of something is the
mean of the parks' shares, weighted by what it is a share of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hexi.plans.audit.arithmetic import amount, brief, factor, power, span_of, total_of, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.families import Family, Pattern
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Book, Figure, is_ratio_unit
from hexi.plans.audit.identity import Identity, printed_value
from hexi.plans.audit.names import share_of
from hexi.quantities.interval import Interval, point

__all__ = ["check_parks"]


def check_parks(docket: Docket) -> Iterator[Finding]:
    """P1, P2 and R2 for every family of parks."""
    for family in docket.families:
        sums = list(_sums(family))
        closing = [line for line, _ in sums if line.verdict in (Verdict.EQUAL, Verdict.PASS)]
        whole = len(closing) >= 2
        for line, complete in sums:
            if line.verdict is not Verdict.OUTSIDE or (whole and complete):
                yield line
        if whole:
            yield from _back_casts(docket.book, family)
            yield from _mean_shares(family)


def _sums(family: Family) -> Iterator[tuple[Finding, bool]]:
    for pattern, owners in family.figures.items():
        zone = _zone_figure(family, pattern)
        if zone is None or is_ratio_unit(zone):
            continue
        parts = [owners[p] for p in family.parks if p in owners]
        if len(parts) < 2:
            continue
        complete = len(parts) == len(family.parks)
        if len(parts) > 2 and zone.exact <= max(p.exact for p in parts):
            continue  # a zone no larger than one of its parks is a mean of them, not a sum
        yield _sum_line(zone, parts, complete), complete


def _zone_figure(family: Family, pattern: Pattern) -> Figure | None:
    found = family.figures[pattern].get(family.zone)
    if found is not None or pattern[1] is not None:
        return found
    # areas and the like carry no year: the zone's may have one
    return family.undated.get((pattern[0], pattern[2], pattern[4]))


def _sum_line(zone: Figure, parts: Sequence[Figure], complete: bool) -> Finding:
    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        *each, whole = values
        summed = sum(each[1:], each[0])
        return (summed if complete else Interval(summed.low, None)), whole

    total = sum((p.exact for p in parts), Fraction(0))
    identity = Identity((*parts, zone), sides, zone if complete else None, additive=True)
    verdict = Verdict.EQUAL if total == zone.exact else identity.verdict()
    sign = "=" if complete else "≤"
    return check_line(
        "P1",
        "identity",
        verdict,
        zone.statement.indicator,
        (*parts, zone),
        f"{total_of(parts, zone.factor)} = {brief(total / zone.factor, 8)}；"
        f"应 {sign} {with_unit(zone)}",
        span_of(identity.computed() * (1 / zone.factor), zone.unit_name, 6),
        hypothesis=identity.slip() if verdict is Verdict.OUTSIDE else None,
    )


def _back_casts(book: Book, family: Family) -> Iterator[Finding]:
    for pattern, owners in family.figures.items():
        zone = owners.get(family.zone)
        if zone is None or zone.year is None or is_ratio_unit(zone) or pattern[3] != "target":
            continue
        pairs = [
            (owners[park], _rate(book, family.source, park, owners[park]))
            for park in family.parks
            if park in owners
        ]
        if len(pairs) != len(family.parks):
            continue
        rates = [rate for _, rate in pairs if rate is not None]
        if len(rates) != len(pairs) or rates[0].span is None:
            continue
        first, last = rates[0].span
        base = book.level(family.source, family.zone, zone.name, first - 1)
        if base is not None and base.dimension == zone.dimension:
            yield _back_cast_line([t for t, _ in pairs], rates, base, last - first + 1)


def _rate(book: Book, source: int, owner: str, target: Figure) -> Figure | None:
    series = book.series.get((source, owner, target.name))
    if series is None:
        return None
    for rate in series.of("growth_annual"):
        fits = rate.span is not None and rate.span[1] == target.year and rate.unit_name == "%"
        if fits and rate.value > -100:
            return rate
    return None


def _back_cast_line(
    targets: Sequence[Figure], rates: Sequence[Figure], base: Figure, years: int
) -> Finding:
    count = len(targets)

    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        each = [values[i] / (values[count + i] + 1) ** years for i in range(count)]
        return sum(each[1:], each[0]), values[-1]

    identity = Identity((*targets, *rates, base), sides, base)
    verdict = identity.verdict()
    written = " + ".join(
        f"{amount(t)} ÷ {factor(printed_value(r))}{power(years)}"
        for t, r in zip(targets, rates, strict=True)
    )
    return check_line(
        "P2",
        "identity",
        verdict,
        base.statement.indicator,
        (*targets, *rates, base),
        f"{written} = {brief(identity.exact() / base.factor)}；原文 {with_unit(base)}",
        span_of(identity.passing(), base.unit_name),
        hypothesis=identity.slip() if verdict is Verdict.OUTSIDE else None,
    )


def _mean_shares(family: Family) -> Iterator[Finding]:
    """R2: weighted where the wholes are known, else between the lowest and the highest."""
    for pattern, owners in family.figures.items():
        zone = owners.get(family.zone)
        if zone is None or not is_ratio_unit(zone) or pattern[2] == "rank":
            continue
        parts = [owners[p] for p in family.parks if p in owners]
        if len(parts) != len(family.parks):
            continue
        weights = _weights(family, pattern)
        if weights is not None:
            yield _weighted_line(zone, parts, weights)
        else:
            yield _between_line(zone, parts)


def _weights(family: Family, pattern: Pattern) -> list[Figure] | None:
    named = share_of(pattern[0])
    if named is None or not named.whole:
        return None
    owners = family.levels.get((named.whole, pattern[1]), {})
    found = [owners[p] for p in family.parks if p in owners]
    return found if len(found) == len(family.parks) and any(f.exact for f in found) else None


def _weighted_line(zone: Figure, parts: Sequence[Figure], weights: Sequence[Figure]) -> Finding:
    count = len(parts)
    total = sum((w.exact for w in weights), Fraction(0))

    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        # the weights are taken as printed: the mean moves little with their rounding
        mean = sum((values[i] * (weights[i].exact / total) for i in range(count)), point(0))
        return mean, values[-1]

    identity = Identity((*parts, zone), sides, zone)
    verdict = identity.verdict()
    written = " + ".join(
        f"{amount(w)} × {with_unit(s)}" for w, s in zip(weights, parts, strict=True)
    )
    unit = weights[0].factor
    return check_line(
        "R2",
        "identity",
        verdict,
        zone.statement.indicator,
        (*parts, zone, *weights),
        f"({written}) ÷ {brief(total / unit, 8)} = {brief(identity.exact() / zone.factor)}"
        f"{zone.unit_name}；原文 {with_unit(zone)}",
        span_of(identity.passing(), zone.unit_name),
        hypothesis=identity.slip() if verdict is Verdict.OUTSIDE else None,
    )


def _between_line(zone: Figure, parts: Sequence[Figure]) -> Finding:
    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        *each, whole = values
        lows = [i.low for i in each if i.low is not None]
        highs = [i.high for i in each if i.high is not None]
        return Interval(min(lows, default=None), max(highs, default=None)), whole

    identity = Identity((*parts, zone), sides)
    verdict = identity.verdict()
    lowest = min(parts, key=lambda f: f.exact)
    highest = max(parts, key=lambda f: f.exact)
    return check_line(
        "R2",
        "identity",
        verdict,
        zone.statement.indicator,
        (*parts, zone),
        f"{with_unit(lowest)} ≤ {with_unit(zone)} ≤ {with_unit(highest)}",
        span_of(identity.computed() * (1 / zone.factor), zone.unit_name),
    )
