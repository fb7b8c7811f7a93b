"""Enter a target firm (登记目标企业): a line of a list, with its source and day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.promotion.entry import read, taken
from hexi.portal.promotion.holding import within
from hexi.portal.promotion.models import TargetFirm
from hexi.portal.promotion.nouns import FIRM
from hexi.portal.returns.form_book import day_of
from hexi.projects.duplicates import plain_name

__all__ = ["keep_firm"]


def keep_firm(given: Mapping[str, Any], *, by: Person | None, at: datetime) -> TargetFirm:
    """Each firm stands once on a list of a unit."""
    with transaction.atomic():
        officer = require(by, Permission.PROMOTE)
        entry = read(given, FIRM, day_of(at))
        values = entry.values
        key = plain_name(values.get("name") or "")
        faults = [*entry.faults.values(), *within(values.get("unit") or None, officer)]
        if not entry.faults:
            listed = TargetFirm.objects.filter(
                unit=values["unit"], of_list=values["of_list"], key=key
            )
            if listed.exists():
                faults.append(
                    Refusal(
                        "listed_already",
                        _("This firm stands on the list already."),
                        _("Choose another list, or look for it there."),
                        place="name",
                        status=409,
                    )
                )
        tell(faults)
        made = TargetFirm.objects.create(**values, key=key, by_name=officer.name, at=at)
        record(
            "keep_firm",
            made,
            by=by,
            at=at,
            unit_path=made.unit_path,
            after=taken(values, FIRM),
        )
    return made
