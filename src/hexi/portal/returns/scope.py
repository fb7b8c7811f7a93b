"""Scope of returns (报表可见范围): who may see, fill and decide which return, as queryset filters.

A return is never public: it holds the figures of one enterprise. An enterprise's person sees that
enterprise alone; the staff of a park, a zone or the province see the subtree of their units.
Nobody but the reporting unit changes a return, whatever the role (只有填报单位可以修改报表).
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound, NotPermitted
from hexi.portal.core.roles import Permission, Role

__all__ = ["RANKS", "ReporterScope", "may_decide", "one_seen", "rank_of", "require_fill"]

#: kinds of units that approve, and the roles that do it for them, from below
RANKS: dict[str, int] = {"park": 1, "zone": 2, "province": 3}


class ReporterScope(QuerySet[Any]):
    """Rows that hang on a reporter and on the unit that it belongs to.

    ``to_reporter`` and ``to_unit`` are the ways to them.
    """

    to_reporter = "reporter__"
    to_unit = "unit__"

    def visible_to(self, person: Person | None) -> ReporterScope:
        """Only what this person may see."""
        if person is None or not person.grants(Permission.SEE_RETURNS):
            return self.none()
        if person.is_administrator:
            return self.all()
        if person.role == Role.ENTERPRISE:
            return self.filter(pk__in=self.model.objects.filter(self.own(person)).values("pk"))
        reach = Q(pk__in=())
        for path in person.scope_paths():
            reach |= Q(**{f"{self.to_unit}path__startswith": path})
        return self.filter(reach)

    def fillable_by(self, person: Person | None) -> ReporterScope:
        """Only what this person may fill in: that of the enterprise, or of the unit itself."""
        if person is None or not person.grants(Permission.FILL):
            return self.none()
        return self.filter(pk__in=self.model.objects.filter(self.own(person)).values("pk"))

    def own(self, person: Person) -> Q:
        """The filter to the reporters that the person works for: enterprises and their projects."""
        if person.role == Role.ENTERPRISE:
            led = f"{self.to_reporter}project__enterprise__reporter__fillers__person"
            return Q(**{f"{self.to_reporter}fillers__person": person}) | Q(**{led: person})
        units = [unit.pk for unit in person.scope_units()]
        return Q(**{f"{self.to_reporter}unit__in": units})


def one_seen(queryset: ReporterScope, person: Person | None, **key: Any) -> Any:
    """The one visible row of this key; a hidden one is as absent as a missing one."""
    found = queryset.visible_to(person).filter(**key).first()
    if found is None:
        raise NotFound
    return found


def require_fill(queryset: ReporterScope, person: Person | None, **key: Any) -> Any:
    """The one row that this person fills in; one that may only be seen is refused."""
    found = one_seen(queryset, person, **key)
    if not queryset.fillable_by(person).filter(**key).exists():
        raise NotPermitted
    return found


def rank_of(person: Person) -> int:
    """The highest level that the person decides at; 0: none."""
    if not person.grants(Permission.APPROVE):
        return 0
    return max(RANKS.values()) if person.is_administrator else RANKS.get(person.role, 0)


def may_decide(person: Person | None, kind: str, path: str) -> bool:
    """May the person decide for a unit of this kind at this place of the tree?"""
    if person is None or not person.covers(path):
        return False
    return 0 < RANKS.get(kind, 0) <= rank_of(person)
