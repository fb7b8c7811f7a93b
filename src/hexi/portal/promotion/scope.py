"""Scope of promotion (招商可见范围): staff see what stands in the subtree of their units.

Enquiries bear names and telephone numbers, talks are confidential: neither the public nor an
enterprise sees any of it. What of a project is public, the project library says.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission, Role

__all__ = ["PromotionScope"]


class PromotionScope(QuerySet[Any]):
    """Rows of promotion; ``to_unit`` is the way to the unit's path."""

    to_unit = "unit__path"

    def visible_to(self, person: Person | None) -> PromotionScope:
        """Only what this person may see."""
        if person is None or person.role == Role.ENTERPRISE:
            return self.none()
        if person.is_administrator:
            return self.all()
        if not person.grants(Permission.SEE_PROJECTS):
            return self.none()
        reach = Q(pk__in=())
        for path in person.scope_paths():
            reach |= Q(**{f"{self.to_unit}__startswith": path})
        return self.filter(reach)
