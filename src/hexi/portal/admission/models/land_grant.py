"""Land of a project (供地): when it was given, by when building was to begin, at what price."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.scope import ProjectScope

__all__ = ["LandGrant"]


class LandGrant(models.Model):
    """The contract or allocation of one project's land; its event keeps what stood before."""

    project = models.OneToOneField(ProjectRecord, models.CASCADE, related_name="land_grant")
    given = models.DateField(_("land given on"))
    contract = models.CharField(_("contract or decision"), max_length=200)
    area_mu = models.DecimalField(
        _("area, mu"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    #: yuan
    price = models.BigIntegerField(_("price of the land"), null=True, blank=True)
    agreed_start = models.DateField(_("agreed start"))
    agreed_end = models.DateField(_("agreed completion"), null=True, blank=True)
    #: built area over the area to be built, per cent, as surveyed
    built_percent = models.DecimalField(
        _("built area, %"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = ProjectScope.as_manager()

    class Meta:
        ordering = ("project",)
        verbose_name = _("land of a project")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(agreed_end=None) | Q(agreed_end__gte=F("agreed_start")),
                name="land_agreed_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.contract
