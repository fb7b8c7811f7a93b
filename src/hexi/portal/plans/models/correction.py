"""Correction (更正): what a person says a figure means, kept apart from the reading.

It hangs on the document and on the words around the figure, not on a reading, so that it survives
when the document is read again by a better engine.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.plans.corrections import Anchor, Correction
from hexi.portal.core.scope import ScopedQuerySet
from hexi.portal.plans.models.document import PlanDocument

__all__ = ["CorrectionRow"]


class CorrectionQuerySet(ScopedQuerySet):
    to_plan = "document__plan__"


class CorrectionRow(models.Model):
    """One field of one figure."""

    document = models.ForeignKey(PlanDocument, models.CASCADE, related_name="corrections")
    #: the words it hangs on, and their digest by which the same figure is known again
    anchor = models.JSONField()
    anchor_key = models.CharField(max_length=64)
    #: number of the statement in the current reading; None where the figure is not found there
    statement = models.PositiveIntegerField(null=True)
    field = models.CharField(max_length=20)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("correction")
        constraints = (
            models.UniqueConstraint(
                fields=["document", "anchor_key", "field"],
                condition=models.Q(withdrawn_at=None),
                name="one_live_correction_a_field",
            ),
        )

    def __str__(self) -> str:
        return f"{self.anchor['figure']} {self.field}"

    def as_engine(self) -> Correction:
        """The correction as the engine takes it."""
        return Correction(
            anchor=Anchor(**self.anchor),
            field=self.field,
            value=self.after,
            by=self.by_name,
            at=self.at,
            reason=self.reason,
        )
