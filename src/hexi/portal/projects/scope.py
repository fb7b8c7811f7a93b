"""Scope of projects (项目可见范围): who may see which project and what hangs on it, as one filter.

The public sees what was published; an enterprise its own; staff the subtree of their units.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission, Role

__all__ = ["ProjectScope", "PublicProjectScope"]


class ProjectScope(QuerySet[Any]):
    """Rows that hang on a project; ``to_project`` is the way to it (``project__``, or nothing)."""

    to_project = "project__"
    #: whether the public may see such rows of a published project
    public = False

    def visible_to(self, person: Person | None) -> ProjectScope:
        """Only what this person may see."""
        way = self.to_project
        shown = {f"{way}published": True, f"{way}practice": False}
        published = Q(**shown) if self.public else Q(pk__in=())
        if person is None:
            return self.filter(published) if settings.HEXI.public_reading else self.none()
        if person.is_administrator:
            return self.all()
        return self._reached(published | self._own(person), person)

    def inside(self, person: Person | None) -> ProjectScope:
        """Only what this person may see whole; of other projects one reads what is public."""
        if person is None:
            return self.none()
        if person.is_administrator:
            return self.all()
        return self._reached(self._own(person), person)

    def _own(self, person: Person) -> Q:
        way = self.to_project
        if person.role == Role.ENTERPRISE:
            return Q(**{f"{way}enterprise__reporter__fillers__person": person})
        reach = Q(pk__in=())
        if person.grants(Permission.SEE_PROJECTS):
            for path in person.scope_paths():
                reach |= Q(**{f"{way}unit__path__startswith": path})
        return reach

    def _reached(self, reach: Q, person: Person) -> ProjectScope:
        if person.role == Role.ENTERPRISE:
            # who fills in for two reporters of one enterprise would see its rows twice
            return self.filter(pk__in=self.model.objects.filter(reach).values("pk"))
        return self.filter(reach)


class PublicProjectScope(ProjectScope):
    """Rows of a published project that the public may see."""

    public = True
