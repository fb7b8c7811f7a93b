"""Duplicates in the library (重复项目): one project entered twice, by credit code, name, place.

Two records are compared only where something brings them together: the same state code, the same
investor, or a name that shares its rare parts in one place. So a library of a hundred thousand is
gone through without comparing everything with everything. What is found is a proposal with its
grounds; whether two records are one project, a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

__all__ = [
    "COMMON",
    "Candidate",
    "Entered",
    "Name",
    "alike",
    "firm_of",
    "judged",
    "likeness",
    "phases_of",
    "plain_name",
    "same_projects",
]

#: words that tell nothing about which project it is
_FILLING: Final = re.compile(
    r"建设项目|工程项目|有限责任公司|股份有限公司|有限公司|集团|项目|工程|建设|甘肃省|甘肃"
)
_NOT_WORDS: Final = re.compile(r"[\W_]+")
#: numbers of phases, lots and lines tell projects of one investor apart
_PARTS: Final = re.compile(
    r"([一二三四五六七八九十\d]+)[期标段号线阶]|第([一二三四五六七八九十\d]+)"
)
_DIGITS: Final = str.maketrans("一二三四五六七八九", "123456789")
#: from here on names are alike enough to be shown
LEAST: Final = 0.6
#: pieces of a name that more records than this share tell nothing
COMMON: Final = 60


@dataclass(frozen=True, slots=True)
class Entered:
    """What the comparison needs of one record."""

    id: int
    name: str
    investor_code: str = ""
    investor: str = ""
    #: path of the unit, and code of the place
    unit: str = ""
    place: str = ""
    state_code: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records that may be one project; the older one first."""

    one: int
    other: int
    #: likeness of the names, 0 to 1
    likeness: float
    #: state_code, investor, name, place: what speaks for it
    grounds: tuple[str, ...]


def plain_name(name: str) -> str:
    """A name without spelling: widths, spaces, punctuation, numerals and filling words."""
    folded = unicodedata.normalize("NFKC", name).lower()
    bare = _PARTS.sub(lambda found: found[0].translate(_DIGITS), _NOT_WORDS.sub("", folded))
    return _FILLING.sub("", bare) or bare


def likeness(one: str, other: str) -> float:
    """How alike two plain names are: shared pairs of letters over all (Dice); 1 is the same.

    Names that count different phases or lots are different projects: 0.
    """
    return alike(Name.of(one), Name.of(other))


def same_projects(records: Iterable[Entered], only: int | None = None) -> list[Candidate]:
    """Pairs that may be the same, the surest first; ``only`` asks for those of one record."""
    rows = {row.id: row for row in records}
    names: dict[int, Name] = {}

    def name_of(id: int) -> Name:
        found = names.get(id)
        if found is None:
            found = names[id] = Name.of(plain_name(rows[id].name))
        return found

    if only is not None:
        met: Iterable[tuple[int, int]] = (
            (min(only, id), max(only, id)) for id in rows if only in rows and id != only
        )
    else:
        met = _met(rows, {id: name_of(id).text for id in rows})
    found = []
    for one, other in met:
        grounds = _grounds(rows[one], rows[other])
        if not grounds:
            continue
        if case := judged(one, other, grounds, alike(name_of(one), name_of(other))):
            found.append(case)
    found.sort(key=lambda c: (-len(c.grounds), -c.likeness, c.one, c.other))
    return found


def judged(one: int, other: int, grounds: Sequence[str], alike: float) -> Candidate | None:
    """Whether grounds and likeness of the names make a pair worth looking at."""
    told = {*grounds, "name"} if alike >= LEAST else set(grounds)
    if "state_code" not in told and "name" not in told:
        return None
    return Candidate(one, other, round(alike, 4), tuple(g for g in _ORDER if g in told))


_ORDER: Final = ("state_code", "investor", "name", "place")


@dataclass(frozen=True, slots=True)
class Name:
    """A plain name as it is compared."""

    text: str
    phases: tuple[str, ...]
    #: pairs of letters, the second of a kind told apart from the first
    pairs: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, text: str) -> Name:
        """Of a plain name."""
        seen: Counter[str] = Counter()
        pairs = []
        for pair in [text[at : at + 2] for at in range(len(text) - 1)] or [text]:
            pairs.append((pair, seen[pair]))
            seen[pair] += 1
        return cls(text, phases_of(text), frozenset(pairs))


def phases_of(text: str) -> tuple[str, ...]:
    """The phases, lots and lines that a plain name counts."""
    return tuple((first or second).translate(_DIGITS) for first, second in _PARTS.findall(text))


def alike(one: Name, other: Name) -> float:
    """How alike two names are, as `likeness` says it."""
    if one.text == other.text:
        return 1.0
    if one.phases != other.phases:
        return 0.0
    return 2 * len(one.pairs & other.pairs) / (len(one.pairs) + len(other.pairs))


def _grounds(one: Entered, other: Entered) -> list[str]:
    """What speaks for one project but the name; nothing where something speaks against it."""
    grounds = []
    if one.state_code and one.state_code == other.state_code:
        grounds.append("state_code")
    elif one.state_code and other.state_code:
        # the state tells them apart
        return []
    if one.investor_code and one.investor_code == other.investor_code:
        grounds.append("investor")
    elif one.investor_code and other.investor_code and not grounds:
        # two firms, each with its code: not one project
        return []
    elif one.investor and firm_of(one.investor) == firm_of(other.investor):
        grounds.append("investor")
    if _same_place(one, other):
        grounds.append("place")
    return grounds


@lru_cache(maxsize=1 << 17)
def firm_of(name: str) -> str:
    """A firm's name without its spelling."""
    return plain_name(name) if name else ""


def _same_place(one: Entered, other: Entered) -> bool:
    """In one unit or inside each other's, or in the same county."""
    if one.place and other.place and one.place[:6] == other.place[:6]:
        return True
    return bool(one.unit and other.unit) and (
        one.unit.startswith(other.unit) or other.unit.startswith(one.unit)
    )


def _met(rows: Mapping[int, Entered], names: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Pairs that something brings together, each once."""
    seen: set[tuple[int, int]] = set()
    for together in _blocks(rows, names):
        for pair in combinations(sorted(together), 2):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _blocks(rows: Mapping[int, Entered], names: Mapping[int, str]) -> Iterator[Sequence[int]]:
    exact: dict[tuple[str, str], list[int]] = defaultdict(list)
    for id, row in rows.items():
        if row.state_code:
            exact["state_code", row.state_code].append(id)
        if row.investor_code:
            exact["investor", row.investor_code].append(id)
        exact["name", names[id]].append(id)
    for together in exact.values():
        if 1 < len(together) <= COMMON:
            yield together
    # rare pieces of three letters: names that share none are not alike
    pieces: dict[str, list[int]] = defaultdict(list)
    for id, name in names.items():
        for piece in {name[at : at + 3] for at in range(max(1, len(name) - 2))}:
            pieces[piece].append(id)
    for together in pieces.values():
        if 1 < len(together) <= COMMON:
            yield together
