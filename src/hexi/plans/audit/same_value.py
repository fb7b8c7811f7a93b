"""One value under two names (一值两口径, T2): confusable statistics, shares that coincide.

A figure copied from the row above keeps its digits. Three significant digits that return under
another name are worth a look: a fault where the two names are often mixed up (增加值 and 总产值),
a question where two shares have nothing to do with each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from hexi.plans.audit.arithmetic import with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Figure
from hexi.plans.audit.names import confusable

__all__ = ["check_one_value_twice"]


def check_one_value_twice(docket: Docket) -> Iterator[Finding]:
    """T2: one value under two names that are often mixed up, or two shares that coincide."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in docket.book.figures:
        if figure.modality == "threshold" or figure.first is None or not _is_telling(figure):
            continue
        key = (
            figure.source,
            figure.statement.value,
            figure.unit_name,
            figure.first,
            figure.last,
            figure.measure,
            figure.modality,
        )
        groups.setdefault(key, []).append(figure)
    for group in groups.values():
        if len(group) < 2:
            continue
        first = group[0]
        seen: set[str] = {first.name}
        for other in group[1:]:
            if other.name == first.name and other.owner != first.owner:
                if other.owner in first.owner or first.owner in other.owner:
                    yield _two_owners(first, other)
                continue
            if other.name in seen or other.owner != first.owner:
                continue
            seen.add(other.name)
            line = _two_names(first, other)
            if line is not None:
                yield line


def _two_owners(first: Figure, other: Figure) -> Finding:
    """One statistic with one value for an area and for a class of firms in it."""
    what = first.statement.indicator
    owners = f"{first.statement.subject}、{other.statement.subject}"
    return check_line(
        "T2",
        "plausibility",
        Verdict.OPEN,
        what,
        (first, other),
        f"{with_unit(first)} = {with_unit(other)}",
        title=(
            f"{what}：同一数值 {with_unit(first)} 归于两个口径的主体（{owners}），请核对",
            f"{what}: one value, {with_unit(first)}, for two owners ({owners})",
        ),
    )


def _is_telling(figure: Figure) -> bool:
    """Three significant digits: too many to coincide often."""
    return len(figure.printed.replace(".", "").strip("0")) >= 3


def _two_names(first: Figure, other: Figure) -> Finding | None:
    names = f"{first.statement.indicator}、{other.statement.indicator}"
    mixed = confusable(first.statement.indicator) == confusable(other.statement.indicator)
    if mixed:
        verdict = Verdict.SUSPECT
        title = (
            f"同一数值 {with_unit(first)} 用于两种口径：{names}",
            f"one value, {with_unit(first)}, for two statistics: {names}",
        )
    elif first.measure == "share" and first.sentence != other.sentence:
        verdict = Verdict.OPEN
        title = (
            f"两个不相关的比重数值相同（{with_unit(first)}），请核对是否抄录：{names}",
            f"two unrelated shares have one value ({with_unit(first)}): {names}",
        )
    else:
        return None
    return check_line(
        "T2",
        "passages" if mixed else "plausibility",
        verdict,
        names,
        (first, other),
        f"{with_unit(first)} = {with_unit(other)}",
        title=title,
    )
