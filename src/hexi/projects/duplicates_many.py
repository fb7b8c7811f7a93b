"""Duplicates of a whole library (重复项目成批比对): the pairs of `same_projects`, from columns.

What brings two records together and what speaks for and against a pair is asked of all records at
once; only the names of pairs that something speaks for are compared one by one. Both ways give the
same pairs, which a test holds together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hexi.projects.duplicates import (
    COMMON,
    Candidate,
    Name,
    alike,
    firm_of,
    judged,
    phases_of,
    plain_name,
)

__all__ = ["EnteredColumns", "same_in_columns"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
#: bits of a letter's number
_LETTER: Final = 21


@dataclass(frozen=True, slots=True)
class EnteredColumns:
    """What the comparison needs of N records, ids ascending; fields as in `Entered`."""

    ids: Ints
    name: Sequence[str]
    investor_code: Sequence[str]
    investor: Sequence[str]
    unit: Sequence[str]
    place: Sequence[str]
    state_code: Sequence[str]


def same_in_columns(records: EnteredColumns) -> list[Candidate]:
    """Pairs that may be the same, the surest first."""
    names = [_plain(name) for name in records.name]
    facts = _facts(records)
    met = [np.zeros(0, dtype=np.int64)]
    exact = (facts.state, facts.code, _codes(names) + 1)
    for rows, blocks in (*((np.flatnonzero(one), one[one > 0]) for one in exact), _pieces(names)):
        for one, other in _together(rows, blocks):
            spoken = facts.grounds(one, other).any(axis=0)
            met.append(one[spoken] * len(names) + other[spoken])
    pairs = np.unique(np.concatenate(met))
    one, other = pairs // max(1, len(names)), pairs % max(1, len(names))
    grounds = facts.grounds(one, other)
    # other phases are other projects: their names need not be compared
    involved, place = np.unique(np.concatenate([one, other]), return_inverse=True)
    phases = _codes([_phases(names[at]) for at in involved.tolist()])[place].reshape(2, -1)
    close = phases[0] == phases[1]
    found = []
    for at in np.flatnonzero(close | grounds[0]).tolist():
        a, b = int(one[at]), int(other[at])
        told = [ground for ground, spoken in zip(_GROUNDS, grounds[:, at], strict=True) if spoken]
        likeness = alike(Name.of(names[a]), Name.of(names[b]))
        if case := judged(int(records.ids[a]), int(records.ids[b]), told, likeness):
            found.append(case)
    found.sort(key=lambda c: (-len(c.grounds), -c.likeness, c.one, c.other))
    return found


_GROUNDS: Final = ("state_code", "investor", "place")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What speaks for and against a pair but the name; 0 in a code: not known."""

    state: Ints
    code: Ints
    firm: Ints
    has_investor: Flags
    county: Ints
    unit: Ints
    #: units by units: one lies in the other
    near: Flags

    def grounds(self, one: Ints, other: Ints) -> Flags:
        """State code, investor and place by pairs; all False where something speaks against it."""
        state, code = self.state, self.code
        same_state = (state[one] > 0) & (state[one] == state[other])
        apart = (state[one] > 0) & (state[other] > 0) & ~same_state
        same_code = (code[one] > 0) & (code[one] == code[other])
        apart |= (code[one] > 0) & (code[other] > 0) & ~same_code & ~same_state
        same_firm = self.has_investor[one] & (self.firm[one] == self.firm[other])
        place = self.near[self.unit[one], self.unit[other]]
        place = place | ((self.county[one] > 0) & (self.county[one] == self.county[other]))
        return np.asarray(np.stack([same_state, same_code | same_firm, place]) & ~apart)


def _facts(records: EnteredColumns) -> _Facts:
    units = list(dict.fromkeys(records.unit))
    near = [[bool(a and b) and (a.startswith(b) or b.startswith(a)) for b in units] for a in units]
    return _Facts(
        state=_known(records.state_code),
        code=_known(records.investor_code),
        firm=_codes([firm_of(name) for name in records.investor]),
        has_investor=np.array([bool(name) for name in records.investor], dtype=np.bool_),
        county=_known([place[:6] for place in records.place]),
        unit=_codes(records.unit),
        near=np.array(near, dtype=np.bool_).reshape(len(units), len(units)),
    )


def _codes(column: Sequence[object]) -> Ints:
    """A number for each thing, the same for the same; in the order of their coming."""
    known: dict[object, int] = {}
    return np.array([known.setdefault(one, len(known)) for one in column], dtype=np.int64)


def _known(column: Sequence[str]) -> Ints:
    """A number above nothing for each word, 0 for none."""
    known: dict[str, int] = {"": 0}
    return np.array([known.setdefault(one, len(known)) for one in column], dtype=np.int64)


def _pieces(names: Sequence[str]) -> tuple[Ints, Ints]:
    """Rare pieces of three letters: the row of each, and the piece as a number."""
    lengths = np.array([len(name) for name in names], dtype=np.int64)
    letters = np.frombuffer("".join(names).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    rows = np.repeat(np.arange(len(names)), np.maximum(1, lengths - 2))
    first = np.concatenate([[0], np.cumsum(np.maximum(1, lengths - 2))])[:-1]
    at = np.arange(len(rows)) - first[rows]
    piece = np.zeros(len(rows), dtype=np.int64)
    padded = np.concatenate([letters, np.zeros(3, dtype=np.int64)])
    for step in range(3):
        letter = padded[np.minimum(starts[rows] + at + step, len(letters))]
        piece = (piece << _LETTER) | np.where(at + step < lengths[rows], letter, 0)
    return rows, piece


def _together(rows: Ints, blocks: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of rows that stand in one block of a few, lower one first; some come twice."""
    order = np.argsort(blocks, kind="stable")
    rows, blocks = rows[order], blocks[order]
    if len(rows) > 1:
        again = (rows[1:] == rows[:-1]) & (blocks[1:] == blocks[:-1])
        kept = np.concatenate([[True], ~again])
        rows, blocks = rows[kept], blocks[kept]
    begins = np.flatnonzero(np.concatenate([[True], blocks[1:] != blocks[:-1]]))[: len(rows)]
    sizes = np.diff(np.concatenate([begins, [len(rows)]]))
    few = np.repeat((sizes > 1) & (sizes <= COMMON), sizes)
    number = np.repeat(np.arange(len(sizes)), sizes)[few]
    rows = rows[few]
    for step in range(1, COMMON):
        same = number[step:] == number[:-step]
        if not same.any():
            return
        yield rows[:-step][same], rows[step:][same]


@lru_cache(maxsize=1 << 18)
def _plain(name: str) -> str:
    return plain_name(name)


@lru_cache(maxsize=1 << 18)
def _phases(text: str) -> tuple[str, ...]:
    return phases_of(text)
