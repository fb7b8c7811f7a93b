"""Wording (人工修改): a person's words for one sentence or blank of a report, in one language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.monitoring.evaluation.keeping import Edit
from hexi.monitoring.evaluation.nouns import Language
from hexi.portal.evaluations.models.report import EvaluationReport

__all__ = ["Wording"]


class Wording(models.Model):
    """The latest words; what stood before is in the record of acts."""

    report = models.ForeignKey(EvaluationReport, models.CASCADE, related_name="wordings")
    #: key of the sentence or blank in the computed report
    part = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=[("zh", "zh"), ("en", "en")])
    text = models.TextField()
    #: the computed text that it was written against
    base = models.TextField(blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = _("wording")
        constraints = (
            models.UniqueConstraint(
                fields=["report", "part", "language"], name="one_wording_a_part_and_language"
            ),
        )

    def __str__(self) -> str:
        return self.part

    def as_edit(self) -> Edit:
        """As the engine lays it over the report."""
        language: Language = "en" if self.language == "en" else "zh"
        return Edit(self.part, language, self.text, self.base, self.by_name, self.at.isoformat())
