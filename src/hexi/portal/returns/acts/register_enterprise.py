"""Register an enterprise (企业入库): it stands in a park or zone, and reports from now on."""

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
from hexi.portal.returns import form_book
from hexi.portal.returns.models import Enterprise, Reporter
from hexi.portal.returns.registers.enterprise_book import card, enter, within
from hexi.portal.returns.registers.entry import UnitFinder, read_entry

__all__ = ["known_already", "not_yet_opened", "register_enterprise"]


def register_enterprise(given: Mapping[str, Any], *, by: Person | None, at: datetime) -> Enterprise:
    """Enter it; every field that is wrong is told at once."""
    with transaction.atomic():
        require(by, Permission.KEEP_REGISTER)
        entry = read_entry(given, UnitFinder())
        faults = list(entry.faults.values())
        if "unit" in entry.values:
            within(entry.values["unit"], by)
        code, opened = entry.values.get("code"), entry.values.get("opened")
        if code and Reporter.objects.filter(code=code).exists():
            faults.append(known_already())
        if opened and opened > form_book.day_of(at):
            faults.append(not_yet_opened())
        tell(faults)
        made = enter(entry.values)
        record(
            "register_enterprise",
            made,
            by=by,
            at=at,
            unit_path=made.unit_path,
            after=card(made),
        )
    return made


def known_already() -> Refusal:
    """The code is taken."""
    return Refusal(
        "code_taken",
        _("This code is in the register already."),
        _("Look for it in the list; have it moved if it stands elsewhere."),
        place="code",
    )


def not_yet_opened() -> Refusal:
    """The opening day has not come."""
    return Refusal(
        "opened_future",
        _("The day of opening lies in the future."),
        _("Enter the enterprise when it has opened."),
        place="opened",
    )
