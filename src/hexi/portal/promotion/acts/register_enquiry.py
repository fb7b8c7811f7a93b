"""Register an enquiry (登记招商线索): typed once; what follows takes it over from here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.promotion.enquiry_steps import enter_step
from hexi.portal.promotion.entry import read, taken
from hexi.portal.promotion.holding import within
from hexi.portal.promotion.models import Activity, Agent, Enquiry
from hexi.portal.promotion.nouns import ENQUIRY
from hexi.portal.returns.form_book import day_of
from hexi.projects.duplicates import plain_name

__all__ = ["reachable", "register_enquiry"]


def register_enquiry(
    given: Mapping[str, Any],
    *,
    activity: int | None = None,
    agent: int | None = None,
    by: Person | None,
    at: datetime,
    money: str = "万元",
) -> Enquiry:
    """Enter it; the clock of the day of receipt runs from then on."""
    with transaction.atomic():
        officer = require(by, Permission.PROMOTE)
        today = day_of(at)
        entry = read(given, ENQUIRY, today, money=money)
        values = entry.values
        faults = [*entry.faults.values(), *reachable(values)]
        tell([*faults, *within(values.get("unit") or None, officer)])
        made = Enquiry(
            **values,
            firm_key=plain_name(values["firm"]),
            activity=_one(Activity, activity, by),
            agent=_one(Agent, agent, by),
            by_name=officer.name,
            at=at,
        )
        made.save()
        enter_step(made, "register", today, "", by=by, at=at)
        record(
            "register_enquiry",
            made,
            by=by,
            at=at,
            unit_path=made.unit_path,
            after=taken(values, ENQUIRY),
        )
    return made


def reachable(values: Mapping[str, Any]) -> list[Refusal]:
    """Who asks can be answered: a telephone number or an e-mail address."""
    if values.get("phone") or values.get("email"):
        return []
    return [
        Refusal(
            "no_way_back",
            _("There is neither a telephone number nor an e-mail address."),
            _("Write one of the two, so that an answer can be given."),
            place="phone",
        )
    ]


def _one(model: Any, row_id: int | None, by: Person | None) -> Any:
    if row_id is None:
        return None
    row = model.objects.visible_to(by).filter(pk=row_id).first()
    if row is None:
        raise NotFound
    return row
