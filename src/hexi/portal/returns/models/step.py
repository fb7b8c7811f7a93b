"""Step of a return (报表流转记录): who did what at which level, when and why. Only ever added to.

The state of a return is what its steps make of it (``state_after``); nothing else decides it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.returns.models.form_return import Return, ReturnState

__all__ = ["ReturnStep", "Verb", "state_after"]


class Verb(models.TextChoices):
    """What was done."""

    OPEN = "open", _("opened it")
    CHECK = "check", _("checked it without fault")
    CHANGE = "change", _("changed it after the check")
    SUBMIT = "submit", _("submitted it")
    APPROVE = "approve", _("approved it")
    WITHDRAW = "withdraw", _("took the approval back")
    SEND_BACK = "send_back", _("sent it back")
    REVISE = "revise", _("opened a revision")


class ReturnStep(models.Model):
    """One step."""

    target = models.ForeignKey(Return, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    #: the level that was reached, and the unit that decided
    level = models.PositiveSmallIntegerField(default=0)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveSmallIntegerField(default=0)
    who = models.BigIntegerField(null=True)
    who_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("step")

    def __str__(self) -> str:
        return f"{self.target} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("steps are append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("steps are append-only")


def state_after(steps: Iterable[ReturnStep]) -> tuple[str, int, int]:
    """State, level and revision that the steps lead to, in order."""
    state, level, revision = ReturnState.DRAFT, 0, 0
    rest = ReturnState.DRAFT  # what a checked return falls back to when it is changed
    for step in steps:
        match step.verb:
            case Verb.OPEN:
                state = rest = ReturnState.DRAFT
            case Verb.CHECK:
                state = ReturnState.CHECKED
            case Verb.CHANGE:
                state = rest
            case Verb.SUBMIT:
                state, level = ReturnState.SUBMITTED, 0
            case Verb.APPROVE:
                state, level = ReturnState.APPROVED, step.level
            case Verb.WITHDRAW:
                level = step.level
                state = ReturnState.APPROVED if level else ReturnState.SUBMITTED
            case Verb.SEND_BACK:
                state, level = ReturnState.RETURNED, 0
                rest = state
            case Verb.REVISE:
                state, level, revision = ReturnState.REVISED, 0, step.revision
                rest = state
    return state, level, revision
