"""Contract of target responsibility (目标责任书): what a holder answers for in a year."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.models.duty_year import DutyYear
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.scope import ScopedQuerySet

__all__ = ["DutyContract"]


class DutyContractQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person | None) -> ScopedQuerySet:
        """The office that sets them sees all; a holder its own once it is signed."""
        if person is None:
            return self.none()
        if person.is_administrator:
            return self.all()
        signed = Q(signed_at__isnull=False)
        reach = Q(person=person) & signed
        for path in person.scope_paths():
            reach |= Q(duty_year__unit__path__startswith=path)
            reach |= Q(holder__path__startswith=path) & signed
        return self.filter(reach)


class DutyContract(models.Model):
    """A draft until it is signed; then only facts are added until the year is closed."""

    duty_year = models.ForeignKey(DutyYear, models.CASCADE, related_name="contracts")
    #: unit or person of the register that holds it, where it has one
    holder = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    #: key of the holder in results and files
    code = models.CharField(max_length=80)
    name = models.CharField(_("holder of the contract"), max_length=200)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=120, blank=True)
    #: as computed at the close
    score = models.FloatField(null=True, blank=True)
    grade = models.CharField(max_length=40, blank=True)
    rank = models.PositiveIntegerField(default=0)

    objects = DutyContractQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("contract of target responsibility")
        constraints = (
            models.UniqueConstraint(
                fields=["duty_year", "code"], name="one_contract_a_holder_and_year"
            ),
        )

    def __str__(self) -> str:
        return f"{self.duty_year.year} {self.name}"

    @property
    def is_draft(self) -> bool:
        """May its tasks and weights still change?"""
        return self.signed_at is None

    def card(self) -> dict[str, Any]:
        """What an event keeps of it."""
        return {
            "holder": self.name,
            "signed": self.signed_at is not None,
            "weights": {task.title: task.weight for task in self.tasks.all()},
        }
