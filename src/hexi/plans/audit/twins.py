"""Twins (同一事实的两处表述, T1): one fact said twice must be said alike.

Passages, tables and boxes repeat each other. The key is owner, statistic, facets, period, measure
and modality; the bound word and the unit may differ, a class criterion is part of the name. Two
values under one key contradict each other; one value under two confusable names (增加值 and
总产值), or given both to a zone and to one of its parks, is a copying slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from hexi.plans.audit.arithmetic import amount, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Book, Figure
from hexi.plans.audit.hypotheses import Hypothesis, lost_point, slip_in
from hexi.quantities.printed import Mode

__all__ = ["check_twins", "check_twins_across"]

_CRITERION = re.compile(
    r"^年?(.{0,12}?)(?:额|规模|总额)?(?:超过|达到|突破|过|超|在)?(\d[\d.]*)([千百]?[万亿]?)美?元(?:人民币)?"
    r"(?:以上)?(.{0,20})$"
)
_WORKING_AIM = re.compile(r"调度目标|力争目标|奋斗目标|确保目标|工作目标")
_LIMITING = frozenset({"range", "approximate"})


def check_twins(docket: Docket) -> Iterator[Finding]:
    """T1: passages that say the same thing, and file faults that their twins reveal."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    readings: dict[tuple[object, ...], set[tuple[object, ...]]] = {}
    ends = docket.book.ends
    for figure in docket.book.figures:
        if figure.modality != "threshold" and figure.name:
            key = _key(figure, ends)
            if key is not None:
                groups.setdefault(key, []).append(figure)
                readings.setdefault(_value_of(figure), set()).add(
                    (figure.first, figure.last, figure.modality)
                )
    for group in groups.values():
        if len(group) > 1:
            sure = [
                f
                for f in group
                if not _is_read_otherwise(f, readings[_value_of(f)])
                and not _is_aim_of_the_past(f, docket.horizon(f.source))
            ]
            yield from _compare(docket.book, sure if len(sure) > 1 else _alike(group))
    for figure in docket.book.figures:
        if "lost_point" in figure.statement.flags:
            group = groups.get(_key(figure, ends) or (), [figure])
            yield _file_fault(figure, group)
    yield from _working_aims(docket)


def _value_of(figure: Figure) -> tuple[object, ...]:
    return (figure.source, figure.owner, figure.name, figure.measure, figure.statement.value)


def _is_read_otherwise(figure: Figure, readings: set[tuple[object, ...]]) -> bool:
    """The same value stands elsewhere as outturn or for another year: this reading is unsure."""
    own = (figure.first, figure.last, figure.modality)
    return any(other != own and (figure.inferred or other[:2] == own[:2]) for other in readings)


def _is_aim_of_the_past(figure: Figure, horizon: tuple[int, int] | None) -> bool:
    """Prose of a plan does not aim at years before it: period or modality was misread."""
    if horizon is None or figure.modality != "target" or figure.row is not None:
        return False
    return figure.last is not None and figure.last < horizon[0]


def _alike(group: Sequence[Figure]) -> list[Figure]:
    """The figures of a group that agree with its first, where nothing else is sure."""
    return [f for f in group if f.exact == group[0].exact and f.dimension == group[0].dimension]


def _key(figure: Figure, ends: Sequence[int | None]) -> tuple[object, ...] | None:
    """The key of a twin; an undated aim is for the plan's last year."""
    said = figure.statement
    first, last = figure.first, figure.last
    if first is None:
        if said.modality != "target" or said.measure.startswith("growth"):
            return None
        first = last = ends[figure.source]
    name, facets = figure.name, tuple(sorted(said.facets))
    if said.measure == "count":
        name = criterion_key(said.indicator, figure.name)
        if name != figure.name:
            facets = ()  # the criterion is in the name now
    return (
        figure.source,
        figure.owner,
        name,
        facets,
        first,
        last,
        figure.part,
        said.measure,
        said.modality,
    )


@lru_cache(maxsize=16384)
def criterion_key(indicator: str, name: str) -> str:
    """年进出口过1亿美元的企业 and 进出口额1亿美元以上的企业 are one class."""
    match = _CRITERION.match(indicator.replace("的", ""))
    if match is None or not match[4]:
        return name
    return f"{match[4]}〔{match[1]}≥{match[2]}{match[3]}〕"


