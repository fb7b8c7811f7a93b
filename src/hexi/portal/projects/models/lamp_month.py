"""Lamp of a month (亮灯月报): a project's lamp at the end of a month, kept, never recomputed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.projects.models.project_record import ProjectRecord
from hexi.portal.projects.scope import ProjectScope

__all__ = ["LampMonth"]


class LampMonth(models.Model):
    """One month of one project; the running month's row is renewed until the month is over."""

    project = models.ForeignKey(ProjectRecord, models.CASCADE, related_name="lamps")
    #: 202611
    month = models.PositiveIntegerField(_("month"), db_index=True)
    lamp = models.CharField(_("lamp"), max_length=10)
    #: rule id and what it saw, one a rule that fired
    reasons = models.JSONField(default=list)
    at = models.DateTimeField()

    objects = ProjectScope.as_manager()

    class Meta:
        ordering = ("project", "month")
        verbose_name = _("lamp of a month")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "month"], name="one_lamp_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.month} {self.lamp}"
