"""Stalled case (闲置停滞处置): what a rule found on a site, verified and dealt with by people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.scope import ProjectScope

__all__ = ["CLOSED", "CaseState", "CaseStep", "Settlement", "StalledCase"]


class CaseState(models.TextChoices):
    """How far it is. What a rule sees and nobody has taken up has no case yet."""

    VERIFIED = "verified", pgettext_lazy("stalled case", "Verified")
    TERM = "term", pgettext_lazy("stalled case", "Term given")
    SETTLED = "settled", pgettext_lazy("stalled case", "Settled")
    DISMISSED = "dismissed", pgettext_lazy("stalled case", "Not upheld")


CLOSED = (CaseState.SETTLED, CaseState.DISMISSED)


class Settlement(models.TextChoices):
    """How a case was settled (处置方式)."""

    STARTED = "started", _("Building or production has begun")
    FEE = "fee", _("Idle-land fee paid")
    TAKEN_BACK = "taken_back", _("Land taken back")
    AGREED_ANEW = "agreed_anew", _("Terms agreed anew")
    GOVERNMENT_CAUSE = "government_cause", _("Delay caused by the government")


class StalledCase(models.Model):
    """One case; it keeps what the rule saw on the day it was taken up."""

    project = models.ForeignKey(ProjectRecord, models.CASCADE, related_name="stalled_cases")
    family = models.CharField(max_length=40)
    rule = models.CharField(_("rule"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=CaseState.choices)
    #: the day that the rule counts from, and the day on which the case was taken up
    since = models.DateField(_("since"))
    found_on = models.DateField(_("taken up on"))
    reason = models.TextField(_("what the rule saw"))
    reason_en = models.TextField()
    #: yuan
    fee = models.BigIntegerField(_("idle-land fee"), null=True, blank=True)
    term = models.DateField(_("term"), null=True, blank=True)
    settlement = models.CharField(
        _("settlement"), max_length=20, choices=Settlement.choices, blank=True
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = ProjectScope.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("stalled case")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "family"],
                condition=Q(closed_on=None),
                name="one_open_case_a_family",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.rule}"

    @property
    def is_open(self) -> bool:
        """Is something still to be done?"""
        return self.closed_on is None


class CaseStep(models.Model):
    """One step on a case, with its reason; kept for good."""

    case = models.ForeignKey(StalledCase, models.CASCADE, related_name="steps")
    state = models.CharField(_("step"), max_length=10, choices=CaseState.choices)
    day = models.DateField(_("day"))
    reason = models.TextField(_("reason"))
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    term = models.DateField(_("term"), null=True, blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "id")
        verbose_name = _("step on a stalled case")

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"
