"""Set a failed rule aside (破例准入): by another than who screened, with a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.models import RuleOverride, ScreeningRecord
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns.form_book import day_of

__all__ = ["held_screening", "override_rule", "rule_title"]


def override_rule(
    screening_id: int,
    rule: str,
    *,
    reason: str,
    day: date,
    by: Person | None,
    at: datetime,
    document: str = "",
) -> RuleOverride:
    """Only where the rule's table allowed it on the day of the screening."""
    with transaction.atomic():
        officer, row = held_screening(screening_id, by)
        tell([*needs_reason(reason), *_faults(row, rule, day, officer, at)])
        made: RuleOverride = RuleOverride.objects.create(
            screening=row,
            rule=rule,
            reason=reason.strip(),
            document=document.strip()[:200],
            day=day,
            who=officer.pk,
            by_name=officer.name,
            at=at,
        )
        record(
            "override_rule",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={
                "admission_rule": rule_title(row, rule),
                "admission_document": made.document,
                "admission_day": str(day),
            },
            reason=made.reason,
        )
    return made


def held_screening(screening_id: int, by: Person | None) -> tuple[Person, ScreeningRecord]:
    """The screening, held until the transaction ends, for who may set rules aside there."""
    officer = require(by, Permission.OVERRIDE_ADMISSION)
    rows = ScreeningRecord.objects.select_related("unit")
    row: ScreeningRecord = one_visible(rows, by, pk=screening_id)
    ScreeningRecord.objects.select_for_update().filter(pk=row.pk).first()
    if not officer.covers(row.unit_path):
        raise NotPermitted
    return officer, row


def rule_title(row: ScreeningRecord, rule: str) -> str:
    """A rule as the record names it; an event is read long after the rules have moved on."""
    said = next((one for one in row.answer["rules"] if one["id"] == rule), None)
    return str(said["title"]) if said else rule


def _faults(
    row: ScreeningRecord, rule: str, day: date, officer: Person, at: datetime
) -> list[Refusal]:
    said = next((one for one in row.answer["rules"] if one["id"] == rule), None)
    faults = []
    if said is None:
        faults.append(_refusal("rule_unknown", _("The screening has no such rule.")))
    elif said["outcome"] != "fails":
        faults.append(_refusal("rule_not_failed", _("The rule has not failed.")))
    elif not said["overridable"]:
        faults.append(_refusal("no_override", _("This rule allows no override.")))
    if officer.pk == row.who:
        faults.append(
            Refusal(
                "own_screening",
                _("Who screened does not set a rule aside."),
                _("Ask a colleague who may decide on overrides."),
            )
        )
    if row.overrides.filter(rule=rule, withdrawn_at=None).exists():
        faults.append(
            Refusal(
                "already_aside",
                _("This rule is set aside already."),
                _("Read the decision that stands, or withdraw it first."),
                status=409,
            )
        )
    if not row.day <= day <= day_of(at):
        faults.append(
            Refusal(
                "day_wrong",
                _("The decision lies between the day of the screening and today."),
                _("Choose such a day."),
                place="day",
            )
        )
    return faults


def _refusal(code: str, message: object) -> Refusal:
    remedy = _("Only a rule that has failed, and whose table allows it, can be set aside.")
    return Refusal(code, message, remedy, place="rule")
