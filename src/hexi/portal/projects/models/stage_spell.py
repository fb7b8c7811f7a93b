"""Stage spell (阶段记录): a project stood in a stage from a day until another; kept for good."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.projects.models.project_record import ProjectRecord
from hexi.portal.projects.scope import PublicProjectScope

__all__ = ["StageSpell"]


class StageSpell(models.Model):
    """One line of the history: entered, left, by whom, why, with what evidence."""

    project = models.ForeignKey(ProjectRecord, models.CASCADE, related_name="spells")
    stage = models.CharField(_("stage"), max_length=30)
    since = models.DateField(_("since"))
    #: the first day in the next stage; None: it still stands there
    until = models.DateField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    #: document, number or address that proves the step; files are ``ProjectFile`` of the stage
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    #: entered long after its day (补录): it never counts as in time
    back_entered = models.BooleanField(default=False)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = PublicProjectScope.as_manager()

    class Meta:
        ordering = ("project", "since", "id")
        verbose_name = _("stage spell")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="stage_ends_after_begin"
            ),
            models.UniqueConstraint(
                fields=["project"], condition=Q(until=None), name="one_stage_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.stage} {self.since}"
