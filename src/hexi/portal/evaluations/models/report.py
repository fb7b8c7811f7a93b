"""Evaluation report (评估报告): computed from what was known on a day, worded by people, issued.

A draft is computed again as often as wanted; what people wrote is kept apart and laid over it. An
issued report never changes: who needs another starts a new one.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.monitoring.evaluation.nouns import Evaluation
from hexi.monitoring.evaluation.stored import from_record
from hexi.portal.core.models import Person
from hexi.portal.core.scope import ScopedQuerySet
from hexi.portal.plans.models import PlanRow

__all__ = ["EvaluationReport", "ReportKind", "ReportState"]


class ReportKind(models.TextChoices):
    """When in a plan's life it is written."""

    YEARLY = "yearly", _("Yearly evaluation")
    MIDTERM = "midterm", _("Mid-term evaluation")
    FINAL = "final", _("Final evaluation")


class ReportState(models.TextChoices):
    """Can it still change?"""

    DRAFT = "draft", _("Draft report")
    ISSUED = "issued", _("Issued")


class ReportQuerySet(ScopedQuerySet):
    to_plan = "plan__"
    to_report = ""

    def visible_to(self, person: Person | None) -> ScopedQuerySet:
        """Drafts are the business of the plan's own office; issued ones go with the plan."""
        issued = Q(**{f"{self.to_report}state": ReportState.ISSUED})
        published = Q(**{f"{self.to_plan}published": True})
        if person is None:
            return self.filter(issued & published) if settings.HEXI.public_reading else self.none()
        if person.is_administrator:
            return self.all()
        reach = issued & published
        for path in person.scope_paths():
            reach |= Q(**{f"{self.to_plan}unit__path__startswith": path})
        return self.filter(reach)


class EvaluationReport(models.Model):
    """One report with its computed content."""

    plan = models.ForeignKey(PlanRow, models.CASCADE, related_name="evaluations")
    kind = models.CharField(_("kind"), max_length=8, choices=ReportKind.choices)
    #: what was known on this day
    as_of = models.DateField(_("as of"))
    state = models.CharField(
        max_length=8, choices=ReportState.choices, default=ReportState.DRAFT, db_index=True
    )
    title = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    #: the computed report, `hexi.monitoring.evaluation.stored`
    content = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=120, blank=True)
    computed_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.CharField(max_length=120, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-as_of", "-id")
        verbose_name = _("evaluation report")

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == ReportState.DRAFT

    def evaluation(self) -> Evaluation:
        """The computed report, typed."""
        return from_record(self.content)

    def card(self) -> dict[str, str]:
        """What an event keeps of it."""
        return {"kind": self.kind, "as_of": self.as_of.isoformat(), "state": self.state}
