"""Plan a visit (安排走访): who calls on which project or enterprise, on which occasion, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.returns.models import Enterprise
from hexi.portal.supervision.faults import long_text, missing, named_person
from hexi.portal.supervision.models import Visit
from hexi.portal.supervision.rules import book

__all__ = ["PlannedVisit", "plan_visit"]


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """What is sent."""

    kind: str
    planned: date | None
    project: int | None = None
    enterprise: int | None = None
    visitor: int | None = None
    visitor_name: str = ""
    note: str = ""


def plan_visit(given: PlannedVisit, *, by: Person | None, at: datetime) -> Visit:
    """Put it into the plan of visits."""
    with transaction.atomic():
        officer = require(by, Permission.KEEP_PROJECTS)
        project, firm, unit = _host(given, officer)
        require(by, Permission.KEEP_PROJECTS, unit.path)
        faults: list[Refusal] = []
        visitor = named_person(given.visitor, "visitor", faults)
        tell([*faults, *_faults(given)])
        assert given.planned is not None
        row = Visit.objects.create(
            kind=given.kind,
            project=project,
            enterprise=firm,
            unit=unit,
            visitor=visitor,
            visitor_name=visitor.name if visitor else given.visitor_name.strip(),
            planned=given.planned,
            note=given.note.strip(),
            by_name=officer.name,
            at=at,
        )
        record(
            "plan_visit",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={
                "visit_kind": row.kind,
                "planned": row.planned.isoformat(),
                "visitor": row.visitor_name,
            },
        )
    return row


def _host(
    given: PlannedVisit, officer: Person
) -> tuple[ProjectRecord | None, Enterprise | None, Unit]:
    if given.project is not None:
        rows = ProjectRecord.objects.select_related("unit")
        project: ProjectRecord = one_visible(rows, officer, pk=given.project)
        return project, None, project.unit
    firms = Enterprise.objects.select_related("reporter__home")
    firm: Enterprise | None = firms.filter(pk=given.enterprise).first()
    if firm is None or not officer.covers(firm.reporter.home.path):
        raise NotFound
    return None, firm, firm.reporter.home


def _faults(given: PlannedVisit) -> list[Refusal]:
    faults = [
        *long_text("visitor_name", given.visitor_name, 120),
        *long_text("note", given.note),
    ]
    if book().visit(given.kind) is None:
        faults.append(
            Refusal(
                "no_kind",
                _("There is no such kind of visit."),
                _("Choose one of the list."),
                place="kind",
            )
        )
    if given.planned is None:
        faults.append(missing("planned", _("The visit has no day."), _("Choose a day.")))
    if given.visitor is None and not given.visitor_name.strip():
        faults.append(missing("visitor", _("Nobody was named."), _("Say who pays the visit.")))
    return faults
