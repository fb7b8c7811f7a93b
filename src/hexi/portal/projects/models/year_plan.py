"""Year plan (年度计划): what a project is to invest and reach in one year."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.portal.projects.models.project_record import ProjectRecord
from hexi.portal.projects.scope import PublicProjectScope

__all__ = ["YearPlan"]


class YearPlan(models.Model):
    """One year of one project."""

    project = models.ForeignKey(ProjectRecord, models.CASCADE, related_name="year_plans")
    year = models.PositiveSmallIntegerField(pgettext_lazy("project", "year"))
    #: yuan
    planned = models.BigIntegerField(_("planned investment of the year"))
    content = models.TextField(_("to be reached"), blank=True)
    at = models.DateTimeField()

    objects = PublicProjectScope.as_manager()

    class Meta:
        ordering = ("project", "year")
        verbose_name = _("year plan")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "year"], name="one_plan_a_year"),
            models.CheckConstraint(condition=models.Q(planned__gte=0), name="plan_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.year}"
