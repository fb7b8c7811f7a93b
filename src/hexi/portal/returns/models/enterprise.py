"""Enterprise (企业): who it is, and in which park, industry and ownership it stood when.

The unified social credit code (GB 32100) is its identity. Belonging is dated: a spell (时段) says
where it stood from a day until another, so that a month's figures are added up where the
enterprise was in that month, whatever became of it later.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.returns.models.reporter import Reporter
from hexi.portal.returns.scope import ReporterScope

__all__ = ["OWNERSHIPS", "SIZES", "STANDING", "Enterprise", "Spell"]

#: what a spell says beside the unit; the newest one also stands on the enterprise, for lists
STANDING = ("industry", "place", "ownership", "size", "above_scale", "trader")

#: registration types in the broad classes of the statistical system (登记注册类型)
OWNERSHIPS = {
    "state": _("State-owned"),
    "collective": _("Collective"),
    "private": _("Private"),
    "hkmt": _("Hong Kong, Macao and Taiwan"),
    "foreign": _("Foreign-invested"),
    "other": _("Other ownership"),
}
#: sizes by the standard of the statistical bureau (大中小微型企业划分)
SIZES = {
    "large": _("Large"),
    "medium": _("Medium"),
    "small": _("Small"),
    "micro": _("Micro"),
}


class EnterpriseQuerySet(ReporterScope):
    to_unit = "reporter__home__"


class Enterprise(models.Model):
    """One enterprise. Industry, place, ownership and size are those of its newest spell."""

    reporter = models.OneToOneField(
        Reporter, models.PROTECT, primary_key=True, related_name="enterprise"
    )
    code = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    name = models.CharField(_("name"), max_length=200, db_index=True)
    industry = models.CharField(_("industry"), max_length=8, db_index=True)
    place = models.CharField(_("place"), max_length=12)
    ownership = models.CharField(_("ownership"), max_length=12, blank=True)
    size = models.CharField(_("size of enterprise"), max_length=8, blank=True)
    above_scale = models.BooleanField(_("above scale"), default=False)
    trader = models.BooleanField(_("foreign trader"), default=False)
    address = models.CharField(_("address"), max_length=200, blank=True)
    opened = models.DateField(_("opened on"))
    #: the first day on which it no longer works
    closed = models.DateField(_("closed on"), null=True, blank=True)
    #: the enterprise that it was merged into
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        verbose_name = _("enterprise")

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        """Where it stands today, for scope and events."""
        return self.reporter.home.path


class Spell(models.Model):
    """Where the enterprise stood from ``since`` until, and not including, ``until``."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="spells")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="spells")
    industry = models.CharField(_("industry"), max_length=8)
    place = models.CharField(_("place"), max_length=12)
    ownership = models.CharField(_("ownership"), max_length=12, blank=True)
    size = models.CharField(_("size of enterprise"), max_length=8, blank=True)
    above_scale = models.BooleanField(_("above scale"), default=False)
    trader = models.BooleanField(_("foreign trader"), default=False)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ("enterprise", "since")
        verbose_name = _("spell")
        constraints = (
            models.UniqueConstraint(fields=["enterprise", "since"], name="one_spell_a_day"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="spell_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enterprise} {self.since}"

    def holds(self, day: date) -> bool:
        """Did it stand there on this day?"""
        return self.since <= day and (self.until is None or day < self.until)
