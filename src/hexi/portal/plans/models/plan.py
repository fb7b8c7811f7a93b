"""Plan (规划): a title, a unit and a horizon, with the documents that say it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.core.scope import ScopedQuerySet

__all__ = ["PlanRegister", "PlanRow", "Source"]


class Source(models.TextChoices):
    """Where the plan came from."""

    PACK = "pack", _("Policy pack")
    UPLOAD = "upload", _("Upload")
    SAMPLE = "sample", _("Sample")


class PlanRow(models.Model):
    """One plan in the library. Published plans can be read by all who may read the portal."""

    title = models.CharField(_("title"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="plans")
    level = models.CharField(_("level"), max_length=40, blank=True)
    first_year = models.PositiveSmallIntegerField(_("from"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    #: the plan's id in the pack; empty for uploads
    pack_id = models.CharField(max_length=80, blank=True, db_index=True)
    published = models.BooleanField(_("published"), default=False, db_index=True)
    upper = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="lower")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("first_year", "id")
        verbose_name = _("plan")

    def __str__(self) -> str:
        return self.title

    @property
    def unit_path(self) -> str:
        """Scope of the plan; empty where no unit is known, which only administrators reach."""
        return self.unit.path if self.unit else ""

    def register(self) -> dict[str, Any]:
        """Goals, parks, projects, chapters as the pack or the current reading gives them."""
        kept = PlanRegister.objects.filter(plan=self).first()
        return kept.record if kept else {}

    def put_register(self, record: dict[str, Any]) -> None:
        """Replace the register."""
        PlanRegister.objects.update_or_create(plan=self, defaults={"record": record})


class PlanRegister(models.Model):
    """The register of a plan; apart from the plan because it is long and lists never need it."""

    plan = models.OneToOneField(PlanRow, models.CASCADE, primary_key=True)
    record = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.plan.title
