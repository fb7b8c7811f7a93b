"""Monitored target (监测目标): a target as it is followed from its base year to its evaluation.

A plan's target becomes one when the plan is read; a part that a lower unit takes over when the
target is broken down (分解) is one too, with the same positions, lamps and pages. Its key lasts
over new readings of the document, so that positions, warnings and adjustments stay with it.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.scope import ScopedQuerySet
from hexi.portal.plans.models import PlanRow, TargetRow

__all__ = ["MonitoredTarget", "TargetState", "within_reach"]


class TargetState(models.TextChoices):
    """How far the target is agreed."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    #: no longer in the document
    ENDED = "ended", _("Ended")
    #: withdrawn by act (撤销): it stays to be seen, and counts no more
    WITHDRAWN = "withdrawn", _("Withdrawn by act")


def within_reach(person: Person, way: str = "") -> Q:
    """Targets that a member of staff sees besides the published ones; ``way`` leads to them.

    A plan's own unit sees all of it; a unit sees the parts it was asked to take over, and the
    parts it made itself while they are still a draft.
    """
    reach = Q(pk__in=())
    for path in person.scope_paths():
        reach |= Q(**{f"{way}plan__unit__path__startswith": path})
        reach |= Q(**{f"{way}parent__unit__path__startswith": path})
        reach |= Q(**{f"{way}unit__path__startswith": path, f"{way}parent__isnull": False}) & ~Q(
            **{f"{way}state": TargetState.DRAFT}
        )
    return reach


class MonitoredTargetQuerySet(ScopedQuerySet):
    """Targets; ``to_target`` is the way to them from what hangs on them."""

    to_plan = "plan__"

    to_target = ""

    def visible_to(self, person: Person | None) -> ScopedQuerySet:
        """Only what this person may see; of a part under negotiation the public sees nothing."""
        if person is not None and person.is_administrator:
            return self.all()
        way = self.to_target
        settled = Q(**{f"{way}parent__isnull": True}) | Q(
            **{f"{way}state__in": (TargetState.ACCEPTED, TargetState.ENDED, TargetState.WITHDRAWN)}
        )
        open_to_all = Q(**{f"{way}plan__published": True}) & settled
        if person is None:
            published = super().visible_to(None)  # nothing where reading is not public
            return published.filter(settled)
        return self.filter(open_to_all | within_reach(person, way))


class MonitoredTarget(models.Model):
    """One target under monitoring; its figures are those that hold today.

    Figures are decimals as text, without separators. What held before an adjustment stands in
    the adjustments.
    """

    plan = models.ForeignKey(PlanRow, models.CASCADE, related_name="monitored")
    #: the pack's id, or a hash of unit, indicator, measure, period and facets; parts: the
    #: parent's key and the unit
    key = models.CharField(max_length=160)
    #: None while the document is read again, and for parts
    target = models.ForeignKey(
        TargetRow, models.SET_NULL, null=True, blank=True, related_name="monitored"
    )
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    number = models.PositiveIntegerField(default=0)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="monitored")
    indicator_id = models.CharField(max_length=80, blank=True, db_index=True)
    indicator = models.CharField(_("indicator"), max_length=300)
    facets = models.JSONField(default=list)
    measure = models.CharField(max_length=20, blank=True)
    value = models.CharField(_("target value"), max_length=60, blank=True)
    bound = models.CharField(max_length=8, blank=True)
    measure_unit = models.CharField(max_length=60, blank=True)
    base = models.CharField(_("base value"), max_length=60, blank=True)
    base_period = models.CharField(max_length=20, blank=True)
    #: the plan period: base year and last year; the period that the figure is due for
    start = models.PositiveSmallIntegerField(null=True, blank=True)
    end = models.PositiveSmallIntegerField(null=True, blank=True)
    period = models.CharField(max_length=20, blank=True)
    nature = models.CharField(max_length=12, blank=True)
    place = models.CharField(max_length=300, blank=True)

    #: the agreed path: the shape's code, {period: decimal text}, and shares of the year by month
    #: or quarter
    path_shape = models.CharField(max_length=20, blank=True)
    path = models.JSONField(default=dict)
    seasonal = models.JSONField(default=list)

    #: responsible body and person (责任单位、责任人), what is required when, what is to bring it
    body = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="monitored"
    )
    requirement = models.TextField(_("progress requirement"), blank=True)
    measures = models.JSONField(default=list)
    projects = models.JSONField(default=list)

    #: of a part: the basis it was computed on, and what either side proposed, in order
    terms = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=TargetState.choices, default=TargetState.ACCEPTED, db_index=True
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=120, blank=True)
    #: 1 as first set, one more with each adjustment
    version = models.PositiveSmallIntegerField(default=1)
    changed_at = models.DateTimeField()

    #: the standing of today, beside the target so that lists, filters and counts are one query
    lamp = models.CharField(max_length=10, default="grey", db_index=True)
    latest = models.ForeignKey(
        "scoreboard.Standing", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MonitoredTargetQuerySet.as_manager()

    class Meta:
        ordering = ("plan", "number", "id")
        verbose_name = _("monitored target")
        constraints = (
            models.UniqueConstraint(fields=["plan", "key"], name="one_monitored_target_a_key"),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.value}{self.measure_unit}"

    @property
    def unit_path(self) -> str:
        """Scope of acts on it: its own unit's, else its plan's."""
        return self.unit.path if self.unit else self.plan.unit_path

    @property
    def setter_path(self) -> str:
        """Scope of who set it: the unit of the target it is a part of, else of the plan."""
        return self.parent.unit_path if self.parent else self.plan.unit_path

    def card(self) -> dict[str, Any]:
        """What an adjustment may change, as events and adjustments keep it."""
        return {
            "value": self.value,
            "bound": self.bound,
            "base": self.base,
            "base_period": self.base_period,
            "period": self.period,
            "end": self.end,
            "state": self.state,
        }
