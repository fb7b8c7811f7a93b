"""Units that a target can be shared out to (可分解单位): below the unit, as they belonged on a day.

Zones merge and parks move: the members of a past plan are those of its day. A unit that stands in
no pack has the members that the tree of the portal shows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hexi.portal.core.models import Unit
from hexi.portal.plans.queries.pack import current_pack

__all__ = ["Level", "children_on", "levels_below", "nested"]

#: kinds that only count others together: a share given to them would be given twice
_COLLECTIVE = frozenset({"group"})


@dataclass(frozen=True, slots=True)
class Level:
    """Units of one kind below the unit, and how many steps down the nearest of them stand."""

    kind: str
    steps: int
    units: tuple[Unit, ...]


def children_on(day: date) -> dict[str, list[str]]:
    """Parent to members on a day, by the codes of units."""
    at = day.isoformat()
    below: dict[str, list[str]] = {}
    for membership in current_pack().memberships:
        if membership.holds(at):
            below.setdefault(membership.parent, []).append(membership.unit)
    return below


def levels_below(unit: Unit, day: date) -> list[Level]:
    """Every kind of unit below this one, the nearest kind first."""
    steps = _steps(unit.code, children_on(day))
    if not steps:
        tree = Unit.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk)
        steps = {row.code: row.depth - unit.depth for row in tree}
    kinds: dict[str, list[Unit]] = {}
    for row in Unit.objects.filter(code__in=steps).order_by("order"):
        if row.kind not in _COLLECTIVE:
            kinds.setdefault(row.kind, []).append(row)
    found = [
        Level(kind, min(steps[row.code] for row in rows), tuple(rows))
        for kind, rows in kinds.items()
    ]
    return sorted(found, key=lambda level: (level.steps, -len(level.units)))


def nested(units: Iterable[str], day: date) -> list[tuple[str, str]]:
    """Pairs (upper, lower) among the units: the share of the lower would be counted twice."""
    chosen = list(units)
    below = children_on(day)
    inside = {code: set(_steps(code, below)) for code in chosen}
    return [(upper, lower) for upper in chosen for lower in chosen if lower in inside[upper]]


def _steps(code: str, below: dict[str, list[str]]) -> dict[str, int]:
    """Codes below, with the fewest steps down to each."""
    steps: dict[str, int] = {}
    waiting = deque([(code, 0)])
    while waiting:
        here, depth = waiting.popleft()
        for member in below.get(here, ()):
            if member not in steps and member != code:
                steps[member] = depth + 1
                waiting.append((member, depth + 1))
    return steps
