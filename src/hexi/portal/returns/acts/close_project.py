"""Close a project (项目竣工、终止): from a day on it is no longer asked to report."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns import form_book
from hexi.portal.returns.models import Project
from hexi.portal.returns.registers.project_book import card, held_project

__all__ = ["close_project", "take_project_back"]


def close_project(
    project_id: int, day: date | None, *, reason: str, by: Person | None, at: datetime
) -> Event:
    """Close it. The month in which it still went on for a day is asked of it."""
    with transaction.atomic():
        row = held_project(project_id, by)
        tell([*_faults(row, day, at), *needs_reason(reason)])
        before = card(row)
        row.closed = day
        row.save(update_fields=["closed"])
        return record(
            "close_project",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=card(row),
            reason=reason.strip(),
        )


def take_project_back(project_id: int, *, reason: str, by: Person | None, at: datetime) -> Event:
    """It was closed by mistake, or goes on after all."""
    with transaction.atomic():
        row = held_project(project_id, by)
        faults = needs_reason(reason)
        if row.closed is None:
            faults.append(
                Refusal(
                    "not_closed",
                    _("The project is not closed."),
                    _("Look at its page."),
                    status=409,
                )
            )
        tell(faults)
        before = card(row)
        row.closed = None
        row.save(update_fields=["closed"])
        return record(
            "take_project_back",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after=card(row),
            reason=reason.strip(),
        )


def _faults(row: Project, day: date | None, at: datetime) -> list[Refusal]:
    if row.closed is not None:
        return [
            Refusal(
                "closed_already",
                _("The project is closed."),
                _("Take the closing back first, if it still goes on."),
                status=409,
            )
        ]
    if day is None:
        return [
            Refusal("date_missing", _("The day is missing."), _("Write from which day."),
                    place="since")
        ]  # fmt: skip
    if day > form_book.day_of(at):
        return [
            Refusal(
                "date_future",
                _("The day lies in the future."),
                _("Enter it when the day has come."),
                place="since",
            )
        ]
    if day <= row.since:
        return [
            Refusal(
                "date_before",
                _("The day is not after the start of the project (%(day)s).")
                % {"day": row.since.isoformat()},
                _("Write a later day, or correct the start."),
                place="since",
            )
        ]
    return []
