"""Targets (规划目标): statements of one subject and indicator joined into one target.

A level to be reached by a year takes its base from the last level that was reached before, and
the growth, the change and the cumulative figure that end in the same year. Text and table that
say the same figure twice give one target; where they differ, the other stands as a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from hexi import calendar
from hexi.plans.register.nature import Natures
from hexi.plans.register.places import amount_of
from hexi.plans.register.plan import Amount, Horizon, Target
from hexi.plans.register.twins import Names, TwinKey
from hexi.plans.statements.statement import Bound, Measure, Statement
from hexi.quantities import units
from hexi.quantities.units import UnknownUnit

__all__ = ["join_targets"]

_LEVELS = frozenset({"level", "share", "count", "rank"})
#: what an aim may be joined with; a yearly rate without 年均 is read as the year's own
_MOVES: tuple[Measure, ...] = ("growth_annual", "growth_total", "cumulative", "growth_yoy")


#: last month, dimension of the unit, and for aims without a year the value
_Slot = tuple[int | None, object, Decimal | None]

#: room for the dash between the two figures of a range
_DASH = 3


@dataclass(slots=True)
class _Group:
    """Statements of one twin key."""

    key: TwinKey
    aims: list[int] = field(default_factory=list)
    facts: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Moves:
    """Growth and cumulative figures that end in one year."""

    amounts: dict[Measure, Amount] = field(default_factory=dict)
    evidence: list[int] = field(default_factory=list)
    disputed: list[int] = field(default_factory=list)

    @property
    def lead(self) -> Amount:
        """The first of them in the order of the measures."""
        return next(self.amounts[measure] for measure in _MOVES if measure in self.amounts)


class _Level(NamedTuple):
    """The level that is aimed at, with what bounds it; empty for an aim that is only a move."""

    bound: Bound
    base: Amount | None = None
    target: Amount | None = None
    ceiling: Amount | None = None


@lru_cache(maxsize=4096)
def _end(period: str | None) -> int | None:
    """Last month of a period, counted from year 0: 2020, 2016-2020 and 2020-12 end alike."""
    if period is None:
        return None
    try:
        return calendar.parse(period).last
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _dimension(unit: str) -> object:
    try:
        return units.parse(unit).dimension
    except UnknownUnit:
        return unit


def join_targets(
    statements: Sequence[Statement], names: Names, horizon: Horizon, natures: Natures
) -> tuple[Target, ...]:
    """Targets in the order in which the document first states them."""
    groups: dict[TwinKey, _Group] = {}
    for position, statement in enumerate(statements):
        if statement.modality not in ("target", "actual"):
            continue
        key = names.key(statement)
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Group(key)
        (group.aims if statement.modality == "target" else group.facts).append(position)
    found: list[Target] = []
    for group in groups.values():
        if group.aims:
            found.extend(_Joiner(statements, group, horizon, natures).targets())
    found.sort(key=lambda target: min(statements[i].start for i in target.evidence))
    return tuple(found)


class _Joiner:
    """Joins the statements of one group."""

    def __init__(
        self,
        statements: Sequence[Statement],
        group: _Group,
        horizon: Horizon,
        natures: Natures,
    ) -> None:
        self._statements = statements
        self._group = group
        self._horizon = horizon
        self._natures = natures

    def targets(self) -> Iterable[Target]:
        levels: dict[_Slot, list[int]] = {}
        moves: dict[int | None, dict[Measure, list[int]]] = {}
        stage: Decimal | None = None
        before: Statement | None = None
        for position in sorted(self._group.aims, key=lambda i: self._statements[i].start):
            said = self._statements[position]
            due = _end(said.period)
            if said.measure in _LEVELS:
                # aims without a year may be of different stages: only equal ones are one
                if due is not None:
                    stage = None
                elif before is None or not _is_range(before, said):
                    stage = said.value
                before = said
                levels.setdefault((due, _dimension(said.unit), stage), []).append(position)
            else:
                moves.setdefault(due, {}).setdefault(said.measure, []).append(position)
        if None in moves and len(levels) == 1:
            ((due, _, _),) = levels
            self._merge(moves, due)
        movers = self._movers(levels)
        for (due, dimension, _), positions in levels.items():
            kinds = moves.get(due, {}) if movers[due] == dimension else {}
            yield self._level(due, dimension, positions, kinds)
        for due, kinds in moves.items():
            if due not in movers:
                yield self._movement(due, kinds)

    def _movers(self, levels: dict[_Slot, list[int]]) -> dict[int | None, object]:
        """The unit whose level a growth rate of that year is of: amounts before shares."""
        movers: dict[int | None, object] = {}
        shares: set[int | None] = set()
        for (due, dimension, _), positions in levels.items():
            share = self._statements[positions[0]].measure == "share"
            if due not in movers or (due in shares and not share):
                movers[due] = dimension
                shares = shares - {due} if not share else shares | {due}
        return movers

    @staticmethod
    def _merge(moves: dict[int | None, dict[Measure, list[int]]], due: int | None) -> None:
        """Growth without a year belongs to the only aim there is."""
        if due is None:
            return
        for kind, positions in moves.pop(None).items():
            moves.setdefault(due, {}).setdefault(kind, []).extend(positions)

    def _level(
        self,
        due: int | None,
        dimension: object,
        positions: list[int],
        kinds: dict[Measure, list[int]],
    ) -> Target:
        low, high = self._range(positions)
        if high is not None:
            ends = {self._statements[low].value, self._statements[high].value}
            conflicts = [i for i in positions if self._statements[i].value not in ends]
        else:
            low, conflicts = self._agreed(positions)
        moves = self._moves(dimension, kinds)
        base = self._base(due, dimension, self._statements[low].measure)
        evidence = {*positions, *moves.evidence, *([base] if base is not None else [])}
        level = _Level(
            self._bound([i for i in positions if i not in conflicts], low),
            None if base is None else amount_of(self._statements, base),
            amount_of(self._statements, low),
            None if high is None else amount_of(self._statements, high),
        )
        return self._target(low, due, evidence, [*conflicts, *moves.disputed], moves, level)

    def _movement(self, due: int | None, kinds: dict[Measure, list[int]]) -> Target:
        """An aim that is only a growth, a change or a cumulative figure."""
        moves = self._moves(None, kinds)
        lead = moves.lead.statement
        level = _Level(self._statements[lead].bound)
        return self._target(lead, due, set(moves.evidence), moves.disputed, moves, level)

    def _moves(self, dimension: object, kinds: dict[Measure, list[int]]) -> _Moves:
        moves = _Moves()
        for measure, positions in kinds.items():
            fitting = [i for i in positions if self._fits(measure, dimension, i)]
            if fitting:
                lead, other = self._agreed(fitting)
                moves.amounts[measure] = amount_of(self._statements, lead)
                moves.evidence += fitting
                moves.disputed += other
        return moves

    def _fits(self, measure: Measure, dimension: object, position: int) -> bool:
        """A cumulative figure is in the unit of the level that it adds up."""
        if measure != "cumulative" or dimension is None:
            return True
        return _dimension(self._statements[position].unit) == dimension

    def _target(
        self,
        lead: int,
        due: int | None,
        evidence: set[int],
        conflicts: list[int],
        moves: _Moves,
        level: _Level,
    ) -> Target:
        said = self._statements[lead]
        key = self._group.key
        start = self._horizon.start
        year = None if due is None else due // 12
        ordered = tuple(sorted(evidence, key=lambda i: (self._statements[i].start, i)))
        parts = [key.subject, key.indicator, *key.facets, said.period or "", _unit_word(said)]
        return Target(
            key="|".join(parts),
            subject=said.subject,
            subject_id=said.subject_id,
            indicator=said.indicator,
            indicator_id=said.indicator_id,
            facets=said.facets,
            measure=said.measure,
            due=year,
            bound=level.bound,
            base=level.base,
            target=level.target,
            ceiling=level.ceiling,
            annual_growth=moves.amounts.get("growth_annual") or moves.amounts.get("growth_yoy"),
            total_growth=moves.amounts.get("growth_total"),
            cumulative=moves.amounts.get("cumulative"),
            nature=self._natures.of(ordered),
            past=year is not None and start is not None and year < start,
            evidence=ordered,
            conflicts=tuple(conflicts),
        )

    def _agreed(self, positions: list[int]) -> tuple[int, list[int]]:
        """The statement that stands for them (a table's, else the first) and those that differ."""
        lead = min(
            positions,
            key=lambda i: (
                not self._statements[i].table,
                -self._statements[i].confidence,
                self._statements[i].start,
            ),
        )
        said = self._statements[lead]
        other = [i for i in positions if not _same_amount(self._statements[i], said)]
        return lead, other

    def _range(self, positions: list[int]) -> tuple[int, int | None]:
        """Floor and ceiling that one sentence gives (2—3个)."""
        ordered = sorted(positions, key=lambda i: self._statements[i].start)
        for low, high in pairwise(ordered):
            if _is_range(self._statements[low], self._statements[high]):
                return low, high
        return positions[0], None

    def _bound(self, positions: list[int], lead: int) -> Bound:
        """A bound word in any of the passages holds for the target."""
        own = self._statements[lead].bound
        if own != "eq":
            return own
        return next((b for i in positions if (b := self._statements[i].bound) != "eq"), "eq")

    def _base(self, due: int | None, dimension: object, measure: Measure) -> int | None:
        """The last level reached before the aim, in the same unit and of the same kind."""
        if due is None:
            return None
        fitting: list[tuple[int, bool, int, int]] = []
        for position in self._group.facts:
            said = self._statements[position]
            end = _end(said.period)
            if said.measure not in _LEVELS or end is None or end >= due:
                continue
            if _dimension(said.unit) == dimension and (said.measure == "share") == (
                measure == "share"
            ):
                fitting.append((end, said.table, -said.start, position))
        return max(fitting)[3] if fitting else None


def _is_range(low: Statement, high: Statement) -> bool:
    """Floor and ceiling with no more than a dash between them."""
    adjoining = 0 <= high.start - low.end <= _DASH
    return adjoining and (low.bound, high.bound) == ("ge", "le") and low.value < high.value


def _same_amount(first: Statement, second: Statement) -> bool:
    if first.unit == second.unit:
        return first.value == second.value
    try:
        return units.convert(first.value, first.unit, second.unit) == second.value
    except ValueError:
        return False


def _unit_word(said: Statement) -> str:
    return said.unit if said.measure in _LEVELS else said.measure
