"""Submission (报送件): a return exactly as it was handed in, kept for ever.

Facts of the warehouse name the submission that they come from. The newest approved one of a return
is what counts; a revision becomes the next one, and the old figures stay as they were.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.returns.models.form_return import Return

__all__ = ["Submission"]


class Submission(models.Model):
    """What was handed in once."""

    target = models.ForeignKey(Return, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField(default=0)
    form_version = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    cover = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    submitted_by = models.CharField(max_length=120)
    who = models.BigIntegerField(null=True)
    #: approved at the top
    approved_at = models.DateTimeField(null=True)
    #: the snapshot of the warehouse that first held it
    snapshot = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("target", "number")
        verbose_name = _("submission")
        # what levels look at before closing is found among these few
        indexes = (
            models.Index(
                fields=["target"], condition=Q(snapshot=None), name="submission_unpublished"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["target", "number"], name="submission_number"),
        )

    def __str__(self) -> str:
        return f"{self.target} {self.number}"
