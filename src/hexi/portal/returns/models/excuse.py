"""Excuse (免报): a reviewing unit lets a reporter off a form for some periods, and says why.

Who is excused is not missing, is not reminded and does not count in rates; the list names them
with the reason. An excuse that was taken back keeps its row.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Unit
from hexi.portal.returns.models.reporter import Reporter
from hexi.portal.returns.scope import ReporterScope

__all__ = ["Excuse"]


class ExcuseQuerySet(ReporterScope):
    def in_force(self, form: str, period: int) -> ExcuseQuerySet:
        """Those that hold for a period of a form."""
        return self.filter(form=form, first__lte=period, last__gte=period, undone_at=None)


class Excuse(models.Model):
    """One reporter, one form, from a first period to a last one."""

    reporter = models.ForeignKey(Reporter, models.CASCADE, related_name="excuses")
    #: where the reporter stood; it decides who sees this
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    #: the unit that let it off
    by_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    form = models.CharField(_("form"), max_length=40)
    first = models.PositiveIntegerField(_("first period"))
    last = models.PositiveIntegerField(_("last period"))
    reason = models.TextField(_("reason"))
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=120, blank=True)
    undone_reason = models.TextField(blank=True)

    objects = ExcuseQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("excuse")
        indexes = (models.Index(fields=["form", "first", "last"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="excuse_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reporter} {self.form} {self.first}"
