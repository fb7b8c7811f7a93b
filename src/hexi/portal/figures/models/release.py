"""Release (公布): figures of one publication and period as they were given to everybody.

A release never changes. A correction is a release with the next version number; the old one stays
at its address. Cells that are confidential are decided once and stored with it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission

__all__ = ["Release"]


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases by space, and by who may see them."""

    def visible_to(self, person: Person | None, at: datetime) -> ReleaseQuerySet:
        """Those whose time has come; before it only who may release sees one."""
        if person is None and not settings.HEXI.public_reading:
            return self.none()
        if person is not None and person.grants(Permission.RELEASE):
            return self.all()
        return self.filter(public_at__lte=at)

    def current(self) -> ReleaseQuerySet:
        """The newest version of each period among these."""
        newest = self.order_by().values("space", "publication", "period").annotate(n=Max("version"))
        chosen = Q(pk__in=())
        for row in newest:
            chosen |= Q(
                space=row["space"],
                publication=row["publication"],
                period=row["period"],
                version=row["n"],
            )
        return self.filter(chosen)

    def listed(self) -> ReleaseQuerySet:
        """Without the figures themselves, for lists."""
        return self.defer("content", "decision")


class Release(models.Model):
    """One version of one publication for one period."""

    #: figures or practice
    space = models.CharField(max_length=10)
    publication = models.CharField(_("publication"), max_length=60)
    #: 2025 or 2025-03
    period = models.CharField(_("period"), max_length=10)
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    #: snapshot of the warehouse, and the definitions, that it was computed from
    snapshot = models.BigIntegerField()
    definitions = models.CharField(max_length=64)
    at = models.DateTimeField(_("released"))
    public_at = models.DateTimeField(_("public from"), db_index=True)
    by_name = models.CharField(max_length=120)
    reason = models.TextField(blank=True)
    cells = models.PositiveIntegerField()
    hidden = models.PositiveIntegerField()
    rule = models.CharField(max_length=120)
    #: the figures as they were printed (``release.stored``)
    content = models.BinaryField()
    #: what was decided about each cell; never shown outside the office
    decision = models.BinaryField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("-period", "publication", "-version")
        verbose_name = _("release")
        constraints = (
            models.UniqueConstraint(
                fields=["space", "publication", "period", "version"], name="one_release_a_version"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a release never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("a release never changes")
