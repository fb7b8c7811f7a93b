"""Adjustment (目标调整): a target was changed by act, with reason and authority.

What stood before stays visible: positions are shown against the original and the adjusted target.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.scoreboard.models.monitored_target import (
    MonitoredTarget,
    MonitoredTargetQuerySet,
)

__all__ = ["Adjustment"]


class AdjustmentQuerySet(MonitoredTargetQuerySet):
    to_plan = "target__plan__"
    to_target = "target__"


class Adjustment(models.Model):
    """One change; ``before`` of number 1 is the target as the plan set it."""

    target = models.ForeignKey(MonitoredTarget, models.CASCADE, related_name="adjustments")
    number = models.PositiveSmallIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(_("reason"))
    #: the body whose decision it rests on, and the number of its document
    authority = models.CharField(_("authority"), max_length=200)
    document = models.CharField(_("document number"), max_length=120)
    at = models.DateTimeField()
    who = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=120)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        ordering = ("target", "number")
        verbose_name = _("adjustment")
        constraints = (
            models.UniqueConstraint(fields=["target", "number"], name="adjustment_number"),
        )

    def __str__(self) -> str:
        return f"{self.target} {self.number}"
