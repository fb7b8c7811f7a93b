"""Enter an agreement of performance (登记履约协议): items, values, days and consequences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.models import AgreedFigure, Agreement
from hexi.portal.admission.rulebook import follow_up
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.projects.record_book import held
from hexi.portal.returns.form_book import day_of

__all__ = ["AgreedLine", "agree_figures"]

_MOST: Final = 40
_LARGEST: Final = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """One promise as it was typed; the value in yuan, yuan a mu, or heads."""

    item: str
    value: Decimal
    by: date
    consequence: str = ""


def agree_figures(
    project_id: int,
    lines: Sequence[AgreedLine],
    *,
    document: str,
    party: str,
    signed: date,
    note: str = "",
    by: Person | None,
    at: datetime,
) -> Agreement:
    """Keep the agreement whole: figures of it are not changed later, a new agreement takes over."""
    with transaction.atomic():
        project = held(project_id, by, Permission.KEEP_PROJECTS)
        party = party.strip() or project.investor
        tell([*_head_faults(document, party, signed, at), *_line_faults(lines, signed)])
        made: Agreement = Agreement.objects.create(
            project=project,
            document=document.strip(),
            party=party,
            signed=signed,
            note=note.strip(),
            by_name=by.name if by else "",
            at=at,
        )
        AgreedFigure.objects.bulk_create(
            AgreedFigure(
                agreement=made,
                item=one.item,
                value=one.value,
                by=one.by,
                consequence=one.consequence.strip(),
            )
            for one in lines
        )
        record(
            "agree_figures",
            made,
            by=by,
            at=at,
            name=project.called,
            unit_path=project.unit_path,
            after={
                "admission_document": made.document,
                "agreed_party": party,
                "agreed_signed": str(signed),
                # worded where it is shown: admission.event_words
                "agreed_figures": [f"{one.item} {one.value:f} {one.by}" for one in lines],
            },
        )
    return made


def _head_faults(document: str, party: str, signed: date, at: datetime) -> list[Refusal]:
    faults = []
    for place, text in (("document", document), ("party", party)):
        if not text.strip() or len(text.strip()) > 200:
            faults.append(
                Refusal(
                    f"{place}_missing",
                    _("Document and other party are needed."),
                    _("Write at most 200 characters for each."),
                    place=place,
                )
            )
    if signed > day_of(at):
        faults.append(
            Refusal(
                "day_ahead",
                _("The day of signing lies ahead."),
                _("Enter the agreement when it is signed."),
                place="signed",
            )
        )
    return faults


def _line_faults(lines: Sequence[AgreedLine], signed: date) -> list[Refusal]:
    if not 0 < len(lines) <= _MOST:
        message = _("An agreement has one to 40 agreed figures.")
        return [Refusal("no_figures", message, _("Fill in one row at least."), place="item")]
    faults, seen = [], set()
    for number, one in enumerate(lines, 1):
        if follow_up().item(one.item) is None:
            said = _("There is no such item.")
        elif not 0 < one.value <= _LARGEST:
            said = _("The agreed value is above nothing.")
        elif one.by <= signed:
            said = _("The day to be reached by comes after the signing.")
        elif (one.item, one.by) in seen:
            said = _("The same item is agreed twice for one day.")
        else:
            seen.add((one.item, one.by))
            continue
        faults.append(Refusal("figure_wrong", said, _("Mend this row."), place=f"row {number}"))
    return faults
