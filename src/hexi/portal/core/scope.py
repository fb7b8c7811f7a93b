"""Scope (可见范围): what a person may see, as one queryset filter.

Pages, API, exports and counts all go through ``visible_to``; there is no second place where
visibility is decided. A plan that has been published can be read by everybody who may read the
portal; everything else only inside the subtree of one's own units.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from hexi.portal.core.models.person import Person
from hexi.portal.core.refusal import NotFound, NotPermitted
from hexi.portal.core.roles import Permission

__all__ = ["ScopedQuerySet", "one_visible", "require", "viewer"]


class Visible(Protocol):
    """A queryset that knows who may see its rows."""

    def visible_to(self, person: Person | None) -> Any: ...


def viewer(request: HttpRequest) -> Person | None:
    """The signed-in person, or None for the public."""
    user = request.user
    return user if isinstance(user, Person) and user.is_active else None


class ScopedQuerySet(QuerySet[Any]):
    """A queryset of things that hang on a plan; ``to_plan`` is the way to it."""

    to_plan = ""

    def visible_to(self, person: Person | None) -> ScopedQuerySet:
        """Only what this person may see."""
        published = Q(**{f"{self.to_plan}published": True})
        if person is None:
            return self.filter(published) if settings.HEXI.public_reading else self.none()
        if person.is_administrator:
            return self.all()
        reach = published
        for path in person.scope_paths():
            reach |= Q(**{f"{self.to_plan}unit__path__startswith": path})
        return self.filter(reach)


def one_visible(queryset: Visible, person: Person | None, **key: Any) -> Any:
    """The one visible object of this key; a hidden one is as absent as a missing one."""
    found = queryset.visible_to(person).filter(**key).first()
    if found is None:
        raise NotFound
    return found


def require(person: Person | None, permission: Permission, path: str | None = None) -> Person:
    """The one permission check of all acts: the role grants the step, the scope holds the unit."""
    if person is None or not person.grants(permission):
        raise NotPermitted
    if path is not None and not person.covers(path):
        raise NotPermitted
    return person
