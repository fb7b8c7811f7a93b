"""Counting funds in place (到位资金认定): which vouchers count, which do not, and why.

到位资金 is a ledger of dated vouchers, not a figure that somebody types. A voucher counts once
another person has verified it, no rule of the pack excludes it (`promotion/funds.toml`: local
money, public money, real estate, moves within the city …) and it is no copy of an earlier one: the
same payer, amount and day, or the same evidence file. A mistake is mended by a reversal,
which shares the fate of what it reverses. Answers rest on ids, never on the order of the rows.

Columns are numpy arrays of one length; money is in whole yuan, days are YYYYMMDD.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = [
    "COLUMNS",
    "DUPLICATE",
    "PENDING",
    "REJECTED",
    "VERIFIED",
    "Counting",
    "Exclusion",
    "Vouchers",
    "count",
    "monthly",
]

#: states of a voucher (核验状态)
PENDING: Final = "pending"
VERIFIED: Final = "verified"
REJECTED: Final = "rejected"
#: reasons of this engine, beside the ids of the pack's rules
DUPLICATE: Final = "duplicate"

Column = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One rule: what is left out, and on what ground (不计入规则)."""

    id: str
    since: int
    #: first day on which it no longer holds; 0: it still does
    until: int
    name: str
    name_en: str
    #: a column whose value is one of ``values``, or begins with one of ``prefixes``
    field: str
    values: tuple[str, ...]
    prefixes: tuple[str, ...]
    #: … or two columns that say the same
    same: tuple[str, ...]
    source: str
    note: str
    note_en: str


@dataclass(frozen=True)
class Vouchers:
    """Vouchers as columns, one row each."""

    id: Column
    project: Column
    day: Column
    #: yuan; a reversal is below nothing
    amount: Column
    kind: Column
    #: local, province_outside, foreign
    origin: Column
    #: credit code of the payer, or its name
    payer: Column
    #: SHA-256 of the evidence file
    digest: Column
    state: Column
    #: True where the verifier found that it is no copy although it looks like one
    distinct: Column
    #: id of the voucher that it reverses; 0: none
    reverses: Column
    industry: Column
    payer_city: Column
    project_city: Column

    def __len__(self) -> int:
        return len(self.id)

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> Vouchers:
        """Columns of rows that name every column."""
        made = {
            name: np.array([row[name] for row in rows], dtype=kind)
            for name, kind in COLUMNS.items()
        }
        return cls(**made)

    @cached_property
    def month(self) -> Column:
        """YYYYMM of every row."""
        return self.day // 100


#: column to its type
COLUMNS: Final[dict[str, Any]] = {
    one.name: {"id": np.int64, "project": np.int64, "day": np.int64, "amount": np.int64,
               "reverses": np.int64, "distinct": np.bool_}.get(one.name, object)
    for one in fields(Vouchers)
}  # fmt: skip


@dataclass(frozen=True)
class Counting:
    """What became of every voucher: counted, or the reason why not."""

    #: empty: it counts; else pending, rejected, duplicate, or the id of a rule
    reason: Column
    #: of a copy: the voucher that it repeats; 0 for all others
    copy_of: Column

    @property
    def counted(self) -> Column:
        """True where the money counts."""
        return np.asarray(self.reason == "", dtype=bool)


def count(vouchers: Vouchers, rules: Sequence[Exclusion]) -> Counting:
    """Count a ledger; every row gets one answer, whatever the order of the rows."""
    size = len(vouchers)
    reason = np.full(size, "", dtype=object)
    copy_of = np.zeros(size, dtype=np.int64)
    if not size:
        return Counting(reason, copy_of)
    state = vouchers.state
    reason[state != VERIFIED] = state[state != VERIFIED]
    for rule in rules:
        fits = _fits(rule, vouchers) & (reason == "")
        reason[fits] = rule.id
    place = {int(one): at for at, one in enumerate(vouchers.id)}
    undone = _undone(vouchers, place, reason)
    eligible = (reason == "") & (vouchers.reverses == 0) & ~undone
    for at, first in _copies(vouchers, eligible):
        if not vouchers.distinct[at]:
            reason[at], copy_of[at] = DUPLICATE, first
    for back in np.flatnonzero((vouchers.reverses > 0) & (state == VERIFIED)):
        origin = place.get(int(vouchers.reverses[back]))
        if origin is not None:
            reason[back] = reason[origin]
    return Counting(reason, copy_of)


def _fits(rule: Exclusion, vouchers: Vouchers) -> Column:
    held = vouchers.day >= rule.since
    if rule.until:
        held = held & (vouchers.day < rule.until)
    if rule.same:
        one, other = (getattr(vouchers, name) for name in rule.same)
        return np.asarray(held & (one == other) & (one != ""), dtype=bool)
    column = getattr(vouchers, rule.field)
    known, codes = np.unique(column.astype(str), return_inverse=True)
    hit = np.array([word in rule.values or str(word).startswith(rule.prefixes) for word in known])
    return np.asarray(held & hit[codes], dtype=bool)


def _undone(vouchers: Vouchers, place: Mapping[int, int], reason: Column) -> Column:
    """Rows that verified reversals have taken back whole."""
    back = np.zeros(len(vouchers), dtype=np.int64)
    for at in np.flatnonzero((vouchers.reverses > 0) & (vouchers.state == VERIFIED)):
        origin = place.get(int(vouchers.reverses[at]))
        if origin is not None:
            back[origin] += vouchers.amount[at]
    return np.asarray((back != 0) & (back + vouchers.amount == 0), dtype=bool)


def _copies(vouchers: Vouchers, eligible: Column) -> list[tuple[int, int]]:
    """(row, id of the first of its kind) for every row that repeats an earlier entered one."""
    first: dict[tuple[Any, ...], int] = {}
    rows = sorted(np.flatnonzero(eligible), key=lambda at: int(vouchers.id[at]))
    found = []
    for at in rows:
        keys: list[tuple[Any, ...]] = [
            ("paid", vouchers.payer[at], int(vouchers.amount[at]), int(vouchers.day[at]))
        ]
        if vouchers.digest[at]:
            keys.append(("file", vouchers.digest[at]))
        known = [first[key] for key in keys if key in first]
        if known:
            found.append((int(at), min(known)))
        for key in keys:
            first.setdefault(key, int(vouchers.id[at]))
    return found


def monthly(vouchers: Vouchers, counting: Counting) -> dict[tuple[int, str], int]:
    """Counted yuan by month (YYYYMM) and origin."""
    found: dict[tuple[int, str], int] = {}
    for at in np.flatnonzero(counting.counted):
        key = (int(vouchers.month[at]), str(vouchers.origin[at]))
        found[key] = found.get(key, 0) + int(vouchers.amount[at])
    return found
