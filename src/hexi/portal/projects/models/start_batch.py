"""Start batch (集中开工): projects whose start is celebrated on one day."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Permission
from hexi.portal.projects.practice_mark import called

__all__ = ["StartBatch"]


class StartBatches(models.QuerySet[Any]):
    """Batches are seen by staff inside whose scope their unit lies."""

    def visible_to(self, person: Person | None) -> StartBatches:
        """Only what this person may see."""
        if person is None or not person.grants(Permission.SEE_PROJECTS):
            return self.none()
        if person.is_administrator:
            return self.all()
        reach = Q(pk__in=())
        for path in person.scope_paths():
            reach |= Q(unit__path__startswith=path)
        return self.filter(reach)


class StartBatch(models.Model):
    """One ceremony; its projects point to it."""

    name = models.CharField(_("name"), max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField(_("day"), db_index=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    #: of practice projects alone; it goes when they are taken away
    practice = models.BooleanField(default=False)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = StartBatches.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name = _("start batch")

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name as it is shown: that of a batch of practice projects with its mark."""
        return called(self.name, self.practice)

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.unit.path
