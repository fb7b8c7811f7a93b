"""Supervision order (督办单): an office asks another to act by a day; in three levels.

Proposed by rule or written by hand, issued by a person who may supervise. Unanswered it rises:
reminder (蓝色提醒), warning (黄色预警), talk (红色约谈). Its number counts by issuer and year.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.supervision.models.problem import Problem
from hexi.portal.supervision.scope import MatterScope

__all__ = ["OrderAnswer", "OrderLevel", "OrderState", "OrderStep", "SupervisionOrder"]


class OrderLevel(models.TextChoices):
    """How serious it is, mildest first."""

    BLUE = "blue", _("Reminder (blue)")
    YELLOW = "yellow", _("Warning (yellow)")
    RED = "red", _("Talk (red)")


class OrderState(models.TextChoices):
    """How far it has come."""

    PROPOSED = "proposed", _("Proposed, to decide")
    DROPPED = "dropped", _("Not issued")
    ISSUED = "issued", _("To answer")
    ANSWERED = "answered", _("Answered")
    ACCEPTED = "accepted", _("Answer accepted")
    CLOSED = "closed", _("Done and closed")


class Orders(MatterScope):
    units = ("unit", "addressee")
    people = ("addressee_person", "project__leader")


class SupervisionOrder(models.Model):
    """One order. ``level`` and ``deadline`` repeat its newest step."""

    #: who issues it
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year of the number"), null=True, blank=True)
    serial = models.PositiveIntegerField(_("serial"), null=True, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=OrderLevel.choices)
    state = models.CharField(
        max_length=10, choices=OrderState.choices, default=OrderState.PROPOSED, db_index=True
    )
    project = models.ForeignKey(
        ProjectRecord, models.PROTECT, null=True, blank=True, related_name="orders"
    )
    problem = models.ForeignKey(
        Problem, models.PROTECT, null=True, blank=True, related_name="orders"
    )
    #: who must answer
    addressee = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    addressee_person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    subject = models.CharField(_("matter of the order"), max_length=200)
    #: what was found, and what is asked for
    grounds = models.TextField(_("what was found"), blank=True)
    demand = models.TextField(_("what is asked for"), blank=True)
    #: rule that proposed it and the matter that it stands for; both empty: written by hand
    rule = models.CharField(max_length=80, blank=True)
    matter = models.CharField(max_length=80, blank=True, db_index=True)
    #: what the rule saw: key words for the sentence
    seen = models.JSONField(default=dict)

    made_at = models.DateTimeField()
    issued_on = models.DateField(_("issued"), null=True, blank=True)
    issuer_name = models.CharField(max_length=120, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True, db_index=True)
    announced = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)
    closing = models.TextField(_("closing remark"), blank=True)
    #: addresses that its present step was mailed to
    mailed_to = models.JSONField(default=list, blank=True)
    practice = models.BooleanField(default=False)

    objects = Orders.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("supervision order")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year", "serial"],
                condition=Q(serial__isnull=False),
                name="one_number_an_order",
            ),
            # the insert is the claim: two sweeps at once propose one order
            models.UniqueConstraint(
                fields=["matter", "rule"], condition=~Q(matter=""), name="one_proposal_a_matter"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "dropped"]) | Q(serial__isnull=False),
                name="issued_order_has_number",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def unit_path(self) -> str:
        """Whose order it is, for scope and events."""
        return self.unit.path

    @property
    def number(self) -> str:
        """As it stands on paper: 督办〔2026〕3号; empty before it is issued."""
        return f"督办〔{self.year}〕{self.serial}号" if self.serial else ""


class OrderStep(models.Model):
    """One level of an order (督办层级): from which day, answered by which day."""

    order = models.ForeignKey(SupervisionOrder, models.CASCADE, related_name="steps")
    level = models.CharField(max_length=10, choices=OrderLevel.choices)
    since = models.DateField()
    deadline = models.DateField()
    announced = models.BooleanField(default=True)

    class Meta:
        ordering = ("order", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "level"], name="one_step_a_level"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.level}"


class OrderAnswer(models.Model):
    """One answer of the addressee (督办回复), and what the issuer made of it."""

    order = models.ForeignKey(SupervisionOrder, models.CASCADE, related_name="answers")
    text = models.TextField(_("answer"))
    in_time = models.BooleanField()
    at = models.DateTimeField()
    who = models.BigIntegerField()
    by_name = models.CharField(max_length=120)
    #: why it was sent back; empty: it was not
    sent_back = models.TextField(_("sent back because"), blank=True)

    class Meta:
        ordering = ("order", "id")
        verbose_name = _("answer")

    def __str__(self) -> str:
        return self.text[:40]
