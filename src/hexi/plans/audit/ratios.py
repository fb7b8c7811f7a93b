"""Ratios (比率核算, R1 and R3): shares, rates and intensities against the figures they come from.

A share is its part over its whole, a rate is what is done over all, and productivity times heads
is output. The figures may stand in the same sentence (占…的14.29%) or anywhere in the document;
the names say which belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hexi.plans.audit.arithmetic import brief, span_of, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.clauses import Passage, Placed
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Rank, Verdict
from hexi.plans.audit.gather import Book, Figure, Series
from hexi.plans.audit.identity import Identity
from hexi.plans.audit.names import indicator_key, sector_root, share_of
from hexi.plans.audit.relations import Relation
from hexi.plans.audit.units_pairs import exchange_line
from hexi.quantities import units
from hexi.quantities.interval import Interval

__all__ = ["check_per_unit", "check_productivity", "check_ratios", "check_sentence_ratios"]

_OF = re.compile(
    r"(?:人民币)?[，,）)]?\s*占(?:全部)?([^，。；%\d]{0,20}?)的?(?:比重|比例)?(?:为|达到|达)?$"
)
_DONE = re.compile(r"([\u4e00-\u9fff]{2,4})率(?:为|达到|达|到)?$")


def check_ratios(docket: Docket) -> Iterator[Finding]:
    """R1 over the document: 研发经费 ÷ 生产总值 against the stated share."""
    book = docket.book
    seen: set[tuple[object, ...]] = set()
    for (source, owner, _), series in book.series.items():
        for share in series.of("share"):
            if share.year is None or share.unit_name != "%":
                continue
            named = share_of(share.statement.indicator)
            if named is None or named.outer or not named.whole:
                continue
            part = book.level(source, owner, named.part, share.year, share.modality)
            whole = book.level(source, owner, named.whole, share.year, share.modality)
            if part is None or whole is None or part.dimension != whole.dimension:
                continue
            if not whole.exact:
                continue
            key = (part.index, whole.index, share.exact)
            if key not in seen:
                seen.add(key)
                yield _share_line(part, whole, share)


def _share_line(part: Figure, whole: Figure, share: Figure, rank: Rank = "identity") -> Finding:
    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        return values[0] / values[1], values[2]

    identity = Identity((part, whole, share), sides, share)
    verdict = identity.verdict()
    return check_line(
        "R1",
        rank,
        verdict,
        share.statement.indicator,
        (part, whole, share),
        f"{with_unit(part)} ÷ {with_unit(whole)} = {brief(identity.exact() * 100)}%；"
        f"原文 {with_unit(share)}",
        span_of(identity.computed() * 100, "%"),
        hypothesis=identity.slip() if verdict is Verdict.OUTSIDE else None,
    )


def check_sentence_ratios(docket: Docket) -> Iterator[Finding]:
    """R1 inside a sentence: a part, then 占…的 and its share; 已开工 and 开工率."""
    wholes: dict[int, list[Relation]] = {}
    for relation in docket.relations:
        for part in relation.parts:
            wholes.setdefault(part.index, []).append(relation)
    for relation in docket.relations:
        yield from _shares_in_turn(relation)
    for passage in docket.passages:
        for place, placed in enumerate(passage.figures):
            share = placed.figure
            if share.measure != "share" or share.unit_name != "%" or place == 0:
                continue
            line = (
                _share_of_relation(passage, place, wholes)
                or _share_of_named(docket.book, passage, place)
                or _done_over_all(passage, place)
            )
            if line is not None:
                yield line


def _shares_in_turn(relation: Relation) -> Iterator[Finding]:
    """农业2.02、工业0.38、生活0.31…，分别占70.6%、13.3%、10.8%…: one share a part."""
    passage, parts = relation.passage, relation.parts
    if len(parts) < 2:
        return
    last = max(p.statement.end for p in parts)
    placed = [p for p in passage.figures if p.figure.statement.start >= last]
    shares = [p for p in placed[: len(parts)] if p.figure.unit_name == "%"]
    if len(shares) != len(parts) or not placed or not relation.whole.exact:
        return
    ends = [p.end for p in passage.figures if p.figure.statement.end == last]
    gap = passage.text[ends[0] : shares[0].start] if ends else ""
    if not re.fullmatch(r"[，,）)]?\s*分别(?:占|为)[^，。；%\d]{0,20}", gap):
        return
    for part, share in zip(sorted(parts, key=lambda f: f.index), shares, strict=True):
        yield _share_line(part, relation.whole, share.figure)


def _share_of_relation(
    passage: Passage, place: int, wholes: dict[int, list[Relation]]
) -> Finding | None:
    placed = passage.figures[place]
    for before in reversed(passage.figures[max(0, place - 2) : place]):
        gap = passage.text[before.end : placed.start]
        if len(gap) > 40 or before.figure.index not in wholes:
            continue
        said = _without_brackets(gap)
        match = _OF.search(said)
        # ，机电产品占出口比重为…: another part's share, not that of the figure before
        if match is None or said[: match.start()].strip("，, "):
            continue
        whole = wholes[before.figure.index][0].whole
        if not whole.exact:
            return None
        line = _share_line(before.figure, whole, placed.figure)
        if line.is_fault and not _shares_a_word(match[1], whole.statement.indicator):
            return None
        return line
    return None


def _share_of_named(book: Book, passage: Passage, place: int) -> Finding | None:
    """41.0亿元，占地区生产总值的22%: the part stands before, the whole anywhere in the document."""
    placed = passage.figures[place]
    before = passage.figures[place - 1]
    part, share = before.figure, placed.figure
    gap = _without_brackets(passage.text[before.end : placed.start])
    match = _OF.fullmatch(gap) if len(gap) <= 40 else None
    if match is None or part.year is None or part.measure not in ("level", "count", "cumulative"):
        return None
    owner, named = part.owner, _OUTER.sub("", match[1])
    if named != match[1]:
        owner = book.owners[passage.source]
        if not _own_region(owner, match[1]):
            return None
    whole = book.level(passage.source, owner, indicator_key(named), part.year, part.modality)
    if whole is None or whole.index == part.index or not whole.exact:
        return None
    if whole.dimension != part.dimension:
        if not share.exact:
            return None
        dollars = whole.unit_name.endswith("美元") and not part.unit_name.endswith("美元")
        yuan = part.unit_name.endswith("元") and share.year is not None
        return exchange_line(part, share, whole) if dollars and yuan else None
    return _share_line(part, whole, share)


_OUTER = re.compile(r"^(?:全国|全省|全市|全区|全县|我省|我市|我区|我县)")


def _own_region(owner: str, said: str) -> bool:
    """全省 is the document's own area only where the owner is a province."""
    return owner.endswith(said[1])


