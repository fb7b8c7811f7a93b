"""Agreement of performance (履约协议、对赌条款): what was promised by when, and what came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.scope import ProjectScope

__all__ = ["AgreedActual", "AgreedFigure", "Agreement"]


class Agreement(models.Model):
    """One document with agreed figures; an ended one is no longer judged."""

    project = models.ForeignKey(ProjectRecord, models.CASCADE, related_name="performance")
    #: number or title of the document
    document = models.CharField(_("document"), max_length=200)
    party = models.CharField(_("other party"), max_length=200)
    signed = models.DateField(_("signed on"))
    note = models.TextField(_("note"), blank=True)
    ended = models.DateField(_("ended on"), null=True, blank=True)
    ended_reason = models.TextField(_("why it ended"), blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = ProjectScope.as_manager()

    class Meta:
        ordering = ("-signed", "-id")
        verbose_name = _("agreement of performance")

    def __str__(self) -> str:
        return self.document


class AgreedFigures(ProjectScope):
    to_project = "agreement__project__"


class AgreedFigure(models.Model):
    """One promise: an item of the pack, a value, a day, and what follows when it is not kept."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="figures")
    item = models.CharField(_("item"), max_length=40)
    #: yuan, yuan a mu, or heads
    value = models.DecimalField(_("agreed value"), max_digits=20, decimal_places=2)
    by = models.DateField(_("to be reached by"))
    consequence = models.TextField(_("what follows if not"), blank=True)

    objects = AgreedFigures.as_manager()

    class Meta:
        ordering = ("agreement", "by", "id")
        verbose_name = _("agreed figure")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "item", "by"], name="one_promise_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.item} {self.by}"


class AgreedActual(models.Model):
    """What a project reached in an item, with its evidence; a correction replaces it, its event
    keeps what stood before."""

    project = models.ForeignKey(ProjectRecord, models.CASCADE, related_name="actuals")
    item = models.CharField(_("item"), max_length=40)
    #: the day it stood so; of a year's figure the last of the year
    of = models.DateField(_("as on"))
    #: yuan or heads
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=2)
    evidence = models.CharField(_("evidence"), max_length=300)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = ProjectScope.as_manager()

    class Meta:
        ordering = ("project", "item", "of")
        verbose_name = _("figure reached")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "item", "of"], name="one_actual_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.item} {self.of}"
