"""Objection (申诉): what an assessed unit holds against its result, and the answer to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.models.assessed import Assessed
from hexi.portal.core.models import Person
from hexi.portal.core.scope import ScopedQuerySet

__all__ = ["Objection", "ObjectionState"]


class ObjectionState(models.TextChoices):
    """What became of it."""

    OPEN = "open", _("Waiting for an answer")
    UPHELD = "upheld", _("Upheld")
    REJECTED = "rejected", _("Rejected")


class ObjectionQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person | None) -> ScopedQuerySet:
        """Between the unit that objects and who runs the assessment."""
        if person is None:
            return self.none()
        if person.is_administrator:
            return self.all()
        reach = Q(pk=None)
        for path in person.scope_paths():
            reach |= Q(assessed__unit__path__startswith=path)
            reach |= Q(assessed__run__unit__path__startswith=path)
        return self.filter(reach)


class Objection(models.Model):
    """One matter, with the evidence named and the answer given."""

    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="objections")
    #: item of the scheme; empty: the result as a whole
    item = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    #: which document proves it, and where
    evidence = models.CharField(max_length=400, blank=True)
    filed_by = models.CharField(max_length=120)
    filed_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=ObjectionState.choices, default=ObjectionState.OPEN, db_index=True
    )
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("objection")

    def __str__(self) -> str:
        return self.text[:60]
