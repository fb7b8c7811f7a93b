"""Location table (区位数据表): who does how much of what where, as the office loaded it.

Relatedness is learned from it. A table comes from a yearbook, a census or a firm register; its
source and date go with every figure that follows from it.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from django.db import models
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from hexi.chains import Locations
from hexi.portal.core.models import Unit
from hexi.portal.core.scope import ScopedQuerySet

__all__ = ["LocationTable"]


class LocationTables(ScopedQuerySet):
    """Those of one's own units, and what was published."""


class LocationTable(models.Model):
    """One table; a newer one is loaded beside it, none is overwritten."""

    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("source"), max_length=300)
    #: 2025, 2025-06 or 2025-06-30: what the figures are of
    date = models.CharField(_("date of the figures"), max_length=10)
    #: what an amount is: staff, output in 万元, number of firms
    measure = models.CharField(_("what is counted"), max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    #: {"places": [...], "industries": [...], "amounts": [[...]]}
    table = models.JSONField()
    published = models.BooleanField(_("open to the public"), default=False)
    loaded_by = models.CharField(max_length=120)
    loaded_at = models.DateTimeField()

    objects = LocationTables.as_manager()

    class Meta:
        ordering = ("-loaded_at", "-id")
        verbose_name = _("location table")
        indexes: ClassVar = [models.Index(fields=["unit", "published"])]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def locations(self) -> Locations:
        """The table as the engine takes it."""
        amounts: NDArray[np.float64] = np.asarray(self.table["amounts"], dtype=np.float64)
        return Locations(tuple(self.table["places"]), tuple(self.table["industries"]), amounts)
