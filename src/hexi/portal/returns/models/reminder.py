"""Reminder (催报): a line in the inbox of who has not handed in, and in the e-mail digest."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.returns.models.reporter import Reporter
from hexi.portal.returns.scope import ReporterScope

__all__ = ["Reminder"]


class Reminder(models.Model):
    """One reporter was reminded of one form and period."""

    reporter = models.ForeignKey(Reporter, models.CASCADE, related_name="reminders")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    form = models.CharField(_("form"), max_length=40)
    period = models.PositiveIntegerField(_("period"))
    due = models.DateField(_("due"))
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)
    note = models.TextField(_("note"), blank=True)
    #: when it went into a digest; a reminder is mailed once
    mailed_at = models.DateTimeField(null=True)

    objects = ReporterScope.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("reminder")
        indexes = (models.Index(fields=["form", "period"]),)

    def __str__(self) -> str:
        return f"{self.reporter} {self.form} {self.period}"
