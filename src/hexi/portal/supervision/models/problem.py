"""Problem (问题台账): what holds a project or enterprise up, who owns it, by when it is answered.

Raised by a steward or by the enterprise itself, answered by its owner, closed only by the one who
raised it. A problem that nobody answers in time rises unit by unit.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.returns.models import Enterprise
from hexi.portal.supervision.models.visit import Visit
from hexi.portal.supervision.scope import MatterScope

__all__ = ["Problem", "ProblemAnswer", "ProblemState"]


class ProblemState(models.TextChoices):
    """How far it has been dealt with."""

    OPEN = "open", _("To answer")
    ANSWERED = "answered", _("Answered, to close")
    CLOSED = "closed", _("Solved and closed")


class Problems(MatterScope):
    units = ("unit", "owner_unit", "desk")
    people = ("owner_person", "raiser")
    enterprises = ("enterprise", "project__enterprise")


class Problem(models.Model):
    """One problem of a project, or of an enterprise without one."""

    project = models.ForeignKey(
        ProjectRecord, models.PROTECT, null=True, blank=True, related_name="problems"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="problems"
    )
    #: where it happens: the project's unit, or the enterprise's park
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    #: kind of the pack
    kind = models.CharField(_("kind"), max_length=40, db_index=True)
    title = models.CharField(_("problem"), max_length=200)
    detail = models.TextField(_("description"), blank=True)
    visit = models.ForeignKey(
        Visit, models.SET_NULL, null=True, blank=True, related_name="problems"
    )

    raised_on = models.DateField(_("raised"))
    raised_at = models.DateTimeField()
    raiser = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    raised_by = models.CharField(max_length=120)

    #: who answers: an office with a seat here, a person of it, or a body by name
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner_person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    owner_body = models.CharField(_("responsible body"), max_length=120, blank=True)

    #: working days that it was given, and the last day; False: that year is not announced
    days = models.PositiveSmallIntegerField(_("working days"))
    deadline = models.DateField(_("deadline"), db_index=True)
    announced = models.BooleanField(default=True)
    state = models.CharField(
        max_length=10, choices=ProblemState.choices, default=ProblemState.OPEN, db_index=True
    )
    #: levels that it has risen, the unit that it has risen to, and the day that it rises next
    risen = models.PositiveSmallIntegerField(default=0)
    desk = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    rises_after = models.DateField(null=True, blank=True, db_index=True)
    #: grows when it is reopened: a round of its own for proposals
    round = models.PositiveSmallIntegerField(default=1)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)
    closing = models.TextField(_("closing remark"), blank=True)
    #: addresses that its present step was mailed to
    mailed_to = models.JSONField(default=list, blank=True)
    practice = models.BooleanField(default=False)

    objects = Problems.as_manager()

    class Meta:
        ordering = ("deadline", "id")
        verbose_name = _("problem")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(project__isnull=False) | Q(enterprise__isnull=False),
                name="problem_of_project_or_firm",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "deadline"]),
            models.Index(fields=["unit", "state"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def unit_path(self) -> str:
        """Where it happens, for scope and events."""
        return self.unit.path

    @property
    def about(self) -> str:
        """The project or enterprise that it is about."""
        return str(self.project or self.enterprise)


class ProblemAnswer(models.Model):
    """One answer (答复); a problem may get several before it is solved."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="answers")
    text = models.TextField(_("answer"))
    #: by when it will be solved, where the answer says so
    promised = models.DateField(_("to be solved by"), null=True, blank=True)
    in_time = models.BooleanField()
    at = models.DateTimeField()
    who = models.BigIntegerField()
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("problem", "id")
        verbose_name = _("answer")

    def __str__(self) -> str:
        return self.text[:40]
