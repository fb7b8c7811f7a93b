"""Visit (走访): a leader or officer calls on a project or enterprise, and hears what it needs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.returns.models import Enterprise
from hexi.portal.supervision.scope import MatterScope

__all__ = ["Visit", "VisitState"]


class VisitState(models.TextChoices):
    """Whether it was paid."""

    PLANNED = "planned", _("To be paid")
    PAID = "paid", _("Paid")
    DROPPED = "dropped", _("Dropped")


class Visits(MatterScope):
    units = ("unit",)
    people = ("visitor",)
    enterprises = ("enterprise", "project__enterprise")


class Visit(models.Model):
    """One visit, planned or paid; the kind is data of the pack (六必访)."""

    kind = models.CharField(_("kind"), max_length=40, db_index=True)
    project = models.ForeignKey(
        ProjectRecord, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    #: who visits; by name where there is no account
    visitor = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="visits"
    )
    visitor_name = models.CharField(_("visitor"), max_length=120)
    planned = models.DateField(_("planned for"), db_index=True)
    paid = models.DateField(_("paid on"), null=True, blank=True, db_index=True)
    heard = models.TextField(_("what was heard"), blank=True)
    state = models.CharField(
        max_length=10, choices=VisitState.choices, default=VisitState.PLANNED, db_index=True
    )
    note = models.TextField(_("note"), blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = Visits.as_manager()

    class Meta:
        ordering = ("planned", "id")
        verbose_name = _("visit")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(project__isnull=False) | Q(enterprise__isnull=False),
                name="visit_of_project_or_firm",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid__isnull=False), name="visit_paid_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.about

    @property
    def unit_path(self) -> str:
        """Where it is paid, for scope and events."""
        return self.unit.path

    @property
    def about(self) -> str:
        """The project or enterprise that is visited."""
        return str(self.project or self.enterprise)
