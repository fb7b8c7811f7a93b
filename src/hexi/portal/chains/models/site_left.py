"""What a site has left (载体余量): land and energy that a zone can still give to newcomers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.core.scope import ScopedQuerySet

__all__ = ["SiteLeft"]


class SitesLeft(ScopedQuerySet):
    """The newest one of each zone counts; they are shown to whoever covers the zone, or to all."""


class SiteLeft(models.Model):
    """What one zone said on one day; a newer row replaces it, older ones stay."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sites_left")
    land_mu = models.DecimalField(
        _("land left, mu"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    energy_tce = models.DecimalField(
        _("energy left, tce a year"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=300)
    #: the day that the figures are of
    day = models.DateField(_("day"))
    #: whether investors may see it
    published = models.BooleanField(_("open to the public"), default=False)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = SitesLeft.as_manager()

    class Meta:
        ordering = ("unit", "-day", "-id")
        verbose_name = _("what a site has left")
        constraints = (
            models.CheckConstraint(
                condition=Q(land_mu__isnull=False) | Q(energy_tce__isnull=False),
                name="something_is_left",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.day}"
