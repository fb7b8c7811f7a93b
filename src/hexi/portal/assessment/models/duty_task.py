"""Task of a contract (责任事项): a target of the plan or one of its own, weight and fact."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.models.duty_contract import DutyContract
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["DutyTask"]


class DutyTask(models.Model):
    """The figure of a monitored target is the target's own; only others are entered here."""

    contract = models.ForeignKey(DutyContract, models.CASCADE, related_name="tasks")
    #: the monitored target that it is drawn from; None: entered by hand
    source = models.ForeignKey(
        MonitoredTarget, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    indicator = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    target = models.FloatField()
    #: 1 more is better, -1 less is better
    direction = models.SmallIntegerField(default=1)
    #: of 100 in the contract
    weight = models.FloatField(default=0)
    order = models.PositiveIntegerField(default=0)
    #: reported by hand, or as observed at the close
    actual = models.FloatField(null=True, blank=True)
    evidence = models.CharField(max_length=400, blank=True)
    #: as computed at the close
    score = models.FloatField(null=True, blank=True)
    points = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("order", "id")
        verbose_name = _("task of a contract")
        constraints = (
            models.UniqueConstraint(fields=["contract", "key"], name="a_task_once_a_contract"),
        )

    def __str__(self) -> str:
        return self.title