def _compare(book: Book, group: Sequence[Figure]) -> Iterator[Finding]:
    """One line for the figures that agree, one for each that differs from the first."""
    group = _told_apart(group)
    if not group:
        return
    first = group[0]
    alike: list[Figure] = [first]
    reported = 0
    for other in group[1:]:
        if other.row is not None and first.row is not None and other.row[0] == first.row[0]:
            continue
        if other.dimension == first.dimension and other.exact == first.exact:
            alike.append(other)
            continue
        if _sets_differ(book, first, other):
            continue
        line = _difference(first, other)
        if line is not None and reported < 3:
            reported += 1
            yield line
    if len(alike) > 1:
        yield _agreement(alike)


def _told_apart(group: Sequence[Figure]) -> list[Figure]:
    """Without figures of a sentence or row that gives the key several values: no twins there."""
    said: dict[tuple[int, ...], set[Fraction]] = {}
    for figure in group:
        said.setdefault(figure.row or figure.sentence, set()).add(figure.exact)
    return [f for f in group if len(said[f.row or f.sentence]) == 1]


def _sets_differ(book: Book, first: Figure, other: Figure) -> bool:
    """75个项目，年度投资… and 287个项目，年度投资… are of different sets of projects."""
    if ("subset" in first.statement.flags) != ("subset" in other.statement.flags):
        return True
    if first.measure == "count":
        return False
    counts = [_counted_before(book, f) for f in (first, other)]
    return None not in counts and counts[0] != counts[1]


def _counted_before(book: Book, figure: Figure) -> Fraction | None:
    """The count of things that the sentence has just named."""
    found = None
    for near in book.blocks.get((figure.source, figure.statement.block), []):
        if near.statement.start >= figure.statement.start:
            break
        if near.measure == "count" and near.sentence == figure.sentence:
            found = near.value
    return found


def _agreement(alike: Sequence[Figure]) -> Finding:
    first = alike[0]
    bounds = {f.bound for f in alike}
    what = first.statement.indicator
    title = None
    verdict = Verdict.EQUAL
    if len(bounds) > 1:
        verdict = Verdict.OPEN
        title = (
            f"{what}：两处数值相同，限定词不同",
            f"{what}: two passages give the same value with different bound words",
        )
    return check_line(
        "T1",
        "passages",
        verdict,
        what,
        alike[:4],
        " = ".join(with_unit(f) for f in alike[:4]),
        title=title,
    )


def _difference(first: Figure, other: Figure) -> Finding | None:
    if not _may_conflict(first, other):
        return None
    if first.dimension != other.dimension:
        return _currency_slip(first, other)
    verdict = _verdict(first, other)
    guess = None
    if verdict is Verdict.OUTSIDE:
        values = [first.scaled(), other.scaled()]
        guess = slip_in((first, other), values, lambda tried: tried[0].meets(tried[1]))
        if first.sentence == other.sentence:
            return None
        if _is_undated(first) or _is_undated(other):
            verdict = Verdict.SUSPECT
    return check_line(
        "T1",
        "passages",
        verdict,
        first.statement.indicator,
        (first, other),
        f"{with_unit(first)} {'≠' if verdict is Verdict.OUTSIDE else '/'} {with_unit(other)}",
        with_unit(first),
        hypothesis=guess,
    )


def _verdict(first: Figure, other: Figure) -> Verdict:
    """One may be the other rounded (近1550 and 1542), or a bound word may hold both."""
    if first.scaled().meets(other.scaled()):
        return Verdict.PASS
    near = abs(first.exact - other.exact) * 20 <= max(abs(first.exact), abs(other.exact))
    if near and first.scaled("loose").meets(other.scaled("loose")):
        return Verdict.ROUNDING
    if {first.bound, other.bound} == {"eq"}:
        return Verdict.OUTSIDE
    modes: list[Mode] = ["bounded" if f.bound != "eq" else "strict" for f in (first, other)]
    held = first.scaled(modes[0]).meets(other.scaled(modes[1]))
    return Verdict.OPEN if held else Verdict.OUTSIDE


