"""Sweep (监测扫描): one pass over all targets as on a day; the rows say what it found anew.

A run that was cut off has no end; the next one does the whole again and writes what is missing.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["SweepRun"]


class SweepRun(models.Model):
    """One pass."""

    as_of = models.DateField(db_index=True)
    #: of pack, rules, program and plans: another stamp asks for another pass
    stamp = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    targets = models.PositiveIntegerField(default=0)
    #: standings and warnings written
    changed = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("sweep")

    def __str__(self) -> str:
        return f"{self.as_of}"
