"""Target row (目标): what a plan promises, with the verdict that the observations give today.

The verdict is computed when the target or the observations change and kept beside the target, so
that lists, filters and counts are one query.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.core.scope import ScopedQuerySet
from hexi.portal.plans.models.plan import PlanRow
from hexi.portal.plans.models.reading import Reading

__all__ = ["TargetRow", "VerdictState"]


class VerdictState(models.TextChoices):
    """Was the target kept?"""

    MET = "met", _("Met")
    MISSED = "missed", _("Missed")
    ON_THE_WAY = "on_the_way", _("On the way")
    UNKNOWN = "unknown", _("No data")


class TargetQuerySet(ScopedQuerySet):
    to_plan = "plan__"


class TargetRow(models.Model):
    """One target of a plan: from the pack, or from the current reading of its document."""

    plan = models.ForeignKey(PlanRow, models.CASCADE, related_name="targets")
    #: None for targets of the pack
    reading = models.ForeignKey(
        Reading, models.CASCADE, null=True, blank=True, related_name="targets"
    )
    number = models.PositiveIntegerField()
    pack_id = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="targets")
    subject = models.CharField(max_length=300, blank=True)
    indicator = models.CharField(max_length=300)
    indicator_id = models.CharField(max_length=80, blank=True, db_index=True)
    kind = models.CharField(max_length=12, blank=True)
    measure = models.CharField(max_length=20, blank=True)
    bound = models.CharField(max_length=8, blank=True)
    #: figures as printed, without unit
    base = models.CharField(max_length=60, blank=True)
    base_period = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=20, blank=True)
    size = models.FloatField(null=True)
    value_unit = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=300, blank=True)
    #: numbers of the statements it was joined from
    statements = models.JSONField(default=list)
    record = models.JSONField(default=dict)
    verdict = models.CharField(
        max_length=12, choices=VerdictState.choices, default=VerdictState.UNKNOWN, db_index=True
    )
    observed = models.CharField(max_length=60, blank=True)
    observed_period = models.CharField(max_length=20, blank=True)
    verdict_record = models.JSONField(default=dict)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ("plan", "number")
        verbose_name = _("target")

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.value}{self.value_unit}"
