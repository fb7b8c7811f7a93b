"""One base for everything (同一基期, G3): plan and result, total growth and mean rate.

The target and the result of one period each lead back to a base by their own rate, and it must be
the same base; growth in all (翻一番) and the mean rate over the same years are one statement. A
rise of a share given in per cent may mean either reading, and is listed for the planner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hexi.plans.audit.arithmetic import amount, brief, factor, power, span_of, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Figure, Series, around
from hexi.plans.audit.growth_levels import companion
from hexi.plans.audit.identity import Identity, printed_value, reading
from hexi.quantities.interval import Interval

__all__ = ["ambiguous", "bases", "totals"]


def totals(series: Series, rates: Sequence[Figure]) -> Iterator[Finding]:
    """G3: growth in all against the mean rate over the same years (翻一番 and 15 %)."""
    for total in rates:
        if total.measure != "growth_total" or total.span is None or total.unit_name == "倍":
            continue
        first, last = total.span
        if total.unit_name.endswith("点"):
            continue
        for rate in around(rates, total):
            if rate.measure != "growth_annual" or rate.span != (first + 1, last):
                continue
            if rate.modality != total.modality:
                continue
            yield _total_line(total, rate, last - first)
            break


def _total_line(total: Figure, rate: Figure, years: int) -> Finding:
    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        growth, whole = values
        return (growth + 1) ** years - 1, whole

    identity = Identity((rate, total), sides)
    verdict = identity.verdict()
    result = (identity.exact() * 100).limit_denominator(10**9)
    return check_line(
        "G3",
        "identity",
        verdict,
        total.statement.indicator,
        (rate, total),
        f"{factor(printed_value(rate))}{power(years)} − 1 = {brief(result)}%；"
        f"原文 {with_unit(total)}",
        span_of(identity.computed() * 100, "%"),
        hypothesis=identity.slip() if verdict is Verdict.OUTSIDE else None,
    )


def bases(series: Series, rates: Sequence[Figure]) -> Iterator[Finding]:
    """G3: the target and the result of one period, each with its rate, lead back to one base."""
    annual = [r for r in rates if r.measure == "growth_annual" and r.span is not None]
    planned = [r for r in annual if r.modality == "target"]
    done = [r for r in annual if r.modality == "actual"]
    for plan in planned:
        for result in done:
            if plan.span != result.span or plan.span is None:
                continue
            first, last = plan.span
            aim = companion(series, last, plan, same_modality=True)
            outturn = companion(series, last, result, same_modality=True)
            if aim is None or outturn is None or aim.dimension != outturn.dimension:
                continue
            if plan.value <= -100 or result.value <= -100:
                continue
            yield _base_line(aim, plan, outturn, result, last - first + 1)
            return


def _base_line(aim: Figure, plan: Figure, outturn: Figure, result: Figure, years: int) -> Finding:
    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        target, planned, level, grown = values
        return target / (planned + 1) ** years, level / (grown + 1) ** years

    figures = (aim, plan, outturn, result)
    identity = Identity(figures, sides)
    verdict = identity.verdict()
    implied, actual = sides([reading(f) for f in figures])
    scale = 1 / aim.factor
    return check_line(
        "G3",
        "identity",
        verdict,
        aim.statement.indicator,
        figures,
        f"{amount(aim)} ÷ {factor(printed_value(plan))}{power(years)}"
        f" = {brief(aim.value / (1 + printed_value(plan)) ** years)}；"
        f"{amount(outturn)} ÷ {factor(printed_value(result))}{power(years)}"
        f" = {brief(outturn.value / (1 + printed_value(result)) ** years)}",
        f"{span_of(implied * scale, digits=3)} / "
        f"{span_of(actual * scale, aim.unit_name, digits=3)}",
        hypothesis=identity.slip() if verdict is Verdict.OUTSIDE else None,
    )


def ambiguous(series: Series, rates: Iterable[Figure]) -> Iterator[Finding]:
    """G2: 利用率85.9%，较2010年提高16.2% may mean points or per cent of the old rate."""
    for rate in rates:
        if rate.measure != "growth_total" or rate.unit_name != "%" or rate.span is None:
            continue
        if rate.statement.table:
            continue  # the head or the note of a table says which it is
        first, last = rate.span
        levels = [f for f in series.levels(last, near=rate) if f.measure == "share"]
        if not levels or series.levels(first) or rate.value <= 0:
            continue
        level = levels[0]
        points = level.value - rate.value
        relative = level.value / (1 + rate.value / 100)
        what = level.statement.indicator
        yield check_line(
            "G2",
            "plausibility",
            Verdict.OPEN,
            what,
            (level, rate),
            f"{amount(level)} − {amount(rate)} = {brief(points)}；"
            f"{amount(level)} ÷ {factor(printed_value(rate))} = {brief(relative)}",
            title=(
                f"{what}：“提高{with_unit(rate)}”未写明是百分点还是百分比",
                f"{what}: whether {with_unit(rate)} means points or per cent is not said",
            ),
        )
