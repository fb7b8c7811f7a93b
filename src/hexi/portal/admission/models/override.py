"""Override (破例准入): a failed rule of one screening set aside by a person, with a reason."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.models.screening import ScreeningRecord
from hexi.portal.admission.scope import ScreeningScope

__all__ = ["RuleOverride"]


class RuleOverrides(ScreeningScope):
    to_screening = "screening__"


class RuleOverride(models.Model):
    """One rule set aside; a withdrawn one stays to be read."""

    screening = models.ForeignKey(ScreeningRecord, models.CASCADE, related_name="overrides")
    #: table and row, as ``plot-ratio.light``
    rule = models.CharField(_("rule"), max_length=120)
    reason = models.TextField(_("reason"))
    #: minutes or approval that it rests on
    document = models.CharField(_("document"), max_length=200, blank=True)
    day = models.DateField(_("decided on"))
    who = models.BigIntegerField()
    by_name = models.CharField(_("decided by"), max_length=120)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    objects = RuleOverrides.as_manager()

    class Meta:
        ordering = ("screening", "id")
        verbose_name = _("override of a rule")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["screening", "rule"],
                condition=Q(withdrawn_at=None),
                name="one_override_a_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.screening_id} {self.rule}"
