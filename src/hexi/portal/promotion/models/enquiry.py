"""Enquiry (招商线索): a firm asks whether it may invest here, and how the office dealt with it.

What is due when follows from the steps that were taken and the clocks of the pack; the next day
is kept beside them for sorting alone. Accepting opens the one project record, which takes over
what was typed here.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.portal.core.models import Unit
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.promotion.models.activity import Activity
from hexi.portal.promotion.models.agent import Agent
from hexi.portal.promotion.scope import PromotionScope

__all__ = ["STEP_KINDS", "Enquiry", "EnquiryState", "EnquiryStep"]

#: what was done, in the order in which it is done
STEP_KINDS = {
    "register": _("Registered"),
    "answer": pgettext_lazy("enquiry", "Answered"),
    "experts": _("Experts asked"),
    "judge": _("Judged"),
    "feedback": _("Fed back"),
    "follow_up": _("Followed up"),
    "close": pgettext_lazy("enquiry", "Closed"),
}


class EnquiryState(models.TextChoices):
    """How it stands."""

    OPEN = "open", _("To be judged")
    ACCEPTED = "accepted", pgettext_lazy("enquiry", "Accepted")
    REFUSED = "refused", pgettext_lazy("enquiry", "Refused")
    CLOSED = "closed", pgettext_lazy("enquiry", "Closed")


class Enquiries(PromotionScope):
    pass


class Enquiry(models.Model):
    """One enquiry."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="enquiries")
    firm = models.CharField(_("firm"), max_length=200)
    firm_code = models.CharField(_("credit code"), max_length=18, blank=True, db_index=True)
    #: the firm's name as it is compared with others
    firm_key = models.CharField(max_length=200, db_index=True)
    contact = models.CharField(_("contact"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    what = models.TextField(_("what is to be invested in"))
    industry = models.CharField(_("industry"), max_length=8, blank=True)
    #: yuan
    amount = models.BigIntegerField(_("investment"), null=True, blank=True)
    place = models.CharField(_("place wanted"), max_length=200, blank=True)
    origin = models.CharField(_("origin of funds"), max_length=20, blank=True)
    #: list ``channel`` of the pack's words
    channel = models.CharField(_("channel"), max_length=20)
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="enquiries"
    )
    agent = models.ForeignKey(
        Agent, models.SET_NULL, null=True, blank=True, related_name="enquiries"
    )
    #: a published project that was asked for
    wanted = models.ForeignKey(
        ProjectRecord, models.SET_NULL, null=True, blank=True, related_name="asked_by"
    )
    received = models.DateField(_("received on"), db_index=True)
    #: by whom it was entered; empty: on the public form
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    #: digest of where the public form was sent from, against floods
    sender = models.CharField(max_length=64, blank=True)

    state = models.CharField(
        max_length=10, choices=EnquiryState.choices, default=EnquiryState.OPEN, db_index=True
    )
    #: what is due first, and when; follows from the steps
    due_step = models.CharField(max_length=12, blank=True)
    due = models.DateField(null=True, blank=True)
    project = models.ForeignKey(
        ProjectRecord, models.SET_NULL, null=True, blank=True, related_name="enquiries"
    )
    version = models.PositiveIntegerField(default=1)

    objects = Enquiries.as_manager()

    class Meta:
        ordering = ("due", "-id")
        verbose_name = _("enquiry")
        indexes: ClassVar = [
            models.Index(fields=["state", "due"]),
            models.Index(fields=["sender", "at"]),
        ]

    def __str__(self) -> str:
        return self.firm

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.unit.path

    @property
    def number(self) -> str:
        """As the office quotes it."""
        return f"{self.received.year}-{self.pk:05d}"


class EnquirySteps(PromotionScope):
    to_unit = "enquiry__unit__path"


class EnquiryStep(models.Model):
    """One step that was taken; never changed."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=list(STEP_KINDS.items()))
    day = models.DateField(_("day"))
    text = models.TextField(_("what was done"), blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = EnquirySteps.as_manager()

    class Meta:
        ordering = ("enquiry", "day", "id")
        verbose_name = _("step of an enquiry")

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.kind} {self.day}"
