"""Verify funds in place (核验到位资金): another person looks at the evidence and says yes or no."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.promotion.holding import held
from hexi.portal.promotion.models import Voucher, VoucherState

__all__ = ["verify_voucher"]

_VERDICTS = (VoucherState.VERIFIED.value, VoucherState.REJECTED.value)


def verify_voucher(
    voucher_id: int,
    state: str,
    reason: str = "",
    *,
    distinct: bool = False,
    by: Person | None,
    at: datetime,
) -> Voucher:
    """``distinct``: it looks like a copy of another one and is none; that, too, needs a reason."""
    with transaction.atomic():
        row = held(Voucher, voucher_id, by, Permission.VERIFY_FUNDS, also=("project__unit",))
        faults = []
        if row.state != VoucherState.PENDING:
            faults.append(
                Refusal(
                    "verified_already",
                    _("This voucher has its verdict."),
                    _("A mistake is mended by a reversal."),
                    status=409,
                )
            )
        if by is not None and row.by_id == by.pk:
            faults.append(
                Refusal(
                    "own_voucher",
                    _("Who entered a voucher does not verify it."),
                    _("Ask a colleague who may verify funds."),
                    status=409,
                )
            )
        if state not in _VERDICTS:
            faults.append(
                Refusal(
                    "verdict_missing",
                    _("It is not said whether the evidence holds."),
                    _("Choose one."),
                    place="state",
                )
            )
        if state == VoucherState.REJECTED or distinct:
            faults += needs_reason(reason)
        tell(faults)
        row.state, row.verdict = state, reason.strip()[:300]
        row.distinct = distinct and state == VoucherState.VERIFIED
        row.verified_by, row.verified_at = by.name if by else "", at
        row.save()
        record(
            "verify_voucher",
            row,
            by=by,
            at=at,
            name=row.project.called,
            unit_path=row.unit_path,
            before={"voucher_state": VoucherState.PENDING.value},
            after={"voucher_state": state, "verdict": row.verdict, "amount": row.amount},
            reason=row.verdict,
        )
    return row
