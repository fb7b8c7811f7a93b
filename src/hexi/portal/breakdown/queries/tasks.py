"""My tasks (我的待办): everything that waits for one person, whatever app it belongs to.

Parts to accept, parts that came back, warnings to answer and to close, returns to hand in and to
decide, evaluations to write, and the targets that one answers for. Each app is asked through its
own queries; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.monitoring.evaluation_days import evaluations_due, load_evaluation_rules
from hexi.portal.breakdown.models import Part, PartState
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import viewer
from hexi.portal.evaluations.models import EvaluationReport, ReportKind, ReportState
from hexi.portal.plans.models import PlanRow
from hexi.portal.plans.queries import words
from hexi.portal.returns.queries.lines import return_lines
from hexi.portal.returns.queries.tasks import decisions, fill_tasks
from hexi.portal.scoreboard.models import EarlyWarning, Lamp, MonitoredTarget, TargetState
from hexi.portal.scoreboard.queries.warning_lines import warning_line
from hexi.portal.scoreboard.queries.warnings import to_answer, to_close

__all__ = ["KINDS", "Task", "tasks_of", "waiting_for"]

KINDS: dict[str, Any] = {
    "part": lazy("Accept a part"),
    "returned": lazy("A part came back"),
    "warning": lazy("Answer a warning"),
    "closing": lazy("Close a warning"),
    "return": lazy("Hand in a return"),
    "decision": lazy("Decide on a return"),
    "evaluation": lazy("Write an evaluation"),
    "target": lazy("Target to keep"),
}
#: how long what was done stays in sight
_SEEN = timedelta(days=60)
#: evaluations further back than this are history, not tasks
_PAST, _AHEAD = timedelta(days=400), timedelta(days=120)
_MOST = 200


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, or done."""

    kind: str
    what: str
    #: unit and plan, or who sent it
    where: str
    url: str
    due: date | None
    done: bool
    state: str
    #: lamp of the house for the state
    lamp: str
    overdue: bool

    @property
    def kind_label(self) -> str:
        """What is to be done."""
        return str(KINDS[self.kind])


def tasks_of(person: Person | None, today: date) -> list[Task]:
    """Open tasks by their days, overdue ones first; then what was done of late."""
    if person is None:
        return []
    found = [
        *_parts(person, today),
        *_returned(person),
        *_warnings(person, today),
        *_returns(person, today),
        *_evaluations(person, today),
        *_targets(person, today),
    ]
    far = date.max
    return sorted(found, key=lambda t: (t.done, t.due or far, t.kind, t.what))


def waiting_for(request: HttpRequest) -> int:
    """Parts that wait for the person of a request; shown in the navigation."""
    person = viewer(request)
    if person is None or not person.grants(Permission.BREAK_DOWN):
        return 0
    return int(_of_office(person).filter(state=PartState.PROPOSED).count())


def _task(
    kind: str,
    what: str,
    where: str,
    url: str,
    *,
    today: date,
    due: date | None = None,
    done: bool = False,
    state: str = "",
    lamp: str = "waiting",
) -> Task:
    late = bool(due and due < today and not done)
    return Task(kind, what, where, url, due, done, state, "missed" if late else lamp, late)


def _of_office(person: Person) -> Any:
    """Parts of the person's own office; units below answer for themselves."""
    codes = [unit.pk for unit in person.scope_units()]
    return Part.objects.answerable_by(person).filter(unit__in=codes)


def _parts(person: Person, today: date) -> Iterable[Task]:
    """Parts put to the person's office, and those it answered of late."""
    if not person.grants(Permission.BREAK_DOWN):
        return
    rows = _of_office(person).filter(
        Q(state=PartState.PROPOSED)
        | Q(
            state__in=(PartState.ACCEPTED, PartState.RETURNED),
            decided_at__date__gte=today - _SEEN,
        )
    )
    for part in rows.select_related("unit", "target", "breakdown__whole__plan"):
        yield _task(
            "part",
            f"{part.target.indicator} {words.period(part.target.period)}".strip(),
            f"{name_of(part.unit)} · {part.breakdown.whole.plan.title}",
            reverse("part", args=[part.pk]),
            today=today,
            due=part.due,
            done=part.state != PartState.PROPOSED,
            state=part.get_state_display(),
            lamp={PartState.PROPOSED: "on_the_way", PartState.ACCEPTED: "met"}.get(
                part.state, "waiting"
            ),
        )


def _returned(person: Person) -> Iterable[Task]:
    """Parts of the person's own sheets that their units sent back."""
    if not person.grants(Permission.BREAK_DOWN):
        return
    codes = [unit.pk for unit in person.scope_units()]
    rows = Part.objects.filter(state=PartState.RETURNED, breakdown__whole__unit__in=codes)
    for part in rows.select_related("unit", "target", "breakdown__whole__plan"):
        yield Task(
            kind="returned",
            what=f"{part.target.indicator} · {name_of(part.unit)}",
            where=part.reason,
            url=reverse("breakdown", args=[part.breakdown.whole_id]),
            due=None,
            done=False,
            state=part.get_state_display(),
            lamp="missed",
            overdue=False,
        )


