"""Project tag (项目标签): provincial list, central-local, 3341 …; the tags are data of the pack."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.projects.models.project_record import ProjectRecord
from hexi.portal.projects.scope import PublicProjectScope

__all__ = ["ProjectTag"]


class ProjectTag(models.Model):
    """One tag of one project, from a day on: yearly lists are renewed, not overwritten."""

    project = models.ForeignKey(ProjectRecord, models.CASCADE, related_name="tags")
    tag = models.CharField(_("tag"), max_length=40, db_index=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = PublicProjectScope.as_manager()

    class Meta:
        ordering = ("project", "tag", "since")
        verbose_name = _("project tag")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "tag", "since"], name="one_tag_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.tag}"
