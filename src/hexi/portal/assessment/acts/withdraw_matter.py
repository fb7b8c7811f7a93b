"""Take a matter back (撤销加减分和否决): it stays to be seen with the reason, counting no more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hexi.portal.assessment.dutywork import held_contract
from hexi.portal.assessment.models import DutyMatter
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.told import needs_reason, tell

__all__ = ["withdraw_matter"]


def withdraw_matter(
    contract_id: int, matter_id: int, reason: str, *, by: Person | None, at: datetime
) -> DutyMatter:
    """While the year is open."""
    with transaction.atomic():
        contract = held_contract(contract_id, by)
        row = contract.matters.filter(pk=matter_id, withdrawn_at=None).first()
        if row is None:
            raise NotFound
        tell(needs_reason(reason))
        row.withdrawn_at, row.withdrawn_why = at, reason.strip()[:400]
        row.save()
        record(
            "withdraw_matter",
            contract,
            by=by,
            at=at,
            unit_path=contract.duty_year.unit.path,
            before={"matter": row.matter, "evidence": row.evidence},
            reason=row.withdrawn_why,
        )
    return row
