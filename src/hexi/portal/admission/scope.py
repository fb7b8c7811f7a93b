"""Scope of screenings (筛查可见范围): staff see those of their units, an enterprise its projects'.

A screening is not for the public, also where its project is.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission, Role
from hexi.portal.projects.models import ProjectRecord

__all__ = ["ScreeningScope"]


class ScreeningScope(QuerySet[Any]):
    """Rows that hang on a screening; ``to_screening`` is the way to it."""

    to_screening = ""

    def visible_to(self, person: Person | None) -> ScreeningScope:
        """Only what this person may see."""
        way = self.to_screening
        if person is None:
            return self.none()
        if person.is_administrator:
            return self.all()
        if person.role == Role.ENTERPRISE:
            own = ProjectRecord.objects.inside(person)
            return self.filter(**{f"{way}project__in": own.values("pk")})
        reach = Q(pk__in=())
        if person.grants(Permission.SEE_PROJECTS):
            for path in person.scope_paths():
                reach |= Q(**{f"{way}unit__path__startswith": path})
        return self.filter(reach)
