"""Activity (招商活动): a fair, a meeting, a tour; and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.promotion.scope import PromotionScope

__all__ = ["Activity", "ActivityResult"]


class Activities(PromotionScope):
    pass


class Activity(models.Model):
    """One activity; enquiries and agreements that came from it point to it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="promotion_activities")
    name = models.CharField(_("name"), max_length=200)
    #: lists ``activity`` and ``level`` of the pack's words
    kind = models.CharField(_("kind"), max_length=20)
    level = models.CharField(_("level"), max_length=20, blank=True)
    day = models.DateField(_("day"), db_index=True)
    until = models.DateField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    participants = models.TextField(_("participants"), blank=True)
    #: firms that were met
    firms = models.PositiveIntegerField(_("firms met"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = Activities.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name = _("activity")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("day")), name="activity_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.unit.path


class ActivityResults(PromotionScope):
    to_unit = "activity__unit__path"


class ActivityResult(models.Model):
    """A project that was met or advanced at an activity (活动成果)."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="results")
    project = models.ForeignKey(ProjectRecord, models.CASCADE, related_name="activity_results")
    note = models.CharField(_("note"), max_length=300, blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = ActivityResults.as_manager()

    class Meta:
        ordering = ("activity", "id")
        verbose_name = _("result of an activity")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "project"], name="one_result_a_project"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.project_id}"

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.activity.unit.path
