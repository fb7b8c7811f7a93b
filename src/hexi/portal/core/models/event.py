"""Event (事件): who did what, when, what it was before and after, and why. Never changed.

Names are copied into the row, so that an event still reads when the person or the thing is gone;
there is no foreign key for the same reason. Database triggers refuse changes to the table.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Event"]


class AppendOnly(models.QuerySet["Event"]):
    """A queryset that can add and read, nothing else."""

    def update(self, **values: Any) -> NoReturn:
        raise TypeError("events are append-only")

    def delete(self) -> NoReturn:
        raise TypeError("events are append-only")


class Event(models.Model):
    """One row of the record of acts."""

    at = models.DateTimeField(_("time"), db_index=True)
    who = models.BigIntegerField(null=True)
    who_name = models.CharField(_("person"), max_length=120)
    act = models.CharField(_("act"), max_length=60, db_index=True)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64, blank=True)
    object_name = models.CharField(_("object"), max_length=300)
    #: scope of the object at that time
    unit_path = models.CharField(max_length=600, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("event")
        indexes = (models.Index(fields=["object_type", "object_id"]),)

    def __str__(self) -> str:
        return f"{self.act} {self.object_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("events are append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("events are append-only")
