"""Lamp run (亮灯扫描): one pass over all projects; what it looked at, changed and could not judge.

A run that was cut off has no end; the next one does the whole again and writes what is missing.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["LampRun"]


class LampRun(models.Model):
    """One pass of a day; projects that change later that day are looked at under the same run."""

    as_of = models.DateField(db_index=True)
    #: of rules, stages and program: another stamp asks for another pass
    stamp = models.CharField(max_length=32)
    #: change mark up to which changes have been looked at
    mark = models.BigIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    looked = models.PositiveIntegerField(default=0)
    #: projects whose lamp changed
    changed = models.PositiveIntegerField(default=0)
    #: projects that could not be judged or written, by id: what went wrong
    failed = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("run of lamps")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["as_of", "stamp"], name="one_lamp_run_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.as_of}"