def _warnings(person: Person, today: date) -> Iterable[Task]:
    """Warnings to answer and to close, and those the person answered of late."""
    for kind, rows in (("warning", to_answer(person)), ("closing", to_close(person))):
        for row in rows[:_MOST]:
            yield _warning(kind, row, today, done=False)
    answered = EarlyWarning.objects.filter(
        answered_who=person.pk, answered_at__date__gte=today - _SEEN
    ).select_related("target__plan", "target__unit", "unit", "person")
    for row in answered[:_MOST]:
        yield _warning("warning", row, today, done=True)


def _warning(kind: str, row: EarlyWarning, today: date, *, done: bool) -> Task:
    line = warning_line(row, today)
    return _task(
        kind,
        f"{line.target} · {line.kind}",
        f"{line.unit} · {line.plan}",
        line.url,
        today=today,
        due=row.deadline if kind == "warning" else None,
        done=done,
        state=line.state_label,
        lamp="met" if done else "on_the_way",
    )


def _returns(person: Person, today: date) -> Iterable[Task]:
    """Returns of the person's reporters, and those that wait for the person's decision."""
    if not person.grants(Permission.SEE_RETURNS):
        return
    for task in fill_tasks(person, today):
        yield _task(
            "return",
            f"{task.form} {task.period_label}",
            task.reporter,
            task.url or reverse("returns"),
            today=today,
            due=task.due,
            done=task.done,
            state=task.state or _("Not opened"),
            lamp="met" if task.done else "on_the_way",
        )
    for line in return_lines(decisions(person)[:_MOST], today):
        yield _task(
            "decision",
            f"{line.form} {line.period}",
            f"{line.reporter} · {line.unit}",
            line.url,
            today=today,
            state=line.state,
            lamp="on_the_way",
        )


def _evaluations(person: Person, today: date) -> Iterable[Task]:
    """Evaluations of the plans of the person's own office, by the rules of the pack."""
    if person.role in (Role.READER, Role.ENTERPRISE):
        return
    units = [unit.pk for unit in person.scope_units()]
    plans = PlanRow.objects.visible_to(person).filter(unit__in=units, targets__isnull=False)
    rules = load_evaluation_rules(settings.HEXI.pack)
    for plan in plans.exclude(first_year=None).exclude(last_year=None).distinct():
        reports = list(EvaluationReport.objects.visible_to(person).filter(plan=plan))
        for one in evaluations_due(plan.first_year, plan.last_year, rules):
            if today - _PAST <= one.due <= today + _AHEAD:
                yield _evaluation(plan, one, reports, today)


def _evaluation(plan: PlanRow, one: Any, reports: list[EvaluationReport], today: date) -> Task:
    mine = [r for r in reports if r.kind == one.kind and r.as_of.year >= one.year]
    issued = next((r for r in mine if r.state == ReportState.ISSUED), None)
    report = issued or next(iter(mine), None)
    label = str(ReportKind(one.kind).label)
    return _task(
        "evaluation",
        f"{label} {one.year}",
        plan.title,
        reverse("evaluation", args=[report.pk]) if report else reverse("evaluations"),
        today=today,
        due=one.due,
        done=issued is not None,
        state=str(ReportState(report.state).label) if report else _("Not begun"),
        lamp="met" if issued else "on_the_way",
    )


#: lamps of monitoring as the lamps of lists
_LAMPS = {Lamp.GREEN: "met", Lamp.FINISHED: "met", Lamp.YELLOW: "on_the_way",
          Lamp.RED: "missed", Lamp.GREY: "unknown"}  # fmt: skip


def _targets(person: Person, today: date) -> Iterable[Task]:
    """Targets that the person answers for, with their lamp; the next measure says by when."""
    rows = MonitoredTarget.objects.visible_to(person).filter(
        person=person, state=TargetState.ACCEPTED
    )
    for row in rows.select_related("plan", "unit")[:_MOST]:
        days = sorted(date.fromisoformat(line["due"]) for line in row.measures if line.get("due"))
        ahead = [day for day in days if day >= today]
        yield Task(
            kind="target",
            what=f"{row.indicator} {words.period(row.period)} {words.figure(row.value)}"
            f"{row.measure_unit}",
            where=f"{name_of(row.unit) if row.unit else ''} · {row.plan.title}",
            url=reverse("monitored-target", args=[row.pk]),
            due=ahead[0] if ahead else None,
            done=row.lamp == Lamp.FINISHED,
            state=str(Lamp(row.lamp).label),
            lamp=_LAMPS[Lamp(row.lamp)],
            overdue=False,
        )
