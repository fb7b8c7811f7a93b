"""Agreement (招商协议): what the parties promise, clause by clause, and its fair-competition check.

Every change of the clauses makes a new version, and a check holds for the version that was
checked. Drafting and checking are two people's work.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.portal.core.models import Person
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.promotion.models.activity import Activity
from hexi.portal.promotion.scope import PromotionScope

__all__ = ["Agreement", "AgreementClause", "AgreementState", "FairCheck"]


class AgreementState(models.TextChoices):
    """How it stands."""

    DRAFT = "draft", pgettext_lazy("agreement", "Draft")
    PASSED = "passed", _("Check passed")
    REFUSED = "refused", _("Check refused")
    SIGNED = "signed", _("Signed")
    DROPPED = "dropped", pgettext_lazy("agreement", "Dropped")


class Agreements(PromotionScope):
    to_unit = "project__unit__path"


class Agreement(models.Model):
    """One agreement of a project."""

    project = models.ForeignKey(ProjectRecord, models.PROTECT, related_name="agreements")
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("number"), max_length=80, blank=True)
    parties = models.CharField(_("parties"), max_length=400)
    #: yuan that the investor promises
    amount = models.BigIntegerField(_("investment agreed"), null=True, blank=True)
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="agreements"
    )
    state = models.CharField(
        max_length=10, choices=AgreementState.choices, default=AgreementState.DRAFT, db_index=True
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True, db_index=True)
    drafter = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    drafter_name = models.CharField(_("drafted by"), max_length=120)
    #: grows with every change of the clauses
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    objects = Agreements.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("agreement")

    def __str__(self) -> str:
        return self.title

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.project.unit.path


class AgreementClause(models.Model):
    """One clause; its kind says what the check asks of it."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="clauses")
    number = models.PositiveSmallIntegerField()
    #: a kind of clause of the pack's fair-competition rules
    kind = models.CharField(_("kind"), max_length=20)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ("agreement", "number")
        verbose_name = _("clause")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_clause_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.number}"


class FairChecks(PromotionScope):
    to_unit = "agreement__project__unit__path"


class FairCheck(models.Model):
    """One finished check (公平竞争审查表); never changed."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="checks")
    version = models.PositiveIntegerField()
    #: passed, excepted, refused
    result = models.CharField(max_length=10)
    #: who was heard (Art. 16), and what follows
    heard = models.TextField(_("who was heard"), blank=True)
    reason = models.TextField(_("conclusion"))
    #: clauses and answers as they were; the record that is printed
    findings = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    day = models.DateField()
    at = models.DateTimeField()

    objects = FairChecks.as_manager()

    class Meta:
        ordering = ("agreement", "-id")
        verbose_name = _("fair-competition check")

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.result}"

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.agreement.project.unit.path
