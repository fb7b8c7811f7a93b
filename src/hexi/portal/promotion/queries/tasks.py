"""Tasks of promotion (招商待办): enquiries, next steps of talks, checks and vouchers that wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.core.tasks import MOST, Task, task
from hexi.portal.promotion.models import (
    Agreement,
    AgreementState,
    ContactEntry,
    Enquiry,
    Voucher,
    VoucherState,
)
from hexi.portal.promotion.queries.inbox import STEPS, waiting

__all__ = ["KINDS", "promotion_tasks"]

KINDS: dict[str, Any] = {
    "enquiry": lazy("Enquiry"),
    "contact": lazy("Next step with an investor"),
    "fair_check": lazy("Check an agreement"),
    "voucher": lazy("Verify funds in place"),
}


def promotion_tasks(person: Person, today: date) -> Iterable[Task]:
    """What waits for a person: their office's enquiries, their own next steps, others' papers."""
    if person.grants(Permission.PROMOTE):
        yield from _enquiries(person, today)
        yield from _contacts(person, today)
        yield from _checks(person, today)
    if person.grants(Permission.VERIFY_FUNDS):
        yield from _vouchers(person, today)


def _enquiries(person: Person, today: date) -> Iterable[Task]:
    """Of the office itself; units below answer for theirs."""
    mine = Enquiry.objects.filter(unit__in=[unit.pk for unit in person.scope_units()])
    for row in mine.filter(waiting()).select_related("unit").order_by("due", "id")[:MOST]:
        yield task(
            "enquiry",
            f"{STEPS[row.due_step]}：{row.firm}",
            name_of(row.unit),
            reverse("enquiry", args=[row.pk]),
            today=today,
            due=row.due,
            state=row.get_state_display(),
            lamp="on_the_way",
        )


def _contacts(person: Person, today: date) -> Iterable[Task]:
    rows = ContactEntry.objects.visible_to(person).filter(by_id=person.pk, settled_on=None)
    rows = rows.exclude(next_step="").select_related("project__unit").order_by("next_due", "id")
    for row in rows[:MOST]:
        yield task(
            "contact",
            row.next_step,
            row.project.called,
            reverse("lead", args=[row.project_id]),
            today=today,
            due=row.next_due,
            state=_("To be settled"),
            lamp="on_the_way",
        )


def _checks(person: Person, today: date) -> Iterable[Task]:
    units = [unit.pk for unit in person.scope_units()]
    rows = Agreement.objects.filter(state=AgreementState.DRAFT, project__unit__in=units)
    for row in rows.exclude(drafter=person).select_related("project__unit")[:MOST]:
        yield task(
            "fair_check",
            row.title,
            row.project.called,
            reverse("agreement", args=[row.pk]),
            today=today,
            state=row.get_state_display(),
            lamp="on_the_way",
        )


def _vouchers(person: Person, today: date) -> Iterable[Task]:
    rows = Voucher.objects.visible_to(person).filter(state=VoucherState.PENDING)
    rows = rows.exclude(by=person).select_related("project__unit").order_by("day", "id")
    for row in rows[:MOST]:
        yield task(
            "voucher",
            f"{row.payer} {row.day.isoformat()}",
            row.project.called,
            reverse("voucher", args=[row.pk]),
            today=today,
            state=row.get_state_display(),
            lamp="on_the_way",
        )
