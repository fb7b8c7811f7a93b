"""Standing (进度): where a target stood on a day, as computed then, with the data it rests on.

A sweep writes one only where something differs from the standing before it: the earlier one still
stands. What was believed on a day is the last standing of that day or before it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.scoreboard.models.monitored_target import (
    MonitoredTarget,
    MonitoredTargetQuerySet,
)

__all__ = ["Against", "Lamp", "Shown", "Standing"]


class Lamp(models.TextChoices):
    """The five lamps (绿黄红灰灯、办结)."""

    RED = "red", _("Red")
    YELLOW = "yellow", _("Yellow")
    GREEN = "green", _("Green")
    FINISHED = "finished", _("Finished")
    GREY = "grey", _("No data")


class Shown(models.TextChoices):
    """What a list shows: the lamp, and of a target whose time is over how it ended. What burns
    comes first."""

    RED = "red", _("Red")
    MISSED = "missed", _("Missed")
    YELLOW = "yellow", _("Yellow")
    GREEN = "green", _("Green")
    MET = "met", _("Met")
    OVER = "over", _("Over, not known")
    GREY = "grey", _("No data")


class Against(models.TextChoices):
    """Against which version of the target."""

    CURRENT = "current", _("Current target")
    ORIGINAL = "original", _("Original target")


class StandingQuerySet(MonitoredTargetQuerySet):
    to_plan = "target__plan__"
    to_target = "target__"


class Standing(models.Model):
    """One position; ``record`` is the whole of it as the engine gave it."""

    target = models.ForeignKey(MonitoredTarget, models.CASCADE, related_name="standings")
    as_of = models.DateField()
    against = models.CharField(max_length=10, choices=Against.choices)
    lamp = models.CharField(max_length=10, choices=Lamp.choices)
    grade = models.CharField(max_length=20, blank=True)
    p = models.FloatField(null=True)
    actual = models.FloatField(null=True)
    expected = models.FloatField(null=True)
    completion = models.FloatField(null=True)
    record = models.JSONField(default=dict)
    #: of goal, observations and rules: the same hash gives the same standing
    data_hash = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ("target", "-as_of")
        verbose_name = _("standing")
        constraints = (
            models.UniqueConstraint(
                fields=["target", "as_of", "against"], name="one_standing_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.target_id} {self.as_of} {self.lamp}"

    @property
    def shown(self) -> Shown:
        """What a list shows of it."""
        if self.lamp != Lamp.FINISHED:
            return Shown(self.lamp)
        return {"met": Shown.MET, "missed": Shown.MISSED}.get(self.grade, Shown.OVER)
