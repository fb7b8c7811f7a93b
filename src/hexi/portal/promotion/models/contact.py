"""Contact entry (联系记录): a visit, a call, a reception, with what comes next and by when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.projects.models import ProjectRecord
from hexi.portal.promotion.scope import PromotionScope

__all__ = ["ContactEntry"]


class ContactEntries(PromotionScope):
    to_unit = "project__unit__path"


class ContactEntry(models.Model):
    """One entry of a project's log; its next step is open until it is settled."""

    project = models.ForeignKey(ProjectRecord, models.CASCADE, related_name="contacts")
    day = models.DateField(_("day"))
    #: list ``way`` of the pack's words
    way = models.CharField(_("way"), max_length=20)
    people = models.CharField(_("with whom"), max_length=300, blank=True)
    text = models.TextField(_("what was said"))
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_due = models.DateField(_("by"), null=True, blank=True, db_index=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.CharField(max_length=120, blank=True)
    by_name = models.CharField(max_length=120)
    #: number of the person, whose task the next step is
    by_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField()

    objects = ContactEntries.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name = _("contact entry")
        indexes: ClassVar = [models.Index(fields=["settled_on", "next_due"])]

    def __str__(self) -> str:
        return f"{self.project_id} {self.day}"

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.project.unit.path
