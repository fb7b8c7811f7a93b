"""Gathering (归集): statements laid side by side where they speak of the same thing.

Every check starts from figures that belong together: one owner, one statistic, several years,
measures and passages. A *figure* is a statement with its unit, years and printed precision
resolved; a *series* holds the figures of one owner and one statistic. Class criteria
(``threshold``) never enter, because 过1亿美元 is not a value of anybody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from hexi.plans.audit.names import indicator_key, subject_key
from hexi.plans.audit.precision import PERCENT, percentage, rounded_amount
from hexi.plans.documents.document import Document
from hexi.plans.statements.statement import Statement
from hexi.quantities import numerals, units
from hexi.quantities.interval import Interval
from hexi.quantities.printed import Mode

__all__ = ["Book", "Figure", "Series", "around", "gather", "is_ratio_unit"]

_YEARS = re.compile(r"(\d{4})(?:-(\d{4})(?!\d)|-(\d{2})|-(Q[1-4]|H[12]))?$")
_SHORT = re.compile(
    r"([\u4e00-\u9fff]{4,30})[（(]以下(?:统称|简称)[：:]?[“\"「‘]?([\u4e00-\u9fff]{2,15})[”\"」’]?[）)]"
)
#: 全省, 我市 … said of the document's own area
_SELF = re.compile(r"[全我本](?:省|市|区|县|域)$")
_WINDOW = 12
_LEVELS = frozenset({"level", "count", "share"})
_ONE = Fraction(1)
#: a clause that counts what is new, not what there is
_FRESH = re.compile(r"(?:新增|新认定|新培育|新引进|新建|净增|新登记|新注册)[^，。；：、]{0,20}$")
_RATIO = re.compile(
    r"^(?:人均|每|万人|百万人|千人|亩均|地均|户均|单位|平均)|均(?=[\u4e00-\u9fff])|率$|强度|密度|指数|容积率|浓度|系数|之比$|寿命|年限"
)
_TITLE_YEAR = re.compile(r"[^\d]{0,16}(20\d{2})年(?!规划|计划(?!执行)|至|—|-)")
_DIGITS = re.compile(r"-?[\d０-９][\d０-９,，.．\ue000-\uf8ff]*")


@dataclass(slots=True, eq=False)
class Figure:
    """A statement ready for arithmetic; nobody changes it.

    What every check asks for (measure, year, unit …) is resolved once and kept: a plan has some
    hundred figures and the checks look at each of them dozens of times.
    """

    index: int
    statement: Statement
    #: ordinal of the document in the audit
    source: int
    owner: str
    name: str
    unit: units.Unit | None
    #: first and last year of its period; equal for a single year; None where undated
    first: int | None
    last: int | None
    #: month or quarter of a period inside a year; 12 counts as the year's end
    part: str
    printed: str
    #: its period stands in no word near it but follows from its frame
    inferred: bool
    #: block and row of the table it stands in
    row: tuple[int, int] | None
    #: the printed value, in its own unit and in the base unit of its dimension
    value: Fraction
    exact: Fraction
    measure: str = field(init=False)
    modality: str = field(init=False)
    bound: str = field(init=False)
    is_level: bool = field(init=False)
    #: the single year it is of, if it is of one
    year: int | None = field(init=False)
    #: first and last year, where it covers several
    span: tuple[int, int] | None = field(init=False)
    unit_name: str = field(init=False)
    #: what may be added to what: the dimension of the unit, or the word itself
    dimension: object = field(init=False)

    def __post_init__(self) -> None:
        said = self.statement
        self.measure, self.modality, self.bound = said.measure, said.modality, said.bound
        self.is_level = said.measure in _LEVELS
        single = self.first == self.last
        self.year = self.last if single and not self.part else None
        self.span = None
        if not single and self.first is not None and self.last is not None:
            self.span = (self.first, self.last)
        if self.unit is None:
            self.unit_name, self.dimension = said.unit, said.unit
        else:
            self.unit_name, self.dimension = self.unit.name, self.unit.dimension

    @property
    def decimals(self) -> int:
        exponent = self.printed.partition(".")[2]
        return len(exponent)

    @property
    def factor(self) -> Fraction:
        return self.unit.factor if self.unit is not None else _ONE

    def interval(self, mode: Mode = "strict") -> Interval:
        """The values it stands for, in its own unit."""
        if self.unit_name in PERCENT:
            found = percentage(self.printed, self.unit_name, self.bound, mode)
        else:
            counted = self.measure == "count"
            found = rounded_amount(self.printed, self.statement.unit, self.bound, mode, counted)
        return -found if self.statement.value < 0 and self.printed[:1] != "-" else found

    def scaled(self, mode: Mode = "strict") -> Interval:
        """The values it stands for, in the base unit of its dimension."""
        found = self.interval(mode)
        return found if self.unit is None else found * self.unit.factor

    @property
    def sentence(self) -> tuple[int, int, int]:
        """Key of the sentence it stands in."""
        return self.source, *self.statement.sentence


@dataclass(slots=True)
class Series:
    """Figures of one owner and one statistic in one document."""

    owner: str
    name: str
    figures: list[Figure] = field(default_factory=list)
    #: levels, shares and counts by their year, in reading order
    by_year: dict[int, list[Figure]] = field(default_factory=dict)
    by_measure: dict[str, list[Figure]] = field(default_factory=dict)

    def add(self, figure: Figure) -> None:
        """Take in the next figure of the reading order."""
        self.figures.append(figure)
        self.by_measure.setdefault(figure.measure, []).append(figure)
        if figure.is_level and figure.year is not None:
            self.by_year.setdefault(figure.year, []).append(figure)

    def levels(self, year: int, near: Figure | None = None) -> Sequence[Figure]:
        """Levels, shares and counts of a year; only those around a place where one is given."""
        found = self.by_year.get(year, ())
        return found if near is None else around(found, near)

    def of(self, measure: str) -> Sequence[Figure]:
        """Figures of a measure, in reading order."""
        return self.by_measure.get(measure, ())

    def of_any(self, *measures: str) -> Sequence[Figure]:
        """Figures of several measures, in reading order."""
        found = [self.by_measure[m] for m in measures if m in self.by_measure]
        if len(found) < 2:
            return found[0] if found else ()
        return sorted(chain.from_iterable(found), key=_index)


def _index(figure: Figure) -> int:
    return figure.index


def around(figures: Sequence[Figure], near: Figure) -> Sequence[Figure]:
    """The few figures of a long series that stand nearest, so that long documents stay linear."""
    if len(figures) <= 2 * _WINDOW:
        return figures
    place = bisect_left(figures, near.index, key=_index)
    return figures[max(0, place - _WINDOW) : place + _WINDOW]


@dataclass(slots=True)
class Book:
    """Everything that the checks look up, for one or several documents."""

    documents: Sequence[Document]
    figures: list[Figure]
    #: by (document, owner, name)
    series: dict[tuple[int, str, str], Series]
    #: by document and block, in reading order
    blocks: dict[tuple[int, int], list[Figure]]
    #: the owner that most figures of a document belong to
    owners: list[str]
    #: the year that most targets of a document are for: what an undated aim is taken to mean
    ends: list[int | None]
    _levels: dict[tuple[int, str, str, int, str], Figure | None] = field(default_factory=dict)

    def level(
        self, source: int, owner: str, name: str, year: int, modality: str = ""
    ) -> Figure | None:
        """The level of a statistic in a year; a table is preferred, then the first passage."""
        key = (source, owner, name, year, modality)
        if key not in self._levels:
            found = self.series.get((source, owner, name))
            fitting = [
                f
                for f in (found.levels(year) if found is not None else ())
                if f.measure != "share" and modality in ("", f.modality) and f.bound in ("eq", "ge")
            ]
            self._levels[key] = min(
                fitting,
                key=lambda f: (
                    f.inferred,
                    not f.statement.table,
                    "subset" in f.statement.flags,
                    f.index,
                ),
                default=None,
            )
        return self._levels[key]


def gather(documents: Sequence[Document], statements: Sequence[Sequence[Statement]]) -> Book:
    """Resolve and group the statements of the documents (hash keys only, one pass)."""
    figures: list[Figure] = []
    series: dict[tuple[int, str, str], Series] = {}
    blocks: dict[tuple[int, int], list[Figure]] = {}
    owners: list[str] = []
    index = 0
    for source, (document, said) in enumerate(zip(documents, statements, strict=True)):
        aliases = _aliases(document.text)
        keys = [subject_key(s.subject) for s in said]
        keys = [aliases.get(k, k) for k in keys]
        main = _main(k for k, s in zip(keys, said, strict=True) if s.modality != "threshold")
        owners.append(main)
        review = _review_year(document.title)
        for owner, statement in zip(keys, said, strict=True):
            own = main if _SELF.match(owner) and owner[-1] in main[-1:] + "域" else owner
            figure = _figure(index, statement, source, own, review, document)
            index += 1
            figures.append(figure)
            blocks.setdefault((source, statement.block), []).append(figure)
            if statement.modality != "threshold":
                key = (source, figure.owner, figure.name)
                group = series.get(key)
                if group is None:
                    group = series[key] = Series(figure.owner, figure.name)
                group.add(figure)
    for group_of_block in blocks.values():
        group_of_block.sort(key=lambda f: (f.statement.start, f.index))
    ends = _ends(figures, len(documents))
    return Book(documents, figures, series, blocks, owners, ends)


def _ends(figures: Iterable[Figure], documents: int) -> list[int | None]:
    counted: list[Counter[int]] = [Counter() for _ in range(documents)]
    for figure in figures:
        if figure.modality == "target" and figure.last is not None:
            counted[figure.source][figure.last] += 1
    return [years.most_common(1)[0][0] if years else None for years in counted]


def is_ratio_unit(figure: Figure) -> bool:
    """True for figures that may not be added up (%, 万元/亩, 万人发明专利拥有量 …)."""
    return (
        figure.measure in ("share", "rank")
        or "/" in figure.unit_name
        or "%" in figure.unit_name
        or _RATIO.search(figure.name) is not None
    )


def _figure(
    index: int,
    statement: Statement,
    source: int,
    owner: str,
    review: int | None,
    document: Document,
) -> Figure:
    period = statement.period or statement.frame_period
    first, last, part = _years(period) if period else _UNDATED
    if first is None and review and statement.modality == "actual":
        first = last = review
    unit = _unit(statement.unit)
    value = _exact(statement.value)
    return Figure(
        index,
        statement,
        source,
        owner,
        _name(statement, document.text),
        unit,
        first,
        last,
        part,
        _printed(statement),
        statement.period_inferred or statement.period is None,
        _row(statement, document),
        value,
        value if unit is None or unit.factor == 1 else value * unit.factor,
    )


@lru_cache(maxsize=8192)
def _exact(value: Decimal) -> Fraction:
    return Fraction(value)


def _name(statement: Statement, text: str) -> str:
    """The statistic's key with the facets that its name leaves out (新增, 一期 …)."""
    said = statement.indicator
    if statement.subject and len(said) > len(statement.subject) + 1:
        said = said.removeprefix(statement.subject)
    name = indicator_key(said)
    if statement.measure == "count" and "新" not in name:
        clause = text[max(0, statement.start - 24) : statement.start]
        fresh = _FRESH.search(clause)
        if fresh is not None:
            name = "新增" + name
    for facet in statement.facets:
        if facet not in statement.indicator and not facet[:1].isdigit():
            name = facet + name
    return name


