"""Aim of a year (年度招商目标): what a unit is to bring in a year, as its plan or office says."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.promotion.scope import PromotionScope

__all__ = ["YearAim"]


class YearAims(PromotionScope):
    pass


class YearAim(models.Model):
    """One unit and year; an earlier wording stays in its events."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="promotion_aims")
    year = models.PositiveSmallIntegerField(_("calendar year"))
    #: yuan of funds in place; None: no total is set
    amount = models.BigIntegerField(_("funds in place"), null=True, blank=True)
    #: per cent more than the year before; None: no growth is set
    growth = models.DecimalField(
        _("growth, %"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=300)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = YearAims.as_manager()

    class Meta:
        ordering = ("unit", "-year")
        verbose_name = _("aim of a year")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_aim_a_year"),
            models.CheckConstraint(
                condition=~Q(amount=None, growth=None), name="an_aim_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.unit.path
