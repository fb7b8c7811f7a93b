"""Templates of publications (公报与年鉴模板): what a bulletin says, as data of a pack.

``publications/*.toml`` holds a file a publication: sections with sentences and tables. A sentence
has places for figures in braces: ``{output}`` is the indicator's name, value and growth as a
bulletin says them, ``{output.value}`` and ``{output.growth}`` are the parts of it, ``{period}`` is
the period. Which indicators there are is said by the caller, so that a place without an indicator
is a fault of the pack and not a hole in a printed bulletin.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_lines import TomlFile, read_toml

__all__ = [
    "JURISDICTION",
    "PLACE",
    "Publication",
    "Section",
    "TableOf",
    "check_publications",
    "load_publications",
]

Kind = Literal["bulletin", "yearbook"]
Across = Literal["indicators", "periods"]

#: a place in a sentence: the period, an indicator, or a part of what is said of it
PLACE: Final = re.compile(r"\{(?P<name>[^\W\d]\w*)(?:\.(?P<part>value|growth|name))?\}")

#: the tree of units that an office is responsible for; other trees are classes of respondents
JURISDICTION: Final = "jurisdiction"
_FREQUENCIES: Final = ("month", "quarter", "half", "year")
_VIEWS: Final = ("period", "ytd", "growth", "ytd_growth")
#: what is published within a year adds up from January (一季度、上半年、前三季度)
_TO_DATE: Final = ("ytd", "ytd_growth")
_ANY_BRACE: Final = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table of units down and indicators or periods across."""

    title: str
    indicators: tuple[str, ...]
    #: kinds of unit that get a row; none: only the unit of the publication
    kinds: tuple[str, ...]
    views: tuple[str, ...]
    across: Across = "indicators"
    #: with periods across: how many, the last of them the period of the publication
    periods: int = 1
    #: tree that the rows are of: by jurisdiction those of ``kinds``, by another its ``levels``
    tree: str = JURISDICTION
    levels: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: sentences, then tables."""

    title: str
    text: tuple[str, ...]
    tables: tuple[TableOf, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """A bulletin (公报) or yearbook (年鉴) that comes out for every period."""

    id: str
    kind: Kind
    title: str
    title_en: str
    frequency: str
    #: code of the unit that it is of
    unit: str
    publisher: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def views(self) -> tuple[str, str]:
        """Views of its sentences: a figure and its growth; of quarters those since January."""
        return _TO_DATE if self.frequency in ("quarter", "half") else ("period", "growth")

    @property
    def trees(self) -> tuple[str, ...]:
        """The trees that its tables are of, that of jurisdiction first."""
        tables = (table for section in self.sections for table in section.tables)
        return tuple(dict.fromkeys((JURISDICTION, *(table.tree for table in tables))))

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator that it needs, once, in the order of use."""
        said = [
            match["name"]
            for section in self.sections
            for text in section.text
            for match in PLACE.finditer(text)
            if match["name"] != "period"
        ]
        tables = [t.indicators for section in self.sections for t in section.tables]
        return tuple(dict.fromkeys((*said, *(i for table in tables for i in table))))


def load_publications(
    pack: str | Path, indicators: Collection[str], units: Collection[str]
) -> tuple[Publication, ...]:
    """The publications of a pack.

    Raises:
        PackError: with every fault of their files.
    """
    faults: list[Fault] = []
    found = tuple(_read_all(pack_path(pack), indicators, units, faults))
    if faults:
        raise PackError(str(pack), faults)
    return found


def check_publications(
    pack: str | Path, indicators: Collection[str], units: Collection[str]
) -> list[Fault]:
    """Every fault of a pack's publications."""
    faults: list[Fault] = []
    list(_read_all(pack_path(pack), indicators, units, faults))
    return sorted(faults)


def _read_all(
    root: Path, indicators: Collection[str], units: Collection[str], faults: list[Fault]
) -> Iterator[Publication]:
    for path in sorted((root / "publications").glob("*.toml")):
        toml = read_toml(root, f"publications/{path.name}", faults)
        if toml is not None:
            reader = _Reader(toml, indicators, units, faults)
            found = reader.publication()
            if found is not None:
                yield found


