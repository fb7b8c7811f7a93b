"""What a person has to do (待办): to fill in, to put right, to decide, and who reminded them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.returns import form_book
from hexi.portal.returns.models import (
    Enterprise,
    Excuse,
    Reminder,
    Reporter,
    ReporterKind,
    Return,
    ReturnState,
    Spell,
)
from hexi.portal.returns.queries.excuses import Excuses
from hexi.portal.returns.queries.lines import due_words, lamp_of, moment, state_words
from hexi.portal.returns.registers.standing import (
    Standing,
    facts_of,
    project_standing,
    spell_on,
    standing_on,
)
from hexi.portal.returns.scope import RANKS, rank_of
from hexi.statistics.forms import Form, before, ends_here

__all__ = ["Task", "awaiting", "decisions", "fill_tasks", "reminders"]

#: how many ended periods of each frequency still stand in the list while nothing was handed in
_BACK = {"month": 2, "quarter": 2, "half": 1, "year": 1}


@dataclass(frozen=True, slots=True)
class Task:
    """One form that a person has to fill in, or has filled in."""

    reporter_id: int
    reporter: str
    form_id: str
    form: str
    period: int
    period_label: str
    due: date
    due_words: str
    overdue: bool
    #: 0 where the return has not been opened
    id: int
    url: str
    state: str
    lamp: str
    done: bool
    #: why it is let off; empty where it is not
    excused: str


def fill_tasks(person: Person | None, today: date) -> list[Task]:
    """The forms of the person's reporters: what is still to do first, then what is done."""
    tasks = []
    rows = Reporter.objects.fillable_by(person)
    reporters = list(rows.select_related("unit", "home", "project"))
    excuses = Excuses(reporter.pk for reporter in reporters)
    for reporter in reporters:
        returns = {
            (row.form, row.period): row
            for row in reporter.returns.select_related("waiting", "reporter__unit")
        }
        spells = list(Spell.objects.filter(enterprise=reporter.pk).select_related("unit"))
        enterprise = Enterprise.objects.filter(pk=reporter.pk).first()
        for form, period in _periods(today):
            standing = _standing(reporter, enterprise, spells, form, period)
            row = returns.pop((form.id, period), None)
            asked = standing is not None and form_book.reports(form, standing.kind, standing.facts)
            if asked or row is not None:
                excuse = excuses.of(reporter.pk, form.id, period)
                tasks.append(_task(reporter, form, period, row, today, excuse))
        for row in returns.values():
            if row.editable:
                form = form_book.version_of(row.form, row.form_version)
                tasks.append(_task(reporter, form, row.period, row, today))
    return sorted(tasks, key=lambda task: (task.done, task.due, task.reporter, task.form))


def awaiting(person: Person | None) -> QuerySet[Return]:
    """Returns that wait for a decision that this person may give."""
    rows: Any = Return.objects.visible_to(person)
    if person is None or not rank_of(person):
        return rows.none()  # type: ignore[no-any-return]
    kinds = [kind for kind, rank in RANKS.items() if rank <= rank_of(person)]
    reach = Q() if person.is_administrator else Q(pk__in=())
    for path in () if person.is_administrator else person.scope_paths():
        reach |= Q(waiting__path__startswith=path)
    return rows.filter(reach, waiting__kind__in=kinds)  # type: ignore[no-any-return]


def decisions(person: Person | None) -> Any:
    """… in the order of what is due, those of the person's own level first."""
    rows = awaiting(person).select_related("reporter__unit", "unit", "waiting")
    own = {rank: kind for kind, rank in RANKS.items()}.get(rank_of(person) if person else 0, "")
    return rows.order_by(_first(own), "due", "pk")


def _first(kind: str) -> Any:
    """0 for the person's own level, 1 for the levels below it."""
    own = When(waiting__kind=kind, then=Value(0))
    return Case(own, default=Value(1), output_field=IntegerField())


def reminders(person: Person | None, today: date) -> list[dict[str, str]]:
    """Reminders of the last weeks to the person's own reporters, while nothing was handed in."""
    rows = Reminder.objects.fillable_by(person).filter(at__date__gt=today - timedelta(days=60))
    done = set(
        Return.objects.fillable_by(person)
        .exclude(submitted_at=None)
        .values_list("reporter", "form", "period")
    )
    found = list(rows.select_related("reporter__unit"))
    excuses = Excuses(row.reporter_id for row in found)
    return [
        {
            "at": moment(row.at),
            "by": row.by_name,
            "note": row.note,
            "reporter": row.reporter.shown_name,
            "form": form_book.form_name(row.form),
            "period": form_book.period_label(row.form, row.period),
            "due": row.due.isoformat(),
        }
        for row in found
        if (row.reporter_id, row.form, row.period) not in done
        and excuses.of(row.reporter_id, row.form, row.period) is None
    ]


def _periods(today: date) -> list[tuple[Form, int]]:
    """The last ended periods of every form."""
    forms = form_book.book()
    found = []
    for form_id in forms.ids:
        frequency = forms.latest(form_id).frequency
        period = form_book.month_number(today.replace(day=1) - timedelta(days=1))
        while not ends_here(frequency, period):
            period = before("month", period)
        for _number in range(_BACK[frequency]):
            edition = next((f for f in forms.versions if f.id == form_id and f.in_force(period)),
                           None)  # fmt: skip
            if edition is not None:
                found.append((edition, period))
            period = before(frequency, period)
    return found


def _standing(
    reporter: Reporter,
    enterprise: Enterprise | None,
    spells: list[Spell],
    form: Form,
    period: int,
) -> Standing | None:
    """Where the reporter stood, without asking the database for every form."""
    first, last = form_book.first_day(form, period), form_book.last_day(form, period)
    if reporter.kind == ReporterKind.PROJECT:
        project = reporter.project
        at_work = project.works_between(first, last)
        return project_standing(project, reporter.home, last) if at_work else None
    if enterprise is None:
        return standing_on(reporter, last)
    if enterprise.closed and enterprise.closed <= first:
        return None
    spell = spell_on(spells, last)
    if spell is None:
        return None
    return Standing(spell.unit, "enterprise", facts_of(enterprise, spell))


def _task(
    reporter: Reporter,
    form: Form,
    period: int,
    row: Return | None,
    today: date,
    excuse: Excuse | None = None,
) -> Task:
    due = row.due if row else form.due_day(period).day
    submitted = row is not None and row.submitted_at is not None
    excused = excuse is not None and not submitted
    settled = submitted or excused
    return Task(
        reporter_id=reporter.pk,
        reporter=reporter.shown_name,
        form_id=form.id,
        form=name_of(form),
        period=period,
        period_label=form_book.period_label(form.id, period),
        due=due,
        due_words="" if settled else due_words(due, today),
        overdue=not settled and due < today,
        id=row.pk if row else 0,
        url=f"/returns/{row.pk}/" if row else "",
        state=state_words(row) if row else "",
        lamp=lamp_of(row) if row else "",
        done=excused
        or (row is not None and row.state in (ReturnState.SUBMITTED, ReturnState.APPROVED)),
        excused=excuse.reason if excuse is not None and excused else "",
    )
