"""Early warning (预警): a rule saw that a target may be missed; somebody answers for it by a day.

Open until its owner answers, closed by who stands above; when the day has passed it rises one
level, as the rule says. Whether it was right is counted when the target is due.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Permission
from hexi.portal.scoreboard.models.monitored_target import MonitoredTarget, within_reach

__all__ = ["EarlyWarning", "WarningState"]


class WarningState(models.TextChoices):
    """How far it has been dealt with."""

    OPEN = "open", _("To answer")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class WarningQuerySet(QuerySet[Any]):
    """Warnings are matters of the office; the public sees lamps, not who was asked what."""

    def visible_to(self, person: Person | None) -> WarningQuerySet:
        """Only what this person may see."""
        if person is None or not person.grants(Permission.SEE_WARNINGS):
            return self.none()
        if person.is_administrator:
            return self.all()
        mine = Q(person=person)
        for path in person.scope_paths():
            mine |= Q(unit__path__startswith=path)
        return self.filter(mine | within_reach(person, "target__"))


class EarlyWarning(models.Model):
    """One warning on one target by one rule."""

    target = models.ForeignKey(MonitoredTarget, models.CASCADE, related_name="warnings")
    #: what it warns of (the engine's kinds), what sets it apart from others of its kind on the
    #: target (a period, an enterprise, a project), and the dated rule
    kind = models.CharField(max_length=30, db_index=True)
    about = models.CharField(max_length=200, blank=True)
    rule = models.CharField(max_length=80)
    as_of = models.DateField()
    level = models.CharField(max_length=10)
    state = models.CharField(
        max_length=10, choices=WarningState.choices, default=WarningState.OPEN, db_index=True
    )
    #: who answers: the responsible person, and the unit that answers where nobody is named
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="warnings"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    deadline = models.DateField(db_index=True)
    #: False where a year was counted whose holidays are not announced
    announced = models.BooleanField(default=True)
    #: working days that each level above gets when it rises
    escalate_days = models.PositiveSmallIntegerField(default=5)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_who = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    closing = models.TextField(_("closing remark"), blank=True)
    #: how many levels it has risen, and the unit whose office closes it
    escalated = models.PositiveSmallIntegerField(default=0)
    desk = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    #: the figures it was raised on, and the sentences of its reasons
    record = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    #: addresses that its present level was mailed to
    mailed_to = models.JSONField(default=list, blank=True)

    objects = WarningQuerySet.as_manager()

    class Meta:
        ordering = ("deadline", "id")
        verbose_name = _("early warning")
        constraints = (
            models.UniqueConstraint(
                fields=["target", "kind", "about"],
                condition=~Q(state="closed"),
                name="one_open_warning_a_matter",
            ),
        )

    def __str__(self) -> str:
        return str(self.target)

    @property
    def unit_path(self) -> str:
        """Scope of who answers."""
        return self.unit.path if self.unit else self.target.unit_path

    @property
    def desk_path(self) -> str:
        """Scope of who closes it."""
        return self.desk.path if self.desk else self.target.setter_path
