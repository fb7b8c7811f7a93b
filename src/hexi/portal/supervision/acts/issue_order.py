"""Issue a supervision order (签发督办单): written by hand, or one that a rule proposed.

The number counts by issuing unit and year; the clock runs from the next working day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.core.told import tell
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.supervision.faults import (
    long_text,
    missing,
    named_person,
    named_unit,
    overtaken,
)
from hexi.portal.supervision.models import (
    OrderLevel,
    OrderState,
    OrderStep,
    Problem,
    SupervisionOrder,
)
from hexi.portal.supervision.queries.orders import held_order
from hexi.portal.supervision.rules import book
from hexi.supervision.book import Level
from hexi.supervision.ladder import answer_by

__all__ = ["OrderText", "issue_order", "order_card", "put_step"]


@dataclass(frozen=True, slots=True)
class OrderText:
    """What the paper says."""

    #: issuing unit's code
    unit: str
    addressee: str
    level: str
    subject: str
    grounds: str
    demand: str
    addressee_person: int | None = None
    project: int | None = None
    problem: int | None = None


def issue_order(
    given: OrderText, *, proposal: int | None = None, by: Person | None, at: datetime
) -> SupervisionOrder:
    """Issue it; ``proposal`` is the row that a rule proposed, which becomes the order."""
    with transaction.atomic():
        officer = require(by, Permission.SUPERVISE)
        row = SupervisionOrder(made_at=at) if proposal is None else held_order(proposal, by)
        if proposal is not None and row.state != OrderState.PROPOSED:
            raise overtaken(_("This proposal has been decided on already."))
        if proposal is not None:
            require(by, Permission.SUPERVISE, row.unit_path)
        faults: list[Refusal] = []
        unit = named_unit(given.unit, "unit", faults)
        addressee = named_unit(given.addressee, "addressee", faults)
        if unit is not None:
            # whoever holds the unit's row hands out its next number
            unit = Unit.objects.select_for_update().get(pk=unit.pk)
            require(by, Permission.SUPERVISE, unit.path)
            row.unit = unit
        if addressee is not None:
            row.addressee = addressee
        row.addressee_person = named_person(
            given.addressee_person, "addressee_person", faults, of=addressee
        )
        if proposal is None:
            _put_about(row, given, officer)
        tell([*faults, *_faults(given)])
        today = timezone.localtime(at).date()
        row.level, row.subject = given.level, given.subject.strip()
        row.grounds, row.demand = given.grounds.strip(), given.demand.strip()
        row.state, row.issuer_name, row.issued_on = OrderState.ISSUED, officer.name, today
        row.year, row.serial = today.year, _next_serial(row.unit, today.year)
        row.save()
        put_step(row, today)
        record(
            "issue_order",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after=order_card(row),
        )
    return row


def put_step(row: SupervisionOrder, start: date) -> None:
    """The clock of its level from a day: what stands on the order, and the step that is kept."""
    level: Level = row.level  # type: ignore[assignment]
    due = answer_by(level, start, book().clocks_on(start))
    row.deadline, row.announced, row.mailed_to = due.day, due.announced, []
    row.save()
    OrderStep.objects.update_or_create(
        order=row,
        level=row.level,
        defaults={"since": start, "deadline": due.day, "announced": due.announced},
    )


def order_card(row: SupervisionOrder) -> dict[str, str]:
    """What events say of an order."""
    return {
        "number": row.number,
        "order_level": row.level,
        "addressee": row.addressee.name,
        "deadline": row.deadline.isoformat() if row.deadline else "",
    }


def _put_about(row: SupervisionOrder, given: OrderText, officer: Person) -> None:
    """The problem or project that an order by hand is about; what is hidden is not found."""
    if given.problem is not None:
        problem: Problem = one_visible(Problem.objects.all(), officer, pk=given.problem)
        row.problem, row.project = problem, problem.project
        row.practice = problem.practice
    elif given.project is not None:
        project: ProjectRecord = one_visible(ProjectRecord.objects.all(), officer, pk=given.project)
        row.project, row.practice = project, project.practice


def _next_serial(unit: Unit, year: int) -> int:
    rows = SupervisionOrder.objects.filter(unit=unit, year=year)
    return int(rows.aggregate(last=Max("serial"))["last"] or 0) + 1


def _faults(given: OrderText) -> list[Refusal]:
    faults = [
        *long_text("subject", given.subject.strip(), 200),
        *long_text("grounds", given.grounds),
        *long_text("demand", given.demand),
    ]
    for place, text, message, remedy in (
        ("unit", given.unit, _("No issuing unit was chosen."), _("Choose your unit.")),
        ("addressee", given.addressee, _("No addressee was chosen."), _("Choose who answers.")),
        ("subject", given.subject, _("The order has no subject."), _("Say what it is about.")),
        (
            "demand",
            given.demand,
            _("The order asks for nothing."),
            _("Write what is to be done."),
        ),
    ):
        if not text.strip():
            faults.append(missing(place, message, remedy))
    if given.level not in OrderLevel.values:
        faults.append(
            Refusal(
                "no_level",
                _("There is no such level."),
                _("Choose reminder, warning or talk."),
                place="level",
            )
        )
    return faults
