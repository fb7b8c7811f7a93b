"""Start batch (集中开工): projects whose start is celebrated on one day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit

__all__ = ["StartBatch"]


class StartBatch(models.Model):
    """One ceremony; its projects point to it."""

    name = models.CharField(_("name"), max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField(_("day"), db_index=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name = _("start batch")

    def __str__(self) -> str:
        return self.name
