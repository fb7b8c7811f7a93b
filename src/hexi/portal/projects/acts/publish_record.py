"""Open a project to the public, or withdraw it (项目公开): leads and talks stay inside."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.record_book import held, put
from hexi.portal.projects.stagebook import stage_book

__all__ = ["publish_record", "withdraw_record"]


def publish_record(
    project_id: int, *, by: Person | None, at: datetime, reason: str = ""
) -> ProjectRecord:
    """Show it on the public pages and in open data."""
    with transaction.atomic():
        row = held(project_id, by, Permission.PUBLISH_PROJECTS)
        faults = []
        stage = stage_book().stages.get(row.resume_stage or row.stage)
        if row.published:
            faults.append(
                Refusal(
                    "published_already",
                    _("The project is open to the public already."),
                    _("Leave it so, or withdraw it."),
                    status=409,
                )
            )
        if row.practice:
            faults.append(
                Refusal(
                    "practice_record",
                    _("A practice record is never shown to the public."),
                    _("Publish real projects only."),
                )
            )
        if stage is not None and stage.confidential:
            faults.append(
                Refusal(
                    "confidential_stage",
                    _("Leads and talks are not opened to the public."),
                    _("Publish the project once it is signed."),
                )
            )
        tell(faults)
        _turn(row, True, at)
        record("publish_record", row, by=by, at=at, unit_path=row.unit_path,
               before={"published": False}, after={"published": True},
               reason=reason.strip())  # fmt: skip
    return row


def withdraw_record(
    project_id: int, *, by: Person | None, at: datetime, reason: str
) -> ProjectRecord:
    """Take it off the public pages."""
    with transaction.atomic():
        row = held(project_id, by, Permission.PUBLISH_PROJECTS)
        faults = needs_reason(reason)
        if not row.published:
            faults.append(
                Refusal(
                    "not_published",
                    _("The project is not open to the public."),
                    _("There is nothing to withdraw."),
                    status=409,
                )
            )
        tell(faults)
        _turn(row, False, at)
        record("withdraw_record", row, by=by, at=at, unit_path=row.unit_path,
               before={"published": True}, after={"published": False},
               reason=reason.strip())  # fmt: skip
    return row


def _turn(row: ProjectRecord, published: bool, at: datetime) -> None:
    put(row, {"published": published}, at)
