"""Target firm (目标企业): a firm of a list (500强, 中字头, listed) that a unit is after."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.promotion.scope import PromotionScope

__all__ = ["TargetFirm"]


class TargetFirms(PromotionScope):
    pass


class TargetFirm(models.Model):
    """One firm on one list; the source and its day say how far it can be trusted."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="target_firms")
    name = models.CharField(_("name"), max_length=200)
    #: the name as it is compared with others
    key = models.CharField(max_length=200, db_index=True)
    code = models.CharField(_("credit code"), max_length=18, blank=True)
    #: list ``firms`` of the pack's words
    of_list = models.CharField(_("list"), max_length=20)
    rank = models.PositiveIntegerField(_("place in the list"), null=True, blank=True)
    industry = models.CharField(_("industry"), max_length=120, blank=True)
    seat = models.CharField(_("seat"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300)
    as_of = models.DateField(_("as of"))
    note = models.TextField(_("note"), blank=True)
    #: the lead that it became, and since when
    project = models.ForeignKey(
        ProjectRecord, models.SET_NULL, null=True, blank=True, related_name="target_firms"
    )
    approached_on = models.DateField(_("approached on"), null=True, blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = TargetFirms.as_manager()

    class Meta:
        ordering = ("of_list", "rank", "name", "id")
        verbose_name = _("target firm")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "of_list", "key"], name="one_line_a_firm_and_list"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.unit.path
