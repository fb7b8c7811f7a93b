"""Scope of supervision (督办可见范围): who sees a problem, an order, a meeting, a visit.

Staff see what happens in their units and what their offices or they themselves must do, wherever
it happens; an enterprise sees the problems and visits of its own projects; the public nothing.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Permission, Role

__all__ = ["MatterScope"]

_NOTHING = Q(pk__in=())


class MatterScope(QuerySet[Any]):
    """Rows of supervision; the class attributes say which columns give the right to see one."""

    #: units whose staff see the row, each with the way to the unit
    units: tuple[str, ...] = ("unit",)
    #: people named on the row
    people: tuple[str, ...] = ()
    #: ways to the enterprise that may see it; none: no enterprise does
    enterprises: tuple[str, ...] = ()
    #: a way leads over several rows, so that one row could come twice
    many = False

    def visible_to(self, person: Person | None) -> MatterScope:
        """Only what this person may see."""
        if person is None or not person.grants(Permission.SEE_PROJECTS):
            return self.none()
        if person.is_administrator:
            return self.all()
        if person.role == Role.ENTERPRISE:
            reach = _NOTHING
            for way in self.enterprises:
                reach |= Q(**{f"{way}__reporter__fillers__person": person})
        else:
            reach = _NOTHING
            # asked once: the rows are then found by their own indexes, without a join
            inside = list(_units_of(person).values_list("pk", flat=True))
            for unit in self.units:
                reach |= Q(**{f"{unit}__in": inside})
            for column in self.people:
                reach |= Q(**{column: person})
        if not self.many and person.role != Role.ENTERPRISE:
            return self.filter(reach)
        return self.filter(pk__in=self.model.objects.filter(reach).order_by().values("pk"))


def _units_of(person: Person) -> QuerySet[Unit]:
    """The subtrees of the person's own units."""
    reach = _NOTHING
    for path in person.scope_paths():
        reach |= Q(path__startswith=path)
    return Unit.objects.filter(reach)
