"""Note (数据注释): what a figure needs said beside it, such as a break or a strike."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Note"]


class Note(models.Model):
    """A note on an indicator of a unit in a period; empty fields: on all of them."""

    space = models.CharField(max_length=10)
    unit = models.CharField(max_length=64)
    indicator = models.CharField(max_length=80, blank=True)
    period = models.CharField(max_length=10, blank=True)
    text = models.TextField(_("text"), max_length=1000)
    #: shown with released figures too
    public = models.BooleanField(default=False)
    at = models.DateTimeField()
    who = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at",)
        verbose_name = _("note")
        indexes = (models.Index(fields=["space", "unit"]),)

    def __str__(self) -> str:
        return self.text[:60]
