"""Breakdown (目标分解): the sheet on which a unit shares one of its targets out to units below.

The sheet is worked on by the upper unit and counts its changes (``edit``), so that the second of
two people who write the same cell is told. What the units take on leaves the sheet: an accepted
part is a target of its own.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["Breakdown", "Method", "by_upper"]


class Method(models.TextChoices):
    """How the proposed figures come about."""

    SHARE = "share", _("By share of the base")
    CAPACITY = "capacity", _("By capacity")
    EQUAL = "equal", _("Equal parts")
    PLAN = "plan", _("As the plan says")
    HAND = "hand", _("By hand")


def by_upper(person: Person, way: str) -> Q:
    """Targets whose own unit, or whose plan's unit, the person works for; ``way`` leads to them."""
    reach = Q(pk__in=())
    for path in person.scope_paths():
        reach |= Q(**{f"{way}unit__path__startswith": path})
        reach |= Q(**{f"{way}unit__isnull": True, f"{way}plan__unit__path__startswith": path})
    return reach


class BreakdownQuerySet(models.QuerySet["Breakdown"]):
    """Sheets; the lower units see their own parts, not what the others were offered."""

    def visible_to(self, person: Person | None) -> BreakdownQuerySet:
        """Only what this person may see."""
        if person is None:
            return self.none()
        if person.is_administrator:
            return self.all()
        return self.filter(by_upper(person, "whole__"))


class Breakdown(models.Model):
    """One target being shared out."""

    whole = models.OneToOneField(MonitoredTarget, models.CASCADE, related_name="breakdown")
    method = models.CharField(max_length=10, choices=Method.choices, default=Method.SHARE)
    #: the day whose membership of units holds
    day = models.DateField(_("units as of"))
    #: number of changes; what a page knows of the sheet is this
    edit = models.PositiveIntegerField(default=0)
    #: the last changes of figures, each with what stood before, so that a draft can be undone
    past = models.JSONField(default=list)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = BreakdownQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("breakdown")

    def __str__(self) -> str:
        return str(self.whole)
