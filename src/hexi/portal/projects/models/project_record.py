"""Project record (项目档案): one project, from the first talk to production, typed once.

What reports to the statistics is a row of the register of reporting projects; this record points
to it from the day it is entered there (入统). Money is in whole yuan, so that sums are exact.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.plans.models import PlanRow
from hexi.portal.projects.models.start_batch import StartBatch
from hexi.portal.projects.practice_mark import called
from hexi.portal.projects.scope import PublicProjectScope
from hexi.portal.returns.models import Enterprise, Project

__all__ = ["ORIGINS", "ProjectRecord"]

#: where the investor's money comes from (资金来源地); figures of promotion keep them apart
ORIGINS = {
    "local": _("Within the province"),
    "province_outside": _("From other provinces"),
    "foreign": _("From abroad, Hong Kong, Macao and Taiwan"),
}


class ProjectRecords(PublicProjectScope):
    to_project = ""


class ProjectRecord(models.Model):
    """One project. ``stage``, ``lamp`` and ``invested`` repeat the newest of their histories, for
    lists; only acts and the sweep write them."""

    #: number of the library (库内编号), ours; the state's code is never minted here
    number = models.CharField(_("number"), max_length=20, unique=True)
    state_code = models.CharField(_("state project code"), max_length=29, blank=True)
    name = models.CharField(_("name"), max_length=200, db_index=True)
    kind = models.CharField(_("kind"), max_length=40)
    industry = models.CharField(_("industry"), max_length=8, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="project_records")
    place = models.CharField(_("place"), max_length=12, blank=True)
    plot = models.CharField(_("plot"), max_length=120, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)

    investor = models.CharField(_("investor"), max_length=200, blank=True)
    investor_code = models.CharField(_("credit code of the investor"), max_length=18, blank=True)
    origin = models.CharField(_("origin of funds"), max_length=20, blank=True)
    #: the firm that stands here for it, once it is registered
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="project_records"
    )

    #: yuan
    total = models.BigIntegerField(_("total investment"), null=True, blank=True)
    #: yuan by source of the pack (budget, own, loan …); adds up to the total where given
    sources = models.JSONField(default=dict, blank=True)
    land_mu = models.DecimalField(
        _("land, mu"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    content = models.TextField(_("what is built"), blank=True)
    capacity = models.CharField(_("capacity"), max_length=200, blank=True)
    jobs = models.PositiveIntegerField(_("jobs"), null=True, blank=True)
    #: yuan a year when it produces
    output = models.BigIntegerField(_("yearly output"), null=True, blank=True)
    tax = models.BigIntegerField(_("yearly tax"), null=True, blank=True)
    #: tonnes of standard coal a year
    energy = models.DecimalField(
        _("yearly energy, tce"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    #: the plan and the box of it that it comes from (专栏)
    plan = models.ForeignKey(PlanRow, models.SET_NULL, null=True, blank=True, related_name="+")
    plan_box = models.CharField(_("box of the plan"), max_length=200, blank=True)
    plan_project = models.CharField(_("named in the plan as"), max_length=300, blank=True)

    stage = models.CharField(_("stage"), max_length=30)
    stage_since = models.DateField(_("since"))
    #: where it goes on from a suspension
    resume_stage = models.CharField(max_length=30, blank=True)
    ended_reason = models.CharField(max_length=40, blank=True)
    planned_start = models.DateField(_("planned start"), null=True, blank=True)
    actual_start = models.DateField(_("actual start"), null=True, blank=True)
    planned_end = models.DateField(_("planned end"), null=True, blank=True)
    actual_end = models.DateField(_("actual end"), null=True, blank=True)

    #: leader in charge (包抓领导) and steward (项目管家); by name where he has no account
    leader = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="led_projects"
    )
    leader_name = models.CharField(_("leader in charge"), max_length=120, blank=True)
    steward = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="kept_projects"
    )
    steward_name = models.CharField(_("project steward"), max_length=120, blank=True)
    body = models.CharField(_("responsible body"), max_length=200, blank=True)

    batch = models.ForeignKey(
        StartBatch, models.SET_NULL, null=True, blank=True, related_name="projects"
    )
    #: its row of the register of reporting projects, and since when (入统)
    reporting = models.OneToOneField(
        Project, models.SET_NULL, null=True, blank=True, related_name="library_record"
    )
    in_statistics_since = models.DateField(_("in statistics since"), null=True, blank=True)
    published = models.BooleanField(_("open to the public"), default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )

    #: newest lamp and cumulated investment in yuan
    lamp = models.CharField(_("lamp"), max_length=10, blank=True)
    lamp_reasons = models.JSONField(default=list)
    invested = models.BigIntegerField(_("invested so far"), default=0)
    #: synthetic, for practice; never mixed with real ones in published figures
    practice = models.BooleanField(default=False)
    #: grows with every change; a page that shows an older one is refused
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ProjectRecords.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("project")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state_code"], condition=~Q(state_code=""), name="one_state_code"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "stage", "kind"]),
            models.Index(fields=["stage", "lamp"]),
            models.Index(fields=["investor_code"]),
            models.Index(fields=["industry"]),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name as it is shown: that of a practice project with its mark."""
        return called(self.name, self.practice)

    @property
    def unit_path(self) -> str:
        """Where it stands, for scope and events."""
        return self.unit.path
