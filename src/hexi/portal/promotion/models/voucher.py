"""Voucher (到位资金凭证): one payment into a project, with payer, evidence and verifier.

A voucher is never changed: a mistake is taken back by a reversal, which is a voucher too. Whether
the money counts, the rules of the pack say whenever it is asked for; only the facts are kept.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.portal.core.models import Person
from hexi.portal.projects.models import ProjectFile, ProjectRecord
from hexi.portal.promotion.scope import PromotionScope

__all__ = ["Voucher", "VoucherState"]


class VoucherState(models.TextChoices):
    """Whether another person has seen the evidence."""

    PENDING = "pending", _("To be verified")
    VERIFIED = "verified", _("Verified")
    REJECTED = "rejected", pgettext_lazy("voucher", "Rejected")


class Vouchers(PromotionScope):
    to_unit = "project__unit__path"


class Voucher(models.Model):
    """One payment."""

    project = models.ForeignKey(ProjectRecord, models.PROTECT, related_name="vouchers")
    day = models.DateField(_("day"), db_index=True)
    #: yuan; a reversal is below nothing
    amount = models.BigIntegerField(_("amount"))
    #: list ``fund`` of the pack's words
    kind = models.CharField(_("kind"), max_length=20)
    payer = models.CharField(_("payer"), max_length=200)
    payer_code = models.CharField(_("credit code of the payer"), max_length=18, blank=True)
    origin = models.CharField(_("origin"), max_length=20)
    #: place of the payer, GB/T 2260, where it lies in the country
    payer_place = models.CharField(_("place of the payer"), max_length=12, blank=True)
    evidence = models.ForeignKey(ProjectFile, models.PROTECT, related_name="vouchers")
    note = models.CharField(_("note"), max_length=300, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal"
    )
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    state = models.CharField(
        max_length=10, choices=VoucherState.choices, default=VoucherState.PENDING, db_index=True
    )
    verified_by = models.CharField(max_length=120, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    #: why it was rejected, or why it is no copy although it looks like one
    verdict = models.CharField(max_length=300, blank=True)
    distinct = models.BooleanField(default=False)

    objects = Vouchers.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name = _("voucher")
        indexes: ClassVar = [models.Index(fields=["project", "day"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reverses=None, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="only_a_reversal_is_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer} {self.day}"

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.project.unit.path
