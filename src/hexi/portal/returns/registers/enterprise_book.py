"""Keeping the register (名录簿记): an enterprise and its spells, as one. Only acts call it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.returns import form_book
from hexi.portal.returns.models import Enterprise, Reporter, Return, Spell
from hexi.portal.returns.models.enterprise import STANDING
from hexi.portal.returns.models.form_return import EDITABLE
from hexi.portal.returns.scope import one_seen

__all__ = [
    "card",
    "enter",
    "facts",
    "held",
    "new_spell",
    "open_spell",
    "rehome",
    "settle",
    "standing_fault",
    "within",
]

_CONTACT = ("contact", "phone", "email")


def held(enterprise_id: int, by: Person | None) -> Enterprise:
    """The enterprise, held until the transaction ends; the person keeps its register."""
    require(by, Permission.KEEP_REGISTER)
    queryset = Enterprise.objects.select_related("reporter__home", "successor")
    seen: Enterprise = one_seen(queryset, by, pk=enterprise_id)
    require(by, Permission.KEEP_REGISTER, seen.unit_path)
    Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise_id)
    row: Enterprise = queryset.get(pk=enterprise_id)
    return row


def within(unit: Unit, by: Person | None) -> None:
    """The person keeps the register of this unit.

    Raises:
        NotPermitted: otherwise.
    """
    if by is None or not by.covers(unit.path):
        raise NotPermitted


def enter(values: Mapping[str, Any]) -> Enterprise:
    """A new enterprise with its reporter and its first spell."""
    unit: Unit = values["unit"]
    contact = {name: values.get(name) or "" for name in _CONTACT}
    reporter = Reporter.objects.create(
        kind="enterprise", code=values["code"], name=values["name"], home=unit, **contact
    )
    standing = standing_of(values)
    made = Enterprise.objects.create(
        reporter=reporter,
        code=values["code"],
        name=values["name"],
        address=values.get("address") or "",
        opened=values["opened"],
        **standing,
    )
    Spell.objects.create(enterprise=made, unit=unit, since=values["opened"], **standing)
    return made


def standing_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The dated facts of an entry, with what is left out as empty."""
    empty = {"above_scale": False, "trader": False}
    return {name: values.get(name) or empty.get(name, "") for name in STANDING}


def open_spell(row: Enterprise) -> Spell:
    """The newest spell: where the enterprise stands."""
    spell: Spell = row.spells.select_related("unit").order_by("-since")[0]
    return spell


def new_spell(row: Enterprise, since: date, reason: str, **changes: Any) -> Spell:
    """From a day on it stands otherwise; the spell before ends on that day."""
    last = open_spell(row)
    last.until = since
    last.save(update_fields=["until"])
    facts_now = {name: getattr(last, name) for name in (*STANDING, "unit")}
    return Spell.objects.create(
        enterprise=row, since=since, reason=reason.strip(), **{**facts_now, **changes}
    )


def settle(row: Enterprise) -> None:
    """What lists show follows from the newest spell."""
    spell = open_spell(row)
    for name in STANDING:
        setattr(row, name, getattr(spell, name))
    row.reporter.home = spell.unit
    row.reporter.name = row.name
    row.reporter.save()
    row.save()


def rehome(row: Enterprise, since: date) -> int:
    """Returns of later periods that are still being filled in go to where it stands now."""
    spells = list(row.spells.select_related("unit"))
    moved = 0
    for pending in Return.objects.filter(reporter=row.reporter, state__in=EDITABLE):
        form = form_book.version_of(pending.form, pending.form_version)
        day = form_book.last_day(form, pending.period)
        there = next((s.unit for s in spells if s.holds(day)), None)
        if day >= since and there is not None and there.pk != pending.unit_id:
            pending.unit = there
            pending.save(update_fields=["unit"])
            moved += 1
    return moved


def standing_fault(row: Enterprise, day: date | None, at: datetime) -> list[Refusal]:
    """What is wrong with a day from which something is to change."""
    if row.closed is not None:
        return [
            Refusal(
                "closed_already",
                _("The enterprise is closed."),
                _("Take the closing back first, if it still works."),
                status=409,
            )
        ]
    if day is None:
        return [
            Refusal("date_missing", _("The day is missing."), _("Write from which day."),
                    place="since")
        ]  # fmt: skip
    if day > form_book.day_of(at):
        return [
            Refusal(
                "date_future",
                _("The day lies in the future."),
                _("Enter it when the day has come."),
                place="since",
            )
        ]
    if day <= open_spell(row).since:
        return [
            Refusal(
                "date_before",
                _("The day is not after the last change (%(day)s).")
                % {"day": open_spell(row).since.isoformat()},
                _("Write a later day, or correct the last change."),
                place="since",
            )
        ]
    return []


def facts(row: Enterprise, spell: Spell) -> dict[str, Any]:
    """The register's facts about an enterprise, as files write them."""
    standing = {name: getattr(spell, name) for name in STANDING}
    return {
        "code": row.code,
        "name": row.name,
        "unit": spell.unit,
        **standing,
        "address": row.address,
        "opened": row.opened,
        **{name: getattr(row.reporter, name) for name in _CONTACT},
    }


def card(row: Enterprise) -> dict[str, Any]:
    """… and as an event keeps them."""
    known = facts(row, open_spell(row))
    closed = row.closed.isoformat() if row.closed else ""
    kept = {**known, "unit": known["unit"].name, "opened": row.opened.isoformat()}
    return {**kept, "closed": closed, "successor": row.successor.name if row.successor else ""}
