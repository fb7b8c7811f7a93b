"""Year of target responsibility (目标责任年度): the contracts of one unit until they are closed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.scope import ScopedQuerySet

__all__ = ["DutyKind", "DutyYear"]


class DutyKind(models.TextChoices):
    """Who holds the contracts."""

    DEPARTMENTS = "departments", _("Departments")
    POSTS = "posts", _("Posts")


class DutyYearQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person | None) -> ScopedQuerySet:
        """Of the office that sets the contracts, and of who holds a signed one."""
        if person is None:
            return self.none()
        if person.is_administrator:
            return self.all()
        reach = Q(contracts__person=person, contracts__signed_at__isnull=False)
        for path in person.scope_paths():
            reach |= Q(unit__path__startswith=path)
            reach |= Q(contracts__holder__path__startswith=path, contracts__signed_at__isnull=False)
        return self.filter(reach).distinct()


class DutyYear(models.Model):
    """Open until the year is closed; what was computed then stays."""

    #: who sets the contracts
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year assessed"))
    kind = models.CharField(max_length=12, choices=DutyKind.choices, default=DutyKind.DEPARTMENTS)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)
    #: rows for pay systems as they stood at the close, and the checksum of the data
    rows = models.JSONField(default=list)
    data_digest = models.CharField(max_length=64, blank=True)

    objects = DutyYearQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "kind", "id")
        verbose_name = _("year of target responsibility")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "year", "kind"], name="one_duty_year_a_unit_and_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.unit.name} {self.kind}"

    @property
    def is_open(self) -> bool:
        """May contracts and facts still change?"""
        return self.closed_at is None

    def card(self) -> dict[str, Any]:
        """What an event keeps of it."""
        return {"year": self.year, "kind": self.kind, "data": self.data_digest[:16]}
