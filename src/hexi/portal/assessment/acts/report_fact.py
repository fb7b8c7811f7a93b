"""Report what was reached (填报完成值): of a task, with the evidence; before and after are kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.dutywork import held_contract
from hexi.portal.assessment.models import DutyTask
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.told import tell
from hexi.portal.core.typed_number import read_number

__all__ = ["report_fact"]


def report_fact(
    contract_id: int, task_id: int, text: str, evidence: str, *, by: Person | None, at: datetime
) -> DutyTask:
    """By the holder or by who set the contract; an empty text takes the report back."""
    with transaction.atomic():
        contract = held_contract(contract_id, by, own=True)
        task = contract.tasks.filter(pk=task_id).first()
        if task is None:
            raise NotFound
        faults, value = [], None
        if contract.is_draft:
            faults.append(
                Refusal(
                    "not_signed",
                    _("Facts are reported on a signed contract."),
                    _("Sign it first."),
                    status=409,
                )
            )
        if text.strip():
            try:
                value = float(read_number(text))
            except Refusal as refusal:
                faults.append(refusal)
        if not evidence.strip() or len(evidence) > 400:
            faults.append(
                Refusal(
                    "no_evidence",
                    _("A reported figure names what proves it, in at most 400 characters."),
                    _("Write which document, its number and page."),
                    place="evidence",
                )
            )
        tell(faults)
        before = {"value": task.actual, "evidence": task.evidence}
        task.actual, task.evidence = value, evidence.strip()
        task.save()
        record(
            "report_fact",
            contract,
            by=by,
            at=at,
            unit_path=contract.duty_year.unit.path,
            before={"item": task.title, **before},
            after={"item": task.title, "value": value, "evidence": task.evidence},
        )
    return task
