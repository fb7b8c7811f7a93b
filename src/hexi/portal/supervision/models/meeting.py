"""Coordination meeting (协调会): an agenda drawn from open problems, minutes that become tasks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.supervision.models.problem import Problem
from hexi.portal.supervision.scope import MatterScope

__all__ = ["AgendaItem", "Decision", "Meeting", "MeetingState"]


class MeetingState(models.TextChoices):
    """Before or after."""

    CALLED = "called", _("Called")
    HELD = "held", _("Held")


class Meetings(MatterScope):
    units = ("unit", "items__problem__owner_unit", "items__decisions__unit")
    people = ("items__decisions__person", "items__problem__owner_person")
    many = True


class Meeting(models.Model):
    """One meeting."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    day = models.DateField(_("day"), db_index=True)
    place = models.CharField(_("where it meets"), max_length=200, blank=True)
    chair = models.CharField(_("chair"), max_length=120, blank=True)
    attended = models.TextField(_("attended"), blank=True)
    state = models.CharField(
        max_length=10, choices=MeetingState.choices, default=MeetingState.CALLED, db_index=True
    )
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=120)

    objects = Meetings.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name = _("coordination meeting")

    def __str__(self) -> str:
        return self.title

    @property
    def unit_path(self) -> str:
        """Whose meeting it is, for scope and events."""
        return self.unit.path


class AgendaItem(models.Model):
    """One point of the agenda (议题), from a problem or free."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    problem = models.ForeignKey(
        Problem, models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    title = models.CharField(_("point"), max_length=200)
    #: what the meeting said to it
    minutes = models.TextField(_("minutes"), blank=True)

    class Meta:
        ordering = ("meeting", "order", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "problem"], name="one_point_a_problem"),
        ]

    def __str__(self) -> str:
        return self.title


class Decisions(MatterScope):
    units = ("unit", "item__meeting__unit")
    people = ("person",)


class Decision(models.Model):
    """What was decided (议定事项): who does what by when; a task until it is done."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="decisions")
    what = models.CharField(_("what"), max_length=500)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    due = models.DateField(_("by"), db_index=True)
    result = models.TextField(_("result"), blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)

    objects = Decisions.as_manager()

    class Meta:
        ordering = ("due", "id")
        verbose_name = _("decision of a meeting")

    def __str__(self) -> str:
        return self.what

    @property
    def unit_path(self) -> str:
        """Who does it, for scope and events."""
        return self.unit.path
