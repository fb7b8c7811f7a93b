"""Adjust or withdraw a target (调整、撤销目标): by who set it, with reason, authority, document.

What stood before is kept beside it for ever; positions are shown against both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.core.typed_number import read_number
from hexi.portal.scoreboard.models import (
    Adjustment,
    EarlyWarning,
    MonitoredTarget,
    TargetState,
    WarningState,
)

__all__ = ["Change", "adjust_target", "may_adjust"]

_LONGEST = 2000
_LATEST = 2100


@dataclass(frozen=True, slots=True)
class Change:
    """The figures after the adjustment, an empty one stays as it is; or that it is withdrawn."""

    value: str = ""
    end: str = ""
    withdraw: bool = False


def may_adjust(target: MonitoredTarget, person: Person | None) -> bool:
    """Does this person's office stand where the target was set?"""
    if person is None or not person.grants(Permission.ADJUST_TARGET):
        return False
    return person.covers(target.setter_path) and target.state == TargetState.ACCEPTED


def adjust_target(
    target_id: int,
    change: Change,
    *,
    reason: str,
    authority: str,
    document: str,
    by: Person | None,
    at: datetime,
) -> Adjustment:
    """Change value or due year, or withdraw; every rule that is broken is told at once."""
    with transaction.atomic():
        officer = require(by, Permission.ADJUST_TARGET)
        row = _held(target_id, officer)
        before = row.card()
        tell([*_missing(reason, authority, document), *_put(row, change)])
        number = row.adjustments.count() + 1
        row.version = number + 1
        row.changed_at = at
        row.save()
        made = Adjustment.objects.create(
            target=row,
            number=number,
            before=before,
            after=row.card(),
            reason=reason.strip()[:_LONGEST],
            authority=authority.strip()[:200],
            document=document.strip()[:120],
            at=at,
            who=officer.pk,
            by_name=officer.name,
        )
        closed = _close_warnings(row, made) if change.withdraw else 0
        record(
            "adjust_target",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=_told(before),
            after={
                **_told(row.card()),
                **({"withdrawn": True} if change.withdraw else {}),
                **({"warnings_closed": closed} if closed else {}),
                "authority": made.authority,
                "document": made.document,
                "plan": row.plan_id,
            },
            reason=made.reason,
        )
    return made


def _held(target_id: int, officer: Person) -> MonitoredTarget:
    """The target, locked, if it was set in this person's scope."""
    one_visible(MonitoredTarget.objects.all(), officer, pk=target_id)
    rows = MonitoredTarget.objects.select_for_update(of=("self",)).select_related(
        "plan__unit", "unit", "parent__unit", "parent__plan__unit"
    )
    row: MonitoredTarget = rows.get(pk=target_id)
    if not officer.covers(row.setter_path):
        raise NotPermitted
    return row


def _put(row: MonitoredTarget, change: Change) -> list[Refusal]:
    """Lay the change on the row; what is wrong with it."""
    before = row.card()
    faults = [*_put_value(row, change.value), *_put_end(row, change.end)]
    if row.state != TargetState.ACCEPTED:
        faults.append(_not_agreed())
    if change.withdraw and (change.value.strip() or change.end.strip()):
        faults.append(_one_or_the_other())
    elif change.withdraw and row.state == TargetState.ACCEPTED:
        row.state = TargetState.WITHDRAWN
    if not faults and row.card() == before:
        faults.append(_nothing_new())
    return faults


def _close_warnings(row: MonitoredTarget, made: Adjustment) -> int:
    """Nobody answers for a target that is withdrawn: its warnings end with it, with the document
    as their closing remark."""
    remark = f"{made.authority} {made.document}".strip()
    running = EarlyWarning.objects.filter(target=row).exclude(state=WarningState.CLOSED)
    return int(
        running.update(
            state=WarningState.CLOSED,
            closing=remark,
            closed_at=made.at,
            closed_by=made.by_name,
        )
    )


def _told(card: Mapping[str, Any]) -> dict[str, Any]:
    """What the event says of a version; that it was withdrawn is said in a field of its own."""
    return {key: value for key, value in card.items() if key != "state"}


def _missing(reason: str, authority: str, document: str) -> list[Refusal]:
    faults = needs_reason(reason)
    if not authority.strip():
        faults.append(
            Refusal(
                "authority_missing",
                _("An adjustment rests on somebody's decision."),
                _("Write which body decided it."),
                place="authority",
            )
        )
    if not document.strip():
        faults.append(
            Refusal(
                "document_missing",
                _("The decision has no document number."),
                _("Write the number of the document, as it is printed under its title."),
                place="document",
            )
        )
    return faults


def _put_value(row: MonitoredTarget, text: str) -> list[Refusal]:
    if not text.strip():
        return []
    try:
        value = read_number(text)
    except Refusal as refusal:
        refusal.place = "value"
        return [refusal]
    if row.measure == "share" and row.measure_unit == "%" and not 0 <= value <= 100:
        return [
            Refusal(
                "share_out_of_range",
                _("A share lies between 0 and 100 per cent."),
                _("Check the figure and its unit."),
                place="value",
            )
        ]
    row.value = format(value, "f")
    return []


def _put_end(row: MonitoredTarget, text: str) -> list[Refusal]:
    """A new due year moves the last year of the period; its first year stays."""
    bare = text.strip()
    if not bare:
        return []
    start = row.start or (row.plan.first_year or 1900) - 1
    if not bare.isdecimal() or not start < int(bare) <= _LATEST:
        return [
            Refusal(
                "due_year",
                _("The due year must lie after the base year."),
                _("Write a year, for example 2025."),
                place="end",
            )
        ]
    row.end = int(bare)
    first, dash, last = row.period.partition("-")
    row.period = f"{first}-{bare}" if dash and len(last) == 4 else bare
    return []


def _not_agreed() -> Refusal:
    return Refusal(
        "not_agreed",
        _("Only an agreed target can be adjusted."),
        _("A draft or a proposal is changed in the breakdown."),
        status=409,
    )


def _one_or_the_other() -> Refusal:
    return Refusal(
        "withdraw_alone",
        _("A target that is withdrawn has no new value or due year."),
        _("Leave both empty, or do not withdraw it."),
        place="withdraw",
    )


def _nothing_new() -> Refusal:
    return Refusal(
        "nothing_changed",
        _("The figures are those that hold already."),
        _("Enter the new value or the new due year."),
        place="value",
    )
