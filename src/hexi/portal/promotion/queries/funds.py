"""Funds in place on pages (到位资金页): lines of the ledger with what counts and why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Q
from django.urls import reverse

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.promotion.ledger import Ledger, ledger, reason_words
from hexi.portal.promotion.models import Voucher, VoucherState
from hexi.portal.promotion.wording import ten_thousands, word
from hexi.promotion.funds import DUPLICATE

__all__ = ["VoucherLine", "filtered", "sums_of", "voucher_can", "voucher_lines"]


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One voucher in a list."""

    id: int
    url: str
    day: date
    amount: str
    kind: str
    payer: str
    origin: str
    project: str
    project_url: str
    unit: str
    by: str
    verified_by: str
    state: str
    #: empty: it counts
    reason: str
    copy_of: int
    lamp: str
    reversal: bool


def voucher_lines(rows: Iterable[Voucher], kept: Ledger | None = None) -> list[VoucherLine]:
    """Lines of a page; rows come with project, unit and evidence."""
    whole, words = kept or ledger(), reason_words()
    lines = []
    for row in rows:
        reason, copy_of = whole.answer(row.pk)
        lines.append(
            VoucherLine(
                id=row.pk,
                url=reverse("voucher", args=[row.pk]),
                day=row.day,
                amount=ten_thousands(row.amount).replace("-", "−"),
                kind=word("fund", row.kind),
                payer=row.payer,
                origin=str(ORIGINS.get(row.origin, row.origin)),
                project=row.project.called,
                project_url=reverse("project", args=[row.project_id]),
                unit=name_of(row.project.unit),
                by=row.by_name,
                verified_by=row.verified_by,
                state=row.get_state_display(),
                reason=words.get(reason, reason) if reason else "",
                copy_of=copy_of,
                lamp=_lamp(reason),
                reversal=row.reverses_id is not None,
            )
        )
    return lines


def _lamp(reason: str) -> str:
    if not reason:
        return "met"
    if reason == VoucherState.PENDING:
        return "waiting"
    return "missed" if reason in (VoucherState.REJECTED, DUPLICATE) else "dismissed"


def filtered(rows: Any, asked: Any, kept: Ledger) -> Any:
    """The filters of the address; also used by the API."""
    if query := str(asked.get("q") or "").strip():
        rows = rows.filter(Q(payer__icontains=query) | Q(project__name__icontains=query))
    if unit := asked.get("unit"):
        rows = rows.filter(project__unit__path__contains=f"/{unit}/")
    if year := str(asked.get("year") or ""):
        known = len(year) == 4 and year.isdecimal() and int(year) > 0
        rows = rows.filter(day__year=int(year)) if known else rows.none()
    if origin := asked.get("origin"):
        rows = rows.filter(origin=origin)
    show = str(asked.get("show") or "")
    if show:
        counting = kept.counting
        hit = counting.counted if show == "counted" else ~counting.counted
        if show in (VoucherState.PENDING, DUPLICATE):
            hit = np.asarray(counting.reason == show, dtype=bool)
        rows = rows.filter(pk__in=[int(one) for one in kept.vouchers.id[hit]])
    return rows


def sums_of(kept: Ledger, ids: Iterable[int]) -> dict[str, Any]:
    """Counted and left out of some vouchers, by origin and by reason (万元)."""
    chosen = np.isin(kept.vouchers.id, np.fromiter(ids, dtype=np.int64))
    vouchers, counting = kept.part(chosen)
    words = reason_words()
    counted = counting.counted
    out: dict[str, tuple[int, int]] = {}
    for at in np.flatnonzero(~counted):
        reason = str(counting.reason[at])
        number, yuan = out.get(reason, (0, 0))
        out[reason] = (number + 1, yuan + int(vouchers.amount[at]))
    by_origin = {
        origin: int(vouchers.amount[counted & (vouchers.origin == origin)].sum())
        for origin in ORIGINS
        if origin != "local"
    }
    order = {reason: at for at, reason in enumerate(words)}
    return {
        "all": ten_thousands(int(vouchers.amount.sum()) if len(vouchers) else 0),
        "counted": ten_thousands(sum(by_origin.values())),
        "projects": len(set(vouchers.project[counted].tolist())),
        "origins": [
            {"label": str(ORIGINS[origin]), "amount": ten_thousands(yuan)}
            for origin, yuan in by_origin.items()
        ],
        "out": [
            {"reason": words.get(reason, reason), "n": n, "amount": ten_thousands(yuan)}
            for reason, (n, yuan) in sorted(out.items(), key=lambda one: order.get(one[0], 99))
        ],
    }


def voucher_can(row: Voucher, person: Person | None) -> dict[str, bool]:
    """What this person may do with a voucher; the acts ask the same."""
    inside = person is not None and person.covers(row.unit_path)
    own = person is not None and row.by_id == person.pk
    grants = person.grants if person is not None else lambda _permission: False
    pending = row.state == VoucherState.PENDING
    return {
        "verify": inside and pending and not own and grants(Permission.VERIFY_FUNDS),
        "own": inside and pending and own,
        "reverse": inside
        and row.state == VoucherState.VERIFIED
        and row.reverses_id is None
        and not hasattr(row, "reversal")
        and grants(Permission.PROMOTE),
    }
