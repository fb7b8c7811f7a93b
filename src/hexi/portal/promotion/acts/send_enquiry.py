"""Send an enquiry (网上提交招商咨询): the public asks a zone, on a plain form without an account.

A flood from one place is refused, and so is more than an office can read in a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import PUBLIC, record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.told import tell
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.promotion.acts.register_enquiry import reachable
from hexi.portal.promotion.enquiry_steps import enter_step
from hexi.portal.promotion.entry import read, taken
from hexi.portal.promotion.models import Enquiry
from hexi.portal.promotion.nouns import PUBLIC_ENQUIRY
from hexi.portal.promotion.queries.openings import asked_units
from hexi.portal.returns.form_book import day_of
from hexi.projects.duplicates import plain_name

__all__ = ["send_enquiry"]

#: from one sender in an hour, and from all senders in a day
_FROM_ONE: Final = 5
_FROM_ALL: Final = 300


def send_enquiry(
    given: Mapping[str, Any],
    *,
    sender: str,
    wanted: int | None = None,
    by: Person | None = None,
    at: datetime,
) -> Enquiry:
    """Enter it for the zone that was chosen; ``sender`` is a digest of where it comes from."""
    if not settings.HEXI.public_reading:
        raise NotFound
    with transaction.atomic():
        today = day_of(at)
        entry = read(given, PUBLIC_ENQUIRY, today)
        values = entry.values
        tell([*entry.faults.values(), *reachable(values), *_asked(values), *_flood(sender, at)])
        made = Enquiry(
            **values,
            firm_key=plain_name(values["firm"]),
            channel="portal",
            received=today,
            wanted=_published(wanted),
            by_name="",
            at=at,
            sender=sender,
        )
        made.save()
        enter_step(made, "register", today, "", by=by, at=at)
        record(
            "send_enquiry",
            made,
            by=by,
            at=at,
            unit_path=made.unit_path,
            after=taken(values, PUBLIC_ENQUIRY),
            who=PUBLIC,
        )
    return made


def _asked(values: Mapping[str, Any]) -> list[Refusal]:
    unit = values.get("unit")
    if not unit or asked_units().filter(pk=unit.pk).exists():
        return []
    return [
        Refusal(
            "unit_unknown",
            _("This unit takes no enquiries."),
            _("Choose one of the list."),
            place="unit",
        )
    ]


def _flood(sender: str, at: datetime) -> list[Refusal]:
    sent = Enquiry.objects.filter(channel="portal")
    lately = sent.filter(sender=sender, at__gt=at - timedelta(hours=1)).count()
    if lately < _FROM_ONE and sent.filter(at__gt=at - timedelta(days=1)).count() < _FROM_ALL:
        return []
    return [
        Refusal(
            "too_many_enquiries",
            _("Too many enquiries have come in."),
            _("Try again later, or call the zone."),
            status=429,
        )
    ]


def _published(project_id: int | None) -> ProjectRecord | None:
    if project_id is None:
        return None
    rows: Any = ProjectRecord.objects
    row: ProjectRecord | None = rows.visible_to(None).filter(pk=project_id).first()
    if row is None:
        raise NotFound
    return row
