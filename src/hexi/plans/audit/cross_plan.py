"""Plan against plan (规划衔接, X1-X2): the upper plan, and what later documents report.

A part is not larger than its whole, so a zone's figures stand below those of the plan above it.
That a zone aims at a slower growth than the plan that it should carry is no contradiction but a
question. A later document's outturn is set beside an earlier one's target, in the same unit only.
"""

from __future__ import annotations

from collections.abc import Iterator

from hexi.plans.audit.arithmetic import brief, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Figure, Series, is_ratio_unit
from hexi.plans.audit.names import indicator_key, share_of

__all__ = ["check_outturn", "check_upper"]


def check_upper(docket: Docket) -> Iterator[Finding]:
    """X1: each plan against every upper plan."""
    book = docket.book
    sources = range(docket.audited, len(book.documents))
    by_name: dict[tuple[int, str], Series] = {}
    for (source, owner, name), series in book.series.items():
        if source in sources and owner == book.owners[source]:
            by_name[source, name] = series
    for (source, owner, name), series in list(book.series.items()):
        if source >= docket.audited or owner != book.owners[source]:
            continue
        for above in sources:
            upper = by_name.get((above, name))
            if upper is not None:
                yield from _levels(series, upper)
                yield from _rates(series, upper)


def _levels(series: Series, upper: Series) -> Iterator[Finding]:
    seen: set[tuple[int, str]] = set()
    for own in series.figures:
        if own.year is None or not own.is_level or is_ratio_unit(own):
            continue
        if (own.year, own.modality) in seen:
            continue
        for theirs in upper.levels(own.year):
            if theirs.modality == own.modality and theirs.dimension == own.dimension:
                seen.add((own.year, own.modality))
                yield _level_line(own, theirs)
                break


def _level_line(own: Figure, theirs: Figure) -> Finding:
    low, high = own.scaled().low, theirs.scaled("bounded").high
    over = low is not None and high is not None and low > high
    share = brief(own.exact / theirs.exact * 100, 3) if theirs.exact else "–"
    return check_line(
        "X1",
        "identity" if over else "passages",
        Verdict.OUTSIDE if over else Verdict.PASS,
        own.statement.indicator,
        (own, theirs),
        f"{with_unit(own)} ÷ {with_unit(theirs)} = {share}%",
        f"≤ {with_unit(theirs)}",
    )


def _rates(series: Series, upper: Series) -> Iterator[Finding]:
    for own in series.of("growth_annual"):
        if own.span is None or own.modality != "target":
            continue
        for theirs in upper.of("growth_annual"):
            if theirs.span != own.span or theirs.modality != "target" or theirs.unit != own.unit:
                continue
            slower = own.exact < theirs.exact
            what = own.statement.indicator
            yield check_line(
                "X1",
                "plausibility",
                Verdict.OPEN if slower else Verdict.PASS,
                what,
                (own, theirs),
                f"{with_unit(own)} {'<' if slower else '≥'} {with_unit(theirs)}",
                f"≥ {with_unit(theirs)}",
                title=(
                    f"{what}：年均增速 {with_unit(own)} 低于上位规划的 {with_unit(theirs)}",
                    f"{what}: the rate of {with_unit(own)} is below the upper plan's "
                    f"{with_unit(theirs)}",
                )
                if slower
                else None,
            )
            return


def check_outturn(docket: Docket) -> Iterator[Finding]:
    """X2: a target of one document and what another reports for the year or later."""
    book = docket.book
    if len(book.documents) < 2:
        return
    by_name: dict[tuple[str, str], list[Series]] = {}
    documents: dict[int, int] = {}
    for (source, owner, name), series in book.series.items():
        by_name.setdefault((owner, _statistic(name)), []).append(series)
        documents[id(series)] = source
    for group in by_name.values():
        if len(group) > 1:
            yield from _outturns(group, documents)


def _statistic(name: str) -> str:
    """A share goes by what it is a share of a whole: documents name the whole or leave it out."""
    if not name.endswith("比重"):
        return name
    named = share_of(name)
    part = named.part if named is not None else indicator_key(name.removesuffix("比重"))
    return f"{part}〔比重〕"


def _outturns(group: list[Series], documents: dict[int, int]) -> Iterator[Finding]:
    for planned in group:
        aims = [f for f in planned.figures if f.is_level and f.modality == "target" and f.year]
        for reported in group:
            if documents[id(reported)] == documents[id(planned)]:
                continue
            for aim in aims[:1]:
                for done in reported.figures:
                    if (
                        done.is_level
                        and done.modality == "actual"
                        and done.dimension == aim.dimension
                        and (done.year or 0) >= (aim.year or 0)
                    ):
                        yield _outturn_line(aim, done)
                        break


def _outturn_line(aim: Figure, done: Figure) -> Finding:
    what = aim.statement.indicator
    met = done.exact >= aim.exact
    return check_line(
        "X2",
        "plausibility",
        Verdict.PASS if met else Verdict.OPEN,
        what,
        (aim, done),
        f"{aim.year} 目标 {with_unit(aim)}；{done.year} 实绩 {with_unit(done)}",
        f"≥ {with_unit(aim)}",
        title=(
            f"{what}：{done.year} 年实绩{'已' if met else '未'}达到 {aim.year} 年目标",
            f"{what}: the outturn of {done.year} {'meets' if met else 'is short of'} "
            f"the target for {aim.year}",
        ),
    )
