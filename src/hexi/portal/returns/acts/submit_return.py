"""Submit a return (报送): checked once more, signed, kept as handed in, and put before the park."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.returns import form_book
from hexi.portal.returns.approval.flow import fault_of_lock, hold, move, whole
from hexi.portal.returns.approval.ladder import ladder_of
from hexi.portal.returns.filling.checking import Finding, findings_of, let_lapse, stopping
from hexi.portal.returns.models import Return, Submission, Verb
from hexi.portal.returns.scope import require_fill

__all__ = ["submit_return"]


def submit_return(
    return_id: int, *, by: Person | None, at: datetime, seen: int | None = None
) -> Submission:
    """Hand the return in; every rule that stops it is told at once."""
    with transaction.atomic():
        officer = require(by, Permission.FILL)
        require_fill(whole(), by, pk=return_id)
        hold(return_id)
        row: Return = whole().get(pk=return_id)
        before = row.card()
        findings = findings_of(row, form_book.version_of(row.form, row.form_version))
        tell([*_faults(row, seen), *(_as_refusal(f) for f in stopping(row, findings))])
        row.findings, row.checked_edit = findings, row.edit
        let_lapse(row, at)
        move(row, Verb.SUBMIT, by=by, at=at)
        made = Submission.objects.create(
            target=row,
            number=row.submissions.count() + 1,
            revision=row.revision,
            form_version=row.form_version,
            values=row.values,
            cover=row.cover,
            findings=findings,
            reason=_reason(row),
            submitted_at=at,
            submitted_by=officer.name,
            who=officer.pk,
        )
        row.waiting = ladder_of(row)[0]
        row.submitted_at = row.submitted_at or at
        row.submitted_by = officer.name
        row.approved_at = None
        row.changed_at = at
        row.save()
        record(
            "submit_return",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={**row.card(), "submission": made.number},
        )
    return made


def _faults(row: Return, seen: int | None) -> list[Refusal]:
    faults = fault_of_lock(row)
    if not row.editable:
        faults.append(
            Refusal(
                "submitted_already",
                _("The return has been submitted already."),
                _("Have it sent back, or open a revision with the reason."),
                status=409,
            )
        )
    if not row.values:
        faults.append(
            Refusal("empty_return", _("The return is empty."), _("Fill in the figures first."))
        )
    if seen is not None and seen != row.edit:
        faults.append(
            Refusal(
                "overtaken",
                _("The figures have changed since this page was opened."),
                _("Look at the newest figures, then submit."),
                status=409,
            )
        )
    return faults


def _as_refusal(finding: Finding) -> Refusal:
    message = finding["message_en"] if get_language() == "en" else finding["message"]
    remedy = (
        _("Explain the figure, or correct it.")
        if finding["severity"] == "explain"
        else _("Correct the figures and submit again.")
    )
    place = ", ".join(finding["cells"])
    return Refusal(finding["rule"], f"{message}.".replace("。.", "。"), remedy, place=place)


def _reason(row: Return) -> str:
    """Why it was handed in again: the reason of the newest revision, or of being late."""
    step = row.steps.filter(verb__in=(Verb.REVISE, Verb.OPEN)).order_by("-id").first()
    return step.reason if step else ""
