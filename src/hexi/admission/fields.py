"""What a rule may ask of a project (准入要素): fields with unit and range, and trees of words.

A word of a tree stands for all below it: a rule for the manufacturing section (门类 C) holds for
every division of it, a rule for a zone (开发区) for its parks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from hexi.catalogue.nouns import ClassItem, Membership, Unit

__all__ = ["KINDS", "Field", "Group", "Space", "Tree", "industry_tree", "unit_tree"]

KINDS = ("number", "choice", "flag", "industry", "unit")
_CODE = re.compile(r"\d{2,4}")
FLAGS = ("false", "true")
_FLAG_WORDS = {"zh": {"false": "否", "true": "是"}, "en": {"false": "no", "true": "yes"}}


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that a form asks for together (要素分组)."""

    id: str
    title: str
    title_en: str


@dataclass(frozen=True, slots=True)
class Field:
    """One input: a number with unit and range, a word of a list or tree, or yes and no.

    A field may be worked out of two others, where it is not given itself.
    """

    id: str
    title: str
    title_en: str
    kind: str
    unit: str = ""
    least: float = float("-inf")
    most: float = float("inf")
    values: tuple[str, ...] = ()
    #: what a page calls the values, in their order
    words: tuple[str, ...] = ()
    words_en: tuple[str, ...] = ()
    group: str = ""
    #: numerator and denominator, and what their ratio is multiplied by
    ratio: tuple[str, ...] = ()
    times: float = 1.0
    #: this one less that one
    difference: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The fields that it is worked out of."""
        return self.ratio or self.difference

    @property
    def numeric(self) -> bool:
        """True for an amount."""
        return self.kind == "number"

    def named(self, lang: str = "zh") -> str:
        """Its name in a language."""
        return self.title if lang == "zh" else self.title_en


@dataclass(frozen=True, slots=True)
class Tree:
    """Words with all that stands above each; `open_codes`: finer codes are known by their start."""

    above: Mapping[str, frozenset[str]]
    #: the words that a project may have
    members: tuple[str, ...]
    open_codes: bool = False
    #: names of the words, by language
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def line(self, word: str) -> frozenset[str] | None:
        """A word and all above it; None for one that is not in the tree."""
        known = self.above.get(word)
        if known is not None or not self.open_codes or not _CODE.fullmatch(word):
            return known
        over = self.above.get(word[:2])
        if over is None:
            return None
        return over | {word[:end] for end in range(3, len(word) + 1)}


@dataclass(frozen=True, slots=True)
class Space:
    """The input space (输入空间): every field, and the trees as they stood on a day."""

    fields: Mapping[str, Field]
    trees: Mapping[str, Tree] = field(default_factory=dict)

    def line(self, name: str, word: str) -> frozenset[str] | None:
        """What a rule may call a word of a field; None where the field has no such word."""
        one = self.fields[name]
        if one.kind in self.trees:
            return self.trees[one.kind].line(word)
        known = FLAGS if one.kind == "flag" else one.values
        return frozenset({word}) if word in known else None

    def members(self, name: str) -> tuple[str, ...]:
        """Every word that a project may have in a field."""
        one = self.fields[name]
        if one.kind in self.trees:
            return self.trees[one.kind].members
        return FLAGS if one.kind == "flag" else one.values

    def say(self, name: str, word: str, lang: str = "zh") -> str:
        """A word of a field as a person reads it; one without a name as it is written."""
        one = self.fields[name]
        if one.kind == "flag":
            return _FLAG_WORDS[lang].get(word, word)
        if one.kind == "choice":
            said = dict(zip(one.values, one.words if lang == "zh" else one.words_en, strict=False))
            return said.get(word, word)
        names = self.trees[one.kind].names.get(lang, {}) if one.kind in self.trees else {}
        told = names.get(word) or (names.get(word[:2]) if one.kind == "industry" else None)
        if one.kind == "industry":
            return f"{word} {told}" if told else word
        return told or word

    def bases(self, name: str) -> tuple[str, ...]:
        """The given fields that a field rests on: itself, or those it is worked out of."""
        parts = self.fields[name].parts
        return tuple(base for part in parts for base in self.bases(part)) if parts else (name,)


def industry_tree(items: Iterable[ClassItem]) -> Tree:
    """GB/T 4754: sections and divisions of the pack; finer codes follow from their digits."""
    above: dict[str, frozenset[str]] = {}
    zh: dict[str, str] = {}
    en: dict[str, str] = {}
    for item in items:
        above[item.code] = frozenset({item.code, item.parent} - {""})
        zh[item.code], en[item.code] = item.name, item.name_en or item.name
    members = tuple(code for code in above if code.isdigit())
    return Tree(above, members, open_codes=True, names={"zh": zh, "en": en})


def unit_tree(units: Iterable[Unit], memberships: Iterable[Membership], on: date) -> Tree:
    """Units with those that they belonged to on a day; a project lies in a zone or a park."""
    parents: dict[str, set[str]] = {}
    for link in memberships:
        if link.holds(on.isoformat()):
            parents.setdefault(link.unit, set()).add(link.parent)
    above: dict[str, frozenset[str]] = {}
    listed = tuple(units)
    for unit in listed:
        seen, wait = {unit.id}, [unit.id]
        while wait:
            for parent in parents.get(wait.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    wait.append(parent)
        above[unit.id] = frozenset(seen)
    members = tuple(unit.id for unit in listed if unit.kind in ("zone", "park"))
    zh = {unit.id: unit.name for unit in listed}
    en = {unit.id: unit.name_en or unit.name for unit in listed}
    return Tree(above, members, names={"zh": zh, "en": en})
