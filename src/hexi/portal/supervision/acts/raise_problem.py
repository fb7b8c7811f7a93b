"""Raise a problem (提出问题): by the steward, or by the enterprise for its own project.

The kind of the pack says who usually owns it and how many working days there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hexi.calendar.working_days import nth_working_day
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.returns.models import Enterprise, Filler
from hexi.portal.supervision.faults import long_text, missing, named_person, named_unit
from hexi.portal.supervision.models import Problem, Visit
from hexi.portal.supervision.rules import book
from hexi.supervision.book import ProblemKind
from hexi.supervision.ladder import problem_due

__all__ = ["NewProblem", "is_own", "may_raise", "put_clock", "raise_problem"]

_LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class NewProblem:
    """What is sent: a project or an enterprise, and the problem."""

    kind: str
    title: str
    detail: str = ""
    project: int | None = None
    enterprise: int | None = None
    #: who answers; an enterprise does not choose, its unit passes it on
    owner_unit: str = ""
    owner_person: int | None = None
    owner_body: str = ""
    #: working days; None: those of the kind
    days: int | None = None
    #: the visit at which it was heard
    visit: int | None = None


def may_raise(person: Person | None, about: ProjectRecord | Enterprise) -> bool:
    """Staff of the unit, and the enterprise itself."""
    if person is None or not person.grants(Permission.RAISE_PROBLEM):
        return False
    if person.role == Role.ENTERPRISE:
        return is_own(person, about)
    return person.covers(about.unit_path)


def is_own(person: Person, about: ProjectRecord | Enterprise) -> bool:
    """Does this person fill in for the enterprise, or the project's enterprise?"""
    firm = about.enterprise if isinstance(about, ProjectRecord) else about
    return (
        firm is not None
        and Filler.objects.filter(reporter=firm.reporter_id, person=person).exists()
    )


def raise_problem(given: NewProblem, *, by: Person | None, at: datetime) -> Problem:
    """Put the problem into the ledger; its clock runs from the next working day."""
    with transaction.atomic():
        officer = require(by, Permission.RAISE_PROBLEM)
        project, firm = _about(given, officer)
        about = project or firm
        assert about is not None
        if not may_raise(officer, about):
            raise NotPermitted
        unit = project.unit if project else _home(firm)
        today = timezone.localtime(at).date()
        visit = _visit(given, officer)
        row = Problem(
            project=project,
            enterprise=firm,
            unit=unit,
            kind=given.kind,
            title=given.title.strip(),
            detail=given.detail.strip(),
            visit=visit,
            raised_on=today,
            raised_at=at,
            raiser=officer,
            raised_by=officer.name,
            practice=bool(project and project.practice),
        )
        kind = book().kind(given.kind, today)
        tell([*_faults(given, kind), *_owned(row, given, kind, officer, unit)])
        assert kind is not None
        row.days = kind.days if given.days is None else given.days
        put_clock(row, today)
        row.save()
        record(
            "raise_problem",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={
                "problem_kind": row.kind,
                "about": row.about,
                "owner": row.owner_unit.name,
                "owner_body": row.owner_body,
                **({"owner_person": row.owner_person.name} if row.owner_person else {}),
                "deadline": row.deadline.isoformat(),
            },
        )
    return row


def put_clock(row: Problem, start: date) -> None:
    """The last day of its working days from a day, and the day after which it rises."""
    due = problem_due(start, row.days)
    assert due.day is not None
    row.deadline, row.announced = due.day, due.announced
    put_rising(row, due.day)


def put_rising(row: Problem, after: date) -> None:
    """The last day before it rises: so many working days after another."""
    wait = book().clocks_on(after).problem_rises
    row.rises_after = nth_working_day(after, wait + 1).day


def _about(given: NewProblem, officer: Person) -> tuple[ProjectRecord | None, Enterprise | None]:
    if given.project is not None:
        rows = ProjectRecord.objects.select_related("unit", "enterprise")
        project: ProjectRecord = one_visible(rows, officer, pk=given.project)
        return project, None
    firms = Enterprise.objects.select_related("reporter__home")
    firm: Enterprise | None = firms.filter(pk=given.enterprise).first()
    # one outside the scope is as absent as a missing one
    if firm is None or not may_raise(officer, firm):
        raise NotFound
    return None, firm


def _home(firm: Enterprise | None) -> Unit:
    """The park where an enterprise stands."""
    assert firm is not None
    home: Unit = firm.reporter.home
    return home


def _visit(given: NewProblem, officer: Person) -> Visit | None:
    if given.visit is None:
        return None
    found: Visit = one_visible(Visit.objects.all(), officer, pk=given.visit)
    return found


def _faults(given: NewProblem, kind: ProblemKind | None) -> list[Refusal]:
    faults = [
        *long_text("title", given.title.strip(), 200),
        *long_text("detail", given.detail),
        *long_text("owner_body", given.owner_body, 120),
    ]
    if not given.title.strip():
        faults.append(
            missing("title", _("The problem has no name."), _("Say in one line what is stuck."))
        )
    if kind is None:
        faults.append(
            Refusal(
                "no_kind",
                _("There is no such kind of problem."),
                _("Choose one of the list."),
                place="kind",
            )
        )
    if given.days is not None and not 1 <= given.days <= _LONGEST_DAYS:
        faults.append(
            Refusal(
                "days",
                _("A problem has 1 to 366 working days."),
                _("Write a whole number, or leave it empty for the usual days."),
                place="days",
            )
        )
    return faults


def _owned(
    row: Problem, given: NewProblem, kind: ProblemKind | None, officer: Person, unit: Unit
) -> list[Refusal]:
    """Who answers: as chosen, else the unit where it happens and the kind's usual body."""
    faults: list[Refusal] = []
    row.owner_unit, row.owner_body = unit, kind.body if kind else ""
    if officer.role == Role.ENTERPRISE:
        return faults
    row.owner_unit = named_unit(given.owner_unit, "owner_unit", faults) or unit
    row.owner_person = named_person(given.owner_person, "owner_person", faults, of=row.owner_unit)
    row.owner_body = given.owner_body.strip() or row.owner_body
    return faults
