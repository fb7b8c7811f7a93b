"""Correct a statement (更正陈述): a person says what a field of a figure should be.

The reading itself is kept; the correction lies beside it, is applied at once, and the register
and the audit are made again with it in the same transaction.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal, InvalidOperation
from re import fullmatch
from typing import Any, get_args

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.plans.corrections import Anchor, anchor_of
from hexi.plans.statements import Bound, Measure, Modality
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.plans.models import CorrectionRow, StatementRow
from hexi.portal.plans.reading.corrected import anchor_key
from hexi.portal.plans.reading.hold import hold
from hexi.portal.plans.reading.records import document_of, statement_of
from hexi.portal.plans.reading.store import reexamine

__all__ = ["FIELDS", "correct_statement", "withdraw_correction"]

#: field to the values it may take; None: free text
FIELDS: dict[str, tuple[str, ...] | None] = {
    "subject": None,
    "indicator": None,
    "measure": get_args(Measure),
    "value": None,
    "unit": None,
    "period": None,
    "modality": get_args(Modality),
    "bound": get_args(Bound),
}
_PERIOD = r"(19|20)\d\d(-(19|20)\d\d|-(0[1-9]|1[0-2])|-Q[1-4])?"


def correct_statement(
    statement_id: int, field: str, value: str, *, reason: str, by: Person | None, at: datetime
) -> CorrectionRow:
    """Put the correction down and apply it; an earlier one of the same field is replaced."""
    with transaction.atomic():
        queryset = StatementRow.objects.select_related("reading__document__plan__unit")
        found: StatementRow = one_visible(queryset, by, pk=statement_id, reading__current=True)
        hold(found.reading.document.plan_id)
        # whoever wrote before us may have read the figure anew
        row: StatementRow = one_visible(queryset, by, pk=statement_id, reading__current=True)
        plan = row.reading.document.plan
        officer = require(by, Permission.CORRECT, plan.unit_path)
        after = _checked(field, value)
        _reasoned(reason)
        before = row.record.get(field)
        if after == before:
            raise Refusal(
                "no_change", _("The field says this already."), _("Write another value."),
                place=field,
            )  # fmt: skip
        document = row.reading.document
        anchor = _anchor(row)
        key = anchor_key(anchor)
        live = document.corrections.filter(anchor_key=key, field=field, withdrawn_at=None)
        live.update(withdrawn_at=at, withdrawn_by=officer.name)
        correction = CorrectionRow.objects.create(
            document=document,
            anchor=asdict(anchor),
            anchor_key=key,
            statement=row.number,
            field=field,
            before=row.as_read.get(field, before),
            after=after,
            reason=reason.strip(),
            by_name=officer.name,
            at=at,
        )
        reexamine(row.reading, at=at, pack=settings.HEXI.pack)
        record(
            "correct_statement",
            correction,
            by=by,
            at=at,
            name=f"{row.text} {row.indicator}",
            unit_path=plan.unit_path,
            before={field: before},
            after={field: after, "plan": plan.pk},
            reason=reason.strip(),
        )
    return correction


def withdraw_correction(
    correction_id: int, *, reason: str, by: Person | None, at: datetime
) -> CorrectionRow:
    """Take a correction back: the field says again what the engine read."""
    with transaction.atomic():
        queryset = CorrectionRow.objects.select_related("document__plan__unit")
        found: CorrectionRow = one_visible(queryset, by, pk=correction_id)
        hold(found.document.plan_id)
        correction: CorrectionRow = one_visible(queryset, by, pk=correction_id)
        plan = correction.document.plan
        officer = require(by, Permission.CORRECT, plan.unit_path)
        _reasoned(reason)
        if correction.withdrawn_at is not None:
            raise Refusal(
                "withdrawn_already",
                _("This correction was withdrawn already."),
                _("Nothing needs to be done."),
                status=409,
            )
        correction.withdrawn_at, correction.withdrawn_by = at, officer.name
        correction.save(update_fields=["withdrawn_at", "withdrawn_by"])
        reading = correction.document.readings.filter(current=True).first()
        if reading is not None:
            reexamine(reading, at=at, pack=settings.HEXI.pack)
        record(
            "withdraw_correction",
            correction,
            by=by,
            at=at,
            unit_path=plan.unit_path,
            before={correction.field: correction.after},
            after={correction.field: correction.before, "plan": plan.pk},
            reason=reason.strip(),
        )
    return correction


def _anchor(row: StatementRow) -> Anchor:
    """The words that the figure is known by; they are the same before and after corrections."""
    whole = document_of(row.reading.block_record(), row.reading.canonical_text())
    records = row.reading.statements.order_by("number").values_list("record", flat=True)
    return anchor_of(whole, [statement_of(record) for record in records], row.number)


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise Refusal(
            "reason_missing",
            _("A correction needs a reason."),
            _("Write what the document means."),
            place="reason",
        )


def _checked(field: str, value: str) -> Any:
    """The value as the statement keeps it, or a refusal that says what is expected."""
    if field not in FIELDS:
        raise Refusal(
            "unknown_field", _("There is no such field."), _("Choose one of the list."), place=field
        )
    value = value.strip()
    allowed = FIELDS[field]
    if allowed is not None and value not in allowed:
        raise Refusal(
            "unknown_value", _("There is no such value."), _("Choose one of the list."), place=field
        )
    if field == "value":
        return _number(value)
    if field == "period":
        return _period(value)
    if field == "indicator" and not value:
        raise Refusal(
            "empty_field", _("The indicator is empty."), _("Write its name."), place=field
        )
    if len(value) > (60 if field == "unit" else 300):
        raise Refusal("too_long", _("The text is too long."), _("Shorten it."), place=field)
    return value


def _number(value: str) -> str:
    try:
        number = Decimal(value.replace(",", "").replace("，", "").replace("−", "-"))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 24:
        raise Refusal(
            "not_a_number",
            _("The value must be a number."),
            _("Write digits, as 1542 or 12.5."),
            place="value",
        )
    return format(number, "f")


def _period(value: str) -> str | None:
    if not value:
        return None
    if not fullmatch(_PERIOD, value):
        raise Refusal(
            "not_a_period",
            _("The period cannot be read."),
            _("Write 2020, 2016-2020, 2015-12 or 2023-Q1."),
            place="period",
        )
    return value
