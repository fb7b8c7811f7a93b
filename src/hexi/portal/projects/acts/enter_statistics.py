"""Enter a project in statistics (入统): its record points to the row that reports each month."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.record_book import held, put
from hexi.portal.returns.form_book import day_of
from hexi.portal.returns.models import Project

__all__ = [
    "day_ahead",
    "enter_statistics",
    "in_already",
    "leave_statistics",
    "no_such_row",
    "reports_for_another",
    "taken_row",
]


def enter_statistics(
    project_id: int, reporting: str, since: date, *, by: Person | None, at: datetime
) -> ProjectRecord:
    """``reporting`` is the code of its row in the register of projects that report."""
    with transaction.atomic():
        row = held(project_id, by, Permission.KEEP_PROJECTS)
        found = Project.objects.visible_to(by).filter(code=reporting.strip()).first()
        faults = [] if row.reporting_id is None else [in_already()]
        if found is None:
            faults.append(no_such_row())
        elif reports_for_another(found, row.pk):
            faults.append(taken_row())
        if since > day_of(at):
            faults.append(day_ahead("since"))
        tell(faults)
        put(row, {"reporting": found, "in_statistics_since": since}, at)
        after = {"reporting": reporting.strip(), "in_statistics_since": since.isoformat()}
        record("enter_statistics", row, by=by, at=at, unit_path=row.unit_path, after=after)
    return row


def leave_statistics(
    project_id: int, *, reason: str, by: Person | None, at: datetime
) -> ProjectRecord:
    """It points to no row any more: it was the wrong one, or it was struck from the register."""
    with transaction.atomic():
        row = held(project_id, by, Permission.KEEP_PROJECTS)
        faults = needs_reason(reason)
        if row.reporting is None and row.in_statistics_since is None:
            faults.append(
                Refusal(
                    "not_in_statistics",
                    _("The project is not in statistics."),
                    _("There is nothing to take out."),
                    status=409,
                )
            )
        tell(faults)
        since = row.in_statistics_since
        before = {
            "reporting": row.reporting.code if row.reporting else "",
            "in_statistics_since": since.isoformat() if since else "",
        }
        put(row, {"reporting": None, "in_statistics_since": None}, at)
        record("leave_statistics", row, by=by, at=at, unit_path=row.unit_path,
               before=before, reason=reason.strip())  # fmt: skip
    return row


def reports_for_another(reporting: Project, beside: int | None) -> bool:
    """Does another record of the library point to this row? ``beside`` is the id of one's own."""
    others = ProjectRecord.objects.filter(reporting=reporting).exclude(pk=beside)
    found: bool = others.exists()
    return found


def in_already() -> Refusal:
    """It points to a row; another one follows only after it was taken out."""
    return Refusal(
        "in_statistics_already",
        _("The project is in statistics already."),
        _("Take it out first if it points to the wrong row."),
        status=409,
    )


def no_such_row() -> Refusal:
    """The register has no such row, or hides it."""
    return Refusal(
        "reporting_unknown",
        _("No project of the register has this code."),
        _("Enter it in the register of reporting projects first."),
        place="reporting",
    )


def taken_row() -> Refusal:
    """One row of the register reports one project."""
    return Refusal(
        "reports_for_another",
        _("This row of the register belongs to another project already."),
        _("Check the code; two records of one project are merged."),
        place="reporting",
        status=409,
    )


def day_ahead(place: str) -> Refusal:
    """It has not happened yet; ``place`` is the field of the day."""
    return Refusal(
        "day_ahead", _("The day lies ahead."), _("Enter it when it has happened."), place=place
    )
