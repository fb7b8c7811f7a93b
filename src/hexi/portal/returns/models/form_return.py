"""Return (报表): one form of one reporter for one period, from draft to approval at the top.

The state follows from the steps that were taken (``ReturnStep``); it stands here too, so that
lists are one query. What was handed in is kept for ever as a ``Submission``; ``values`` are what
the reporting unit is working on.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.portal.core.models import Unit
from hexi.portal.returns.models.reporter import Reporter
from hexi.portal.returns.scope import ReporterScope

__all__ = ["EDITABLE", "Return", "ReturnState"]


class ReturnState(models.TextChoices):
    """How far the return has come."""

    DRAFT = "draft", pgettext_lazy("return", "Draft")
    CHECKED = "checked", pgettext_lazy("return", "Checked")
    SUBMITTED = "submitted", pgettext_lazy("return", "Submitted")
    APPROVED = "approved", pgettext_lazy("return", "Approved")
    RETURNED = "returned", pgettext_lazy("return", "Returned")
    REVISED = "revised", pgettext_lazy("return", "In revision")


#: states in which the reporting unit may change its figures
EDITABLE = frozenset(
    {ReturnState.DRAFT, ReturnState.CHECKED, ReturnState.RETURNED, ReturnState.REVISED}
)


class Return(models.Model):
    """One return. ``unit`` is where the reporter stood in the period: it decides who approves."""

    form = models.CharField(_("form"), max_length=40)
    #: the edition of the form by which it was filled in
    form_version = models.CharField(max_length=20)
    #: YYYYMM of the period's last month
    period = models.PositiveIntegerField(_("period"))
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="returns")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="returns")
    state = models.CharField(
        _("state"), max_length=10, choices=ReturnState.choices, default=ReturnState.DRAFT
    )
    #: how many levels have approved it
    level = models.PositiveSmallIntegerField(default=0)
    #: the unit whose decision is awaited
    waiting = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="awaited_returns"
    )
    #: 0 as first handed in; each revision counts one up
    revision = models.PositiveSmallIntegerField(default=0)
    #: entered after its period was closed
    late = models.BooleanField(default=False)
    due = models.DateField(_("due"))
    #: cell to exact decimal, as text
    values = models.JSONField(default=dict)
    #: cover page with the signature block (封面与签署): field to text, as far as it is carried
    #: forward from the return before
    cover = models.JSONField(default=dict)
    #: counts changes; a page that knows an older count has not seen the newest figures
    edit = models.PositiveIntegerField(default=0)
    #: the count that the findings are of
    checked_edit = models.IntegerField(default=-1)
    findings = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    #: when the first version was handed in: what punctuality is counted by
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)

    objects = ReporterScope.as_manager()

    class Meta:
        ordering = ("-period", "form", "reporter")
        verbose_name = _("return")
        indexes = (
            models.Index(fields=["form", "period", "state"]),
            models.Index(fields=["waiting", "state"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["form", "period", "reporter"], name="one_return_a_period"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reporter} {self.form} {self.period}"

    @property
    def editable(self) -> bool:
        """May the reporting unit change it now?"""
        return self.state in EDITABLE

    @property
    def unit_path(self) -> str:
        """Scope of the return, for events."""
        return self.unit.path

    def card(self) -> dict[str, Any]:
        """What an event keeps of its state."""
        return {"return_state": self.state, "level": self.level, "revision": self.revision}
