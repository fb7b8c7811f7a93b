"""Reporter (填报单位): whoever hands in returns, an enterprise or a unit of account itself.

Its number is the key under which the warehouse keeps facts, so a reporter is never deleted: one
that has closed stays for the years in which it reported.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.returns.scope import ReporterScope

__all__ = ["Filler", "Reporter", "ReporterKind"]


class ReporterKind(models.TextChoices):
    """What kind of respondent it is."""

    ENTERPRISE = "enterprise", _("Enterprise")
    PROJECT = "project", _("Project")
    UNIT = "unit", _("Unit")


class ReporterQuerySet(ReporterScope):
    to_reporter = ""
    to_unit = "home__"


class Reporter(models.Model):
    """One respondent. ``home`` is the unit whose subtree it stands in today."""

    kind = models.CharField(_("kind"), max_length=12, choices=ReporterKind.choices)
    #: unified social credit code, or the unit's code
    code = models.CharField(_("code"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200, db_index=True)
    #: the unit itself, where a unit of account reports
    unit = models.OneToOneField(
        Unit, models.PROTECT, null=True, blank=True, related_name="reporter"
    )
    home = models.ForeignKey(Unit, models.PROTECT, related_name="reporters")
    contact = models.CharField(_("contact"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    objects = ReporterQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        verbose_name = _("reporter")

    def __str__(self) -> str:
        return self.name

    @property
    def form_kind(self) -> str:
        """The kind of respondent as forms name it: enterprise, project, or the kind of unit."""
        return self.unit.kind if self.unit else self.kind

    @property
    def shown_name(self) -> str:
        """The name in the reader's language, where there are two."""
        return name_of(self.unit) if self.unit else self.name


class Filler(models.Model):
    """A person who fills in for an enterprise (填报人); one may work for several."""

    reporter = models.ForeignKey(Reporter, models.CASCADE, related_name="fillers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="fills")

    class Meta:
        ordering = ("reporter", "person")
        constraints = (
            models.UniqueConstraint(fields=["reporter", "person"], name="one_filler_once"),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.reporter}"
