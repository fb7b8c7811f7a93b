"""Who must report (应报名单): the dated register against the form's reporting condition.

Completeness, punctuality and who is missing all come from here, so the office's lists and its
closing of a period never differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from hexi.portal.core.models import Unit
from hexi.portal.returns import form_book
from hexi.portal.returns.models import (
    Excuse,
    Project,
    Reporter,
    ReporterKind,
    Return,
    ReturnState,
    Spell,
)
from hexi.portal.returns.registers.standing import Value, facts_of, project_facts
from hexi.statistics.forms import Form

__all__ = ["Expected", "Tally", "expected", "tally"]


@dataclass(frozen=True, slots=True)
class Expected:
    """One return that the form asks for, and what has come of it."""

    reporter_id: int
    code: str
    name: str
    unit: Unit
    row: Return | None
    #: it was let off this period
    excuse: Excuse | None = None
    #: the unit itself reports, nobody within it
    own: bool = False

    @property
    def excused(self) -> bool:
        """Need it not report? Whoever reports all the same is counted like the others."""
        return self.excuse is not None and not self.submitted

    @property
    def missing(self) -> bool:
        """Is its return still to come?"""
        return not self.submitted and not self.excused

    @property
    def submitted(self) -> bool:
        """Has it ever been handed in?"""
        return self.row is not None and self.row.submitted_at is not None

    @property
    def on_time(self) -> bool:
        """Was it handed in by the due day?"""
        if self.row is None or self.row.submitted_at is None:
            return False
        return timezone.localtime(self.row.submitted_at).date() <= self.row.due

    @property
    def approved(self) -> bool:
        """Is it approved at every level?"""
        row = self.row
        return row is not None and row.state == ReturnState.APPROVED and row.waiting_id is None


@dataclass(frozen=True, slots=True)
class Tally:
    """How complete and how punctual (上报率、及时率)."""

    expected: int = 0
    submitted: int = 0
    on_time: int = 0
    approved: int = 0
    #: let off; they are in none of the other numbers
    excused: int = 0

    @property
    def missing(self) -> int:
        """How many have not handed in."""
        return self.expected - self.submitted

    @property
    def open(self) -> int:
        """How many are not approved at every level."""
        return self.expected - self.approved


def tally(lines: Iterable[Expected]) -> Tally:
    """The counts of a list; who is excused is not expected."""
    every = list(lines)
    found = [line for line in every if not line.excused]
    return Tally(
        len(found),
        sum(line.submitted for line in found),
        sum(line.on_time for line in found),
        sum(line.approved for line in found),
        len(every) - len(found),
    )


def expected(form: Form, period: int, paths: Iterable[str] | None = None) -> list[Expected]:
    """Everybody who is asked for the form, by the order of units, those who are excused too.

    ``paths`` limits to subtrees.
    """
    first, last = form_book.first_day(form, period), form_book.last_day(form, period)
    within = None if paths is None else list(paths)
    returns = {
        row.reporter_id: row
        for row in Return.objects.filter(form=form.id, period=period).select_related("waiting")
    }
    excuses = {
        excuse.reporter_id: excuse
        for excuse in Excuse.objects.in_force(form.id, period).select_related("by_unit")
    }
    lines = [
        Expected(
            reporter.pk,
            reporter.code,
            name,
            unit,
            returns.get(reporter.pk),
            excuses.get(reporter.pk),
            reporter.unit_id is not None,
        )
        for reporter, name, unit in [
            *_enterprises(form, first, last, within),
            *_projects(form, first, last, within),
            *_units(form, within),
        ]
    ]
    return sorted(lines, key=lambda line: (line.unit.order, line.code))


def _enterprises(
    form: Form, first: date, last: date, within: list[str] | None
) -> Iterator[tuple[Reporter, str, Unit]]:
    if not any(asked.kind == "enterprise" for asked in form.reporting):
        return
    asks = _asker(form)
    spells = Spell.objects.filter(
        Q(until=None) | Q(until__gt=last),
        Q(enterprise__closed=None) | Q(enterprise__closed__gt=first),
        _inside("unit__path", within),
        since__lte=last,
        enterprise__opened__lte=last,
    )
    for spell in spells.select_related("enterprise__reporter", "unit"):
        enterprise = spell.enterprise
        if asks(facts_of(enterprise, spell)):
            yield enterprise.reporter, enterprise.name, spell.unit


def _projects(
    form: Form, first: date, last: date, within: list[str] | None
) -> Iterator[tuple[Reporter, str, Unit]]:
    if not any(asked.kind == "project" for asked in form.reporting):
        return
    asks = _asker(form)
    projects = Project.objects.filter(
        Q(closed=None) | Q(closed__gt=first), _inside("reporter__home__path", within),
        since__lte=last,
    )  # fmt: skip
    for project in projects.select_related("reporter__home"):
        home = project.reporter.home
        if asks(project_facts(project, home)):
            yield project.reporter, project.name, home


def _units(form: Form, within: list[str] | None) -> Iterator[tuple[Reporter, str, Unit]]:
    kinds = {asked.kind for asked in form.reporting}
    asks = _asker(form)
    reporters = Reporter.objects.filter(_inside("home__path", within), kind=ReporterKind.UNIT)
    for reporter in reporters.select_related("unit", "home"):
        unit = reporter.unit or reporter.home
        if reporter.form_kind not in kinds or unit.until:
            continue
        facts: dict[str, Value] = {
            "code": reporter.code,
            "name": reporter.name,
            "kind": reporter.form_kind,
            "zone_type": unit.record.get("zone_type") or None,
            "level": unit.level or None,
            "status": "open",
        }
        if asks(facts):
            yield reporter, reporter.shown_name, unit


def _inside(field: str, within: list[str] | None) -> Q:
    if within is None:
        return Q()
    reach = Q(pk__in=())
    for path in within:
        reach |= Q(**{f"{field}__startswith": path})
    return reach


def _asker(form: Form) -> Callable[[dict[str, Value]], bool]:
    """The form's condition, asked once for each kind of respondent: most are alike."""
    said = " ".join(asked.source for asked in form.reporting)
    single = "reporter.code" in said or "reporter.name" in said
    known: dict[tuple[Value, ...], bool] = {}

    def asks(facts: dict[str, Value]) -> bool:
        kind = str(facts["kind"])
        if single:
            return form_book.reports(form, kind, facts)
        key = tuple(value for name, value in facts.items() if name not in ("code", "name"))
        if key not in known:
            known[key] = form_book.reports(form, kind, facts)
        return known[key]

    return asks
