"""Decision tables of admission (准入决策表): rows of condition and demand, dated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hexi.admission.conditions import Condition

__all__ = ["EFFECTS", "POLICIES", "SEVERITIES", "Row", "Table", "in_force"]

#: UNIQUE: one row at most applies; FIRST: the first that applies; COLLECT: all that apply
POLICIES = ("UNIQUE", "FIRST", "COLLECT")
#: bar (一票否决): refused; must (应当): not admitted as it is; advice (提示): told only
SEVERITIES = ("bar", "must", "advice")
#: need: the demand decides; allow: passes; refuse: fails
EFFECTS = ("need", "allow", "refuse")


@dataclass(frozen=True, slots=True)
class Row:
    """One rule (规则): where it applies and what it then demands."""

    id: str
    title: str
    title_en: str
    #: field -> condition; all of them; none: everywhere
    when: Mapping[str, Condition]
    need: Mapping[str, Condition]
    effect: str
    #: where this row's figure stands, where that is not the table's place
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of rules for one question, in force from a day (until, not included)."""

    id: str
    title: str
    title_en: str
    policy: str
    severity: str
    #: conditions for the table as a whole: outside of them it says nothing
    scope: Mapping[str, Condition]
    #: True where what no row takes is free; otherwise every case must have its row
    otherwise_free: bool
    since: date
    until: date | None
    #: document, number and article
    legal: str
    #: what was set by this system, not by the law; empty where nothing was
    assumed: str
    assumed_en: str
    #: whether a person may set a failed rule aside, with a reason
    overridable: bool
    rows: tuple[Row, ...]
    file: str
    line: int

    @property
    def inputs(self) -> tuple[str, ...]:
        """Fields that tell the rows apart."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.when))

    def holds_on(self, on: date) -> bool:
        """True where it is in force on a day."""
        return self.since <= on and (self.until is None or on < self.until)


def in_force(tables: Iterable[Table], on: date) -> tuple[Table, ...]:
    """The tables that are in force on a day, in their order."""
    return tuple(table for table in tables if table.holds_on(on))