def _printed(statement: Statement) -> str:
    """Digits as printed, checked against the value that was read from them."""
    digits = statement.printed
    if not digits:
        match = _DIGITS.search(statement.text)
        digits = match[0] if match else ""
    numeral = numerals.read(digits) if digits else None
    if numeral is None or abs(numeral.value) != abs(statement.value):
        return _plain(statement.value)
    if numeral.lost_point or not digits.isascii():
        return f"{numeral.value:f}"
    return digits.replace(",", "")


def _plain(value: Decimal) -> str:
    return f"{abs(value):f}"


@lru_cache(maxsize=8192)
def _unit(text: str) -> units.Unit | None:
    try:
        return units.parse(text)
    except units.UnknownUnit:
        return None


#: first year, last year, and the month or quarter inside a year
_Years = tuple[int | None, int | None, str]
_UNDATED: _Years = (None, None, "")


@lru_cache(maxsize=1024)
def _years(period: str) -> _Years:
    match = _YEARS.match(period)
    if match is None:
        return _UNDATED
    first = int(match[1])
    last = int(match[2]) if match[2] else first
    part = match[3] or match[4] or ""
    return first, last, "" if part == "12" else part


def _review_year(title: str) -> int | None:
    """The year that a communiqué or report is about: 2022年国民经济和社会发展统计公报."""
    match = _TITLE_YEAR.match(title)
    return int(match[1]) if match else None


def _row(statement: Statement, document: Document) -> tuple[int, int] | None:
    """Block and row of the table that a statement stands in."""
    if not statement.table:
        return None
    number = statement.block
    block = document.blocks[number] if 0 <= number < len(document.blocks) else None
    if block is None or block.kind != "table" or not 0 <= statement.cell < len(block.cells):
        return number, -statement.start
    return number, block.cells[statement.cell].row


def _aliases(text: str) -> dict[str, str]:
    """兰州经济技术开发区（以下简称兰州经济区）: every tail of the long form gives the short."""
    found: dict[str, str] = {}
    at = text.find("以下")
    while at >= 0:
        match = _SHORT.search(text, max(0, at - 32), at + 24)
        if match is not None:
            long, short = match[1], subject_key(match[2])
            for cut in range(len(long) - 3):
                found.setdefault(subject_key(long[cut:]), short)
        at = text.find("以下", at + 2)
    found.pop("", None)
    return found


def _main(keys: Iterable[str]) -> str:
    counted = Counter(key for key in keys if key)
    return counted.most_common(1)[0][0] if counted else ""
