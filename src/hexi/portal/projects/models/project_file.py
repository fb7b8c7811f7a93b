"""Project file (项目附件): evidence of a stage, a photo of a month; its bytes lie in the store."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.projects.models.project_record import ProjectRecord
from hexi.portal.projects.scope import ProjectScope

__all__ = ["ProjectFile"]


class ProjectFile(models.Model):
    """One file; ``of`` says what it proves: ``stage:signed``, ``month:202611``, ``voucher:12``."""

    project = models.ForeignKey(ProjectRecord, models.CASCADE, related_name="files")
    of = models.CharField(max_length=60, db_index=True)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = ProjectScope.as_manager()

    class Meta:
        ordering = ("project", "id")
        verbose_name = _("project file")

    def __str__(self) -> str:
        return self.name
