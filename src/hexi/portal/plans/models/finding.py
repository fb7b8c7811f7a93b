"""Check lines and findings (核算与问题), and what people decided about them.

Check lines belong to a reading and go with it; a decision hangs on the document and the finding's
own key, and meets the same finding again after a new reading.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.scope import ScopedQuerySet
from hexi.portal.plans.models.document import PlanDocument
from hexi.portal.plans.models.reading import Reading

__all__ = ["DecisionState", "FindingDecision", "FindingRow"]


class DecisionState(models.TextChoices):
    """What a person decided."""

    OPEN = "open", _("To settle")
    ACCEPTED = "accepted", _("Accepted")
    DISMISSED = "dismissed", _("Dismissed")


class FindingQuerySet(ScopedQuerySet):
    to_plan = "reading__document__plan__"


class FindingRow(models.Model):
    """One line of the audit, right or wrong."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="findings")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=300, db_index=True)
    check_code = models.CharField(max_length=8)
    verdict = models.CharField(max_length=10)
    rank = models.CharField(max_length=14)
    is_fault = models.BooleanField(default=False, db_index=True)
    start = models.PositiveIntegerField(default=0)
    record = models.JSONField(default=dict)
    #: sentences with the figures marked: {doc, statement, section, parts: [[text, marked]]}
    quotes = models.JSONField(default=list)
    #: numbers of the statements it rests on
    statements = models.JSONField(default=list)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ("reading", "number")
        verbose_name = _("finding")

    def __str__(self) -> str:
        return str(self.record.get("title", self.key))


class FindingDecision(models.Model):
    """The decision that holds now; how it came about stands in the events."""

    document = models.ForeignKey(PlanDocument, models.CASCADE, related_name="decisions")
    key = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=DecisionState.choices)
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["document", "key"], name="one_decision_a_finding"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
