"""Correction (数据更正): one value of a run changed by a person, with what stood before and why."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.models.run import AssessmentRun

__all__ = ["Correction"]


class Correction(models.Model):
    """A value before and after; None is not reported."""

    run = models.ForeignKey(AssessmentRun, models.CASCADE, related_name="corrections")
    code = models.CharField(max_length=120)
    item = models.CharField(max_length=120)
    before = models.FloatField(null=True)
    after = models.FloatField(null=True)
    reason = models.TextField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = _("correction of data")

    def __str__(self) -> str:
        return f"{self.code} {self.item}"
