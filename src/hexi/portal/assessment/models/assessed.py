"""Assessed unit (被考核单位): its place in one run, for lists, histories and scope."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.models.run import TOLD, AssessmentRun
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.scope import ScopedQuerySet

__all__ = ["Assessed"]


class AssessedQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person | None) -> ScopedQuerySet:
        """A unit sees its own explanation once results are shown; who runs it sees all."""
        if person is None:
            return self.none()
        if person.is_administrator:
            return self.all()
        reach = Q(pk=None)
        for path in person.scope_paths():
            own = Q(unit__path__startswith=path, run__state__in=TOLD)
            own &= ~Q(run__kind="simulation")
            reach |= own | Q(run__unit__path__startswith=path)
        return self.filter(reach)


class Assessed(models.Model):
    """A row of the ranking; rewritten whenever the run is computed."""

    run = models.ForeignKey(AssessmentRun, models.CASCADE, related_name="assessed")
    #: the unit of the register, where it has one
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    #: 1 the best; 0 not rated
    rank = models.PositiveIntegerField(default=0)
    score = models.FloatField(null=True, blank=True)

    objects = AssessedQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("assessed unit")
        constraints = (
            models.UniqueConstraint(fields=["run", "code"], name="a_unit_once_in_a_run"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        """Where it stands in the tree; empty for a unit that the register does not know."""
        return self.unit.path if self.unit else ""