def _may_conflict(first: Figure, other: Figure) -> bool:
    """Whether two figures under one key are near enough in meaning to contradict each other."""
    for figure in (first, other):
        said = figure.statement
        if said.confidence < 0.5 or _LIMITING & set(said.flags) or not figure.owner:
            return False
        if len(figure.name) < 4 and not said.indicator_id:
            return False
        if said.modality == "other":
            return False
    return not (_is_undated(first) and _is_undated(other))


def _is_undated(figure: Figure) -> bool:
    return figure.inferred


def _working_aims(docket: Docket) -> Iterator[Finding]:
    """总量要增长15%，调度目标增长20%: two rates for one indicator in one sentence."""
    for passage in docket.passages:
        if not _WORKING_AIM.search(passage.text):
            continue
        for place, placed in enumerate(passage.figures):
            other = placed.figure
            if other.measure not in ("growth_yoy", "growth_annual") or place == 0:
                continue
            if not _WORKING_AIM.search(passage.text, max(0, placed.start - 10), placed.start):
                continue
            left, _ = passage.bounds(placed.start)
            for before in reversed(passage.figures[:place]):
                first = before.figure
                if before.start < left:
                    break
                if first.measure == other.measure and first.unit_name == other.unit_name:
                    if first.exact != other.exact:
                        yield _two_aims(first, other)
                    break


def _two_aims(first: Figure, other: Figure) -> Finding:
    what = first.statement.indicator
    return check_line(
        "T1",
        "plausibility",
        Verdict.SUSPECT,
        what,
        (first, other),
        f"{with_unit(first)} ≠ {with_unit(other)}",
        with_unit(first),
        title=(
            f"{what}：同一指标给出两个目标（{with_unit(first)} 与 {with_unit(other)}）",
            f"{what}: two aims for one indicator ({with_unit(first)}, {with_unit(other)})",
        ),
    )


def _currency_slip(first: Figure, other: Figure) -> Finding | None:
    """The same digits once in 元 and once in 美元."""
    money = [f.unit_name.lstrip("千百十万亿") for f in (first, other)]
    if first.printed != other.printed or set(money) != {"元", "美元"}:
        return None
    guess = Hypothesis(
        "货币单位误写",
        "a wrong currency",
        f"“{first.unit_name}”与“{other.unit_name}”必有一误",
        f"one of {first.unit_name} and {other.unit_name} is wrong",
    )
    return check_line(
        "T1",
        "passages",
        Verdict.OUTSIDE,
        first.statement.indicator,
        (first, other),
        f"{with_unit(first)} ≠ {with_unit(other)}",
        with_unit(first),
        hypothesis=guess,
    )


def _file_fault(figure: Figure, group: Sequence[Figure]) -> Finding:
    """A point that the file lost; a twin that kept it settles the reading."""
    twin = next(
        (f for f in group if f is not figure and f.exact == figure.exact),
        None,
    )
    what = figure.statement.indicator
    bare = amount(figure).replace(".", "")
    settled = "" if twin is None else f"，与另一处 {with_unit(twin)} 一致"
    settled_en = "" if twin is None else f", as another passage has it ({with_unit(twin)})"
    return check_line(
        "T1",
        "passages",
        Verdict.SUSPECT,
        what,
        (figure,) if twin is None else (figure, twin),
        f"“{bare}{figure.unit_name}”应读作 {with_unit(figure)}",
        with_unit(figure),
        title=(
            f"{what}：文件编码丢失小数点，按 {with_unit(figure)} 读取{settled}",
            f"{what}: the file lost a decimal point, read as {with_unit(figure)}{settled_en}",
        ),
        hypothesis=lost_point(figure),
    )


def check_twins_across(docket: Docket) -> Iterator[Finding]:
    """T1 between documents: what one reports of a year and what another does."""
    if len(docket.book.documents) < 2:
        return
    groups: dict[tuple[object, ...], dict[int, Figure]] = {}
    for figure in docket.book.figures:
        if figure.modality == "actual" and not figure.inferred and figure.name:
            key = _key(figure, docket.book.ends)
            if key is not None:
                groups.setdefault(key[1:], {}).setdefault(figure.source, figure)
    for found in groups.values():
        first, *others = found.values()
        for other in others:
            if other.dimension == first.dimension and other.exact == first.exact:
                yield _agreement((first, other))
            else:
                line = _difference(first, other)
                if line is not None:
                    yield line
