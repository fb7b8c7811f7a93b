"""Change an agreement (修改协议): a new version, for which the check is done again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.promotion.agreement_book import clause_faults, put_clauses
from hexi.portal.promotion.entry import read, taken
from hexi.portal.promotion.holding import held
from hexi.portal.promotion.models import Agreement, AgreementState
from hexi.portal.promotion.nouns import AGREEMENT
from hexi.portal.returns.form_book import day_of

__all__ = ["change_agreement"]

_OVER = (AgreementState.SIGNED, AgreementState.DROPPED)


def change_agreement(
    agreement_id: int,
    given: Mapping[str, Any],
    clauses: Sequence[tuple[str, str]],
    *,
    by: Person | None,
    at: datetime,
    seen: int | None = None,
) -> Agreement:
    """Until it is signed; whoever changes it counts as its drafter from then on."""
    with transaction.atomic():
        row = held(
            Agreement, agreement_id, by, Permission.PROMOTE, seen=seen, also=("project__unit",)
        )
        entry = read(given, AGREEMENT, day_of(at))
        faults = [*entry.faults.values(), *clause_faults(clauses)]
        if row.state in _OVER:
            faults.append(
                Refusal(
                    "wrong_state",
                    _("A signed or dropped agreement is not changed."),
                    _("Draft a supplementary agreement."),
                    status=409,
                )
            )
        tell(faults)
        before = {name: getattr(row, name) for name in AGREEMENT}
        texts = list(row.clauses.values_list("text", flat=True))
        for name, value in entry.values.items():
            setattr(row, name, value)
        row.version += 1
        row.state = AgreementState.DRAFT
        row.drafter, row.drafter_name = by, by.name if by else ""
        row.save()
        put_clauses(row, clauses)
        record(
            "change_agreement",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before={**taken(before, AGREEMENT), "clauses": texts},
            after={
                **taken(entry.values, AGREEMENT),
                "clauses": [text.strip() for _kind, text in clauses],
            },
        )
    return row
