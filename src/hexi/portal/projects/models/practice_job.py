"""Practice job (演练项目任务): laying or taking away the practice projects, done by the worker.

The person asks, and the worker does it in portions, each in a transaction of its own with the count
of what is done; so a job that was cut off goes on where it stopped.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission

__all__ = ["OPEN", "PracticeJob", "PracticeKind", "PracticeState"]


class PracticeKind(models.TextChoices):
    """What is asked for."""

    LAY = "lay", _("Laying practice projects")
    REMOVE = "remove", _("Taking practice projects away")


class PracticeState(models.TextChoices):
    """How far it is."""

    WAITING = "waiting", pgettext_lazy("practice job", "Waiting")
    WORKING = "working", pgettext_lazy("practice job", "Being done")
    DONE = "done", pgettext_lazy("practice job", "Done")
    FAILED = "failed", pgettext_lazy("practice job", "Cut off")


#: not over yet
OPEN = (PracticeState.WAITING, PracticeState.WORKING)


class PracticeJobs(models.QuerySet[Any]):
    """Jobs are seen by those who may ask for them."""

    def visible_to(self, person: Person | None) -> PracticeJobs:
        """Only what this person may see."""
        if person is None or not person.grants(Permission.MAKE_PRACTICE):
            return self.none()
        return self.all()


class PracticeJob(models.Model):
    """One job; the next one is asked for when it is over."""

    kind = models.CharField(max_length=10, choices=PracticeKind.choices)
    state = models.CharField(
        max_length=10, choices=PracticeState.choices, default=PracticeState.WAITING
    )
    #: projects of no list that are laid beside the published ones
    more = models.PositiveIntegerField(default=0)
    #: projects that are done, of those that were to do
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)

    objects = PracticeJobs.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("practice projects")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="waiting"), name="one_practice_job_waits"
            ),
        ]

    def __str__(self) -> str:
        return _now("practice projects")

    @property
    def busy(self) -> bool:
        """Does the worker still have something to do?"""
        return self.state in OPEN

    @property
    def percent(self) -> int:
        """How far it is, for the bar."""
        return 100 if self.state == PracticeState.DONE else 100 * self.done // max(self.total, 1)