class _Reader:
    """One file; what is wrong is noted and reading goes on, so that all is told at once."""

    def __init__(
        self,
        toml: TomlFile,
        indicators: Collection[str],
        units: Collection[str],
        faults: list[Fault],
    ) -> None:
        self._toml, self._indicators, self._units = toml, indicators, units
        self._faults = faults

    def publication(self) -> Publication | None:
        before = len(self._faults)
        at = ("publication",)
        head: Mapping[str, Any] = self._toml.values.get("publication", {})
        unit = self._text(head, at, "unit")
        if unit and unit not in self._units:
            self._fault((*at, "unit"), "单位表中的代码", unit, "a unit of the pack")
        frequency = self._choice(head, at, "frequency", _FREQUENCIES)
        views = _TO_DATE if frequency in ("quarter", "half") else _VIEWS
        found = Publication(
            id=self._text(head, at, "id"),
            kind=self._choice(head, at, "kind", ("bulletin", "yearbook")),  # type: ignore[arg-type]
            title=self._said(head, at, "title"),
            title_en=self._text(head, at, "title_en"),
            frequency=frequency,
            unit=unit,
            publisher=self._text(head, at, "publisher"),
            notes=self._texts(head, at, "notes"),
            sections=tuple(self._sections(views)),
        )
        return found if len(self._faults) == before else None

    def _sections(self, views: Sequence[str]) -> Iterator[Section]:
        for number, section in enumerate(self._toml.values.get("section", [])):
            at = ("section", number)
            text = self._texts(section, at, "text")
            for sentence in text:
                self._places((*at, "text"), sentence)
            tables = tuple(
                self._table((*at, "table", place), table, views)
                for place, table in enumerate(section.get("table", []))
            )
            yield Section(self._text(section, at, "title"), text, tables)

    def _table(
        self, at: tuple[str | int, ...], table: Mapping[str, Any], allowed: Sequence[str]
    ) -> TableOf:
        indicators = self._texts(table, at, "indicators")
        for unknown in (i for i in indicators if i not in self._indicators):
            self._fault((*at, "indicators"), "已定义的指标", unknown, "a defined indicator")
        views = self._texts(table, at, "views") or tuple(allowed[:1])
        for unknown in (v for v in views if v not in allowed):
            self._fault((*at, "views"), "、".join(allowed), unknown)
        across = self._choice({"across": "indicators", **table}, at, "across", Across.__args__)  # type: ignore[attr-defined]
        return TableOf(
            self._said(table, at, "title"),
            indicators,
            self._texts(table, at, "kinds"),
            views,
            across,  # type: ignore[arg-type]
            self._number(table, at, "periods", 60),
            str(table.get("tree", JURISDICTION)),
            self._number(table, at, "levels", 9),
        )

    def _number(
        self, table: Mapping[str, Any], at: tuple[str | int, ...], key: str, most: int
    ) -> int:
        value = table.get(key, 1)
        if isinstance(value, int) and 1 <= value <= most:
            return value
        said, said_en = f"1 到 {most} 的整数", f"a number from 1 to {most}"
        self._fault((*at, key), said, repr(value), said_en)
        return 1

    def _places(self, at: tuple[str | int, ...], sentence: str) -> None:
        for match in PLACE.finditer(sentence):
            name = match["name"]
            if name != "period" and name not in self._indicators:
                self._fault(at, "已定义的指标", match[0], "a defined indicator")
        if left := _ANY_BRACE.search(PLACE.sub("", sentence)):
            self._fault(at, "成对的花括号，其中为指标", left[0], "an indicator in braces")

    def _said(self, table: Mapping[str, Any], at: tuple[str | int, ...], key: str) -> str:
        text = self._text(table, at, key)
        self._places((*at, key), text)
        return text

    def _text(self, table: Mapping[str, Any], at: tuple[str | int, ...], key: str) -> str:
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._fault((*at, key), "文字", "空" if value is None else repr(value), "text")
        return ""

    def _texts(
        self, table: Mapping[str, Any], at: tuple[str | int, ...], key: str
    ) -> tuple[str, ...]:
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self._fault((*at, key), "文字的列表", repr(value), "a list of texts")
        return ()

    def _choice(
        self,
        table: Mapping[str, Any],
        at: tuple[str | int, ...],
        key: str,
        choices: Sequence[str],
    ) -> str:
        value = self._text(table, at, key)
        if value and value not in choices:
            self._fault((*at, key), "、".join(choices), value)
        return value

    def _fault(
        self, at: tuple[str | int, ...], expected: str, found: str, expected_en: str = ""
    ) -> None:
        key = ".".join(str(part) for part in at)
        line = self._toml.line(*at)
        self._faults.append(Fault(self._toml.file, line, key, expected, found, expected_en))
