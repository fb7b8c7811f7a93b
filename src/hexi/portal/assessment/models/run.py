"""Run of an assessment (一次考核): a scheme, a year, frozen data, and the result of both.

The scheme is kept with the run: a pack that changes later changes nothing that was decided. A
simulation is a copy under other weights; it stays with whoever made it and is never published. What
is published never changes: where it was wrong, a corrected edition takes its place, and both stay.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Scheme
from hexi.portal.assessment.keeping import matrix_from, result_from, scheme_from
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.scope import ScopedQuerySet

__all__ = ["IN_FORCE", "PUBLIC", "TOLD", "AssessmentRun", "RunKind", "RunState"]


class RunKind(models.TextChoices):
    """Does it count?"""

    OFFICIAL = "official", _("Official run")
    SIMULATION = "simulation", _("Simulation")
    #: made-up figures, for learning; never public, never held against a real run
    PRACTICE = "practice", _("Practice run")


class RunState(models.TextChoices):
    """How far is it?"""

    COLLECTING = "collecting", _("Collecting data")
    COMPUTED = "computed", _("Computed")
    REVIEWED = "reviewed", _("Shown to the assessed")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")
    #: a corrected edition has taken its place; it stays readable as it was
    SUPERSEDED = "superseded", _("Superseded")


#: results that count: for last year, for the rounds that rules look at
IN_FORCE = (RunState.PUBLISHED, RunState.ARCHIVED)
#: everybody may read the ranking
PUBLIC = (*IN_FORCE, RunState.SUPERSEDED)
#: the assessed read their own explanation
TOLD = (RunState.REVIEWED, *PUBLIC)


class RunQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person | None) -> ScopedQuerySet:
        """Drafts and simulations are the business of who runs them; a published one is public."""
        public = Q(state__in=PUBLIC) & ~Q(kind=RunKind.PRACTICE)
        if person is None:
            return self.filter(public) if settings.HEXI.public_reading else self.none()
        if person.is_administrator:
            return self.all()
        reach = public
        for path in person.scope_paths():
            reach |= Q(unit__path__startswith=path)
        return self.filter(reach)


class AssessmentRun(models.Model):
    """One run with its frozen scheme, data and result."""

    #: who assesses
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    scheme_id = models.CharField(max_length=80)
    scheme_version = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField(_("year assessed"))
    kind = models.CharField(max_length=10, choices=RunKind.choices, default=RunKind.OFFICIAL)
    #: the official run that a simulation is a copy of
    base = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="simulations"
    )
    #: 1 as first published; each correction after publication is one more
    edition = models.PositiveSmallIntegerField(default=1)
    #: the published edition that this one corrects, and why; everybody may read the reason
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor"
    )
    correction_reason = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=RunState.choices, default=RunState.COLLECTING, db_index=True
    )
    title = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    #: `hexi.portal.assessment.keeping`
    scheme = models.JSONField()
    #: weights of a simulation that differ: node or item → weight
    changes = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    data_digest = models.CharField(max_length=64, blank=True)
    #: name of the sheet, or the day of the observations
    data_source = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict)
    result_digest = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=120, blank=True)
    computed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=120, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "scheme_id", "-id")
        verbose_name = _("assessment run")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "scheme_id", "year", "edition"],
                condition=Q(kind="official"),
                name="one_official_run_a_unit_scheme_year_and_edition",
            ),
            models.CheckConstraint(
                condition=~Q(kind="simulation") | Q(state__in=("collecting", "computed")),
                name="a_simulation_is_never_official",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.title}"

    @property
    def is_simulation(self) -> bool:
        """A copy beside a run, not a run of its own."""
        return self.kind == RunKind.SIMULATION

    @property
    def is_practice(self) -> bool:
        return self.kind == RunKind.PRACTICE

    @property
    def history_kind(self) -> str:
        """The kind of runs whose earlier rounds and decisions count for it."""
        return str(RunKind.PRACTICE if self.is_practice else RunKind.OFFICIAL)

    @property
    def is_open(self) -> bool:
        """Data may still be changed."""
        return self.state not in PUBLIC

    @cached_property
    def scheme_of(self) -> Scheme:
        """The frozen scheme, typed."""
        return scheme_from(self.scheme)

    @cached_property
    def matrix(self) -> Matrix:
        """The data; ValueError while there are none."""
        if not self.data:
            raise ValueError(f"{self}: no data yet")
        return matrix_from(self.data)

    @cached_property
    def outcome(self) -> Result:
        """The result; ValueError while it is not computed."""
        if not self.result:
            raise ValueError(f"{self}: not computed yet")
        return result_from(self.result, self.scheme_of, self.matrix)

    def card(self) -> dict[str, Any]:
        """What an event keeps of it."""
        return {
            "scheme": f"{self.scheme_id} {self.scheme_version}",
            "year": self.year,
            "kind": self.kind,
            "edition": self.edition,
            "state": self.state,
            "data": self.data_digest[:16],
            "result": self.result_digest[:16],
        }
