"""Reach of unreleased figures (未公布数据的可见范围): whose figures one may see before release.

Working figures are for the staff that approves returns, each inside the subtree of its own units;
everybody else sees what was released. The subtree is that of the warehouse's jurisdiction today,
so that parks and classes that the portal does not know as units are held by the same rule.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission, Role
from hexi.portal.figures.knowledge import Known
from hexi.warehouse.months import OPEN

__all__ = ["JURISDICTION", "NOTHING", "Reach", "reach_of", "sees_working"]

#: the tree by which an office is responsible
JURISDICTION: Final = "jurisdiction"


@dataclass(frozen=True, slots=True)
class Reach:
    """Numbers of units whose working figures may be shown; ``whole``: all, in every tree."""

    units: frozenset[int]
    whole: bool = False

    def __contains__(self, unit: int) -> bool:
        return self.whole or unit in self.units


NOTHING: Final = Reach(frozenset())


def sees_working(person: Person | None) -> bool:
    """Does the person see any figures before release? Enterprises see their own returns only."""
    if person is None or person.role == Role.ENTERPRISE:
        return False
    return person.grants(Permission.SEE_RETURNS)


def reach_of(person: Person | None, known: Known) -> Reach:
    """The units of a snapshot whose working figures this person may see."""
    if person is None or not sees_working(person):
        return NOTHING
    if person.is_administrator:
        return Reach(frozenset(), whole=True)
    below: dict[int, list[int]] = defaultdict(list)
    children = set()
    for row in known.register.edge.to_pylist():
        if row["tree"] == JURISDICTION and row["until"] == OPEN:
            below[row["parent"]].append(row["unit"])
            children.add(row["unit"])
    codes = known.register.units
    own = [codes[unit.code] for unit in person.scope_units() if unit.code in codes]
    found: set[int] = set()
    waiting = list(own)
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting.extend(below[unit])
    # whoever has the top of everything has the other trees too: they are of the same returns
    tops = {unit for unit in below if unit not in children}
    return Reach(frozenset(found), whole=bool(tops) and tops <= found)
