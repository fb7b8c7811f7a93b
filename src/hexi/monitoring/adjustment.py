"""Changed targets (目标调整): every version stays, and positions are told against the first too.

A target may be changed only by act, with reason and authority. A change never reaches back: on a
day before it, the version of that day is the target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal

from hexi.monitoring.goal import Goal, doubles
from hexi.monitoring.lamps.rules import Rules
from hexi.monitoring.observed import Observed
from hexi.monitoring.paths.trajectory import Trajectory
from hexi.monitoring.standing import Lamp, Standing
from hexi.monitoring.sweep import sweep
from hexi.monitoring.verdicts.verdict import Remark

__all__ = [
    "Change",
    "Version",
    "changes_between",
    "original_of",
    "swept_against_both",
    "version_on",
]

Against = Literal["current", "original"]

#: fields of a goal that make another target of it when they change
_MATTER = (
    "unit",
    "indicator",
    "measure",
    "line",
    "bound",
    "measure_unit",
    "start",
    "end",
    "base",
    "binding",
    "facets",
)


@dataclass(frozen=True, slots=True)
class Version:
    """A target as it was from a day on."""

    number: int
    goal: Goal
    since: date
    #: empty for the first version
    reason: str = ""
    authority: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after."""

    field: str
    before: Any
    after: Any

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {"field": self.field, "before": self.before, "after": self.after}


def changes_between(before: Goal, after: Goal) -> tuple[Change, ...]:
    """What is different, field by field; empty where it is the same target."""
    names = [field.name for field in fields(Goal) if field.name in _MATTER]
    return tuple(
        Change(name, getattr(before, name), getattr(after, name))
        for name in names
        if getattr(before, name) != getattr(after, name)
    )


def version_on(versions: Sequence[Version], day: date) -> Version:
    """The version in force on a day; before the first one was set it is the first."""
    ordered = sorted(versions, key=lambda version: version.number)
    in_force = [version for version in ordered if version.since <= day]
    return in_force[-1] if in_force else ordered[0]


def original_of(versions: Sequence[Version]) -> Version:
    """The target as it was first set."""
    return min(versions, key=lambda version: version.number)


def swept_against_both(
    histories: Mapping[str, Sequence[Version]],
    series: Mapping[str, Observed],
    *,
    at: date,
    rules: Rules,
    paths: Mapping[tuple[str, Against], Trajectory] | None = None,
    before: Mapping[tuple[str, Against], Lamp] | None = None,
) -> dict[tuple[str, Against], Standing]:
    """Standings of every target against its current and, where it was changed, its first version.

    ``histories``, ``series`` and the keys of ``paths`` and ``before`` go by the target's own id.
    """
    asked: dict[tuple[str, Against], Goal] = {}
    for name, versions in histories.items():
        current, first = version_on(versions, at), original_of(versions)
        asked[name, "current"] = current.goal
        if changes_between(first.goal, current.goal):
            asked[name, "original"] = first.goal
    # each version goes by a name of its own within the sweep
    goals = {key: replace(goal, id="|".join(key)) for key, goal in asked.items()}

    def keyed(given: Mapping[tuple[str, Against], Any] | None) -> dict[str, Any]:
        return {"|".join(key): value for key, value in (given or {}).items() if key in goals}

    swept = sweep(
        list(goals.values()),
        {goal.id: series[key[0]] for key, goal in goals.items() if key[0] in series},
        at=at,
        rules=rules,
        paths=keyed(paths),
        before=keyed(before),
        twins=keyed(_twins(asked)),
    )
    return {
        key: replace(standing, goal=key[0])
        for key, standing in zip(goals, swept.standings, strict=True)
    }


def _twins(asked: Mapping[tuple[str, Against], Goal]) -> dict[tuple[str, Against], Remark]:
    """Targets for one thing; two versions of one target are no such pair."""
    found: dict[tuple[str, Against], Remark] = {}
    for against in ("current", "original"):
        same = {key: goal for key, goal in asked.items() if key[1] == against}
        told = doubles(same.values())
        found |= {key: told[goal.id] for key, goal in same.items() if goal.id in told}
    return found
