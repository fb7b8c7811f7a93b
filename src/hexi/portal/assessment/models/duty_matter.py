"""Matter of a contract (加减分和否决事项): bonus, penalty or veto, with what proves it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.models.duty_contract import DutyContract

__all__ = ["DutyMatter"]


class DutyMatter(models.Model):
    """One case; which matters there are the scheme of the pack says."""

    contract = models.ForeignKey(DutyContract, models.CASCADE, related_name="matters")
    #: id of the points or veto of the scheme
    matter = models.CharField(max_length=80)
    evidence = models.CharField(max_length=400)
    count = models.FloatField(default=1)
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    #: taken back, and why; it stays to be seen
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("matter of a contract")

    def __str__(self) -> str:
        return f"{self.contract} {self.matter}"
