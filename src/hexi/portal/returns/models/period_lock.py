"""Closed period (锁定期): a unit has closed a form's period; nothing in it changes silently.

What comes after that, late or revised, needs a reason and becomes a new vintage.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit

__all__ = ["PeriodLock"]


class PeriodLock(models.Model):
    """One closing; a period that was opened again keeps its row."""

    form = models.CharField(_("form"), max_length=40)
    period = models.PositiveIntegerField(_("period"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="period_locks")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)
    reason = models.TextField(_("reason"), blank=True)
    #: how many were expected and how many had been approved
    expected = models.PositiveIntegerField(default=0)
    approved = models.PositiveIntegerField(default=0)
    #: the snapshot of the warehouse that the closing made; only the top makes one
    snapshot = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.CharField(max_length=120, blank=True)
    opened_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-period", "form", "id")
        verbose_name = _("closed period")
        constraints = (
            models.UniqueConstraint(
                fields=["form", "period", "unit"],
                condition=Q(opened_at=None),
                name="closed_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.form} {self.period}"
