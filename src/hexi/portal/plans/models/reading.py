"""Reading (读取): what one version of the engine made of one document, and how far it has come.

A reading is written whole or not at all. It is claimed by a worker for a while (``lease_until``);
when the worker dies, the lease runs out and another takes the reading up again.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.scope import ScopedQuerySet
from hexi.portal.plans.models.document import PlanDocument

__all__ = ["Reading", "ReadingBody", "ReadingState", "packed", "unpacked"]


class ReadingState(models.TextChoices):
    """How far the reading is."""

    QUEUED = "queued", _("Waiting")
    READING = "reading", _("Reading")
    READY = "ready", _("Read")
    FAILED = "failed", _("Not readable")


class ReadingQuerySet(ScopedQuerySet):
    to_plan = "document__plan__"


def packed(value: Any) -> bytes:
    """Compact JSON, compressed."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpacked(data: bytes | memoryview) -> Any:
    return json.loads(zlib.decompress(data))


class Reading(models.Model):
    """One pass of the engine over one document."""

    document = models.ForeignKey(PlanDocument, models.CASCADE, related_name="readings")
    state = models.CharField(max_length=10, choices=ReadingState.choices, db_index=True)
    #: the reading whose rows count; at most one a document
    current = models.BooleanField(default=False, db_index=True)
    engine = models.CharField(max_length=40, blank=True)
    phase = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    #: code, file, place, message, message_en, remedy, remedy_en of a refusal
    error = models.JSONField(default=dict)
    characters = models.PositiveIntegerField(default=0)
    notices = models.JSONField(default=list)
    #: how many statements, checks and faults there are; kept for lists
    statement_count = models.PositiveIntegerField(default=0)
    check_count = models.PositiveIntegerField(default=0)
    fault_count = models.PositiveIntegerField(default=0)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("reading")
        constraints = (
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(current=True),
                name="one_current_reading_a_document",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document} {self.state}"

    def canonical_text(self) -> str:
        """The text that offsets count in."""
        return self._body().canonical_text()

    def block_record(self) -> dict[str, Any]:
        """The document's record beside its text: title, flags, blocks."""
        return self._body().block_record()

    def _body(self) -> ReadingBody:
        if not hasattr(self, "_kept_body"):
            self._kept_body = ReadingBody.objects.filter(reading=self).first() or ReadingBody()
        return self._kept_body


class ReadingBody(models.Model):
    """Text and blocks of a reading; apart from it because lists never need them."""

    reading = models.OneToOneField(Reading, models.CASCADE, primary_key=True)
    #: canonical text (compressed UTF-8) and the document's record (compressed JSON)
    text = models.BinaryField(default=b"")
    blocks = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return str(self.reading_id)

    def canonical_text(self) -> str:
        if not hasattr(self, "_text"):
            self._text = zlib.decompress(self.text).decode() if self.text else ""
        return self._text

    def block_record(self) -> dict[str, Any]:
        record: dict[str, Any] = unpacked(self.blocks) if self.blocks else {}
        return record
