"""Statement row (数量陈述): one figure of a reading, with the corrections of people applied."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.scope import ScopedQuerySet
from hexi.portal.plans.models.reading import Reading

__all__ = ["StatementRow"]


class StatementQuerySet(ScopedQuerySet):
    to_plan = "reading__document__plan__"


class StatementRow(models.Model):
    """The fields that pages filter and sort by stand in columns; ``record`` has all of them."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.CharField(max_length=200)
    subject = models.CharField(max_length=300, blank=True)
    indicator = models.CharField(max_length=300, blank=True)
    indicator_id = models.CharField(max_length=80, blank=True, db_index=True)
    measure = models.CharField(max_length=20)
    #: exact decimal as text; ``size`` is the same as a float, for sorting only
    value = models.CharField(max_length=60)
    size = models.FloatField(null=True)
    unit = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=20, blank=True)
    modality = models.CharField(max_length=12)
    bound = models.CharField(max_length=8)
    table = models.BooleanField(default=False)
    block = models.IntegerField(default=-1)
    confidence = models.FloatField(default=1.0)
    corrected = models.BooleanField(default=False)
    record = models.JSONField(default=dict)
    #: the whole statement as the engine read it, where a correction changed it
    as_read = models.JSONField(default=dict)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ("reading", "number")
        verbose_name = _("statement")
        constraints = (
            models.UniqueConstraint(fields=["reading", "number"], name="statement_number"),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.indicator} {self.text}"
