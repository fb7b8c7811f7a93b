"""Units of measure (计量单位): names as documents write them, exact sizes, safe conversion.

A unit is an optional magnitude (万, 百万, 亿) before a base unit, and compounds are written with a
slash (万元/亩, 吨标准煤/万元). The magnitude stays in the unit's name, as documents keep it there.
Every currency is a dimension of its own, and so are per cent and percentage points, so that
nothing is ever converted silently. The units themselves are data (``data/units.toml``).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

__all__ = [
    "Dimension",
    "IncompatibleUnits",
    "Unit",
    "UnknownUnit",
    "convert",
    "is_count",
    "is_unit",
    "parse",
    "pattern",
    "same_dimension",
]

#: base dimensions with their powers, sorted: (("CNY", 1), ("area", -1))
Dimension = tuple[tuple[str, int], ...]

_MAGNITUDE_OF = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


class UnknownUnit(ValueError):
    """The text is not a unit of measure."""

    def __init__(self, text: str) -> None:
        super().__init__(f"不认识的计量单位 / unknown unit: {text!r}")
        self.text = text


class IncompatibleUnits(ValueError):
    """The two units measure different things (元 and 美元 among them)."""

    def __init__(self, from_: str, to: str) -> None:
        super().__init__(f"不能换算 / cannot convert: {from_} → {to}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its exact size in the base unit of its dimension."""

    #: as official documents write it: 亿元, 万元/亩, 万人次, %, 个百分点
    name: str
    dimension: Dimension
    factor: Fraction
    #: what the magnitude words before the base unit multiply by (1 for 元, 10⁸ for 亿元)
    magnitude: int = 1
    #: name without its magnitude; for compounds the whole name
    base: str = ""
    #: whole numbers of it are counts of things (家, 个, 人)
    counts: bool = False


class _Entry(NamedTuple):
    dimension: str
    factor: Fraction
    plain: bool
    counts: bool


class _Table(NamedTuple):
    entries: dict[str, _Entry]
    magnitudes: dict[str, int]
    spelling: dict[str, str]


@cache
def _table() -> _Table:
    raw: dict[str, Any] = tomllib.loads(
        files("hexi.quantities").joinpath("data/units.toml").read_text(encoding="utf-8")
    )
    counted = set(raw["counts"])
    entries: dict[str, _Entry] = {}
    for group in raw["unit"]:
        dimension = group["dimension"]
        for name, factor in group["names"].items():
            if name in entries:
                raise ValueError(f"units.toml: {name} stands twice")
            entries[name] = _Entry(
                dimension, Fraction(factor), group.get("plain", False), dimension in counted
            )
    magnitudes = {word: _magnitude(word) for word in raw["magnitudes"]}
    return _Table(entries, magnitudes, raw["spelling"])


def _magnitude(word: str) -> int:
    value = 1
    for character in word:
        value *= _MAGNITUDE_OF[character]
    return value


@lru_cache(maxsize=8192)
def parse(text: str) -> Unit:
    """The unit that ``text`` names; raises ``UnknownUnit``."""
    name = _normalised(text)
    unit = _simple(name)
    if unit is not None:
        return unit
    parts = name.split("/")
    if len(parts) < 2:
        raise UnknownUnit(text)
    powers: dict[str, int] = {}
    factor = Fraction(1)
    for place, part in enumerate(parts):
        piece = _simple(part)
        if piece is None:
            raise UnknownUnit(text)
        sign = -1 if place else 1
        factor = factor * piece.factor if sign > 0 else factor / piece.factor
        for dimension, power in piece.dimension:
            powers[dimension] = powers.get(dimension, 0) + sign * power
    dimension_ = tuple(sorted((d, p) for d, p in powers.items() if p))
    return Unit(name, dimension_, factor, 1, name)


def is_unit(text: str) -> bool:
    """True where ``text`` names a unit."""
    try:
        parse(text)
    except UnknownUnit:
        return False
    return True


def is_count(text: str) -> bool:
    """Does the unit count single things (家、个、位), which have no decimals?"""
    try:
        unit = parse(text)
    except UnknownUnit:
        return False
    return unit.counts and unit.magnitude == 1


def convert(value: int | Fraction | Decimal, from_: str | Unit, to: str | Unit) -> Fraction:
    """``value`` of one unit in another of the same dimension, exactly."""
    source = parse(from_) if isinstance(from_, str) else from_
    target = parse(to) if isinstance(to, str) else to
    if source.dimension != target.dimension:
        raise IncompatibleUnits(source.name, target.name)
    return Fraction(value) * source.factor / target.factor


def same_dimension(first: str, second: str) -> bool:
    """True where one can be converted into the other; unknown units only match themselves."""
    try:
        return parse(first).dimension == parse(second).dimension
    except UnknownUnit:
        return first == second


@cache
def pattern() -> str:
    """A regular expression that matches the longest unit at a place of simplified text."""
    table = _table()
    spellings = [s for s in table.spelling if table.spelling[s] in table.entries]
    names = sorted([*table.entries, *spellings, "百分点"], key=lambda n: (-len(n), n))
    scalable = [n for n in names if n not in table.entries or not table.entries[n].plain]
    magnitude = "|".join(sorted(table.magnitudes, key=lambda n: (-len(n), n)))
    whole = "|".join(_guarded(n) for n in names)
    scaled = f"(?:{magnitude})(?:{'|'.join(_guarded(n) for n in scalable)})"
    # 元 alone is what most magnitudes stand before, so the scaled form is tried after names
    # that begin like a magnitude (千瓦, 千米, 百分点) and before the shorter plain ones.
    one = f"(?:{whole}|{scaled})"
    return rf"{one}(?:\s?[/／]\s?{one})*(?:人民币)?"


def _guarded(name: str) -> str:
    latin = name[-1].isascii() and name[-1].isalnum()
    return re.escape(name) + ("(?![A-Za-z0-9])" if latin else "")


def _normalised(text: str) -> str:
    name = "".join(text.split()).lstrip("余多来")
    table = _table()
    if name in table.entries:
        return name
    for printed, written in table.spelling.items():
        if printed in name:
            name = name.replace(printed, written)
    if name.endswith("人民币") and name != "人民币":
        name = name.removesuffix("人民币")
    return "个百分点" if name == "百分点" else name


def _simple(name: str) -> Unit | None:
    table = _table()
    entry = table.entries.get(name)
    if entry is not None:
        return Unit(name, ((entry.dimension, 1),), entry.factor, 1, name, entry.counts)
    if name in table.magnitudes:
        # 100亿的开发区: the document left the unit out
        size = table.magnitudes[name]
        return Unit(name, (("number", 1),), Fraction(size), size, "")
    for length in (2, 1):
        size = table.magnitudes.get(name[:length], 0)
        entry = table.entries.get(name[length:]) if size else None
        if entry is not None and not entry.plain:
            dimension = ((entry.dimension, 1),)
            return Unit(name, dimension, entry.factor * size, size, name[length:], entry.counts)
    return None