def _without_brackets(text: str) -> str:
    return re.sub(r"[（(][^（()）]*[）)]", "", text)


def _shares_a_word(first: str, second: str) -> bool:
    return any(first[i : i + 2] in second for i in range(len(first) - 1))


def _done_over_all(passage: Passage, place: int) -> Finding | None:
    placed = passage.figures[place]
    match = _DONE.search(passage.text, max(0, placed.start - 12), placed.start)
    if match is None:
        return None
    left, _ = passage.bounds(placed.start)
    counts: list[Placed] = [
        p
        for p in passage.figures[max(0, place - 3) : place]
        if p.start >= left and p.figure.measure in ("count", "level", "cumulative")
    ]
    if len(counts) < 2:
        return None
    whole, part = counts[-2].figure, counts[-1].figure
    verb = match[1][-2:]
    between = passage.text[counts[-2].end : counts[-1].end]
    if part.dimension != whole.dimension or verb not in between or not whole.exact:
        return None
    if part.exact > whole.exact and part.exact and placed.figure.value <= 100:
        # the other way round, or one of the two has slipped: only the second is worth a line
        upside_down = _share_line(whole, part, placed.figure)
        if not upside_down.is_fault:
            return upside_down
    return _share_line(part, whole, placed.figure)


def check_productivity(docket: Docket) -> Iterator[Finding]:
    """R3: productivity × heads = output, where the sector's output follows from its share."""
    book = docket.book
    for (source, owner, name), series in book.series.items():
        if not name.endswith("劳动生产率"):
            continue
        root = sector_root(name) or name.removesuffix("劳动生产率")
        for figure in series.of("level"):
            if figure.year is None or not figure.unit_name.endswith("/人"):
                continue
            heads = _heads(book, source, owner, root, figure.year)
            output = _output(book, source, owner, root, figure)
            if heads is not None and output is not None:
                yield _productivity_line(figure, heads, output)


_PER = re.compile(r"^(人均|亩均|地均|户均)(.{2,})$")
#: mean population differs from the population at the year's end
_MEAN = Fraction(3, 100)


def check_per_unit(docket: Docket) -> Iterator[Finding]:
    """R3: 亩均 and 人均 figures against the total and the area or population of the sentence."""
    for passage in docket.passages:
        for place, placed in enumerate(passage.figures):
            figure = placed.figure
            match = _PER.match(figure.name)
            if match is None or figure.year is None or figure.measure != "level":
                continue
            divisor = _divisor(docket.book, passage, place, match[1])
            total = docket.book.level(
                passage.source, figure.owner, match[2], figure.year, figure.modality
            )
            if divisor is None or not divisor.exact or total is None or "/" in total.unit_name:
                continue
            money = figure.unit_name.partition("/")[0]
            if _dimension_of(money) == total.dimension:
                yield _per_unit_line(figure, total, divisor, match[1])


