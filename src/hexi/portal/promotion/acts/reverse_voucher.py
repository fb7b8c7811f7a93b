"""Reverse funds in place (冲销到位资金): a voucher below nothing takes another one back, whole."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.promotion.entry import checked_day
from hexi.portal.promotion.holding import held
from hexi.portal.promotion.models import Voucher, VoucherState
from hexi.portal.returns.form_book import day_of

__all__ = ["reverse_voucher"]


def reverse_voucher(
    voucher_id: int, reason: str, *, day: date | None, by: Person | None, at: datetime
) -> Voucher:
    """Once a voucher; the reversal is verified like any other, in the month of its own day."""
    with transaction.atomic():
        row = held(Voucher, voucher_id, by, Permission.PROMOTE, also=("project__unit", "evidence"))
        tell(_faults(row, reason, day))
        assert day is not None
        made = Voucher.objects.create(
            project=row.project,
            day=checked_day(day, day_of(at)),
            amount=-row.amount,
            kind=row.kind,
            payer=row.payer,
            payer_code=row.payer_code,
            origin=row.origin,
            payer_place=row.payer_place,
            evidence=row.evidence,
            note=reason.strip()[:300],
            reverses=row,
            by=by,
            by_name=by.name if by else "",
            at=at,
        )
        record(
            "reverse_voucher",
            made,
            by=by,
            at=at,
            name=row.project.called,
            unit_path=row.unit_path,
            after={"project": row.project.called, "amount": made.amount, "reverses": row.pk},
            reason=reason.strip(),
        )
    return made


def _faults(row: Voucher, reason: str, day: date | None) -> list[Refusal]:
    found = needs_reason(reason)
    taken_back = Voucher.objects.filter(reverses=row).exists()
    if row.reverses_id is not None or taken_back or row.state != VoucherState.VERIFIED:
        found.append(
            Refusal(
                "not_reversible",
                _("Only a verified voucher is reversed, and once."),
                _("Reject what is not verified yet."),
                status=409,
            )
        )
    if day is None or day < row.day:
        found.append(
            Refusal(
                "day_before",
                _("A reversal has a day, not before that of the voucher."),
                _("Write the day on which the money went back or the mistake was found."),
                place="day",
            )
        )
    return found
