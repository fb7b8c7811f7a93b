"""Part (分解指标): what one unit below is to bring to a target, from proposal to acceptance.

The upper unit proposes, the lower unit accepts or sends back with its reason. An accepted part is
a monitored target of the lower unit and changes only by adjustment.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.models.breakdown import Breakdown, by_upper
from hexi.portal.core.models import Person, Unit
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["Part", "PartState"]


class PartState(models.TextChoices):
    """How far it is agreed."""

    DRAFT = "draft", _("Not proposed yet")
    PROPOSED = "proposed", _("To be accepted")
    RETURNED = "returned", _("Sent back")
    ACCEPTED = "accepted", _("Taken on")


class PartQuerySet(models.QuerySet["Part"]):
    """Parts; a matter of the two units, never of the public."""

    def visible_to(self, person: Person | None) -> PartQuerySet:
        """Only what this person may see; a lower unit sees nothing of a draft."""
        if person is None:
            return self.none()
        if person.is_administrator:
            return self.all()
        reach = by_upper(person, "breakdown__whole__")
        for path in person.scope_paths():
            reach |= Q(unit__path__startswith=path) & ~Q(state=PartState.DRAFT)
        return self.filter(reach)

    def answerable_by(self, person: Person | None) -> PartQuerySet:
        """Parts on which this person decides for the lower unit: never who proposed them."""
        if person is None:
            return self.none()
        if person.is_administrator:
            return self.all()
        lower = Q(pk__in=())
        for unit in person.scope_units():
            lower |= Q(unit__path__startswith=unit.path) & ~Q(
                breakdown__whole__unit__path__startswith=unit.path
            )
        return self.filter(lower).exclude(breakdown__whole__unit__isnull=True)


class Part(models.Model):
    """One line of the sheet."""

    breakdown = models.ForeignKey(Breakdown, models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    target = models.OneToOneField(MonitoredTarget, models.CASCADE, related_name="part")
    #: True where the unit had this target from the plan itself before it was broken down
    adopted = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)
    #: cell to decimal text: base, weight, 2018.proposed, 2018.negotiated, 2018.final
    figures = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=PartState.choices, default=PartState.DRAFT, db_index=True
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.CharField(max_length=120, blank=True)
    #: when the lower unit is to have answered
    due = models.DateField(_("answer by"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    #: version of its target when it was accepted; a later one means that it was adjusted
    version = models.PositiveSmallIntegerField(default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ("order", "id")
        verbose_name = _("part")
        constraints = (
            models.UniqueConstraint(fields=["breakdown", "unit"], name="one_part_a_unit"),
        )

    def __str__(self) -> str:
        return f"{self.breakdown} {self.unit}"

    @property
    def is_open(self) -> bool:
        """May the upper unit still write its figures?"""
        return self.state in (PartState.DRAFT, PartState.RETURNED)

    def card(self) -> dict[str, Any]:
        """What its events say of it."""
        return {"part_state": self.state, "unit": self.unit.name}
