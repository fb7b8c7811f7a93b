"""Screening on record (筛查记录): what the rules of a day said of a project; never changed.

It keeps the inputs, the edition of the rules and the whole answer, so that it reads the same when
rules and project have moved on. A new screening is a new record.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.scope import ScreeningScope
from hexi.portal.core.models import Unit
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.practice_mark import called

__all__ = ["ScreeningRecord"]


class Screenings(ScreeningScope):
    def update(self, **values: Any) -> NoReturn:
        """Nothing that was kept is changed."""
        raise TypeError("screenings are kept as they are")


class ScreeningRecord(models.Model):
    """One screening; a database trigger refuses to change it."""

    #: None: of something that is not in the library
    project = models.ForeignKey(
        ProjectRecord, models.PROTECT, null=True, blank=True, related_name="screenings"
    )
    name = models.CharField(_("project"), max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="screenings")
    #: the day whose rules it went by
    day = models.DateField(_("day"), db_index=True)
    #: digest of the rules' files
    edition = models.CharField(_("edition of the rules"), max_length=12)
    inputs = models.JSONField(default=dict)
    #: fields that were taken over from the library, as they stood there
    taken = models.JSONField(default=list)
    #: admitted, incomplete, unmet, refused
    result = models.CharField(_("result"), max_length=12, db_index=True)
    #: the answer: every rule with outcome, law, assumption, sentence and what would change it
    answer = models.JSONField(default=dict)
    note = models.TextField(_("note"), blank=True)
    #: who screened, as a number: a person may leave, the record stays
    who = models.BigIntegerField()
    by_name = models.CharField(_("screened by"), max_length=120)
    at = models.DateTimeField()

    objects = Screenings.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("screening")
        indexes: ClassVar = [models.Index(fields=["unit", "result"])]

    def __str__(self) -> str:
        return f"{self.number} {self.called}"

    @property
    def called(self) -> str:
        """The project's name as it is shown: that of a practice project with its mark."""
        return called(self.name, self.practice)

    @property
    def practice(self) -> bool:
        """Is it of a practice project?"""
        return self.project is not None and self.project.practice

    @property
    def number(self) -> str:
        """Its number follows from the row: the trigger lets nothing be written later."""
        return f"ZR{self.day.year}{self.pk:06d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("screenings are kept as they are")
        super().save(*args, **kwargs)

    @property
    def unit_path(self) -> str:
        """Where it belongs, for scope and events."""
        return self.unit.path
