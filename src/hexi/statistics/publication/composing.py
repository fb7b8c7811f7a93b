"""A publication with its figures in place (成稿): sentences, tables, and what had to be left out.

A sentence of a bulletin is said only where every figure in it was released: one with a gap is left
out and named at the end, since a bulletin has no holes. Tables keep their cells and say by a mark
why one is empty: ``…`` nobody reported, ``※`` kept confidential.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from hexi.statistics.publication.template import PLACE, Publication, Section, TableOf

__all__ = ["Composed", "Figure", "FigureBook", "Part", "Row", "Sheet", "compose", "period_name"]

MISSING: Final = "…"
CONFIDENTIAL: Final = "※"
#: what the rows of a table are, by its tree
_CORNERS: Final = {"industry": "行业", "ownership": "经济类型", "zone_type": "开发区类型"}
_SENTENCE: Final = re.compile(r"[^。；]*[。；]?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A released figure: exact as printed, or none with the reason (status of SDMX)."""

    value: Decimal | None
    status: str = "A"


class FigureBook(Protocol):
    """Where the figures of a release are looked up."""

    def figure(self, unit: str, indicator: str, view: str, period: str) -> Figure | None:
        """A figure by codes; none where it was not released."""

    def name(self, indicator: str) -> str:
        """Name of an indicator."""

    def unit_of_measure(self, indicator: str) -> str:
        """Unit of measure that an indicator is printed in."""

    def rows(self, unit: str, table: TableOf) -> Sequence[tuple[str, str, int]]:
        """Code, name and depth of the rows of a table: the unit itself and those below it by
        jurisdiction, or the classes of another tree."""

    def notes(self, unit: str, indicators: Sequence[str], period: str) -> Sequence[str]:
        """Public notes on figures of a unit and of those below it."""

    def periods(self, last: str, count: int) -> Sequence[str]:
        """The periods up to one, oldest first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: name, depth in the tree, cells as numbers or marks."""

    name: str
    depth: int
    cells: tuple[Decimal | str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its head; units of measure stand in the head."""

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of what is printed."""

    title: str
    paragraphs: tuple[str, ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A publication that is ready to be printed."""

    title: str
    publisher: str
    period: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    #: sentences that a missing figure kept out, as the template has them
    left_out: tuple[str, ...]


def compose(publication: Publication, book: FigureBook, period: str) -> Composed:
    """Put the figures of a period (``2025``, ``2025-Q1``, ``2025-03``) into a publication."""
    writer = _Writer(publication, book, period)
    parts = tuple(writer.part(section) for section in publication.sections)
    return Composed(
        writer.said(publication.title) or publication.title,
        publication.publisher,
        period,
        tuple(part for part in parts if part.paragraphs or part.sheets),
        (*publication.notes, *book.notes(publication.unit, publication.indicators, period)),
        tuple(writer.left_out),
    )


def period_name(period: str, *, to_date: bool = False) -> str:
    """A period as Chinese bulletins write it: 2025年, 2025年一季度, 2025年上半年, 2025年3月.

    ``to_date``: figures of a quarter since January are of 上半年, 前三季度, 全年.
    """
    year, _, rest = period.partition("-")
    if not rest:
        return f"{year}年"
    if rest[0] == "Q" and to_date:
        return f"{year}年{('一季度', '上半年', '前三季度', '全年')[int(rest[1]) - 1]}"
    if rest[0] == "H" and to_date:
        return f"{year}年{('上半年', '全年')[int(rest[1]) - 1]}"
    if rest[0] == "Q":
        return f"{year}年{'一二三四'[int(rest[1]) - 1]}季度"
    if rest[0] == "H":
        return f"{year}年{'上下'[int(rest[1]) - 1]}半年"
    if "/" in rest:
        return f"{year}年1—{int(rest.rpartition('/')[2])}月"
    return f"{year}年{int(rest)}月"


class _Writer:
    """Fills sentences and tables of one publication from one book."""

    def __init__(self, publication: Publication, book: FigureBook, period: str) -> None:
        self._publication, self._book, self._period = publication, book, period
        self._value_view, self._growth_view = publication.views
        self.left_out: list[str] = []

    def part(self, section: Section) -> Part:
        paragraphs = [self._paragraph(text) for text in section.text]
        return Part(
            section.title,
            tuple(p for p in paragraphs if p),
            tuple(self._sheet(table) for table in section.tables),
        )

    def said(self, text: str) -> str:
        """A text with its places filled; nothing where a figure is not there."""
        missing = False

        def place(match: re.Match[str]) -> str:
            nonlocal missing
            filled = self._place(match["name"], match["part"] or "")
            missing = missing or not filled
            return filled

        filled = PLACE.sub(place, text)
        return "" if missing else filled

    def _paragraph(self, text: str) -> str:
        said: list[str] = []
        for match in _SENTENCE.finditer(text):
            sentence = self.said(match[0])
            if sentence:
                said.append(sentence)
            elif match[0].strip():
                self.left_out.append(match[0].strip())
        # what was left out may have been the end of the paragraph
        whole = "".join(said)
        return f"{whole[:-1]}。" if whole.endswith("；") else whole

    def _place(self, name: str, part: str) -> str:
        if name == "period":
            return self._named(self._period)
        parts = {
            "name": lambda: self._book.name(name),
            "value": lambda: self._value(name),
            "growth": lambda: self._growth(name),
        }
        if part:
            return parts[part]()
        value, growth = self._value(name), self._growth(name)
        said = f"{self._book.name(name)}{value}" if value else ""
        return f"{said}，{growth}" if said and growth else said

    def _named(self, period: str) -> str:
        return period_name(period, to_date=not self._says_so)

    @property
    def _says_so(self) -> bool:
        """Has a figure since January to say that it is one? The name of a quarter says it."""
        return self._value_view != "ytd"

    def _figure(self, indicator: str, view: str) -> Decimal | None:
        unit = self._publication.unit
        figure = self._book.figure(unit, indicator, view, self._period)
        return figure.value if figure is not None else None

    def _value(self, indicator: str) -> str:
        value = self._figure(indicator, self._value_view)
        return "" if value is None else f"{value}{self._book.unit_of_measure(indicator)}"

    def _growth(self, indicator: str) -> str:
        """比上年增长8.2%; a share changes by percentage points."""
        value = self._figure(indicator, self._growth_view)
        if value is None:
            return ""
        if value == 0:
            return "与上年持平" if "-" not in self._period else "与上年同期持平"
        share = self._book.unit_of_measure(indicator) == "%"
        verbs = ("提高", "下降") if share else ("增长", "下降")
        unit = "个百分点" if share else "%"
        against = "比上年" if "-" not in self._period else "同比"
        return f"{against}{verbs[value < 0]}{abs(value)}{unit}"

    def _sheet(self, table: TableOf) -> Sheet:
        columns = list(self._columns(table))
        head = (_CORNERS.get(table.tree, "单位"), *(said for said, *_ in columns))
        rows = [
            Row(name, depth, tuple(self._cell(unit, *what) for _, *what in columns))
            for unit, name, depth in self._book.rows(self._publication.unit, table)
        ]
        return Sheet(self.said(table.title) or table.title, head, tuple(rows))

    def _columns(self, table: TableOf) -> Iterator[tuple[str, str, str, str]]:
        """Head, indicator, view and period of each column."""
        periods = self._book.periods(self._period, table.periods)
        for indicator in table.indicators:
            for view in table.views:
                said = self._head(indicator, view)
                if table.across == "indicators":
                    yield said, indicator, view, self._period
                    continue
                for period in periods:
                    named = self._named(period)
                    alone = len(table.indicators) * len(table.views) == 1
                    yield (named if alone else f"{said} {named}"), indicator, view, period

    def _head(self, indicator: str, view: str) -> str:
        name, unit = self._book.name(indicator), self._book.unit_of_measure(indicator)
        if view.endswith("growth"):
            unit = "百分点" if unit == "%" else "%"
            name = f"{name}{'累计' if view == 'ytd_growth' and self._says_so else ''}增速"
        elif view == "ytd" and self._says_so:
            name = f"{name}累计"
        return f"{name}（{unit}）" if unit else name

    def _cell(self, unit: str, indicator: str, view: str, period: str) -> Decimal | str:
        figure = self._book.figure(unit, indicator, view, period)
        if figure is None or (figure.value is None and figure.status != "Q"):
            return MISSING
        return CONFIDENTIAL if figure.value is None else figure.value
