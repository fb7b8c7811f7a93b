"""Calendar key (日历密钥): with it a calendar program reads one person's deadlines, nothing else.

Calendar programs cannot sign in, so the key stands in the address; only its digest is kept, and a
new one makes the old one void.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person

__all__ = ["CalendarKey"]


class CalendarKey(models.Model):
    """The one key of a person."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_key")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar key")

    def __str__(self) -> str:
        return self.person.username
