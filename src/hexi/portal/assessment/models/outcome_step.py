"""Step of a case (办理环节): proposal, hearing, answer, decision, notice, revocation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.portal.assessment.models.outcome_case import OutcomeCase

__all__ = ["OutcomeStep", "StepKind"]


class StepKind(models.TextChoices):
    """Which act it was."""

    PROPOSAL = "proposal", _("Proposal")
    HEARING = "hearing", _("Hearing")
    ANSWER = "answer", _("Answer of the unit")
    DECISION = "decision", pgettext_lazy("assessment", "Decision")
    NOTICE = "notice", _("Notice to the unit")
    REVOCATION = "revocation", _("Revocation")


class OutcomeStep(models.Model):
    """Never changed once taken: the documents of a case are written from its steps."""

    case = models.ForeignKey(OutcomeCase, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    #: reasons, the unit's words, or those of the decision
    text = models.TextField(blank=True)
    #: number of the document (发文字号)
    number = models.CharField(max_length=80, blank=True)
    #: of a hearing: last day for the unit's answer (陈述申辩期限)
    answer_by = models.DateField(null=True, blank=True)
    #: of a decision
    adopted = models.BooleanField(null=True)
    #: of a decision: conditions that nobody had reported and that were looked into, by id
    verified = models.JSONField(default=list)
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = _("step of a case")
        constraints = (models.UniqueConstraint(fields=["case", "kind"], name="an_act_once_a_case"),)

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"
