"""Sign a contract (签订责任书): its weights add to a hundred, and its tasks no longer change."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.dutywork import held_contract, weight_faults
from hexi.portal.assessment.models import DutyContract
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import tell

__all__ = ["sign_contract"]


def sign_contract(contract_id: int, *, by: Person | None, at: datetime) -> DutyContract:
    """From now on its holder sees it and reports on it."""
    with transaction.atomic():
        contract = held_contract(contract_id, by)
        if not contract.is_draft:
            raise Refusal(
                "signed",
                _("The contract is signed already."),
                _("Report facts on it."),
                status=409,
            )
        tell(weight_faults(list(contract.tasks.all())))
        contract.signed_at, contract.signed_by = at, by.name if by else ""
        contract.save()
        record(
            "sign_contract",
            contract,
            by=by,
            at=at,
            unit_path=contract.duty_year.unit.path,
            after=contract.card(),
        )
    return contract
