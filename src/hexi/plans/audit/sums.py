"""Sums (合计核算, S1-S2): parts against the whole that their sentence, table or account gives.

其中 and 包括 name some parts: together they may not exceed the whole. A list that is closed must
add up, and a total that lies inside the worst case of its parts' roundings may still be too far
off to be rounding. Counts of overlapping classes (规上企业, 高新技术企业) may exceed their whole,
amounts of money may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hexi.plans.audit.accounts import EXHAUSTIVE, SUBSETS
from hexi.plans.audit.arithmetic import amount, brief, span_of, total_of, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Rank, Verdict
from hexi.plans.audit.gather import Figure, Series
from hexi.plans.audit.hypotheses import Hypothesis, tenfold
from hexi.plans.audit.identity import Identity
from hexi.plans.audit.relations import Relation
from hexi.plans.audit.verdict import strained
from hexi.quantities.interval import Interval

__all__ = ["check_accounts", "check_sums"]

_NEAR = Fraction(11, 10)
#: a part so far above its whole that a slip of the point is a better guess than a slip of thought
_FAR = 3


def check_sums(docket: Docket) -> Iterator[Finding]:
    """S1 over the lists of the running text, and over the sums of the national accounts."""
    accounts = list(_account_sums(docket))
    known = {_members(relation) for relation in accounts}
    for relation in docket.relations:
        # 其中 before all sectors of the whole is no open list: the accounts say that it is closed
        if relation.closed or _members(relation) not in known:
            yield _relation_line(relation)
    for relation in accounts:
        yield _relation_line(relation)


def _members(relation: Relation) -> tuple[int, frozenset[int]]:
    return relation.whole.index, frozenset(part.index for part in relation.parts)


def _relation_line(relation: Relation) -> Finding:
    closed = relation.closed
    parts, whole = relation.parts, relation.whole

    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        *named, stated = values
        summed = sum(named[1:], named[0])
        return (summed if closed else Interval(summed.low, None)), stated

    identity = Identity((*parts, whole), sides, whole if closed else None, additive=True)
    exact = relation.total == whole.exact
    verdict = Verdict.EQUAL if exact else identity.verdict()
    rank: Rank = "identity"
    guess: Hypothesis | None = None
    title: tuple[str, str] | None = None
    if closed and verdict is Verdict.PASS and _is_strained(relation):
        verdict = Verdict.SUSPECT
    elif verdict is Verdict.OUTSIDE:
        if closed or relation.total > whole.exact * _FAR:
            guess = identity.slip()
        guess = guess or _counted_twice(relation)
        if not closed:
            verdict = _overfull(relation)
    elif not closed and not exact and _is_a_tenth(relation):
        verdict, rank = Verdict.SUSPECT, "plausibility"
        guess = tenfold(whole)
    elif not closed and not exact and _leaves_unnamed(relation):
        verdict, rank = Verdict.SUSPECT, "plausibility"
        title = (
            f"{whole.statement.indicator}：括号内逐项相加少于总数，且未列部分大于已列的小项",
            f"{whole.statement.indicator}: the items in brackets fall short of the total by more "
            "than some of the items that are named",
        )
    check = "S1" if len(parts) > 1 else "S2"
    return check_line(
        check,
        rank,
        verdict,
        whole.statement.indicator,
        (*parts, whole),
        _written(relation),
        span_of(identity.passing(), whole.unit_name, 6) if closed else _at_least(relation),
        title=title,
        hypothesis=guess,
    )


def _written(relation: Relation) -> str:
    whole = relation.whole
    sign = "=" if relation.closed or relation.total == whole.exact else "≤"
    summed = brief(relation.total / whole.factor, 12)
    left = total_of(relation.parts, whole.factor)
    left = f"{left} = {summed}" if len(relation.parts) > 1 else left
    if relation.total == whole.exact:
        return left
    return f"{left}；应 {sign} {with_unit(whole)}"


def _at_least(relation: Relation) -> str:
    return f"≥ {brief(relation.total / relation.whole.factor, 12)} {relation.whole.unit_name}"


def _is_strained(relation: Relation) -> bool:
    """Round amounts in a list of finer ones (40 beside 16.8) are as fine as the list."""
    figures = (*relation.parts, relation.whole)
    if any(f.measure == "count" and not f.decimals for f in figures):
        return False
    finest = min(f.factor / 10**f.decimals for f in figures)
    if relation.whole.factor / 10**relation.whole.decimals > finest:
        return False
    halves = [
        finest / 2 if _is_round(f, finest) else f.factor / 10**f.decimals / 2 for f in figures
    ]
    return strained(relation.total - relation.whole.exact, halves)


def _is_round(figure: Figure, finest: Fraction) -> bool:
    return figure.decimals == 0 and finest >= figure.factor / 100


def _overfull(relation: Relation) -> Verdict:
    """The verdict on an open list that exceeds its whole."""
    whole = relation.whole
    if any(relation.total <= other.exact for other in relation.others):
        return Verdict.OPEN
    if len(relation.parts) == 1 and whole.bound != "eq":
        return Verdict.OPEN
    counted = all(p.measure == "count" for p in relation.parts)
    if not counted or any(p.exact > whole.exact for p in relation.parts):
        return Verdict.OUTSIDE
    near = relation.total <= whole.exact * _NEAR
    return Verdict.SUSPECT if near and len(relation.parts) >= 3 else Verdict.OPEN


def _leaves_unnamed(relation: Relation) -> bool:
    """A bracketed breakdown of a count that names single items yet leaves out more."""
    parts, whole = relation.parts, relation.whole
    if not relation.bracketed or len(parts) < 4 or whole.measure != "count" or whole.bound != "eq":
        return False
    rest = whole.exact - relation.total
    smallest = min(p.exact for p in parts)
    return rest > smallest and relation.total * 100 >= whole.exact * 85


def _is_a_tenth(relation: Relation) -> bool:
    """Parts that add up to exactly a tenth of their whole, in figures of two digits or more."""
    summed = relation.total / relation.whole.factor
    digits = f"{summed.numerator}".strip("0") if summed.denominator == 1 else "00"
    return (
        len(relation.parts) >= 2
        and relation.total * 10 == relation.whole.exact
        and len(digits) >= 2
    )


def _counted_twice(relation: Relation) -> Hypothesis | None:
    if len(relation.parts) < 3:
        return None
    for part in relation.parts:
        if relation.total - part.exact == relation.whole.exact:
            return Hypothesis(
                "重复计入（以部分代整体）",
                "an item counted twice",
                f"{part.statement.indicator}（{amount(part)}）已含在其他项中，则相符",
                f"{amount(part)} is part of another item",
            )
    return None


def check_accounts(docket: Docket) -> Iterator[Finding]:
    """S2 from the national accounts: sectors, industry, exports."""
    book = docket.book
    for (source, owner, name), series in book.series.items():
        for figure in series.figures:
            year = figure.year
            if year is None or not figure.is_level or figure.measure == "share":
                continue
            for wider in SUBSETS.get(name, ()):
                whole = book.level(source, owner, wider, year, figure.modality)
                # 其中产值超10亿元企业31家 counts some of them, not the whole
                if whole is None or "subset" in whole.statement.flags:
                    continue
                if whole.dimension == figure.dimension:
                    yield _subset_line(figure, whole)
                    break


def _subset_line(part: Figure, whole: Figure) -> Finding:
    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        return Interval(values[0].low, None), values[1]

    identity = Identity((part, whole), sides)
    verdict = identity.verdict()
    return check_line(
        "S2",
        "identity",
        verdict,
        f"{part.statement.indicator}、{whole.statement.indicator}",
        (part, whole),
        f"{with_unit(part)} ≤ {with_unit(whole)}",
        f"≤ {with_unit(whole)}",
        hypothesis=identity.slip() if part.exact > whole.exact * _FAR else None,
    )


def _account_sums(docket: Docket) -> Iterator[Relation]:
    """Wholes of the accounts with all their parts: sectors of output, exports and imports."""
    for (source, owner, name), series in docket.book.series.items():
        if name in EXHAUSTIVE:
            yield from _sums_of(docket, source, owner, series)


def _sums_of(docket: Docket, source: int, owner: str, series: Series) -> Iterator[Relation]:
    book = docket.book
    seen: set[tuple[int, str]] = set()
    for whole in series.figures:
        year = whole.year
        if year is None or not whole.is_level or (year, whole.modality) in seen:
            continue
        seen.add((year, whole.modality))
        parts = [
            book.level(source, owner, name, year, whole.modality)
            for name in EXHAUSTIVE[series.name]
        ]
        named = [p for p in parts if p is not None and p.dimension == whole.dimension]
        if len(named) != len(parts) or whole.measure == "share":
            continue
        yield Relation(docket.passages[0], whole, tuple(named), True, False, False, ())
