"""Enter what a project reached (登记履约实绩): a figure of a year or a day, with its evidence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.admission import AgreedItem
from hexi.portal.admission.models import AgreedActual
from hexi.portal.admission.rulebook import follow_up
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.projects.record_book import held
from hexi.portal.returns.form_book import day_of

__all__ = ["enter_actual"]

_LARGEST: Final = Decimal(10) ** 15


def enter_actual(
    project_id: int,
    item: str,
    of: date,
    value: Decimal,
    *,
    evidence: str,
    by: Person | None,
    at: datetime,
) -> AgreedActual:
    """A figure again for the same day corrects it; a year's figure counts for its last day."""
    with transaction.atomic():
        project = held(project_id, by, Permission.KEEP_PROJECTS)
        known = follow_up().item(item)
        if known is not None and known.measure == "year":
            of = date(of.year, 12, 31)
        tell(_faults(known, of, value, evidence, at))
        before = AgreedActual.objects.filter(project=project, item=item, of=of).first()
        made, _new = AgreedActual.objects.update_or_create(
            project=project,
            item=item,
            of=of,
            defaults={
                "value": value,
                "evidence": evidence.strip(),
                "by_name": by.name if by else "",
                "at": at,
            },
        )
        said = {"agreed_item": item, "admission_day": str(of)}
        record(
            "enter_actual",
            made,
            by=by,
            at=at,
            name=project.called,
            unit_path=project.unit_path,
            before={**said, **_card(before)} if before else {},
            after={**said, **_card(made)},
        )
    return made


def _card(row: AgreedActual) -> dict[str, str]:
    # worded where it is shown: admission.event_words
    return {"actual_value": f"{row.item} {row.value:f}", "admission_evidence": row.evidence}


def _faults(
    item: AgreedItem | None, of: date, value: Decimal, evidence: str, at: datetime
) -> list[Refusal]:
    faults = []
    if item is None or item.of or item.source != "entered":
        faults.append(
            Refusal(
                "item_not_entered",
                _("This item is not entered: it follows from others."),
                _("Enter the monthly progress, or the undivided figure."),
                place="item",
            )
        )
    if of > day_of(at):
        faults.append(
            Refusal(
                "day_ahead",
                _("The day lies ahead; a year's figure is entered when the year is over."),
                _("Choose a day before."),
                place="of",
            )
        )
    if not 0 <= value <= _LARGEST:
        faults.append(
            Refusal("value_wrong", _("The figure is out of range."), _("Check it."), place="value")
        )
    if not evidence.strip() or len(evidence.strip()) > 300:
        faults.append(
            Refusal(
                "evidence_missing",
                _("A figure needs its evidence."),
                _("Name the document: tax certificate, audit report, social insurance list."),
                place="evidence",
            )
        )
    return faults
