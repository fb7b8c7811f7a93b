"""Sign an agreement (签订协议): only what passed its check is signed; the project moves with it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.projects.acts.move_stage import move_stage
from hexi.portal.promotion.enquiry_clock import pipeline_stages
from hexi.portal.promotion.entry import checked_day
from hexi.portal.promotion.holding import held
from hexi.portal.promotion.models import Agreement, AgreementState
from hexi.portal.returns.form_book import day_of

__all__ = ["sign_agreement"]


def sign_agreement(
    agreement_id: int,
    *,
    day: date | None,
    number: str = "",
    by: Person | None,
    at: datetime,
    seen: int | None = None,
) -> Agreement:
    """A project in talks becomes a signed one, with the agreement as its evidence."""
    with transaction.atomic():
        row = held(
            Agreement, agreement_id, by, Permission.PROMOTE, seen=seen, also=("project__unit",)
        )
        tell(_faults(row, day))
        assert day is not None
        check = row.checks.filter(version=row.version).order_by("-id")[0]
        row.signed_on = checked_day(day, day_of(at))
        if day < check.day:
            tell([_too_early(check.day)])
        row.number = number.strip()[:80] or row.number
        row.state = AgreementState.SIGNED
        row.save()
        if row.project.stage in pipeline_stages():
            move_stage(
                row.project_id,
                "signed",
                day=day,
                reason=row.title,
                evidence=" ".join(part for part in (row.number, row.title) if part)[:300],
                by=by,
                at=at,
            )
        record(
            "sign_agreement",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"signed_on": day.isoformat(), "number": row.number},
        )
    return row


def _faults(row: Agreement, day: date | None) -> list[Refusal]:
    found = []
    if row.state == AgreementState.REFUSED:
        check = row.checks.filter(version=row.version).order_by("-id").first()
        articles = "、".join(
            dict.fromkeys(
                one["article"] for one in (check.findings if check else [])
                if one["verdict"] == "forbidden"
            )
        )  # fmt: skip
        found.append(
            Refusal(
                "check_refused",
                _("The fair-competition check refused it: %(articles)s.") % {"articles": articles},
                _("Take the clause out or give its legal basis, and have it checked again."),
                status=409,
            )
        )
    elif row.state != AgreementState.PASSED:
        found.append(
            Refusal(
                "not_checked",
                _("An agreement is signed after its fair-competition check (Art. 18)."),
                _("Have it checked by another person."),
                status=409,
            )
        )
    if day is None:
        found.append(
            Refusal("day_missing", _("The day is missing."), _("Write the day."), place="day")
        )
    return found


def _too_early(checked: date) -> Refusal:
    return Refusal(
        "signed_before_check",
        _("The day of signing lies before the check of %(day)s.") % {"day": checked.isoformat()},
        _("An agreement is signed after its check."),
        place="day",
    )
