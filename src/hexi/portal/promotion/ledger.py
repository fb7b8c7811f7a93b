"""The ledger of funds in place as columns (到位资金台账): counted whole, shown in part.

Whether a voucher is a copy depends on all others, so that the whole ledger is counted and a reader
is shown the rows of the own scope. It is kept by the process until a voucher or a project of it
changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Count, Max, Sum
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.promotion.models import Voucher, VoucherState
from hexi.portal.promotion.wording import said
from hexi.promotion.fund_rules import load_fund_rules
from hexi.promotion.funds import COLUMNS, DUPLICATE, Column, Counting, Exclusion, Vouchers, count

__all__ = ["Ledger", "ledger", "reason_text", "reason_words"]

_OWN = {
    VoucherState.PENDING.value: lazy("To be verified by another person"),
    VoucherState.REJECTED.value: lazy("Rejected at verification"),
    DUPLICATE: lazy("Repeats another voucher"),
}


@dataclass(frozen=True)
class Ledger:
    """All vouchers with what became of them, and where each stands."""

    vouchers: Vouchers
    counting: Counting
    #: path of the project's unit, and whether the project is for practice
    path: Column
    practice: Column

    def within(self, *paths: str, practice: bool = False) -> Column:
        """Rows of these subtrees; practice and real ones are never in one answer."""
        inside = np.zeros(len(self.vouchers), dtype=bool)
        known, codes = np.unique(self.path.astype(str), return_inverse=True)
        if len(known):
            inside = np.array([str(one).startswith(paths) for one in known])[codes]
        return np.asarray(inside & (self.practice == practice), dtype=bool)

    def seen_by(self, person: Person | None, *, practice: bool = False) -> Column:
        """Rows of a person's scope."""
        if person is not None and person.is_administrator:
            return np.asarray(self.practice == practice, dtype=bool)
        return self.within(*(person.scope_paths() if person else ()), practice=practice)

    def part(self, rows: Column) -> tuple[Vouchers, Counting]:
        """Some rows with the answers that the whole ledger gave them."""
        columns = {name: getattr(self.vouchers, name)[rows] for name in COLUMNS}
        counted = Counting(self.counting.reason[rows], self.counting.copy_of[rows])
        return Vouchers(**columns), counted

    def answer(self, voucher_id: int) -> tuple[str, int]:
        """Reason and original of one voucher; an empty reason: it counts."""
        at = np.flatnonzero(self.vouchers.id == voucher_id)
        if not len(at):
            return VoucherState.PENDING.value, 0
        return str(self.counting.reason[at[0]]), int(self.counting.copy_of[at[0]])


def ledger() -> Ledger:
    """The ledger as it stands now."""
    state = Voucher.objects.aggregate(
        n=Count("id"), last=Max("id"), entered=Max("at"), verified=Max("verified_at"),
        yuan=Sum("amount"), seen=Sum("project__version"),
    )  # fmt: skip
    rules = load_fund_rules(settings.HEXI.pack)
    # the database is named too: tests and offices have several in one process
    return _kept(str(settings.DATABASES["default"]["NAME"]), tuple(state.values()), rules)


@lru_cache(maxsize=1)
def _kept(_database: str, _state: tuple[Any, ...], rules: tuple[Exclusion, ...]) -> Ledger:
    rows = Voucher.objects.order_by("id").values_list(
        "id", "project_id", "day", "amount", "kind", "origin", "payer_code", "payer",
        "evidence__digest", "state", "distinct", "reverses_id", "project__industry",
        "payer_place", "project__place", "project__unit__path", "project__practice",
    )  # fmt: skip
    listed = list(rows)
    made = Vouchers.of(
        [
            {
                "id": row[0], "project": row[1], "day": int(row[2].strftime("%Y%m%d")),
                "amount": row[3], "kind": row[4], "origin": row[5], "payer": row[6] or row[7],
                "digest": row[8], "state": row[9], "distinct": row[10], "reverses": row[11] or 0,
                "industry": row[12], "payer_city": row[13][:4], "project_city": row[14][:4],
            }
            for row in listed
        ]
    )  # fmt: skip
    return Ledger(
        made,
        count(made, rules),
        np.array([row[15] for row in listed], dtype=object),
        np.array([row[16] for row in listed], dtype=bool),
    )


def reason_words() -> dict[str, str]:
    """Every reason for not counting, in the reader's language; in the order of the rules."""
    rules = load_fund_rules(settings.HEXI.pack)
    return {**{code: str(text) for code, text in _OWN.items()},
            **{rule.id: said(rule, "name") for rule in rules}}  # fmt: skip


def reason_text(reason: str) -> str:
    """One reason in words; the code itself where the pack no longer has it."""
    return reason_words().get(reason, reason)
