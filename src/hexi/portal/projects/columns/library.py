"""All projects as columns (项目列): what lists, boards and figures of the library ask for.

A project is its position; positions are ordered by id. A library is never changed: one that is
brought up to date shares with the old one what did not change, so a page that began with the old
one ends with it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from hexi.projects.figures import Histories, Standing
from hexi.projects.history import Flags, Ints

__all__ = ["NEVER", "Coded", "Library", "Records", "Tags", "coded"]

#: day number of a day that is not known: after all that are
NEVER = 4_000_000
#: answers to one question that are kept
_KEPT = 4

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words, each kept once."""

    words: tuple[str, ...]
    codes: Ints

    def code(self, word: str) -> int:
        """The code of a word; -1 where no project has it."""
        return self.words.index(word) if word in self.words else -1

    def flags(self, wanted: Any) -> Flags:
        """For each word, whether it is wanted; index it with codes."""
        return np.array([bool(wanted(word)) for word in self.words], dtype=np.bool_)

    def placed(self, size: int, at: Ints, other: Coded) -> Coded:
        """With other words at some positions; the column may grow."""
        known = {word: code for code, word in enumerate(self.words)}
        for word in other.words:
            known.setdefault(word, len(known))
        moved = np.array([known[word] for word in other.words], dtype=np.int64)
        codes = np.zeros(size, dtype=np.int64)
        codes[: len(self.codes)] = self.codes
        codes[at] = moved[other.codes]
        return Coded(tuple(known), codes)


def coded(column: Sequence[str]) -> Coded:
    """A column of words, coded."""
    known: dict[str, int] = {}
    codes = [known.setdefault(word, len(known)) for word in column]
    return Coded(tuple(known) or ("",), np.array(codes, dtype=np.int64))


Texts = NDArray[np.object_]
Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Records:
    """One row a project: what its record says today."""

    ids: Ints
    #: False: the record is gone
    there: Flags
    unit: Ints
    #: yuan; -1: not known
    total: Ints
    invested: Ints
    #: day numbers; `NEVER` where not known
    stage_since: Ints
    planned_start: Ints
    actual_start: Ints
    planned_end: Ints
    actual_end: Ints
    in_statistics: Ints
    #: seconds of the epoch
    changed: Ints
    #: 0: no account
    leader: Ints
    #: degrees, mu, yuan and tonnes of coal equivalent; NaN: not known
    longitude: Reals
    latitude: Reals
    land: Reals
    tax: Reals
    energy: Reals
    #: an enterprise of the register carries it
    carried: Flags
    published: Flags
    practice: Flags
    merged: Flags
    stage: Coded
    resume_stage: Coded
    kind: Coded
    industry: Coded
    lamp: Coded
    leader_name: Coded
    origin: Coded
    place: Coded
    investor: Coded
    name: Texts
    number: Texts
    #: state code and credit code of the investor, a line each
    codes: Texts
    #: name, investor and content in small letters, a line each
    text: Texts

    def placed(self, other: Records) -> Records:
        """With the rows of ``other`` in their places; new ids come last, as ids grow."""
        at = np.searchsorted(self.ids, other.ids)
        # a library that was empty has no id to look at
        new = at >= len(self.ids)
        new[~new] = self.ids[at[~new]] != other.ids[~new]
        at[new] = len(self.ids) + np.arange(new.sum())
        size = len(self.ids) + int(new.sum())
        return Records(
            **{
                field.name: _placed(getattr(self, field.name), size, at, getattr(other, field.name))
                for field in fields(self)
            }
        )

    def without(self, gone: Ints) -> Records:
        """With the rows of these ids marked as gone."""
        return replace(self, there=self.there & ~np.isin(self.ids, gone))


def _placed(mine: Any, size: int, at: Ints, other: Any) -> Any:
    if isinstance(mine, Coded):
        return mine.placed(size, at, other)
    column = np.empty(size, dtype=mine.dtype)
    column[: len(mine)] = mine
    column[at] = other
    return column


@dataclass(frozen=True, slots=True)
class Tags:
    """Tags of projects: a row each, from a day until before another."""

    of: Ints
    tag: Coded
    since: Ints
    until: Ints

    def holding(self, day: int) -> Flags:
        """Which rows hold on a day (its number)."""
        return (self.since <= day) & (day < self.until)

    def matrix(self, rows: Flags, size: int) -> Flags:
        """Projects by tags: which of the chosen rows there are, once, whatever was given twice."""
        found = np.zeros((size, len(self.tag.words)), dtype=np.bool_)
        found[self.of[rows], self.tag.codes[rows]] = True
        return found


@dataclass(frozen=True, slots=True)
class Library:
    """All projects and what happened to them."""

    records: Records
    histories: Histories
    #: words of the codes in the history of stages
    stage_words: tuple[str, ...]
    tags: Tags
    #: what was reckoned from it before, by day and by column; it hangs on nothing else
    standings: dict[date, Standing] = field(default_factory=dict, compare=False)
    _ranks: dict[str, Ints] = field(default_factory=dict, compare=False)
    _made: dict[str, dict[Hashable, Any]] = field(default_factory=dict, compare=False)

    @property
    def size(self) -> int:
        return len(self.records.ids)

    def once(self, question: str, of: Hashable, make: Callable[[], Made]) -> Made:
        """What is reckoned from these columns (and from ``of``), once for as long as they stand.

        The last few answers to a question are kept.
        """
        kept = self._made.setdefault(question, {})
        found = kept.pop(of, None)
        if found is None:
            found = make()
        kept[of] = found
        while len(kept) > _KEPT:
            kept.pop(next(iter(kept)), None)
        return cast(Made, found)

    def positions(self, ids: Ints) -> Ints:
        """Positions of these ids, in their order; ids that are not there are left out."""
        at = np.searchsorted(self.records.ids, ids)
        here = at < self.size
        here[here] = self.records.ids[at[here]] == ids[here]
        return np.asarray(at[here])

    def ranks(self, column: str) -> Ints:
        """The place of each project when all are sorted by a column of texts."""
        if column not in self._ranks:
            texts = getattr(self.records, column)
            known = {text: place for place, text in enumerate(sorted(set(texts)))}
            self._ranks[column] = np.fromiter((known[text] for text in texts), dtype=np.int64)
        return self._ranks[column]
