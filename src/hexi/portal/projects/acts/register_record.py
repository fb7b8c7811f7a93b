"""Register a project in the library (项目入库): from then on it is one record, typed once.

It may be entered in any stage of its kind: what stands already is taken over as it stands, with
the day since when; a lead comes from promotion.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.projects.gate_words import refusals
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.record_book import card, enter, new_spell, out_of_reach, within
from hexi.portal.projects.record_entry import check_record
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.form_book import day_of
from hexi.projects.duplicates import plain_name
from hexi.projects.gates import is_back_entered, standing_faults

__all__ = ["complete", "entry_faults", "put_in", "register_record", "state_code_taken"]

#: letters of a name that the very same project begins with; other spellings are found as doubles
_BEGIN = 4


def register_record(
    given: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    stage: str = "reserve",
    practice: bool = False,
    read: Mapping[str, Refusal] | None = None,
    evidence: str = "",
) -> ProjectRecord:
    """Enter it with typed values: field names of the record, money in whole yuan.

    Every field that is wrong is told at once; ``read`` are the faults that the reading of a form
    has found already.
    """
    with transaction.atomic():
        require(by, Permission.KEEP_PROJECTS)
        if practice:
            require(by, Permission.MAKE_PRACTICE)
        today = day_of(at)
        told = dict(read or {})
        entry = check_record(given, today=today, practice=practice)
        told = {**entry.faults, **told}
        values = complete(entry.values, stage, today)
        if "unit" in values:
            within(values["unit"], by)
        tell([*told.values(), *entry_faults(values, told, today, by=by, practice=practice)])
        made = put_in(values, by=by, at=at, practice=practice, evidence=evidence)
        after = {**card(made), "project_tags": values.get("tags") or []}
        record("register_record", made, by=by, at=at, unit_path=made.unit_path, after=after)
    return made


def complete(values: Mapping[str, Any], stage: str, today: date) -> dict[str, Any]:
    """What was given, with the usual stage and day where it names none."""
    made = {"stage": stage, **_said(values)}
    made.setdefault("stage_since", today)
    return made


def entry_faults(
    values: Mapping[str, Any],
    told: Collection[str],
    today: date,
    *,
    by: Person | None,
    practice: bool = False,
) -> list[Refusal]:
    """What stands against a new record, beside the fields that were told already; a file asks the
    same."""
    stands = [
        fault
        for fault in refusals(standing_faults(stage_book(), values, today))
        if fault.place not in told
    ]
    return [*stands, *out_of_reach(values, by), *_known(values, practice)]


def put_in(
    values: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    practice: bool = False,
    evidence: str = "",
    reason: str = "",
) -> ProjectRecord:
    """The record, and the first line of its history."""
    made = enter(values, by=by, at=at, practice=practice)
    since: date = values["stage_since"]
    late = is_back_entered(stage_book(), since, day_of(at))
    new_spell(made, since, by=by, at=at, reason=reason, evidence=evidence, back_entered=late)
    return made


def state_code_taken(code: str, beside: int | None = None) -> list[Refusal]:
    """Another record has this state project code."""
    others = ProjectRecord.objects.filter(state_code=code).exclude(pk=beside)
    if not code or not others.exists():
        return []
    return [
        Refusal(
            "state_code_taken",
            _("Another project of the library has this state project code."),
            _("Look for it by its code; if it is the same project, merge the two."),
            place="state_code",
            status=409,
        )
    ]


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was given; an empty stage or day means the usual one."""
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "") or name not in ("stage", "stage_since")
    }


def _known(values: Mapping[str, Any], practice: bool) -> list[Refusal]:
    """The very same project stands in the library of the unit already."""
    faults = state_code_taken(values.get("state_code") or "")
    if faults or "unit" not in values or not values.get("name"):
        return faults
    same = ProjectRecord.objects.filter(
        unit=values["unit"],
        investor_code=values.get("investor_code") or "",
        practice=practice,
        merged_into=None,
    ).exclude(stage=stage_book().ending.id)
    name = plain_name(values["name"])
    # the database looks for the begin of the name, so that a large library is not read through
    near = same.filter(Q(name=values["name"]) | Q(name__icontains=name[:_BEGIN]))
    if any(plain_name(other) == name for other in near.values_list("name", flat=True)):
        faults.append(
            Refusal(
                "known_already",
                _("The library of this unit has this project already."),
                _("Go on with that record; a further phase is told apart by its name."),
                place="name",
                status=409,
            )
        )
    return faults
