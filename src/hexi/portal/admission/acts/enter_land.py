"""Enter the land of a project (登记供地): contract, day, agreed start, price, what is built."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.models import LandGrant
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.projects.record_book import held
from hexi.portal.returns.form_book import day_of

__all__ = ["enter_land"]

_FIELDS = ("given", "contract", "area_mu", "price", "agreed_start", "agreed_end", "built_percent")


def enter_land(
    project_id: int,
    *,
    given: date,
    contract: str,
    agreed_start: date,
    agreed_end: date | None = None,
    area_mu: Decimal | None = None,
    price: int | None = None,
    built_percent: Decimal | None = None,
    reason: str = "",
    by: Person | None,
    at: datetime,
) -> LandGrant:
    """Entered again it is a correction, which needs a reason; its event keeps what stood before."""
    with transaction.atomic():
        project = held(project_id, by, Permission.KEEP_PROJECTS)
        before = LandGrant.objects.filter(project=project).first()
        said = needs_reason(reason) if before else []
        tell([*said, *_faults(given, contract, agreed_start, agreed_end, at)])
        values: Mapping[str, Any] = {
            "given": given,
            "contract": contract.strip(),
            "area_mu": area_mu,
            "price": price,
            "agreed_start": agreed_start,
            "agreed_end": agreed_end,
            "built_percent": built_percent,
            "by_name": by.name if by else "",
            "at": at,
        }
        card = _card(before) if before else {}
        made, _new = LandGrant.objects.update_or_create(project=project, defaults=dict(values))
        record(
            "enter_land",
            made,
            by=by,
            at=at,
            name=project.called,
            unit_path=project.unit_path,
            before=card,
            after=_card(made),
            reason=reason.strip(),
        )
    return made


def _card(row: LandGrant) -> dict[str, str]:
    values = {f"land_{name}": getattr(row, name) for name in _FIELDS}
    return {name: str(value) for name, value in values.items() if value is not None}


def _faults(
    given: date, contract: str, start: date, end: date | None, at: datetime
) -> list[Refusal]:
    faults = []
    if not contract.strip() or len(contract.strip()) > 200:
        faults.append(
            Refusal(
                "contract_missing",
                _("The land needs its contract or decision."),
                _("Write its number, at most 200 characters."),
                place="contract",
            )
        )
    if given > day_of(at):
        faults.append(
            Refusal(
                "day_ahead",
                _("The day on which the land was given lies ahead."),
                _("Enter it when it is given."),
                place="given",
            )
        )
    if start < given or (end is not None and end < start):
        faults.append(
            Refusal(
                "days_out_of_order",
                _("The days are out of order: given, agreed start, agreed completion."),
                _("Check them against the contract."),
                place="agreed_start",
            )
        )
    return faults
