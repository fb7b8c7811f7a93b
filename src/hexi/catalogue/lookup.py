"""What a name means (名称检索): the catalogue as the readers and the pages ask it.

Names are compared without spaces, quotation marks, brackets and 的: official texts put these in
or leave them out and mean the same. A near name (相近而不同) is found too, but said to
be near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from hexi.catalogue.nouns import Indicator, Membership, Unit

__all__ = ["Catalogue", "NameHit", "name_key"]

#: what official texts put in or leave out without meaning anything else
_FOLD = str.maketrans(
    {"＆": "&", "％": "%", **dict.fromkeys("“”‘’\"'「」『』（）()［］[]的 \u3000\t\r\n", None)}
)


def name_key(name: str) -> str:
    """The form in which names are compared."""
    return name.translate(_FOLD).upper()


@dataclass(frozen=True, slots=True)
class NameHit:
    """An indicator found by a name: whether by its own name, an alias, or a near name."""

    indicator: Indicator
    name: str
    by: Literal["name", "alias", "near"]
    start: int = 0
    end: int = 0

    @property
    def near(self) -> bool:
        """True where the name means something close, not the same statistic."""
        return self.by == "near"


class Catalogue:
    """Indicators and units of a pack by id and by name."""

    def __init__(
        self,
        indicators: Iterable[Indicator] = (),
        units: Iterable[Unit] = (),
        memberships: Iterable[Membership] = (),
    ) -> None:
        self.indicators = {indicator.id: indicator for indicator in indicators}
        self.units = {unit.id: unit for unit in units}
        self.memberships = tuple(memberships)
        self._hits: dict[str, NameHit] = {}
        for by in ("name", "alias", "near"):
            for indicator in self.indicators.values():
                self._enter(indicator, by)
        self._units_by_name: dict[str, Unit] = {}
        for unit in self.units.values():
            self._units_by_name.setdefault(name_key(unit.name), unit)
        for unit in self.units.values():
            for alias in unit.aliases:
                self._units_by_name.setdefault(name_key(alias), unit)

    def _enter(self, indicator: Indicator, by: Any) -> None:
        names: tuple[str, ...] = (indicator.name,)
        if by == "alias":
            names = indicator.aliases
        elif by == "near":
            names = indicator.near
        for name in names:
            self._hits.setdefault(name_key(name), NameHit(indicator, name, by))

    # --- indicators ---------------------------------------------------------------------------

    def indicator(self, indicator_id: str) -> Indicator | None:
        """The indicator of an id."""
        return self.indicators.get(indicator_id)

    def hit(self, name: str) -> NameHit | None:
        """How a whole name is known."""
        return self._hits.get(name_key(name))

    def find_indicator(self, name: str, *, near: bool = True) -> Indicator | None:
        """The indicator that a whole name means; near names only where asked for."""
        hit = self._hits.get(name_key(name))
        if hit is None or (hit.near and not near):
            return None
        return hit.indicator

    def indicator_names(self, *, near: bool = True) -> tuple[str, ...]:
        """All names as they are written."""
        return tuple(hit.name for hit in self._hits.values() if near or not hit.near)

    @cached_property
    def _indicator_pattern(self) -> re.Pattern[str]:
        return _longest_match(_spellings(self.indicator_names()))

    def match_indicator(self, text: str, at: int = 0) -> NameHit | None:
        """The longest indicator name that begins exactly at a place of the text."""
        match = self._indicator_pattern.match(text, at)
        return self._located(match) if match else None

    def indicators_in(self, text: str) -> Iterator[NameHit]:
        """Indicator names in a text from left to right, longest first, not overlapping."""
        for match in self._indicator_pattern.finditer(text):
            yield self._located(match)

    def _located(self, match: re.Match[str]) -> NameHit:
        hit = self._hits[name_key(match[0])]
        return NameHit(hit.indicator, match[0], hit.by, match.start(), match.end())

    # --- units --------------------------------------------------------------------------------

    def unit(self, unit_id: str) -> Unit | None:
        """The unit of an id."""
        return self.units.get(unit_id)

    def find_unit(self, name: str) -> Unit | None:
        """The unit that a whole name means."""
        return self._units_by_name.get(name_key(name))

    def unit_names(self) -> tuple[str, ...]:
        """All unit names as they are written."""
        names: list[str] = []
        for unit in self.units.values():
            names += (unit.name, *unit.aliases)
        return tuple(dict.fromkeys(names))

    @cached_property
    def _unit_pattern(self) -> re.Pattern[str]:
        return _longest_match(_spellings(self.unit_names()))

    def units_in(self, text: str) -> Iterator[tuple[int, int, Unit]]:
        """Units named in a text: start, end, unit."""
        for match in self._unit_pattern.finditer(text):
            yield match.start(), match.end(), self._units_by_name[name_key(match[0])]

    def parents(self, unit_id: str, at: str) -> tuple[Unit, ...]:
        """Units it belongs to at a date."""
        return tuple(
            self.units[membership.parent]
            for membership in self.memberships
            if membership.unit == unit_id and membership.holds(at)
        )

    def children(self, unit_id: str, at: str) -> tuple[Unit, ...]:
        """Units that belong to it at a date."""
        return tuple(
            self.units[membership.unit]
            for membership in self.memberships
            if membership.parent == unit_id and membership.holds(at)
        )

    def subtree(self, unit_id: str, at: str) -> tuple[Unit, ...]:
        """The unit and all below it at a date, each once."""
        found = {unit_id: self.units[unit_id]}
        waiting = [unit_id]
        while waiting:
            for child in self.children(waiting.pop(), at):
                if child.id not in found:
                    found[child.id] = child
                    waiting.append(child.id)
        return tuple(found.values())


def _spellings(names: Iterable[str]) -> set[str]:
    """Names as written, and without quotation marks, and with half-width brackets."""
    spelled: set[str] = set()
    for name in names:
        bare = re.sub("[“”]", "", name)
        for form in (name, bare):
            spelled |= {form, form.replace("（", "(").replace("）", ")")}
    return spelled


def _longest_match(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the longest of many names, built as a tree of first letters.

    A flat alternation would try every name at every place; the tree tries one letter at a time.
    """
    tree: dict[str, Any] = {}
    for name in names:
        node = tree
        for letter in name:
            node = node.setdefault(letter, {})
        node[""] = {}
    return re.compile(_branch(tree) if tree else r"(?!)")


def _branch(node: dict[str, Any]) -> str:
    ends = "" in node
    options = [re.escape(letter) + _branch(rest) for letter, rest in node.items() if letter]
    if not options:
        return ""
    joined = options[0] if len(options) == 1 and not ends else f"(?:{'|'.join(options)})"
    return joined + "?" if ends else joined
