"""Agent (委托招商机构、商会): who looks for investors for a unit, and under which mandate."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.promotion.scope import PromotionScope

__all__ = ["Agent"]


class Agents(PromotionScope):
    pass


class Agent(models.Model):
    """One chamber, agency, office away from home or adviser."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="promotion_agents")
    name = models.CharField(_("name"), max_length=200)
    #: list ``agent`` of the pack's words
    kind = models.CharField(_("kind"), max_length=20)
    place = models.CharField(_("seat"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    #: number or title of the mandate (委托书)
    mandate = models.CharField(_("mandate"), max_length=200, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = Agents.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("agent")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="mandate_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.unit.path