def _dimension_of(unit: str) -> object:
    return units.parse(unit).dimension if units.is_unit(unit) else unit


def _divisor(book: Book, passage: Passage, place: int, per: str) -> Figure | None:
    figure = passage.figures[place].figure
    if per == "人均":
        assert figure.year is not None
        for name in ("常住人口", "总人口", "人口"):
            found = book.level(passage.source, figure.owner, name, figure.year)
            if found is not None:
                return found
        return None
    left, _ = passage.bounds(passage.figures[place].start)
    ends = {"亩均": ("亩",), "地均": ("平方公里", "公顷", "亩"), "户均": ("户", "家")}[per]
    for before in reversed(passage.figures[max(0, place - 2) : place]):
        if before.start >= left and before.figure.unit_name in ends:
            return before.figure
    return None


def _per_unit_line(figure: Figure, total: Figure, divisor: Figure, per: str) -> Finding:
    size = units.parse(figure.unit_name.partition("/")[0]).factor
    area = divisor.factor if per == "亩均" else Fraction(1)

    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        produced, among, _ = values
        mean = produced / among * (area / size)
        stated = figure.interval()
        return (mean * Interval(1 - _MEAN, 1 + _MEAN) if per == "人均" else mean), stated

    identity = Identity((total, divisor, figure), sides)
    verdict = identity.verdict()
    exact = total.exact / divisor.exact * area / size
    return check_line(
        "R3",
        "identity",
        verdict,
        figure.statement.indicator,
        (total, divisor, figure),
        f"{with_unit(total)} ÷ {with_unit(divisor)} = {brief(exact)}；原文 {with_unit(figure)}",
        span_of(identity.computed(), figure.unit_name),
    )


def _heads(book: Book, source: int, owner: str, root: str, year: int) -> Figure | None:
    places = [(owner, f"{root}{of}从业人员") for of in ("企业", "产业", "")]
    places += [(f"{root}{of}", "从业人员") for of in ("企业", "产业")]
    for whose, name in places:
        found = book.level(source, whose, name, year)
        if found is not None:
            return found
    return None


def _output(
    book: Book, source: int, owner: str, root: str, figure: Figure
) -> tuple[Figure, ...] | None:
    """The sector's output: as stated, or its share and the whole it is a share of."""
    assert figure.year is not None
    for name in (f"{root}产业增加值", f"{root}企业增加值", f"{root}增加值"):
        stated = book.level(source, owner, name, figure.year, figure.modality)
        if stated is not None:
            return (stated,)
        found = _by_share(book, source, owner, name, figure)
        if found is not None:
            return found
    return None


def _by_share(
    book: Book, source: int, owner: str, name: str, figure: Figure
) -> tuple[Figure, ...] | None:
    for whole_name in ("工业增加值", "生产总值"):
        series: Series | None = book.series.get((source, owner, f"{name}占{whole_name}比重"))
        if series is None:
            continue
        assert figure.year is not None
        shares = [s for s in series.of("share") if s.year == figure.year]
        whole = book.level(source, owner, whole_name, figure.year, figure.modality)
        if shares and whole is not None:
            return shares[0], whole
    return None


def _productivity_line(rate: Figure, heads: Figure, output: tuple[Figure, ...]) -> Finding:
    def sides(values: Sequence[Interval]) -> tuple[Interval, Interval]:
        produced, people, *made = values
        stated = made[0] * made[1] if len(made) == 2 else made[0]
        return produced * people, stated

    figures = (rate, heads, *output)
    identity = Identity(figures, sides)
    verdict = identity.verdict()
    money = output[-1]
    result = identity.exact() / money.factor
    other = " × ".join(with_unit(f) for f in output)
    if len(output) == 2:
        implied = output[0].exact * output[1].exact / money.factor
        other = f"{other} = {brief(implied)}{money.unit_name}"
    return check_line(
        "R3",
        "identity" if len(output) == 1 else "passages",
        verdict,
        rate.statement.indicator,
        figures,
        f"{with_unit(rate)} × {with_unit(heads)} = {brief(result)}{money.unit_name}；{other}",
        span_of(identity.computed() * (1 / money.factor), money.unit_name),
        hypothesis=identity.slip() if verdict is Verdict.OUTSIDE else None,
    )
