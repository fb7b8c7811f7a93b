"""Withdraw an override (撤销破例): the rule counts again; the decision stays to be read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.acts.override_rule import held_screening, rule_title
from hexi.portal.admission.models import RuleOverride
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.scope import one_visible
from hexi.portal.core.told import needs_reason, tell

__all__ = ["withdraw_override"]


def withdraw_override(
    override_id: int, *, reason: str, by: Person | None, at: datetime
) -> RuleOverride:
    """By whoever may decide on overrides there, also another person than the one who did."""
    with transaction.atomic():
        found: RuleOverride = one_visible(RuleOverride.objects.all(), by, pk=override_id)
        officer, screening = held_screening(found.screening_id, by)
        found.refresh_from_db()
        tell([*needs_reason(reason), *_faults(found)])
        found.withdrawn_at, found.withdrawn_by = at, officer.name
        found.withdrawn_reason = reason.strip()
        found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        record(
            "withdraw_override",
            screening,
            by=by,
            at=at,
            unit_path=screening.unit_path,
            before={"admission_rule": rule_title(screening, found.rule)},
            reason=found.withdrawn_reason,
        )
    return found


def _faults(found: RuleOverride) -> list[Refusal]:
    if found.withdrawn_at is None:
        return []
    return [
        Refusal(
            "already_withdrawn",
            _("This override was withdrawn already."),
            _("Open the screening again."),
            status=409,
        )
    ]
