"""Decide on a finding (处理问题): accept it, dismiss it with a reason, reopen it, or note on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.plans.models import FindingDecision, FindingRow
from hexi.portal.plans.models.finding import DecisionState

__all__ = ["DECISIONS", "decide_finding"]

#: what a person may say, and the state that follows (a note leaves the state)
DECISIONS: dict[str, str] = {
    "accept": DecisionState.ACCEPTED,
    "dismiss": DecisionState.DISMISSED,
    "reopen": DecisionState.OPEN,
    "note": "",
}


def decide_finding(
    finding_id: int,
    decision: str,
    *,
    reason: str = "",
    note: str = "",
    by: Person | None,
    at: datetime,
) -> Event:
    """Put the decision down. Only faults are decided on; right lines need nobody."""
    with transaction.atomic():
        queryset = FindingRow.objects.select_related("reading__document__plan__unit")
        finding: FindingRow = one_visible(queryset, by, pk=finding_id)
        plan = finding.reading.document.plan
        officer = require(by, Permission.DECIDE, plan.unit_path)
        _check(finding, decision, reason.strip(), note.strip())
        row, _made = FindingDecision.objects.select_for_update().get_or_create(
            document=finding.reading.document,
            key=finding.key,
            defaults={"state": DecisionState.OPEN, "by_name": officer.name, "at": at},
        )
        before = {"state": row.state, "reason": row.reason, "note": row.note}
        if state := DECISIONS[decision]:
            row.state, row.reason = state, reason.strip()
        if note.strip() or decision == "note":
            row.note = note.strip()
        row.by_name, row.at = officer.name, at
        row.save()
        after = {"state": row.state, "reason": row.reason, "note": row.note}
        return record(
            "decide_finding",
            finding,
            by=by,
            at=at,
            unit_path=plan.unit_path,
            before=before,
            after={**after, "plan": plan.pk, "key": finding.key},
            reason=reason.strip(),
        )


def _check(finding: FindingRow, decision: str, reason: str, note: str) -> None:
    if decision not in DECISIONS:
        raise Refusal(
            "unknown_decision",
            _("There is no such decision."),
            _("Accept, dismiss, reopen, or add a note."),
        )
    if not finding.is_fault and decision != "note":
        raise Refusal(
            "not_a_fault",
            _("This line was checked and is right; there is nothing to decide."),
            _("Add a note if you want to say something about it."),
        )
    if decision == "dismiss" and not reason:
        raise Refusal(
            "reason_missing",
            _("A finding is dismissed with a reason."),
            _("Write why the figures are right as printed."),
            place="reason",
        )
    if decision == "note" and not note:
        raise Refusal("note_missing", _("The note is empty."), _("Write the note."), place="note")
