"""Progress (月度进展): what a project invested in a month and how far it is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.projects.models.project_record import ProjectRecord
from hexi.portal.projects.scope import ProjectScope

__all__ = ["Progress"]


class Progress(models.Model):
    """One month of one project; a correction replaces it, its event keeps what stood before."""

    project = models.ForeignKey(ProjectRecord, models.CASCADE, related_name="progress")
    #: 202611
    month = models.PositiveIntegerField(_("month"))
    #: yuan in the month
    invested = models.BigIntegerField(_("invested in the month"), default=0)
    #: physical progress, 0 to 100
    done = models.DecimalField(
        _("physical progress, %"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    note = models.TextField(_("progress in words"), blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = ProjectScope.as_manager()

    class Meta:
        ordering = ("project", "month")
        verbose_name = _("monthly progress")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "month"], name="one_progress_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.month}"
