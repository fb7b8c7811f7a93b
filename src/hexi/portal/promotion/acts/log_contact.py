"""Log a contact (登记联系): a visit, a call, a reception of a lead, with what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.promotion.entry import read, taken
from hexi.portal.promotion.holding import one_project
from hexi.portal.promotion.models import ContactEntry
from hexi.portal.promotion.nouns import CONTACT
from hexi.portal.returns.form_book import day_of

__all__ = ["log_contact"]


def log_contact(
    project_id: int, given: Mapping[str, Any], *, by: Person | None, at: datetime
) -> ContactEntry:
    """Enter it; a next step needs its day, and a day its step."""
    with transaction.atomic():
        project = one_project(project_id, by, Permission.PROMOTE)
        entry = read(given, CONTACT, day_of(at))
        values = entry.values
        faults = list(entry.faults.values())
        if bool(values["next_step"]) != bool(values["next_due"]) and "next_due" not in entry.faults:
            faults.append(
                Refusal(
                    "next_half",
                    _("A next step needs its day, and a day its step."),
                    _("Write both, or neither."),
                    place="next_step" if values["next_due"] else "next_due",
                )
            )
        tell(faults)
        made = ContactEntry.objects.create(
            project=project,
            **values,
            by_name=by.name if by else "",
            by_id=by.pk if by else None,
            at=at,
        )
        record(
            "log_contact",
            made,
            by=by,
            at=at,
            name=project.called,
            unit_path=project.unit_path,
            after={"project": project.called, **taken(values, CONTACT)},
        )
    return made
