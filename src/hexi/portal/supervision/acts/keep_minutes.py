"""Keep the minutes (形成会议纪要): what was said to each point, and who does what by when.

Each decision becomes a task of its unit. A problem whose point has decisions takes their last day
as its deadline: the meeting has given it a date, and its clock runs to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.supervision.acts.raise_problem import put_rising
from hexi.portal.supervision.faults import (
    long_text,
    missing,
    named_person,
    named_unit,
    overtaken,
)
from hexi.portal.supervision.models import (
    AgendaItem,
    Decision,
    Meeting,
    MeetingState,
    Problem,
    ProblemState,
)
from hexi.portal.supervision.queries.meetings import held_meeting

__all__ = ["Decided", "Said", "keep_minutes"]


@dataclass(frozen=True, slots=True)
class Decided:
    """Who does what by when."""

    what: str
    unit: str
    due: date | None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The minutes of one point."""

    item: int
    minutes: str
    decisions: Sequence[Decided] = field(default=())


def keep_minutes(
    meeting_id: int,
    said: Sequence[Said],
    *,
    attended: str = "",
    by: Person | None,
    at: datetime,
) -> Meeting:
    """Write the minutes once; the meeting is held with them."""
    with transaction.atomic():
        require(by, Permission.SUPERVISE)
        row = held_meeting(meeting_id, by)
        require(by, Permission.SUPERVISE, row.unit_path)
        if row.state == MeetingState.HELD:
            raise overtaken(_("The minutes of this meeting are kept already."))
        items = {item.pk: item for item in row.items.select_related("problem")}
        if any(one.item not in items for one in said):
            raise NotFound
        faults = long_text("attended", attended)
        made = [
            decision
            for one in said
            for decision in _decisions(items[one.item], one, row.day, faults)
        ]
        if not any(one.minutes.strip() or one.decisions for one in said):
            faults.append(
                missing(
                    "minutes",
                    _("The minutes are empty."),
                    _("Write what was said, or who does what by when."),
                )
            )
        tell(faults)
        for one in said:
            item = items[one.item]
            item.minutes = one.minutes.strip()
            item.save(update_fields=["minutes"])
        for decision in made:
            decision.save()
        _date_problems(made)
        row.state, row.attended = MeetingState.HELD, attended.strip()
        row.save(update_fields=["state", "attended"])
        record(
            "keep_minutes",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={
                "agenda_points": len(items),
                "decided": [
                    f"{one.what}（{one.unit.name}，{one.due.isoformat()}）" for one in made
                ],
            },
        )
    return row


def _decisions(item: AgendaItem, said: Said, day: date, faults: list[Refusal]) -> list[Decision]:
    made = []
    faults.extend(long_text("minutes", said.minutes))
    for given in said.decisions:
        here: list[Refusal] = [*long_text("what", given.what, 500)]
        unit = named_unit(given.unit, "unit", here)
        person = named_person(given.person, "person", here, of=unit)
        if not given.what.strip() or not given.unit or given.due is None:
            here.append(
                Refusal(
                    "decision_incomplete",
                    gapped(_("Point %(n)d: a decision says who does what by when."), n=item.order),
                    _("Fill in all three, or empty the line."),
                    place="decisions",
                )
            )
        elif given.due < day:
            here.append(
                Refusal(
                    "due_before_meeting",
                    gapped(_("Point %(n)d: a day before the meeting."), n=item.order),
                    _("Choose the day of the meeting or a later one."),
                    place="decisions",
                )
            )
        elif not here:
            made.append(
                Decision(
                    item=item, what=given.what.strip(), unit=unit, person=person, due=given.due
                )
            )
        faults.extend(here)
    return made


def _date_problems(made: Sequence[Decision]) -> None:
    """The problems' clocks run to the last day that the meeting gave."""
    last: dict[int, date] = {}
    for one in made:
        number = one.item.problem_id
        if number is not None:
            last[number] = max(one.due, last.get(number, date.min))
    rows = Problem.objects.select_for_update().filter(pk__in=last, state=ProblemState.OPEN)
    for problem in rows:
        # a day written by people is a day: no notice can move it
        problem.deadline, problem.announced = last[problem.pk], True
        put_rising(problem, problem.deadline)
        problem.save(update_fields=["deadline", "announced", "rises_after"])
