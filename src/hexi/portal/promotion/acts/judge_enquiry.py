"""Judge an enquiry (研判线索): refused with a reason, or accepted, which opens the one record.

What was typed with the enquiry is taken over into the project's record and never typed again. An
enquiry after a project that stands in the library already goes on with that record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.projects.acts.register_record import register_record
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.promotion.enquiry_steps import (
    enter_step,
    held_enquiry,
    step_faults,
    wrong_state,
)
from hexi.portal.promotion.holding import one_project
from hexi.portal.promotion.models import Enquiry, EnquiryState

__all__ = ["judge_enquiry", "taken_over"]

_RESULTS = (EnquiryState.ACCEPTED.value, EnquiryState.REFUSED.value)


def judge_enquiry(
    enquiry_id: int,
    result: str,
    text: str,
    *,
    day: date | None,
    by: Person | None,
    at: datetime,
    name: str = "",
    kind: str = "promoted",
    project: int | None = None,
) -> Enquiry:
    """Accept (``name`` and ``kind`` of the record, or the ``project`` it belongs to) or refuse."""
    with transaction.atomic():
        row = held_enquiry(enquiry_id, by)
        faults = step_faults(row, "judge", day, text, at)
        if row.state != EnquiryState.OPEN:
            faults.append(
                wrong_state(_("The enquiry has been judged."), _("Look at the steps below."))
            )
        if result not in _RESULTS:
            faults.append(
                Refusal(
                    "result_missing",
                    _("It is not said whether the enquiry is accepted."),
                    _("Choose one."),
                    place="result",
                )
            )
        tell(faults)
        assert day is not None
        if result == EnquiryState.ACCEPTED:
            row.project = _record(row, name, kind, project, by, at)
        row.state = result
        made = enter_step(row, "judge", day, text, by=by, at=at)
        record(
            "judge_enquiry",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={
                "enquiry_state": result,
                "text": made.text,
                **({"project": str(row.project)} if row.project else {}),
            },
        )
    return row


def _record(
    row: Enquiry, name: str, kind: str, project: int | None, by: Person | None, at: datetime
) -> ProjectRecord:
    if project is not None:
        return one_project(project, by, Permission.PROMOTE)
    return register_record(taken_over(row, name, kind), by=by, at=at, stage="lead")


def taken_over(row: Enquiry, name: str, kind: str) -> Mapping[str, Any]:
    """The record's fields that the enquiry knows already."""
    given = {
        "name": name.strip() or row.firm,
        "kind": kind,
        "unit": row.unit,
        "investor": row.firm,
        "investor_code": row.firm_code,
        "industry": row.industry,
        "origin": row.origin,
        "total": row.amount,
        "plot": row.place[:120],
        "content": row.what,
    }
    return {field: value for field, value in given.items() if value not in (None, "")}
