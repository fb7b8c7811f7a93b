"""Batch (上传批次): a workbook, a zip of workbooks or a table, with one line for each return in it.

A batch is first read into a preview that changes nothing; then it is applied return by return, each
in a transaction of its own. Both are done by the worker, which may be cut off and goes on.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.returns.models.form_return import Return

__all__ = ["Batch", "BatchLine", "BatchState", "LineState"]


class BatchState(models.TextChoices):
    """How far the batch is."""

    QUEUED = "queued", pgettext_lazy("batch", "Waiting")
    READING = "reading", pgettext_lazy("batch", "Being read")
    READ = "read", pgettext_lazy("batch", "Preview")
    TO_APPLY = "to_apply", pgettext_lazy("batch", "Waiting to be applied")
    APPLYING = "applying", pgettext_lazy("batch", "Being applied")
    APPLIED = "applied", pgettext_lazy("batch", "Applied")
    FAILED = "failed", pgettext_lazy("batch", "Not readable")


class LineState(models.TextChoices):
    """What becomes of one return of the batch."""

    GOOD = "good", pgettext_lazy("batch line", "Ready")
    SAME = "same", pgettext_lazy("batch line", "Nothing new")
    ASKED = "asked", pgettext_lazy("batch line", "Asked")
    REFUSED = "refused", pgettext_lazy("batch line", "Refused")
    APPLIED = "applied", pgettext_lazy("batch line", "Applied")


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches are seen by whoever uploaded them, and by the administrator."""

    def visible_to(self, person: Person | None) -> BatchQuerySet:
        """Only what this person may see."""
        if person is None or not person.grants(Permission.FILL):
            return self.none()
        return self.all() if person.is_administrator else self.filter(person=person)


class Batch(models.Model):
    """One upload."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="batches")
    name = models.CharField(_("file name"), max_length=255)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.QUEUED)
    #: apply what is without question as soon as it has been read
    at_once = models.BooleanField(default=False)
    #: submit what has nothing open when it is applied
    submit = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    uploaded_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    #: why nothing of it can be read
    error = models.JSONField(default=dict)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("batch")
        constraints = (
            # the very same file again is the very same batch: nothing counts twice
            models.UniqueConstraint(fields=["person", "digest"], name="one_batch_a_file"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def busy(self) -> bool:
        """Does the worker still have something to do?"""
        return self.state not in (BatchState.READ, BatchState.APPLIED, BatchState.FAILED)


class BatchLine(models.Model):
    """One return of a batch: what the file says, what would change, what is wrong."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    name = models.CharField(_("file name"), max_length=255)
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=LineState.choices)
    reporter_code = models.CharField(max_length=64, blank=True)
    reporter_name = models.CharField(max_length=200, blank=True)
    form = models.CharField(max_length=40, blank=True)
    period = models.PositiveIntegerField(default=0)
    target = models.ForeignKey(
        Return, models.SET_NULL, null=True, blank=True, related_name="batch_lines"
    )
    #: cells and units as written, and the count of changes that the template knew
    content = models.JSONField(default=dict)
    #: cell, before, after, sheet and place of what would change
    changes = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    #: somebody has said that what was asked is right
    confirmed = models.BooleanField(default=False)
    submitted = models.BooleanField(default=False)

    class Meta:
        ordering = ("batch", "number")
        verbose_name = _("line of a batch")
        constraints = (
            models.UniqueConstraint(fields=["batch", "number"], name="one_line_a_number"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def open(self) -> bool:
        """Is it to be applied?"""
        return self.state == LineState.GOOD or (self.state == LineState.ASKED and self.confirmed)

    def card(self) -> dict[str, Any]:
        """What an event keeps of it."""
        return {"form": self.form, "period": self.period, "cells": len(self.changes)}
