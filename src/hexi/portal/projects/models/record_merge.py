"""Merging of two records (项目合并): what was moved, so that it can be taken apart again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.projects.models.project_record import ProjectRecord

__all__ = ["RecordMerge"]


class RecordMerge(models.Model):
    """One merging. Rows are named by model and id, fields by what stood there before."""

    kept = models.ForeignKey(ProjectRecord, models.PROTECT, related_name="+")
    other = models.ForeignKey(ProjectRecord, models.PROTECT, related_name="merges")
    #: "app.Model.field" to ids of the rows that now point to the kept record
    moved = models.JSONField(default=dict)
    #: spells that moved, with their end before: id to day or nothing
    spells = models.JSONField(default=dict)
    #: fields of the kept record that the other one filled
    filled = models.JSONField(default=list)
    #: the other's state project code and register row, which only one record can have
    handed_on = models.JSONField(default=dict)
    #: version of the kept record after it; a later one cannot be told from a later change
    version = models.PositiveIntegerField()
    reason = models.TextField(_("reason"))
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("merging of records")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["other"], condition=Q(undone_at=None), name="merged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.other_id} > {self.kept_id}"
