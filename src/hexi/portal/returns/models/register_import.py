"""Register import (名录导入): a file of a register, what it would change, and what it changed.

A file is first read into a preview that changes nothing; applying it is one transaction, and what
stood before is kept, so that it can be undone.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["ImportState", "RegisterImport"]


class ImportState(models.TextChoices):
    """How far the import is."""

    PREPARED = "prepared", _("Preview")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")


class RegisterImport(models.Model):
    """One file."""

    #: which register it is of: enterprise, project
    kind = models.CharField(max_length=12, default="enterprise")
    name = models.CharField(_("file name"), max_length=255)
    digest = models.CharField(max_length=64)
    #: the file itself: it is read again when it is applied
    content = models.BinaryField(default=b"")
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.PREPARED
    )
    who = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    #: lines of the preview: place in the file, kind, values, before
    lines = models.JSONField(default=list)
    #: lines by kind: new, changed, unchanged, refused
    counts = models.JSONField(default=dict)
    #: what stood before, by row of the register, for undoing
    undo = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("register import")

    def __str__(self) -> str:
        return self.name
