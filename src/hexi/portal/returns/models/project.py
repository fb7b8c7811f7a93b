"""Project (项目): what a responsible enterprise builds in a park or zone, and reports each month.

It reports from the month of its start until it is closed, whatever was planned; the planned end
says whether it is late. Its responsible enterprise fills in for it. What else is known of projects
is for the library of projects, which builds on this row.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.returns.models.enterprise import Enterprise
from hexi.portal.returns.models.reporter import Reporter
from hexi.portal.returns.scope import ReporterScope

__all__ = ["Project"]


class ProjectQuerySet(ReporterScope):
    to_unit = "reporter__home__"


class Project(models.Model):
    """One project that reports. The unit that it stands in is its reporter's home."""

    reporter = models.OneToOneField(
        Reporter, models.PROTECT, primary_key=True, related_name="project"
    )
    code = models.CharField(_("project code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200, db_index=True)
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        related_name="projects",
        verbose_name=_("responsible enterprise"),
    )
    industry = models.CharField(_("industry"), max_length=8, db_index=True)
    place = models.CharField(_("place"), max_length=12)
    since = models.DateField(_("started on"))
    until = models.DateField(_("planned end"))
    #: the first day on which it is no longer asked
    closed = models.DateField(_("closed on"), null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        verbose_name = _("project")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="project_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.reporter.home.path

    def works_between(self, first: date, last: date) -> bool:
        """Was it at work on one of these days?"""
        return self.since <= last and (self.closed is None or self.closed > first)
